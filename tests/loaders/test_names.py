"""Names of minerals and places, as the publishers print them and as the tables read them."""

from __future__ import annotations

import contextlib
import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import knowledge, names
from loaders.errors import UnknownName

PUBLISHERS = ["any", "code", "document", "usgs", "usgs-file", "bgs", "wmd", "a-ministry"]
RARE_EARTHS_ON_US_LISTS = 16

DIGITS, LETTER, QUALIFIER = names.DIGITS_REMOVED, names.ESTIMATE_REMOVED, names.QUALIFIER_APART

# publisher, printed, place, detail, estimated, rule
PLACE_CASES = [
    # names that stand in the table
    ("usgs", "Burma", "MMR", "", False, "known"),
    ("usgs", "Congo (Kinshasa)", "COD", "", False, "known"),
    ("usgs", "Korea, North", "PRK", "", False, "known"),
    ("usgs", "Korea, Republic of", "KOR", "", False, "known"),
    ("usgs", "Côte d’Ivoire", "CIV", "", False, "known"),
    ("usgs", "Côte d'Ivoire", "CIV", "", False, "known"),
    ("usgs", "Turkey", "TUR", "", False, "known"),
    ("usgs", "Niger", "NER", "", False, "known"),
    ("usgs", "Nigeria", "NGA", "", False, "known"),
    ("usgs", "New Caledonia (overseas territory of France)", "NCL", "", False, "known"),
    ("usgs", "United States and Canada", "USA+CAN", "", False, "known"),
    ("usgs", "China, Germany, and Russia", "CHN+DEU+RUS", "", False, "known"),
    # spaces
    ("usgs", "United\u00a0States", "USA", "", False, "known"),
    ("usgs", "United\u00a0States and Canada", "USA+CAN", "", False, "known"),
    ("usgs", "Vietnam\u00a0", "VNM", "", False, "known"),
    ("usgs", "Russia ", "RUS", "", False, "known"),
    ("usgs", "  South  Africa ", "ZAF", "", False, "known"),
    # a final e that belongs to the name
    ("usgs", "Greece", "GRC", "", False, "known"),
    ("usgs", "France", "FRA", "", False, "known"),
    ("usgs", "Chile", "CHL", "", False, "known"),
    ("usgs", "Ukraine", "UKR", "", False, "known"),
    ("usgs", "Zimbabwe", "ZWE", "", False, "known"),
    ("usgs", "Sierra Leone", "SLE", "", False, "known"),
    ("usgs", "Mozambique", "MOZ", "", False, "known"),
    # an estimate letter glued on
    ("usgs", "Chinae", "CHN", "", True, LETTER),
    ("usgs", "Greecee", "GRC", "", True, LETTER),
    ("usgs", "New Zealande", "NZL", "", True, LETTER),
    ("usgs", "Korea, Republic ofe", "KOR", "", True, LETTER),
    ("usgs", "Other countriese", "OTH", "", True, LETTER),
    # footnote digits glued on
    ("usgs", "New Caledonia11", "NCL", "", False, DIGITS),
    ("usgs", "New Caledonia¹¹", "NCL", "", False, DIGITS),
    ("usgs", "United\u00a0States1", "USA", "", False, DIGITS),
    ("usgs", "Germany6", "DEU", "", False, DIGITS),
    ("usgs", "Other countries10", "OTH", "", False, DIGITS),
    ("usgs", "China1, 2", "CHN", "", False, DIGITS),
    ("usgs", "World total (rounded)10", "WLD", "rounded", False, DIGITS),
    ("usgs", "World total (rounded) 10", "WLD", "rounded", False, DIGITS),
    ("usgs", "Brazil (crude and beneficiated)9", "BRA", "crude and beneficiated", False, DIGITS),
    ("usgs", "Denmark (processed)5", "DNK", "processed", False, DIGITS),
    ("usgs", "Chinae6", "CHN", "", True, f"{DIGITS}; {LETTER}"),
    # qualifiers that the table knows
    ("usgs", "Argentina, crude ore", "ARG", "crude ore", False, "known"),
    ("usgs", "Russia (recoverable)", "RUS", "recoverable", False, "known"),
    (
        "usgs",
        "United States (extracted from natural gas)",
        "USA",
        "extracted from natural gas",
        False,
        "known",
    ),
    ("usgs", "United\u00a0States (kyanite)", "USA", "kyanite", False, "known"),
    ("usgs", "China (andalusite, crude ore)", "CHN", "andalusite, crude ore", False, "known"),
    # qualifiers that it does not know
    ("usgs", "Peru, refined borates", "PER", "refined borates", False, QUALIFIER),
    ("usgs", "Korea, Republic of (exports)", "KOR", "exports", False, QUALIFIER),
    ("usgs", "Mali (ocher), crude", "MLI", "ocher, crude", False, QUALIFIER),
    ("usgs", "Mali (ocher)4", "MLI", "ocher", False, f"{DIGITS}; {QUALIFIER}"),
    ("usgs", "Malie (ocher)", "MLI", "ocher", True, f"{LETTER}; {QUALIFIER}"),
    ("usgs", "World total (rounded), recycled", "WLD", "rounded, recycled", False, QUALIFIER),
    # totals and remainders
    ("usgs", "World total", "WLD", "", False, "known"),
    ("usgs", "World total (rounded)", "WLD", "rounded", False, "known"),
    ("usgs", "World total (ilmenite, rounded)", "WLD", "ilmenite, rounded", False, "known"),
    ("usgs", "World total, natural", "WLD", "natural", False, "known"),
    ("usgs", "World total (rounded), natural", "WLD", "rounded, natural", False, "known"),
    (
        "usgs",
        "World total (rounded), excluding U.S. production",
        "WLD",
        "rounded, excluding U.S. production",
        False,
        "known",
    ),
    (
        "usgs",
        "World total (rounded), excluding United States.",
        "WLD",
        "rounded, excluding United States",
        False,
        "known",
    ),
    ("usgs", "Other", "OTH", "", False, "known"),
    ("usgs", "Other Countries", "OTH", "", False, "known"),
    ("usgs", "Other countries (rounded)", "OTH", "rounded", False, "known"),
    ("usgs", "Other countries (includes crude)", "OTH", "includes crude", False, "known"),
    ("wmd", "Total", "WLD", "", False, "known"),
    # the other publishers
    ("wmd", "Russia, Europe", "RUS", "Europe", False, "known"),
    ("wmd", "Russia, Asia", "RUS", "Asia", False, "known"),
    ("wmd", "Congo, D.R.", "COD", "", False, "known"),
    ("wmd", "Congo, Rep.", "COG", "", False, "known"),
    ("wmd", "Korea, South", "KOR", "", False, "known"),
    ("bgs", "USA", "USA", "", False, "known"),
    ("bgs", "Korea (Rep. of)", "KOR", "", False, "known"),
    ("bgs", "Korea, Dem. P.R. of", "PRK", "", False, "known"),
    ("bgs", "Ireland, Republic of", "IRL", "", False, "known"),
    ("bgs", "Eswatini (Swaziland)", "SWZ", "", False, "known"),
    ("bgs", "Soviet Union", "SUN", "", False, "known"),
    ("bgs", "German Democratic Rep", "DDR", "", False, "known"),
    ("bgs", "German Federal Republic", "DEU", "Federal Republic before 1990", False, "known"),
    ("bgs", "Rhodesia", "ZWE", "", False, "known"),
    # English names and codes
    ("any", "Türkiye", "TUR", "", False, "known"),
    ("any", "Myanmar (Burma)", "MMR", "", False, "known"),
    ("any", "Russian Federation", "RUS", "", False, "known"),
    ("any", "RUSSIA", "RUS", "", False, "known"),
    ("any", "Tanzania, United Republic of", "TZA", "", False, "known"),
    ("any", "China, Hong Kong SAR", "HKG", "", False, "known"),
    ("any", "Kosovo", "XKX", "", False, "known"),
    ("any", "NAM", "NAM", "", False, "known"),
    ("any", "ZA", "ZAF", "", False, "known"),
    ("code", "NA", "NAM", "", False, "known"),
    ("code", "NO", "NOR", "", False, "known"),
    # the European Union, in several languages; with the United Kingdom it is another one
    *(
        ("any", name, "EUU", "", False, "known")
        for name in (
            "EU",
            "EUU",
            "EU27",
            "EU-27",
            "EU27_2020",
            "European Union",
            "EUROPEAN UNION",
            "European Union (27)",
            "Europäische Union",
            "Union europeenne",
            "Unión Europea",
            "欧盟",
            "Евросоюз",
        )
    ),
    *(("any", name, "EUU", "28 members", False, "known") for name in ("EU28", "European Union 28")),
    # knowingly ignored
    ("owid", "European Union", "", "", False, "ignored"),
    ("comtrade", "European Union", "", "", False, "ignored"),
]

