"""Files become text: web pages, Word documents, PDF and plain text, and what cannot be read is refused."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from pypdf import PdfWriter

from loaders.articles import read_again, read_article, read_article_bytes
from loaders.articles.files import LARGEST_FILE, open_bytes
from loaders.errors import MineralsError, UnknownFormat, UnreadableFile

SENTENCE = (
    "Chile mined 5.3 million tonnes of copper in 2024, the ministry said, and exported most of it to China"
    " by sea."
)
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Copper in Chile | The Andes Post</title>
<meta property="og:title" content="Copper in Chile"><meta property="og:site_name" content="The Andes Post">
<meta name="author" content="Ana Ruiz"><meta property="article:published_time" content="2025-02-03T08:00:00Z">
<link rel="canonical" href="https://andes.example/copper">
<script>var copper = "900 tonnes of copper";</script></head>
<body><nav>Home 12 Copper 900 tonnes of tin</nav><header><h1>Copper in Chile</h1></header>
<article><h1>Copper in Chile</h1><p>{SENTENCE}</p>
<p>It holds <!-- a mark -->190 million tonnes in reserves.<br>
Peru holds 100&nbsp;million tonnes.</p>
<div class="related-stories"><p>Zambia mined 700,000 tonnes of copper.</p></div>
<p>{SENTENCE.replace("5.3 million", "5,000")}</p></article>
<section class="comments"><p>I saw 40 tonnes of lithium, says a reader.</p></section>
<footer>© 2025 The Andes Post</footer></body></html>"""


def word_document() -> bytes:
    document = docx.Document()
    document.add_heading("Copper in Chile", 1)
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Peru holds"
    table.rows[0].cells[1].text = "100 million tonnes of copper."
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pdf_document(*lines: str) -> bytes:
    """A PDF file of one page by the letter of the format; what stands between bars is small and raised."""
    shown = [
        " ".join(
            f"/F1 {7 if small else 12} Tf {5 if small else 0} Ts ({words}) Tj"
            for place, words in enumerate(line.split("|"))
            for small in [place % 2]
        )
        for line in lines
    ]
    stream = f"BT 40 700 Td {' 0 -16 Td '.join(shown)} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    ) % (table, len(made))
    return made + end


def printed(article) -> list[str]:
    return [candidate.printed for candidate in article.candidates]


def test_web_page_is_read_without_its_frame():
    article = read_article_bytes("page.html", PAGE.encode())
    assert printed(article) == [
        "5.3 million tonnes",
        "190 million tonnes",
        "100 million tonnes",
        "5,000 tonnes",
    ]
    assert article.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert [piece.text for piece in article.cut] == [
        "Home 12 Copper 900 tonnes of tin",
        "Copper in Chile",
        "Zambia mined 700,000 tonnes of copper.",
        "I saw 40 tonnes of lithium, says a reader.",
        "© 2025 The Andes Post",
    ]
    assert [why.split(": ")[-1] for why in (piece.why for piece in article.cut)] == [
        "the page marks it as <nav>.",
        "Outside the element that holds the article.",
        "the page names it 'related'.",
        "the page names it 'comments'.",
        "the page marks it as <footer>.",
    ]
    assert all(article.text[piece.start : piece.end] == piece.text for piece in article.cut)


def test_a_piece_that_was_cut_is_read_where_a_person_asks():
    article = read_article_bytes("page.html", PAGE.encode())
    again = read_again(article, article.day, article.cut[2])
    assert printed(again)[3] == "700,000 tonnes"
    assert [*article.cut[:2], *article.cut[3:]] == list(again.cut)
    assert read_again(again, article.day).candidates == again.candidates
    pasted = read_article(f"{SENTENCE} {SENTENCE}\nRead next\nPeru mined 7 tonnes of tin.")
    assert "7 tonnes" not in printed(pasted)
    assert "7 tonnes" in printed(read_again(pasted, None, pasted.cut[0]))


