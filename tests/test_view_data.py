"""The page Data: uploads are read, reported, installed only after a yes, and can be taken back."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.analysis.changes import changes, extent, largest
from dashboard.uploads import (
    EXAMPLE,
    Answers,
    Target,
    change_counts,
    change_lines,
    check_names,
    is_installed,
    read_uploads,
    records,
    replacement,
    report_csv,
    report_name,
    report_table,
    suspicion,
    target,
    unsettled,
)
from loaders.errors import StoreError, UnknownFormat
from loaders.model import Finding
from loaders.read import Load
from loaders.store import catalogue, install, read_edition, remove
from loaders.vocabulary import Certainty, FindingKind
from tests.usgs_inputs import table

APP = Path(__file__).parent.parent / "dashboard" / "app.py"
HEADER = "Source,Country,Type,Prod_t_2022,Prod_t_est_2023,Prod_notes,Reserves_t,Reserves_notes"
CHILE = 'MCS2024,Chile,"Mine production, lithium content",38000,44000,,9300000,'
PERU = 'MCS2024,Peru,"Mine production, lithium content",1,2,,3,'


def lithium(*rows: str) -> tuple[str, bytes]:
    """A table of the 2024 edition, of lithium alone."""
    item = table(HEADER, *(rows or (CHILE,)))
    return item.name, item.content


def example(**changed: str) -> tuple[str, bytes]:
    """Our own example; `changed` maps a text to what stands in its place."""
    text = EXAMPLE
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    return "example.csv", text.encode()


def archive(*members: tuple[str, bytes]) -> tuple[str, bytes]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writer:
        for name, content in members:
            writer.writestr(name, content)
    return "files.zip", packed.getvalue()


def read(*files: tuple[str, bytes]) -> Load:
    attempt = read_uploads(files)
    assert attempt.error is None
    assert attempt.load is not None
    return attempt.load


# --- reading


def test_the_example_is_read_without_a_problem() -> None:
    load = read(example())
    assert load.report.problems == ()
    assert load.installable
    assert len(load.observations) == len(EXAMPLE.splitlines()) - 1


WRONG = [
    ("a picture", "wrong.csv", b"%PDF-1.7\n\x00\x01\xff", "wrong.csv: "),
    ("empty", "empty.csv", b"", "empty.csv"),
    ("no table at all", "notes.pdf", b"%PDF-1.7", "no table found here"),
    ("a broken zip", "files.zip", b"PK\x03\x04 broken", "cannot be opened"),
    ("an unknown table", "other.csv", b"a,b\n1,2\n", "no format recognises this"),
    ("a zip without tables", *archive(("readme.md", b"hello")), "no table found here"),
]


@pytest.mark.parametrize(("name", "content", "says"), [case[1:] for case in WRONG], ids=[c[0] for c in WRONG])
def test_a_wrong_file_is_an_error_with_a_remedy(name: str, content: bytes, says: str) -> None:
    attempt = read_uploads([(name, content)])
    assert attempt.load is None
    assert says in str(attempt.error)
    assert attempt.error is not None
    assert attempt.error.remedy


def test_files_without_tables_are_named_and_the_others_read() -> None:
    attempt = read_uploads([("readme.pdf", b"%PDF"), lithium()])
    assert attempt.skipped == ("readme.pdf",)
    assert attempt.load is not None
    assert attempt.load.report.edition == "2024"


def test_a_zip_gives_the_same_figures_as_its_files() -> None:
    one = read(lithium())
    packed = read(archive(("folder/" + lithium()[0], lithium()[1])))
    pd.testing.assert_frame_equal(one.observations, packed.observations)


def test_the_report_can_be_taken_along() -> None:
    load = read(lithium(CHILE, PERU.replace("Peru", "Nowhere"), ",,,,,,,"))
    lines = pd.read_csv(io.StringIO(report_csv(load.report)), keep_default_na=False, dtype=str)
    assert list(lines["severity"]) == ["error"] * len(load.report.problems) + ["ignored"]
    wrong = lines.iloc[0]
    assert (wrong["file"], wrong["row"], wrong["column"], wrong["printed"]) == (
        lithium()[0], "3", "Country", "Nowhere",
    )  # fmt: skip
    assert wrong["remedy"]
    assert json.loads(load.report.model_dump_json())["counts"]["rows_read"] == 3
    assert report_name(load.report) == "report-usgs-mcs-2024"


FOUND = Finding(
    kind=FindingKind.UNIT, dataset="usgs-mcs", edition="2024", mineral="lithium", measure="reserves",
    place=None, file="a.csv", row=2, column="Reserves_t", printed="t", expected="kt", ratio=0.001,
    certainty=Certainty.LIKELY, compared="the column with edition 2023", cause="The unit is wrong.",
)  # fmt: skip


UNSETTLED = [
    (Certainty.CERTAIN, "", 1), (Certainty.LIKELY, "", 1), (Certainty.POSSIBLE, "", 0),
    (Certainty.LIKELY, "2024-lithium-reserves", 0),
]  # fmt: skip


@pytest.mark.parametrize(("certainty", "correction", "number"), UNSETTLED)
def test_likely_errors_that_nobody_corrected_must_be_read(
    certainty: Certainty, correction: str, number: int
) -> None:
    finding = FOUND.model_copy(update={"certainty": certainty, "correction": correction})
    report = read(lithium()).report.model_copy(update={"findings": (finding,)})
    assert unsettled(report) == number
    line = report_table(report).iloc[0]
    assert (line["severity"], line["rule"]) == ("finding", f"unit, {certainty.label}")
    assert ("Corrected: 2024-lithium-reserves." in line["remedy"]) == bool(correction)
    assert ("Left as printed." in line["remedy"]) != bool(correction)


# --- names that come from a file


BAD_NAMES = [
    ("my-ministry", "../../outside"), ("my-ministry", "/etc/passwd"), ("my-ministry", "My Ministry"),
    ("my-ministry", "a.b"), ("my-ministry", "a" * 61), ("my-ministry", "mіne"), ("my-ministry", "a\\b"),
    ("2025-06", ".."), ("2025-06", "2025/06"), ("2025-06", "C:2025"), ("2025-06", "-"),
    ("2025-06", "2025.06."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), BAD_NAMES, ids=[ascii(new[:12]) for _, new in BAD_NAMES])
def test_a_name_that_could_leave_the_workspace_is_refused(own_home: Path, old: str, new: str) -> None:
    found = read_uploads([example(**{old: new})])
    if found.load:  # a name that the format takes and the workspace does not
        with pytest.raises(StoreError, match="cannot name the") as caught:
            records(found.load.report, Target(None, None), Answers("Title", "Publisher"))
        assert caught.value.remedy
    else:
        assert isinstance(found.error, UnknownFormat)
        assert f"{new}' should be small letters and digits" in str(found.error)
    assert list(own_home.rglob("*")) == []


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "aux"])
def test_a_name_of_a_device_is_refused(own_home: Path, name: str) -> None:
    for old in ("my-ministry", "2025-06"):
        load = read(example(**{old: name}))
        dataset, edition = records(load.report, Target(None, None), Answers("Title", "Publisher"))
        with pytest.raises(StoreError, match="device"):
            install(load.observations, dataset, edition)
    assert list(own_home.rglob("*")) == []


def test_a_member_of_a_zip_keeps_its_name_only() -> None:
    load = read(archive(("../../../outside/" + lithium()[0], lithium()[1])))
    assert [file.name for file in load.report.files] == [lithium()[0]]


def test_good_names_pass() -> None:
    check_names(read(example(**{"2025-06": "2025-06.rev-2"})).report)


# --- the records of an installation


def test_a_known_edition_keeps_its_citation_and_gets_the_new_files() -> None:
    load = read(lithium())
    to = target(load.report, catalogue())
    assert to.edition is not None
    dataset, edition = records(load.report, to, Answers())
    assert dataset.id == "usgs-mcs"
    assert edition.citation == to.edition.edition.citation
    assert edition.published == "2024-01-30"
    assert edition.files == load.report.files


def test_a_new_edition_of_a_known_dataset_needs_no_dataset() -> None:
    load = read(example(**{"my-ministry": "usgs-mcs", "2025-06": "2031"}))
    to = target(load.report, catalogue())
    assert (to.dataset is not None, to.edition) == (True, None)
    dataset, edition = records(load.report, to, Answers(published="2031-01-31"))
    assert dataset.publisher == "U.S. Geological Survey"
    assert (
        edition.citation == "U.S. Geological Survey, 2031-01-31, Mineral Commodity Summaries, edition 2031."
    )


MISSING = [
    (Answers(), "title"),
    (Answers("A title", " "), "publisher"),
    (Answers(" ", "A publisher"), "title"),
]


@pytest.mark.parametrize(("answers", "field"), MISSING)
def test_a_new_dataset_needs_a_title_and_a_publisher(answers: Answers, field: str) -> None:
    with pytest.raises(StoreError, match=f"the {field} of the new dataset is missing"):
        records(read(example()).report, Target(None, None), answers)


def test_what_nobody_says_of_a_new_dataset_is_not_stated() -> None:
    dataset, edition = records(read(example()).report, Target(None, None), Answers("Ores", "Ministry"))
    assert (dataset.licence, edition.published, edition.address) == ("not stated",) * 3
    assert edition.citation == "Ministry, date not stated, Ores, edition 2025-06."


# --- what an installation changes


ROW = {"mineral": "lithium", "detail": "", "place": "CHL", "measure": "reserves", "year": 2024,
       "basis": "content", "unit": "t", "value": 10.0, "lower": None, "upper": None, "status": "A",
       "printed_value": "10", "printed_unit": "t", "note": ""}  # fmt: skip


def observations(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame([{**ROW, **row} for row in rows], columns=list(ROW))
    return frame.astype({"value": float, "lower": float, "upper": float})


CHANGES = [
    ("same", {}, {}, "same", 0.0),
    ("printed otherwise", {}, {"printed_value": "10.0"}, "same", 0.0),
    ("revised", {}, {"value": 20.0}, "revised", 0.301),
    ("thousandfold", {}, {"value": 10_000.0}, "revised", 3.0),
    ("number vanishes", {}, {"value": None, "status": "O"}, "revised", float("inf")),
    ("number appears", {"value": None, "status": "Q"}, {}, "revised", float("inf")),
    ("becomes zero", {}, {"value": 0.0}, "revised", float("inf")),
    ("now an estimate", {}, {"status": "E"}, "revised", 0.0),
    ("now a bound", {}, {"lower": 5.0}, "revised", 0.0),
    ("withheld in both", {"value": None, "status": "Q"}, {"value": None, "status": "Q"}, "same", 0.0),
]


@pytest.mark.parametrize(
    ("old", "new", "change", "size"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES]
)
def test_changes(old: dict[str, object], new: dict[str, object], change: str, size: float) -> None:
    line = changes(observations(old), observations(new)).iloc[0]
    assert (line["change"], line["extent"]) == (change, pytest.approx(size, abs=1e-3))


def test_figures_that_come_and_go_are_counted() -> None:
    old = observations({}, {"place": "PER"}, {"place": "ARG"})
    new = observations({"value": 20.0}, {"place": "PER"}, {"place": "BOL"}, {"place": "BOL"})
    counts = change_counts(changes(old, new))
    assert counts == [("same", 1), ("revised", 1), ("added", 2), ("removed", 1)]


def test_no_figure_is_lost_between_two_editions() -> None:
    found = catalogue()
    for one, other in (("2023", "2024"), ("2024", "2023"), ("2025", "2026")):
        old, new = (read_edition(found.get("usgs-mcs", name)) for name in (one, other))
        counts = dict(change_counts(changes(old, new)))
        assert counts["same"] + counts["revised"] + counts["removed"] == len(old)
        assert counts["same"] + counts["revised"] + counts["added"] == len(new)


def test_the_largest_changes_come_first() -> None:
    places = [("CHL", 11.0), ("PER", 0.0), ("ARG", 10_000.0), ("BOL", 0.1)]
    old = observations(*({"place": place} for place, _ in places))
    new = observations(*({"place": place, "value": value} for place, value in places))
    changed = changes(old, new)
    assert list(largest(changed, 3)["place"]) == ["PER", "ARG", "BOL"]
    lines = change_lines(changed)
    assert lines[1] == ("Lithium", "Argentina", "Reserves", "2024", "10 t", "10 kt", "× 1,000")
    assert suspicion(changed).startswith("2 figures change a hundredfold or more")
    assert suspicion(changes(old, old)) == ""


def test_a_replacement_is_told_in_plain_words() -> None:
    item = catalogue().get("usgs-mcs", "2024")
    old = read_edition(item)
    told = " ".join(replacement(item, old, read(lithium()).observations))
    minerals, places, figures = extent(old)
    assert f"is bundled with {minerals} minerals, {places} places, {figures:,} figures" in told
    assert "this upload has 1 mineral, 1 place, 3 figures" in told
    assert f"and {minerals - 1 - 12} more" in told
    assert "comes back when you remove yours" in told


# --- removing


def test_a_bundled_edition_comes_back_when_the_own_one_is_removed() -> None:
    load = read(lithium())
    before = catalogue().version
    install(load.observations, *records(load.report, target(load.report, catalogue()), Answers()))
    assert not catalogue().get("usgs-mcs", "2024").bundled
    remove("usgs-mcs", "2024")
    assert catalogue().version == before


def test_removing_one_own_edition_keeps_the_others() -> None:
    for name in ("2025-06", "2025-07"):
        load = read(example(**{"2025-06": name}))
        install(load.observations, *records(load.report, Target(None, None), Answers("Ores", "Ministry")))
    remove("my-ministry", "2025-06")
    assert [item.edition.id for item in catalogue().editions if not item.bundled] == ["my-ministry.2025-07"]
    assert len(read_edition(catalogue().get("my-ministry", "2025-07"))) == 4


NOT_OWN = [
    ("usgs-mcs", "2023"),
    ("usgs-mcs", "2024"),
    ("my-ministry", "2025-06"),
    ("../..", "2024"),
    ("usgs-mcs", "../2024"),
]


@pytest.mark.parametrize(("dataset", "edition"), NOT_OWN)
def test_only_an_own_edition_can_be_removed(dataset: str, edition: str) -> None:
    with pytest.raises(StoreError, match=r"there is no edition|cannot be removed"):
        remove(dataset, edition)
    assert catalogue().get("usgs-mcs", "2024").path.exists()


def test_another_citation_is_another_version() -> None:
    load = read(example())
    found = set()
    for publisher in ("Ministry", "Agency"):
        install(load.observations, *records(load.report, Target(None, None), Answers("Ores", publisher)))
        found.add(catalogue().version)
    assert len(found) == 2


# --- the page


@pytest.fixture
def page() -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).run()
    at.switch_page("views/data.py").run()
    assert not at.exception
    return at


def hand_in(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    for name, content in files:
        at.file_uploader[0].upload(name, content)
    at.run()
    assert not at.exception
    return at


def bodies(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def said(elements: Sequence[object]) -> str:
    return " ".join(str(getattr(element, "value", "")) for element in elements).replace("\\", "")


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if label in button.label).click()
    at.run()
    assert not at.exception
    return at


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def test_the_page_shows_what_is_loaded(page: AppTest, own_home: Path) -> None:
    shown = bodies(page)
    for item in catalogue().editions:
        assert item.edition.version[:8] in shown
        assert f"{len(read_edition(item)):,}" in shown
    assert str(own_home) in shown
    assert "None yet" in shown


@pytest.mark.parametrize(("name", "content", "says"), [case[1:] for case in WRONG], ids=[c[0] for c in WRONG])
def test_a_wrong_file_is_told_and_cannot_be_installed(
    page: AppTest, own_home: Path, name: str, content: bytes, says: str
) -> None:
    hand_in(page, (name, content))
    assert says in said(page.error)
    assert not [label for label in labels(page) if "Install" in label]
    assert list(own_home.rglob("*")) == []


def test_errors_stop_an_installation(page: AppTest, own_home: Path) -> None:
    hand_in(page, lithium(CHILE, PERU.replace("Peru", "<b>Nowhere")))
    assert "cannot be installed: 1 error" in said(page.error)
    assert "&lt;b&gt;Nowhere" in bodies(page)
    assert "<b>Nowhere" not in bodies(page)
    assert "Add it to loaders/knowledge/place_names.csv" in bodies(page)
    assert list(own_home.rglob("*")) == []


def test_a_replacement_needs_a_yes_and_can_be_taken_back(page: AppTest) -> None:
    hand_in(page, lithium())
    assert "3 read = 3 figures + 0 absent + 0 refused" in bodies(page)
    press(page, "Install edition 2024")
    assert "Nothing was installed" in said(page.error)
    assert catalogue().get("usgs-mcs", "2024").bundled
    page.checkbox[0].check()
    press(page, "Install edition 2024")
    assert "Installed edition 2024" in said(page.success)
    assert not catalogue().get("usgs-mcs", "2024").bundled
    page.switch_page("views/figures.py").run()
    assert "holds in 1 of 3 editions" in bodies(page)
    page.switch_page("views/data.py").run()
    press(page, "Yes, remove it")
    assert "Removed your edition 2024" in said(page.success)
    assert catalogue().get("usgs-mcs", "2024").bundled
    press(page, "Bring back")
    assert not catalogue().get("usgs-mcs", "2024").bundled
    press(page, "Yes, remove it")
    page.switch_page("views/figures.py").run()
    assert "holds in 1 of 4 editions" in bodies(page)


def test_warnings_must_be_read_first(page: AppTest) -> None:
    hand_in(page, lithium(CHILE, CHILE))
    assert [box.label for box in page.checkbox] == [
        "I have read the 3 warnings.", "Show this in place of edition 2024.",
    ]  # fmt: skip
    page.checkbox[1].check()
    press(page, "Install edition 2024")
    assert "Nothing was installed" in said(page.error)
    assert catalogue().get("usgs-mcs", "2024").bundled
    page.checkbox[0].check()
    press(page, "Install edition 2024")
    assert not catalogue().get("usgs-mcs", "2024").bundled


def test_a_dataset_of_ones_own_is_asked_for_its_citation(page: AppTest) -> None:
    hand_in(page, example())
    press(page, "Install edition 2025-06 of my-ministry")
    assert "the title of the new dataset is missing" in said(page.error)
    answers = {
        "Title of the dataset": "Ores of <b>Chile",
        "Publisher": "Ministry of *Mines*",
        "Licence": "CC BY 4.0",
    }
    for box in page.text_input:
        box.input(answers.get(box.label, ""))
    press(page, "Install edition 2025-06 of my-ministry")
    assert "Installed edition 2025-06" in said(page.success)
    assert "Ores of &lt;b&gt;Chile" in bodies(page)
    page.query_params["source"] = "my-ministry.2025-06"
    page.switch_page("views/sources.py").run()
    assert not page.exception
    assert "CC BY 4.0" in bodies(page)
    assert "Ministry of *Mines*, date not stated, Ores of &lt;b&gt;Chile, edition 2025-06." in bodies(page)


def test_a_bad_name_is_told_and_not_installed(page: AppTest, own_home: Path) -> None:
    hand_in(page, example(**{"my-ministry": "../../outside"}))
    assert "dataset '../../outside' should be small letters and digits" in said(page.error)
    assert not [label for label in labels(page) if "Install" in label]
    assert list(own_home.rglob("*")) == []


def test_a_damaged_own_edition_is_told_and_can_be_removed(page: AppTest) -> None:
    load = read(example())
    install(load.observations, *records(load.report, Target(None, None), Answers("Ores", "Ministry")))
    catalogue().get("my-ministry", "2025-06").path.write_text("damaged")
    page.run()
    assert not page.exception
    assert "its hash differs" in said(page.error)
    press(page, "Yes, remove it")
    assert "None yet" in bodies(page)
    assert not page.error


def test_a_damaged_record_is_told_on_each_page(page: AppTest, own_home: Path) -> None:
    (own_home / "store.json").write_text("{")
    for view in ("figures", "sources", "data"):
        page.switch_page(f"views/{view}.py").run()
        assert not page.exception
        assert "the record of the workspace is damaged" in said(page.error)


def test_what_is_installed_already_is_not_installed_again(page: AppTest) -> None:
    load = read(lithium())
    install(load.observations, *records(load.report, target(load.report, catalogue()), Answers()))
    hand_in(page, lithium())
    assert "holds exactly these figures already" in said(page.info)
    assert not [label for label in labels(page) if "Install" in label]


@pytest.mark.published
@pytest.mark.parametrize("edition", ["2023", "2024", "2025", "2026"])
def test_the_real_releases_hold_what_is_bundled(shared: Path, edition: str) -> None:
    paths = sorted((shared / "published" / "usgs-mcs" / edition).iterdir())
    load = read(archive(*((f"{edition}/{path.name}", path.read_bytes()) for path in paths)))
    assert load.installable
    assert is_installed(catalogue().get("usgs-mcs", edition), load.observations)


def test_errors_of_the_store_are_told(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(page, lithium())
    page.checkbox[0].check()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    press(page, "Install edition 2024")
    assert "nothing was changed" in said(page.error)
    assert catalogue().get("usgs-mcs", "2024").bundled