# publisher, printed: nothing here may be read as a place
UNKNOWN_PLACES = [
    ("usgs", ""),
    ("usgs", " \u00a0 "),
    ("usgs", "NA"),
    ("any", "NA"),
    ("any", "no"),
    ("any", "in"),
    ("any", "Atlantis"),
    ("any", "Congo"),  # two countries
    ("any", "Korea"),  # two countries
    ("any", "Guinea, Equatorial Region"),  # a capital after the comma may be another place
    ("usgs", "Russia, Asia"),
    ("usgs", "China, India"),
    ("usgs", "China2023"),
    ("usgs", "Chin"),
    ("usgs", "USAe"),
    ("usgs", "Total"),
    ("usgs", "World total (rounded"),
    ("usgs", "China ()"),
]

# publisher, printed, mineral
MINERAL_CASES = [
    ("usgs-file", "raree", "rare-earths"),
    ("usgs-file", "zirco-hafni", "zirconium"),
    ("usgs-file", "zirco", "zirconium"),
    ("usgs-file", "bauxi", "bauxite"),
    ("usgs-file", "clays", "clays"),
    ("usgs-file", "plati", "platinum-group-metals"),
    ("usgs-file", "feore", "iron-ore"),
    ("usgs-file", "feste", "iron-and-steel"),
    ("usgs-file", "titan", "titanium"),
    ("usgs-file", "timin", "titanium-mineral-concentrates"),
    ("usgs", "Gemanium", "germanium"),
    ("usgs", "Iron Ore  ", "iron-ore"),
    ("usgs", "Lithium ", "lithium"),
    ("usgs", "Rare earths", "rare-earths"),
    ("usgs", "Rare Earths", "rare-earths"),
    ("usgs", "RARE EARTHS (Heavy)", "rare-earths-heavy"),
    ("usgs", "Niobium (Columbium)", "niobium"),
    ("usgs", "Graphite", "graphite"),
    ("usgs", "Graphite (Natural)", "graphite"),
    ("usgs", "Nitrogen(fixed) - Ammonia", "ammonia"),
    ("usgs", "Nitrogen (Fixed)—Ammonia", "ammonia"),
    ("usgs", "Talc, crude", "talc-pyrophyllite"),
    ("usgs", "Talc and Pyrophyllite", "talc-pyrophyllite"),
    ("usgs", "Feldspar", "feldspar"),
    ("usgs", "Feldspar And Nepheline Syenite", "feldspar"),
    ("usgs", "Tio2 Pigment", "titanium-dioxide-pigment"),
    ("usgs", "Zirconium and Hafnium", "zirconium"),
    ("usgs", "Zirconium", "zirconium"),
    ("bgs", "cobalt, mine", "cobalt"),
    ("bgs", "rare earth oxides", "rare-earths"),
    ("wmd", "Diamonds (Ind)", "diamond-industrial"),
    ("wmd", "Diamonds (Gem)", "gemstones"),
    ("wmd", "Steam coal ", "steam-coal"),
    ("document", "rare earth metals", "rare-earths"),
    ("document", "rare-earth minerals", "rare-earths"),
    ("document", "rare metals", "rare-metals"),
    ("document", "rare and rare earth metals", "rare-metals"),
    ("document", "critical minerals", "critical-minerals"),
    ("document", "lithium", "lithium"),
    ("any", "aluminium", "aluminum"),
    ("any", "rare-earths", "rare-earths"),
]