@pytest.mark.parametrize(
    "wrapper",
    [
        'div class="post tag-copper category-mining"',
        'div class="site-content has-sidebar"',
        'section class="story story--share-enabled" id="paywall"',
        'div class="newsletter-layout" aria-hidden="true"',
    ],
)
def test_what_holds_most_of_a_page_is_not_cut_for_the_name_of_its_class(wrapper: str):
    page = f"""<html><body><div class="sidebar"><p>Zambia mined 700,000 tonnes.</p></div><{wrapper}>
    <h1>Copper</h1><p>{SENTENCE}</p><p>{SENTENCE}</p>
    <div class="related"><div class="related"><p>Peru mined 5 tonnes of tin.</p></div></div>
    </{wrapper.split()[0]}></body></html>"""
    article = read_article_bytes("page.html", page.encode())
    assert printed(article) == ["5.3 million tonnes", "5.3 million tonnes"]
    assert [piece.text for piece in article.cut] == [
        "Zambia mined 700,000 tonnes.",
        "Peru mined 5 tonnes of tin.",
    ]


def test_tables_and_marks_of_footnotes_of_a_page():
    page = f"""<html><body><article><p>{SENTENCE}</p>
    <p>Peru mined 2,730<sup>3</sup> kt of copper from 5 million m<sup>3</sup> of ore<sup>12</sup>.</p>
    <figure class="wp-block-table"><table><tr><td>Congo produced</td><td>3.3 million tonnes of copper.</td>
    </tr></table></figure><figure><figcaption>A pit of 40 tonnes of copper.</figcaption></figure></article>
    </body></html>"""
    article = read_article_bytes("page.html", page.encode())
    values = {candidate.printed: candidate.value for candidate in article.candidates}
    assert values["2,730 kt"] == 2_730_000
    assert "3.3 million tonnes" in values
    assert "40 tonnes" not in values
    assert "m³ of ore." in article.text


@pytest.mark.parametrize(
    "rows", ["Mineral 2023 2024\nTin (tonnes) 1,105 1,240\nZinc W 7", "Peru 28\nChile 8,700"]
)
def test_numbers_of_tables_say_so(rows: str):
    lines = rows.split("\n")
    cells = "".join(f"<tr><td>{'</td><td>'.join(line.rsplit(' ', 1))}</td></tr>" for line in lines)
    told = f"{SENTENCE} The minister gave the town a table and said that it holds what was asked for."
    page = f"<article><p>{SENTENCE}</p><p>{told}</p><table>{cells}</table></article>"
    for article in (read_article_bytes("page.html", page.encode()), read_article(f"{told}\n{rows}")):
        told = {one.printed: one.reason for one in article.passed_over}
        for number in ("1,105", "1,240", "7") if "Tin" in rows else ("28", "8,700"):
            assert "of a table" in told[number]
    lone = read_article("Copper is dear.\nThe town has 28,000\nThe minister is old.").passed_over
    assert ["of a table" in one.reason for one in lone if one.printed == "28,000"] == [False]


@pytest.mark.parametrize(
    "head",
    [
        """<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "Other"},
        {"@type": "NewsArticle", "headline": "Copper in Chile",
        "author": [{"name": "Ana Ruiz"}, {"name": "Bo Li"}],
        "publisher": {"name": "The Andes Post"}, "datePublished": "2025-02-03T08:00:00Z",
        "url": "https://andes.example/copper"}]}</script>""",
        """<script type="application/ld+json">{"broken</script>
        <meta name="twitter:title" content="Copper in Chile">
        <meta itemprop="datePublished" content="2025-02-03">
        <meta property="og:site_name" content="The Andes Post">
        <a rel="author">Ana Ruiz, Bo Li</a><link rel="canonical" href="https://andes.example/copper">""",
    ],
)
def test_a_page_says_what_it_is_in_data_or_in_marked_elements(head: str):
    page = f"<html><head></head><body>{head}<article><h2>x</h2><p>{SENTENCE}</p></article></body></html>"
    citation = read_article_bytes("page.html", page.encode()).citation
    assert (citation.title, citation.publisher, citation.author, citation.published, citation.address) == (
        "Copper in Chile",
        "The Andes Post",
        "Ana Ruiz, Bo Li",
        "2025-02-03",
        "https://andes.example/copper",
    )


