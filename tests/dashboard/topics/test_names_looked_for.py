"""Minerals and countries are found by their names in six languages, by symbols, old names and trade words."""

from __future__ import annotations

import re

import pytest

from dashboard.snapshot import Snapshot
from dashboard.topics.hits import hits
from dashboard.topics.search import Destination, destinations
from loaders.knowledge import rules
from loaders.names import minerals, places
from loaders.text import without_accents
from tests.long import some

TABLES = ("minerals_looked_for", "places_looked_for")
LANGUAGES = ("de", "fr", "es", "ru", "uk", "zh")

FOUND = {
    "de": """
        Schwefel sulfur, Silizium silicon, Silicium silicon, Arsen arsenic, Asbest asbestos, Bor boron,
        Zement cement, Diamant diamond-industrial, Gips gypsum, Jod iodine, Glimmer mica-scrap-flake,
        Kali potash, Kalium potash, Salz salt, Talk talc-pyrophyllite, Titan titanium-mineral-concentrates,
        Cäsium cesium, Brom bromine, Feldspat feldspar, Seltenerdmetalle rare-earths, Kupfer copper,
        Eisen iron-ore, Stahl raw-steel, Blei lead, Zinn tin, Quecksilber mercury, Wolfram tungsten,
        Flussspat fluorspar, Kalk lime, Torf peat, Bimsstein pumice, Neodym rare-earths, Lanthan rare-earths,
        Molybdän molybdenum, Großbritannien GBR, Weißrussland BLR, VAE ARE, Persien IRN, Schweden SWE,
        Elfenbeinküste CIV, Frankreich FRA, Österreich AUT, Norwegen NOR, Sambia ZMB, Mosambik MOZ,
        Südkorea KOR, Kirgistan KGZ, Griechenland GRC, Ägypten EGY, Neukaledonien NCL""",
    "fr": """
        soufre sulfur, silicium silicon, arsenic arsenic, amiante asbestos, bore boron, ciment cement,
        diamant diamond-industrial, gypse gypsum, iode iodine, potasse potash, sel salt, or gold,
        titane titanium-mineral-concentrates, néodyme rare-earths, néon neon, hélium helium, fer iron-ore,
        acier raw-steel, plomb lead, étain tin, argent silver, tourbe peat, chaux lime, mercure mercury,
        tungstène tungsten, terres rares rare-earths, molybdène molybdenum, césium cesium, thorium thorium,
        dioxyde de titane titanium-dioxide-pigment, platinoïdes platinum-group-metals,
        grenat garnet-industrial, EAU ARE, Angleterre GBR, Grande-Bretagne GBR, Perse IRN,
        Biélorussie BLR, Suède SWE, Turquie TUR,
        Afrique du Sud ZAF, RDC COD, Nouvelle-Calédonie NCL, Allemagne DEU, Espagne ESP, Maroc MAR,
        Corée du Sud KOR, Birmanie MMR, Émirats arabes unis ARE, Guinée GIN, Zambie ZMB""",
    "es": """
        azufre sulfur, silicio silicon, arsénico arsenic, amianto asbestos, boro boron, cemento cement,
        diamante diamond-industrial, yeso gypsum, helio helium, yodo iodine, magnesio magnesium-metal,
        fosfato phosphate-rock, estroncio strontium, talco talc-pyrophyllite, itrio yttrium, indio indium,
        titanio titanium-mineral-concentrates, circonio zirconium, cesio cesium, neodimio rare-earths,
        disprosio rare-earths, terbio rare-earths, bromo bromine, cadmio cadmium, hierro iron-ore,
        acero raw-steel, sal salt, oro gold, plata silver, estaño tin, plomo lead, cal lime, turba peat,
        potasio potash, escandio scandium, tantalio tantalum, arcilla kaolin, cobre copper, níquel nickel,
        Costa de Marfil CIV, Reino Unido GBR, Estados Unidos USA, EE.UU. USA, Alemania DEU, Suecia SWE,
        Sudáfrica ZAF, Corea del Sur KOR, Noruega NOR, Rusia RUS, Turquía TUR, Marruecos MAR""",
    "ru": """
        сера sulfur, кремний silicon, мышьяк arsenic, асбест asbestos, бор boron, кадмий cadmium,
        алмаз diamond-industrial, гипс gypsum, гелий helium, йод iodine, магний magnesium-metal,
        слюда mica-scrap-flake, фосфаты phosphate-rock, калий potash, соль salt, стронций strontium,
        тальк talc-pyrophyllite, титан titanium-mineral-concentrates, цезий cesium, рубидий rubidium,
        неодим rare-earths, диспрозий rare-earths, тербий rare-earths, бром bromine, полевой шпат feldspar,
        кианит kyanite, флюорит fluorspar, редкие земли rare-earths, железо iron-ore, сталь raw-steel,
        торф peat, известь lime, цемент cement, глина kaolin, ОАЭ ARE, Великобритания GBR, США USA, Китай CHN,
        Швеция SWE, ЮАР ZAF, Конго COD, Германия DEU, Бирма MMR, Норвегия NOR, Замбия ZMB, ФРГ DEU""",
    "uk": """
        сірка sulfur, кремній silicon, миш'як arsenic, азбест asbestos, кадмій cadmium, гіпс gypsum,
        гелій helium, магній magnesium-metal, калій potash, сіль salt, стронцій strontium, цезій cesium,
        рубідій rubidium, диспрозій rare-earths, залізо iron-ore, мідь copper, свинець lead, срібло silver,
        марганець manganese, польовий шпат feldspar, рідкісні землі rare-earths, вапно lime, графіт graphite,
        ОАЕ ARE, Німеччина DEU, Швеція SWE, Велика Британія GBR, Польща POL, Туреччина TUR, Норвегія NOR,
        Південна Корея KOR, Росія RUS, Україна UKR, Японія JPN, Іспанія ESP""",
    "zh": """
        硫 sulfur, 硅 silicon, 砷 arsenic, 石棉 asbestos, 硼 boron, 镉 cadmium, 金刚石 diamond-industrial,
        石膏 gypsum, 氦 helium, 碘 iodine, 镁 magnesium-metal, 云母 mica-scrap-flake, 磷矿石 phosphate-rock,
        钾 potash, 盐 salt, 锶 strontium, 滑石 talc-pyrophyllite, 钛 titanium-mineral-concentrates, 铯 cesium,
        铷 rubidium, 钕 rare-earths, 镝 rare-earths, 铽 rare-earths, 溴 bromine, 长石 feldspar, 铁 iron-ore,
        钢 raw-steel, 稀土 rare-earths, 锂 lithium, 钴 cobalt, 阿联酋 ARE, 英国 GBR, 德国 DEU, 瑞典 SWE,
        南非 ZAF, 韩国 KOR, 美国 USA, 印尼 IDN, 智利 CHL""",
    "also": """
        Mg magnesium-metal, Ti titanium-mineral-concentrates, Fe iron-ore, K potash, P phosphate-rock,
        C graphite, F fluorspar, REO rare-earths, SEG rare-earths, LREE rare-earths, HREE rare-earths,
        Nd2O3 rare-earths, TiO2 titanium-dioxide-pigment, mineral sands zirconium, battery metals cobalt,
        permanent magnets rare-earths, diamonds diamond-industrial, iron iron-ore, PGE platinum-group-metals,
        PRC CHN, ROK KOR, DPRK PRK, England GBR, Scotland GBR, Wales GBR, Northern Ireland GBR, Ceylon LKA,
        Persia IRN, Siam THA, Zaire COD, Rhodesia ZWE, Upper Volta BFA, Holland NLD, Formosa TWN, MG MDG,
        Congo COD, cobalt congo COD, Congo cobalt COD, Cobalt in Congo COD, 钴 刚果 COD""",
}
"""What is typed, and the mineral or the country that one of the first links asks for."""
CASES = [
    tuple(case.rsplit(" ", 1))
    for text in FOUND.values()
    for case in re.split(r",\s+", " ".join(text.split()))
]
FIRST = 3
"""Links among which it stands: titanium leads to concentrates, sponge and pigment."""