# mineral, lists
LIST_CASES = [
    ("lithium", {"us-2022", "us-2025", "eu-2024"}),
    ("barite", {"us-2022", "us-2025", "eu-2024"}),
    ("coking-coal", {"us-2025", "eu-2024"}),
    ("helium", {"eu-2024"}),
    ("silicon-metal", {"us-2025", "eu-2024"}),
    ("silicon", {"us-2025"}),
    ("magnesium-compounds", set()),
    ("osmium", set()),
    ("gold", set()),
    ("tin", {"us-2022", "us-2025"}),
]


@pytest.mark.parametrize(("publisher", "printed", "place", "detail", "estimated", "rule"), PLACE_CASES)
def test_a_printed_place_is_read(
    publisher: str, printed: str, place: str, detail: str, estimated: bool, rule: str
) -> None:
    assert names.read_place(printed, publisher) == (place, detail, estimated, rule)


@pytest.mark.parametrize(("publisher", "printed"), UNKNOWN_PLACES)
def test_an_unknown_place_is_never_guessed(publisher: str, printed: str) -> None:
    with pytest.raises(UnknownName):
        names.read_place(printed, publisher)


@pytest.mark.parametrize(("publisher", "printed", "mineral"), MINERAL_CASES)
def test_a_printed_mineral_is_read(publisher: str, printed: str, mineral: str) -> None:
    assert names.read_mineral(printed, publisher) == mineral