def test_web_page_says_what_it_is():
    citation = read_article_bytes("page.html", PAGE.encode()).citation
    assert (citation.title, citation.publisher, citation.author) == (
        "Copper in Chile",
        "The Andes Post",
        "Ana Ruiz",
    )
    assert (citation.published, citation.address) == ("2025-02-03", "https://andes.example/copper")


def test_word_document_is_read_with_its_tables():
    article = read_article_bytes("copper.docx", word_document())
    assert printed(article) == ["5.3 million tonnes", "100 million tonnes"]
    assert article.citation.title == "Copper in Chile"


def test_word_document_is_read_with_what_is_not_a_paragraph_of_its_body():
    """Inserted text, a content control, a text box (written twice, for old readers) and a footnote."""
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    other = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    box = f"<w:txbxContent><w:p>{run('Namibia mined 2,700 tonnes of lithium.')}</w:p></w:txbxContent>"
    body = f"""<w:p>{run("Australia ")}<w:ins w:id="1">{run("mined 88,000 tonnes ")}</w:ins>
      <w:del w:id="2"><w:r><w:delText>mined 1 tonne </w:delText></w:r></w:del>
      {run("of lithium, Chile 49,000")}
      <w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>{run(" tonnes.")}
      <w:r><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>
      </mc:AlternateContent></w:r></w:p>
      <w:sdt><w:sdtContent><w:p>{run("Brazil mined 10,000 tonnes of lithium.")}</w:p></w:sdtContent>
      </w:sdt>"""
    notes = f"<w:footnote w:id='1'><w:p>{run('Kosovo mined 6,100 tonnes of nickel.')}</w:p></w:footnote>"
    document = docx.Document()
    names = f'xmlns:w="{words}" xmlns:mc="{other}"'
    for element in reversed(parse_xml(f"<w:body {names}>{body}</w:body>")):
        document.element.body.insert(0, element)
    footnotes = f"<w:footnotes {names}>{notes}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), "x", footnotes.encode())
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    written = io.BytesIO()
    document.save(written)
    article = read_article_bytes("lithium.docx", written.getvalue())
    assert [(candidate.value, candidate.place) for candidate in article.candidates] == [
        (88_000, "AUS"),
        (49_000, "CHL"),
        (2_700, "NAM"),
        (10_000, "BRA"),
        (6_100, "XKX"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Chile mined 1,243,000¹ tonnes of copper.", 1_243_000),
        ("Chile mined 1,243,000[12] tonnes² of copper.", 1_243_000),
        ("Chile mined 1,243,0001 tonnes of copper.", None),
        ("Chile mined 1.243.00012 tonnes of copper.", None),
        ("Chile mined 1243,0001 tonnes of copper.", None),
        ("Chile mined 2,7303 kt of copper.", None),
        ("Чили добыло 2,7303 тыс. тонн меди.", 2_730.3),
        ("Chile mined 0,0667 tonnes of gold.", 0.0667),
    ],
)
def test_a_mark_of_a_footnote_is_left_out_or_the_number_is_asked_about(text: str, value: float | None):
    (candidate,) = read_article(text).candidates
    assert candidate.value == value
    assert (candidate.confidence == "ask") is (value is None)


def test_pdf_is_read_and_glued_footnotes_are_not_believed():
    article = read_article_bytes("copper.pdf", pdf_document("Chile mined 1243,000 tonnes of copper."))
    assert printed(article) == ["1243,000 tonnes"]
    assert article.candidates[0].value is None
    assert article.candidates[0].confidence == "ask"
    assert "footnote" in " ".join(article.candidates[0].look)
    assert "PDF" in article.notes[0]