def _asks_for(found: tuple[Destination, ...], code: str) -> bool:
    return any(code in one.link.values() for one in found)


def _plain(text: str) -> str:
    return without_accents(text).casefold()


@pytest.mark.slow
def test_names_of_six_languages_symbols_and_old_names_are_found(data: Snapshot) -> None:
    assert len(CASES) >= 250
    wrong = [
        (typed, code, found.said, [one.label for one in found.found[:FIRST]])
        for typed, code in CASES
        for found in [hits(typed, data)]
        if not (found.sure and _asks_for(found.found[:FIRST], code))
    ]
    assert not wrong


def test_every_mineral_and_country_has_a_name_in_every_language() -> None:
    lines = [line for name in TABLES for line in rules(name)]
    codes = [line.get("mineral") or line["place"] for line in lines]
    assert not [line for line in lines for language in LANGUAGES if not line[language]]
    assert len(codes) == len(set(codes))
    listed = minerals().index[minerals()["lists"] != ""]
    assert {*listed, *places().index[places()["kind"] == "country"]} <= {*codes}
    assert {*codes} <= {*minerals().index, *places().index}


@pytest.mark.slow
def test_every_name_of_the_tables_is_found_or_said_not_to_be_loaded(data: Snapshot) -> None:
    """What is called so comes first; what nothing is loaded of is not taken for another."""
    cells = [line[name] for table in TABLES for line in rules(table) for name in (*LANGUAGES, "also")]
    names = [text for cell in cells for text in cell.split(";") if text]
    called = {name for one in destinations(data) for name in one.names}
    assert len(names) > 2500
    for text in some(names, 25):
        found = hits(text, data)
        if text in called:
            assert found.sure, text
            assert text in found.found[0].names, text
        elif not found.sure:
            assert found.said.startswith("Nothing that is loaded has figures of"), text
        else:  # in other letters another is called so: ferrochrome, of which chromium has the figures
            assert _plain(text) in map(_plain, found.found[0].names), text


@pytest.mark.parametrize("typed", ["ka", "xq", "prx", "reoo", "qat1"])
def test_a_guess_opens_nothing(data: Snapshot, typed: str) -> None:
    assert not hits(typed, data).sure