@pytest.mark.parametrize(
    ("publisher", "printed"), [("usgs", ""), ("usgs", "raree"), ("any", "kryptonite"), ("usgs-file", "rare")]
)
def test_an_unknown_mineral_is_never_guessed(publisher: str, printed: str) -> None:
    with pytest.raises(UnknownName):
        names.read_mineral(printed, publisher)


def test_an_error_offers_the_nearest_names_and_where_to_add_one() -> None:
    with pytest.raises(UnknownName) as mineral:
        names.read_mineral("Lithum", "usgs")
    assert "Lithium" in str(mineral.value)
    assert "mineral_names.csv" in str(mineral.value)
    with pytest.raises(UnknownName) as place:
        names.read_place("Kazakstan", "usgs")
    assert "Kazakhstan" in str(place.value)
    assert "place_names.csv" in str(place.value)


# an unknown name -> what is offered: each thing once, by our name, what holds it as a word first
NEAREST = [
    ("place", "Congo", ["DR Congo", "Republic of the Congo"]),
    ("place", "Korea", ["South Korea", "North Korea"]),
    ("place", "Rusiaa", ["Russia"]),
    ("place", "Atlantis", []),
    ("mineral", "diamonds", ["Diamond (industrial)", "Gemstones (gem-quality diamond)"]),
    ("mineral", "Wolframm", ["Tungsten"]),
    ("mineral", "foo", []),
]


@pytest.mark.parametrize(("kind", "printed", "offered"), NEAREST)
def test_the_nearest_names_are_of_several_things(kind: str, printed: str, offered: list[str]) -> None:
    assert names.nearest(printed, "any", kind) == offered


# names of former states, and of both Congos, in the languages that spreadsheets come in
ELSEWHERE = {
    "SUN": ["Sowjetunion", "UdSSR", "Union soviétique", "URSS", "Unión Soviética", "Unione Sovietica"],
    "CSK": ["Tschechoslowakei", "Tchécoslovaquie", "Checoslovaquia", "Cecoslovacchia"],
    "SCG": ["Serbien und Montenegro", "Serbie-et-Monténégro", "Serbia y Montenegro"],
    "COG": ["Republik Kongo", "République du Congo", "República del Congo"],
    "COD": ["Demokratische Republik Kongo", "République démocratique du Congo"],
    "HKG": ["Hongkong"],
}


@pytest.mark.parametrize("code", ELSEWHERE)
def test_former_states_are_known_in_several_languages(code: str) -> None:
    assert {names.read_place(printed, "any").place for printed in ELSEWHERE[code]} == {code}


def test_nearest_offers_no_codes_and_nothing_far_fetched() -> None:
    assert "Bolivia" in names.nearest("Bolvia", "usgs", "place")
    assert names.nearest("XQ", "any", "place") == []
    assert names.nearest("0000000000", "usgs", "mineral") == []