def test_raised_digits_and_broken_lines_of_a_pdf():
    lines = (
        "Nickel of Finland",
        "Finland mined 36.5|2| kt of nickel in the year 2024, the Geological",
        "Survey of Finland said, and in its neigh-",
        "bour to the west, in Sweden, which is a larger country, 1,105|3| tonnes of",
        "Copper were mined.",
    )
    article = read_article_bytes("nickel.pdf", pdf_document(*lines))
    assert [one.value for one in article.candidates] == [36_500, 1_105]
    assert article.candidates[0].said_by == ("Geological Survey of Finland",)
    assert "in its neighbour to the west" in article.text
    assert article.text.split("\n")[0] == article.citation.title == "Nickel of Finland"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_plain_text_in_any_usual_encoding(encoding: str):
    text = "Россия добыла 5 тысяч тонн вольфрама, сообщили в министерстве."
    assert printed(read_article_bytes("a.txt", text.encode(encoding))) == ["5 тысяч тонн"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_are_seen_without_a_mark(encoding: str):
    article = read_article_bytes("a.txt", SENTENCE.encode(encoding))
    assert printed(article) == ["5.3 million tonnes"]
    assert encoding in article.notes[0]


def test_a_western_text_is_not_read_as_russian():
    text = "La mine de Béthune a livré 5 tonnes; a café owner said that 5 tonnes of copper were sold."
    assert read_article_bytes("a.txt", text.encode("cp1252")).text.strip() == text


def test_a_script_that_is_not_read_is_said():
    arabic = "أنتجت تشيلي 5.51 مليون طن من النحاس في 2024"
    assert "script that is not read" in " ".join(read_article_bytes("a.txt", arabic.encode()).notes)
    assert read_article(SENTENCE).notes == ()


WORDS = [
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old kind"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old kind"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + b"text " * 40, "picture"),
    ("a.rtf", b"{\\rtf1 copper}", "rich text"),
    ("a.txt", b"", "is empty"),
    ("a.txt", bytes(range(256)) * 8, "not a text"),
]


@pytest.mark.parametrize(("name", "content", "words"), WORDS, ids=[case[2] for case in WORDS])
def test_what_is_no_article_is_named(name: str, content: bytes, words: str):
    with pytest.raises(MineralsError, match=words):
        open_bytes(name, content)


def test_a_scan_and_a_locked_file_say_what_to_do():
    for password, words in (("", "text recognition"), ("secret", "unlocked copy")):
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        if password:
            writer.encrypt(password)
        written = io.BytesIO()
        writer.write(written)
        with pytest.raises(UnreadableFile) as raised:
            open_bytes("a.pdf", written.getvalue())
        assert words in (raised.value.remedy or "")


def test_a_path_is_read_like_its_bytes(tmp_path: Path):
    path = tmp_path / "copper.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    assert read_article(path) == read_article_bytes("copper.txt", SENTENCE.encode())


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.docx", b"PK\x03\x04 no archive", UnreadableFile),
        ("a.pdf", b"%PDF-1.4 broken", UnreadableFile),
        ("a.bin", b"\x00\x01\x02\x03", UnknownFormat),
        ("a.txt", b"   \n", UnreadableFile),
        ("a.html", b"<html><body></body></html>", UnreadableFile),
        ("a.txt", b"x" * (LARGEST_FILE + 1), UnreadableFile),
        ("a.txt", b"x" * 5_000_000, UnreadableFile),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(name: str, content: bytes, error: type[MineralsError]):
    with pytest.raises(error) as raised:
        open_bytes(name, content)
    assert raised.value.remedy
    assert raised.value.file == name


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_article(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("about:blank", False),
        ("Microsoft Word - copper.docx", False),
        ("copper.indd", False),
        ("Copper in Chile", True),
    ],
)
def test_the_name_of_a_file_is_no_title_of_a_pdf(title: str, kept: bool):
    writer = PdfWriter(clone_from=io.BytesIO(pdf_document(SENTENCE)))
    writer.add_metadata({"/Title": title})
    written = io.BytesIO()
    writer.write(written)
    assert (open_bytes("a.pdf", written.getvalue()).printed.title == title) is kept
