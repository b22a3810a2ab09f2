"""Who says so in Chinese, which is written without spaces: "据工业和信息化部称，"."""

from __future__ import annotations

from loaders.articles.speaker_names import Speaker
from loaders.articles.wordings import Wording

_AMOUNTS = ("量", "额", "价", "价格", "率", "缺口", "需求", "供应", "出口", "进口", "市场", "成本")
CHINESE_SAYS = Wording(
    "speakers: chinese says",
    r"(?:^|(?<=[，。；,.;\s]))(?:(?:根?据|按照?)?该?(?P<said>[\u4e00-\u9fff]{2,14}?)的?{}(?=[，,：:\u4e00-\u9fff\d])"
    r"|(?:根?据|按照?)该?(?:(?P<via>[\u4e00-\u9fff]{2,8}?)(?:援引|引述|引用))?(?P<by>[\u4e00-\u9fff]{2,14}?)(?:(?:发布|公布|提供|编制)的?)?的?(?:最新)?"
    r"(?:数据|统计(?!局|署|部|司|厅)|消息|报道|估计|估算|测算|介绍|披露|报告|公告|年鉴|资料|称))",
)


def chinese_speakers(folded: str, start: int, end: int) -> list[Speaker]:
    """The speakers of a sentence, by the words of speech after a name or around it; amounts do not speak."""
    found = []
    for match in CHINESE_SAYS.finditer(folded, start, end):
        for group in ("said", "by", "via"):
            if match[group] and not match[group].endswith(_AMOUNTS):
                found.append(Speaker(match[group], match.start(group), match.end(group), match[0]))
    return found