def test_a_column_of_places_keeps_its_index_and_says_how_each_was_read() -> None:
    column = pd.Series(
        ["Chinae", None, " ", "Atlantis", "European Union", "Chinae"], index=[7, 3, 3, 1, 0, 9]
    )
    read = names.read_places(column, "owid")
    assert list(read.columns) == ["place", "detail", "estimated", "rule"]
    assert list(read.index) == [7, 3, 3, 1, 0, 9]
    assert read["place"].fillna("?").tolist() == ["CHN", "?", "?", "?", "?", "CHN"]
    assert read["estimated"].tolist() == [True, False, False, False, False, True]
    assert read["rule"].tolist() == [LETTER, "blank", "blank", "unknown", "ignored", LETTER]


def test_a_column_of_minerals_keeps_its_index() -> None:
    read = names.read_minerals(pd.Series(["Gold ", None, "Unobtainium", "Gold "], index=[4, 4, 2, 0]), "usgs")
    assert list(read.index) == [4, 4, 2, 0]
    assert read.fillna("?").tolist() == ["gold", "?", "?", "gold"]


@pytest.mark.parametrize("dtype", ["object", "string", "category"])
def test_an_empty_column_is_read(dtype: str) -> None:
    empty = pd.Series([], dtype=dtype)
    assert names.read_places(empty, "usgs").empty
    assert names.read_minerals(empty, "usgs").empty


def test_columns_read_as_single_names_do() -> None:
    cases = [case for case in PLACE_CASES if case[0] == "usgs" and case[2]]
    read = names.read_places(pd.Series([case[1] for case in cases]), "usgs")
    assert [tuple(row) for row in read.itertuples(index=False)] == [case[2:] for case in cases]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("RUS", "Russia"),
        ("KOR", "South Korea"),
        ("COD", "DR Congo"),
        ("CIV", "Côte d'Ivoire"),
        ("TUR", "Türkiye"),
        ("MMR", "Myanmar (Burma)"),
        ("WLD", "World"),
        ("OTH", "Other countries"),
        ("USA+CAN", "United States and Canada"),
        ("RUS+UKR+USA", "Russia, Ukraine and United States"),
    ],
)
def test_a_place_has_a_name(code: str, name: str) -> None:
    assert names.place_name(code) == name


@pytest.mark.parametrize("code", ["", "XXX", "USA+", "USA+XXX", "usa"])
def test_an_unknown_code_has_no_name(code: str) -> None:
    with pytest.raises(UnknownName):
        names.place_name(code)


def test_a_mineral_has_a_name() -> None:
    assert names.mineral_name("rare-earths") == "Rare earths"
    with pytest.raises(UnknownName):
        names.mineral_name("unobtainium")


def test_changing_a_returned_table_changes_nothing_else() -> None:
    places, minerals = names.places(), names.minerals()
    places.loc["RUS", "name"] = "changed"
    minerals.loc["lithium", "name"] = "changed"
    assert names.places().loc["RUS", "name"] == "Russia"
    assert names.minerals().loc["lithium", "name"] == "Lithium"


# The tables agree with each other.


def table(file: str) -> pd.DataFrame:
    return pd.read_csv(knowledge.FOLDER / file, dtype="string", keep_default_na=False)


@pytest.mark.parametrize("file", ["minerals.csv", "critical_lists.csv", "places.csv"])
def test_keys_are_unique(file: str) -> None:
    first = table(file).iloc[:, 0]
    assert first[first.duplicated()].tolist() == []


@pytest.mark.parametrize("file", ["mineral_names.csv", "place_names.csv"])
def test_a_publisher_has_each_spelling_once(file: str) -> None:
    rows = table(file)
    short = rows["spelling"].str.len() <= names.CODE_LENGTH
    plain = rows["spelling"].str.replace("’", "'").mask(~short, rows["spelling"].str.casefold())
    twice = rows[pd.DataFrame({"publisher": rows["publisher"], "spelling": plain}).duplicated()]
    assert twice["spelling"].tolist() == []


@pytest.mark.parametrize(
    "file", ["minerals.csv", "critical_lists.csv", "places.csv", "mineral_names.csv", "place_names.csv"]
)
def test_cells_have_no_padding(file: str) -> None:
    for _, column in table(file).items():
        assert column[column != column.str.split().str.join(" ")].tolist() == []


def test_every_mineral_named_exists() -> None:
    rows = names.minerals()
    assert set(table("mineral_names.csv")["mineral"]) <= set(rows.index)
    assert set(rows["group"]) - {""} <= set(rows.index)
    assert {part for cell in rows["lists"] if cell for part in cell.split(";")} <= set(
        names.critical_lists().index
    )


def test_groups_do_not_run_in_circles() -> None:
    groups = names.minerals()["group"].to_dict()
    for mineral in groups:
        chain = [mineral]
        while groups[chain[-1]]:
            chain.append(groups[chain[-1]])
            assert len(chain) == len(set(chain)), chain


def test_mineral_ids_and_names_are_well_formed() -> None:
    rows = names.minerals()
    assert [key for key in rows.index if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key)] == []
    assert rows["name"][rows["name"].str.casefold().duplicated()].tolist() == []


def test_every_place_named_exists_or_is_ignored_with_a_reason() -> None:
    rows = table("place_names.csv")
    assert set(rows["place"]) - {""} <= set(names.places().index)
    assert rows[(rows["place"] == "") & (rows["note"] == "")]["spelling"].tolist() == []


def test_there_are_249_countries() -> None:
    rows = names.places()
    assert (rows["kind"] == "country").sum() == 249
    assert rows["name"][rows["name"].str.casefold().duplicated()].tolist() == []
    kinds = {"country", "world", "other", "union", "group", "historic", "user-assigned"}
    assert set(rows["kind"]) == kinds


def test_country_codes_are_those_of_iso_3166() -> None:
    rows = names.places()
    assert set(rows.index[rows["kind"] == "country"]) == {country.alpha_3 for country in pycountry.countries}
    for country in pycountry.countries:
        assert names.read_place(country.alpha_2, "code").place == country.alpha_3


@pytest.mark.parametrize(("mineral", "lists"), LIST_CASES)
def test_a_mineral_is_on_its_lists(mineral: str, lists: set[str]) -> None:
    assert set(filter(None, names.minerals().loc[mineral, "lists"].split(";"))) == lists


@pytest.mark.parametrize("critical", ["us-2022", "us-2025"])
def test_the_us_lists_name_sixteen_rare_earths_one_by_one(critical: str) -> None:
    rows = names.minerals()
    elements = rows[(rows["group"] == "rare-earths") & ~rows.index.str.startswith("rare-earths")]
    assert elements["lists"].str.contains(critical).sum() == RARE_EARTHS_ON_US_LISTS


# Laws.


# A publisher's word that means another mineral than the same word on our screen.
OTHER_MEANINGS = {("wmd", "titanium"): "titanium-mineral-concentrates"}


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_display_names_and_codes_read_as_themselves(publisher: str) -> None:
    table = names.places()
    for code, name in table.loc[table["kind"] != "union", "name"].items():
        assert names.read_place(name, publisher).place == code
        assert names.read_place(code, publisher).place == code
    for mineral, name in names.minerals()["name"].items():
        expected = OTHER_MEANINGS.get((publisher, mineral), mineral)
        assert names.read_mineral(name, publisher) == expected


def test_reading_the_display_name_of_a_reading_changes_nothing() -> None:
    for publisher, printed, place, *_ in PLACE_CASES:
        if place:
            again = names.read_place(names.place_name(place), publisher)
            assert again == (place, "", False, "known"), printed


country_names = st.sampled_from(table("place_names.csv").query("publisher == 'usgs'")["spelling"].tolist())


@given(country_names, st.integers(1, 99), st.sampled_from(["", " "]))
def test_footnote_digits_never_change_the_place(name: str, digits: int, space: str) -> None:
    plain = names.read_place(name, "usgs")
    marked = names.read_place(f"{name}{space}{digits}", "usgs")
    assert marked[:3] == plain[:3]
    assert marked.rule == DIGITS


@given(country_names)
def test_an_estimate_letter_never_changes_the_place(name: str) -> None:
    plain = names.read_place(name, "usgs")
    marked = names.read_place(f"{name}e", "usgs")
    assert marked[:2] == plain[:2]
    assert marked.estimated


odd_text = st.one_of(
    st.text(),
    st.text(alphabet="China (),e19\u00a0"),
    st.builds("".join, st.lists(st.sampled_from(["World total", "(", ")", ", ", "a", "e", "1", " (x)"]))),
)


@given(odd_text, st.sampled_from(PUBLISHERS))
def test_any_text_is_read_as_something_known_or_refused(text: str, publisher: str) -> None:
    with contextlib.suppress(UnknownName):
        assert names.read_place(text, publisher).place in {"", *names.places().index}
    with contextlib.suppress(UnknownName):
        assert names.read_mineral(text, publisher) in names.minerals().index


@given(st.lists(st.one_of(st.none(), odd_text)))
def test_any_column_is_read_row_for_row(texts: list[str | None]) -> None:
    column = pd.Series(texts, dtype="object")
    read = names.read_places(column, "usgs")
    assert len(read) == len(column)
    assert (read["place"].isna() == read["rule"].isin(["blank", "unknown", "ignored"])).all()
    assert len(names.read_minerals(column, "usgs")) == len(column)


# The publishers' own files.


def rows_of(path: Path, encoding: str) -> Iterator[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file)


def usgs_files(shared: Path, edition: str) -> list[Path]:
    return sorted((shared / "published" / "usgs-mcs" / edition).glob("*.csv"))


def usgs_countries(shared: Path, edition: str) -> set[str]:
    encoding = "cp1252" if edition == "2026" else "utf-8-sig"
    column = {"2025": "COUNTRY"}.get(edition, "Country")
    printed = {row[column] for path in usgs_files(shared, edition) for row in rows_of(path, encoding)}
    return {name for name in printed if name and name.strip()}


@pytest.mark.published
@pytest.mark.parametrize(
    ("edition", "at_least"), [("2023", 170), ("2024", 190), ("2025", 150), ("2026", 117)]
)
def test_every_usgs_place_is_known(shared: Path, edition: str, at_least: int) -> None:
    printed = usgs_countries(shared, edition)
    assert len(printed) >= at_least
    read = names.read_places(pd.Series(sorted(printed)), "usgs")
    unread = read["place"].isna() | read["rule"].str.contains(QUALIFIER)
    assert [name for name, failed in zip(sorted(printed), unread, strict=True) if failed] == []


@pytest.mark.published
@pytest.mark.parametrize("edition", ["2023", "2024"])
def test_every_usgs_file_code_is_known(shared: Path, edition: str) -> None:
    codes = [
        re.fullmatch(r"mcs\d{4}-(.+)_world", path.stem.lower())[1] for path in usgs_files(shared, edition)
    ]
    assert len(codes) == 77
    assert len({names.read_mineral(code, "usgs-file") for code in codes}) == 77


@pytest.mark.published
@pytest.mark.parametrize(
    ("edition", "encoding", "column", "count"),
    [
        ("2025", "utf-8-sig", "COMMODITY", 77),
        ("2026", "cp1252", "Commodity", 127),
        ("2026", "cp1252", "MCS chapter", 89),
    ],
)
def test_every_usgs_commodity_is_known(
    shared: Path, edition: str, encoding: str, column: str, count: int
) -> None:
    (path,) = usgs_files(shared, edition)
    printed = pd.Series(sorted({row[column] for row in rows_of(path, encoding)}))
    assert len(printed) == count
    assert printed[names.read_minerals(printed, "usgs").isna()].tolist() == []


MINERALS_OF_BGS = {"cobalt", "lithium", "rare-earths", "rare-earth-minerals"}


@pytest.mark.published
def test_bgs_codes_and_names_agree(shared: Path) -> None:
    printed = {
        (row["country_trans"], row["country_iso3_code"], row["bgs_commodity_trans"])
        for path in (shared / "published" / "bgs-wms").glob("*.csv")
        for row in rows_of(path, "utf-8")
    }
    assert len(printed) > 50
    same_state_other_code = {("Zaire", "ZAR"), ("Rhodesia", "")}
    for country, code, commodity in sorted(printed):
        place = names.read_place(country, "bgs").place
        assert place == code or (country, code) in same_state_other_code
        assert names.read_mineral(commodity, "bgs") in MINERALS_OF_BGS


def workbook_names(path: Path) -> tuple[list[str], set[str]]:
    """The sheet names of a workbook, and the texts of column A below the title and the header."""
    spreadsheet = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        parts = {
            name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if ".xml" in name
        }
    sheets = [sheet.attrib["name"] for sheet in parts["xl/workbook.xml"].iter(f"{spreadsheet}sheet")]
    shared_texts = ["".join(item.itertext()) for item in parts["xl/sharedStrings.xml"]]
    cells = [
        shared_texts[int("".join(cell.itertext()))]
        for name, part in parts.items()
        if name.startswith("xl/worksheets/sheet")
        for cell in part.iter(f"{spreadsheet}c")
        if re.fullmatch(r"A(?![12]$)\d+", cell.attrib["r"]) and cell.get("t") == "s"
    ]
    return sheets, set(cells)


@pytest.mark.published
def test_every_name_in_world_mining_data_is_known(shared: Path) -> None:
    (path,) = (shared / "published" / "world-mining-data").glob("*.xlsx")
    sheets, countries = workbook_names(path)
    assert len({names.read_mineral(sheet, "wmd") for sheet in sheets}) == 63
    assert len(countries) > 140
    printed = pd.Series(sorted(countries))
    assert printed[names.read_places(printed, "wmd")["place"].isna()].tolist() == []


def list_members(shared: Path) -> dict[str, list[str]]:
    """The words of each list in the facts, one by one; the US 2025 list is the 2022 list and more."""
    rows = list(rows_of(shared / "facts" / "critical-lists.csv", "utf-8"))
    words = [re.split(r"[;/]", row["members"]) for row in rows]
    added = [word.removeprefix("the 50 of US 2022 plus ") for word in words[1]]
    return {"us-2022": words[0], "us-2025": words[0] + added, "eu-2024": words[2]}


@pytest.mark.published
@pytest.mark.parametrize(("critical", "count"), [("us-2022", 50), ("us-2025", 60), ("eu-2024", 36)])
def test_every_word_of_the_lists_is_a_mineral_on_that_list(shared: Path, critical: str, count: int) -> None:
    words = list_members(shared)[critical]
    lists = names.minerals()["lists"].str.split(";")
    assert len(words) == count
    assert [word for word in words if critical not in lists[names.read_mineral(word, "document")]] == []


# Minerals that stand on a list through a wider or narrower word than their own name.
THROUGH_ANOTHER_WORD = {
    "us-2022": {
        "rare-earths",
        "rare-earths-light",
        "rare-earths-heavy",
        "platinum-group-metals",
        "magnesium-metal",
        "titanium-mineral-concentrates",
        "titanium-sponge",
        "titanium-dioxide-pigment",
        "ilmenite",
        "rutile",
    },
    "us-2025": {"bauxite", "alumina", "ferrosilicon", "silicon-metal"},
    "eu-2024": {"rare-earths", "magnesium-metal"},
}
THROUGH_ANOTHER_WORD["us-2025"] |= THROUGH_ANOTHER_WORD["us-2022"]
EU_GROUP_MEMBERS = {
    "rare-earths": {"promethium", "rare-earth-minerals", "rare-earths-magnet"},
    "platinum-group-metals": {"osmium"},
}


@pytest.mark.published
@pytest.mark.parametrize("critical", ["us-2022", "us-2025", "eu-2024"])
def test_nothing_else_is_on_a_list(shared: Path, critical: str) -> None:
    rows = names.minerals()
    on_list = set(rows.index[rows["lists"].str.split(";").map(lambda ids: critical in ids)])
    named = {names.read_mineral(word, "document") for word in list_members(shared)[critical]}
    if critical == "eu-2024":
        for group, unnamed in EU_GROUP_MEMBERS.items():
            named |= set(rows.index[rows["group"] == group]) - unnamed
    assert on_list == named | THROUGH_ANOTHER_WORD[critical]


# spelling with characters that nobody sees -> place
UNSEEN_CASES = [
    ("Bol\u200bivia", "BOL"),
    ("\ufeffChile", "CHL"),
    ("Canada\u200e", "CAN"),
    ("Ar\u00adgentina", "ARG"),
]


@pytest.mark.parametrize(("spelling", "place"), UNSEEN_CASES)
def test_characters_that_nobody_sees_are_no_part_of_a_name(spelling, place):
    assert names.read_place(spelling, "any").place == place


def test_a_name_that_reads_backwards_on_screen_is_unknown():
    with pytest.raises(UnknownName):
        names.read_place("\u202eChile", "any")


def test_a_mineral_with_a_soft_hyphen_is_known():
    assert names.read_mineral("lith\u00adium", "any") == "lithium"
