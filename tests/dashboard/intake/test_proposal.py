"""What handed-in files would do: read, compared, kept in a folder, installed; the report as a file."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.differences import differences
from dashboard.cli.main import main
from dashboard.exports.report_csv import report_csv, report_name, report_table
from dashboard.intake.proposal import install_proposals
from loaders.errors import MineralsError, StoreError, UnknownFormat
from loaders.intake.records import Target, check_names, records, target
from loaders.report import Finding
from loaders.store import catalogue, history, install, read_edition, remove
from loaders.vocabulary import Certainty, FindingKind
from tests.handing_in import (
    CHILE,
    NEW,
    OLD,
    PERU,
    RECORD,
    SPOILT,
    archive,
    example,
    lithium,
    looked_at,
    proposed,
    tidy,
)

pytestmark = pytest.mark.slow

# --- reading


def test_the_example_is_read_without_a_problem() -> None:
    item = proposed(example())
    assert item.report.problems == ()
    assert (item.installable, item.figures, item.known, item.comparison) == (True, 4, False, None)


WRONG = [
    ("a picture", "wrong.csv", b"%PDF-1.7\n\x00\x01\xff", "wrong.csv: "),
    ("empty", "empty.csv", b"", "empty.csv"),
    ("no table at all", "notes.pdf", b"%PDF-1.7", "no table found here"),
    ("a broken zip", "files.zip", b"PK\x03\x04 broken", "cannot be opened"),
    ("an unknown table", "other.csv", b"a,b\n1,2\n", "no format recognises this"),
    ("a zip without tables", *archive(("readme.md", b"hello")), "no table found here"),
    ("a record alone", *RECORD, "no table found here"),
    ("a damaged record", "dataset.toml", b"id = 1 2", "no table found here"),
]


@pytest.mark.parametrize(("name", "content", "says"), [case[1:] for case in WRONG], ids=[c[0] for c in WRONG])
def test_a_wrong_file_is_an_error_with_a_remedy(name: str, content: bytes, says: str) -> None:
    outcome = looked_at((name, content))
    assert outcome.proposals == ()
    assert says in str(outcome.error)
    assert outcome.error is not None
    assert outcome.error.remedy


def test_files_without_tables_are_named_and_the_others_read() -> None:
    outcome = looked_at(("readme.pdf", b"%PDF"), lithium())
    assert outcome.skipped == ("readme.pdf",)
    assert [item.name for item in outcome.proposals] == ["usgs-mcs.2024"]


def test_a_record_that_is_handed_in_with_the_file_is_used() -> None:
    for files in ([tidy("2024", *OLD), RECORD], [archive(tidy("2024", *OLD), RECORD)]):
        item = proposed(*files)
        assert (item.known, item.dataset.publisher) == (True, "Ministry of Mines")
    wrong = looked_at(tidy("2024", *OLD), ("dataset.toml", b'id = "own"'))
    assert "the dataset's record cannot be used" in str(wrong.error)
    twice = looked_at(tidy("2024", *OLD), RECORD, ("other.toml", RECORD[1]))
    assert "there are 2 records" in str(twice.error)


@pytest.mark.published
@pytest.mark.parametrize("edition", ["2023", "2024", "2025", "2026"])
def test_the_real_releases_hold_what_is_bundled(shared: Path, edition: str) -> None:
    paths = sorted((shared / "published" / "usgs-mcs" / edition).iterdir())
    handed = archive(*((f"{edition}/{path.name}", path.read_bytes()) for path in paths))
    found = looked_at(handed).proposals
    beside = {"2026": ["usgs-mcs-us.2026"]}  # one table holds both since that year
    assert [item.name for item in found] == [f"usgs-mcs.{edition}", *beside.get(edition, [])]
    assert all(item.installable and item.installed for item in found)


# --- comparing


def test_doubts_and_the_suspicion_are_kept_apart() -> None:
    assert install_proposals([(proposed(tidy("2024", *OLD), RECORD).path, None)])
    item = proposed(tidy("2025", SPOILT[0], SPOILT[0]))
    assert "1 figure changed about a thousandfold" in item.suspicion
    assert any("warning" in doubt for doubt in item.doubts)
    assert item.suspicion not in item.doubts


def test_a_comparison_names_both_versions_and_the_rows_behind_the_largest_revisions() -> None:
    (before,) = install_proposals([(proposed(tidy("2024", *OLD), RECORD).path, None)])
    found = proposed(tidy("2025", *NEW)).comparison
    assert found is not None
    assert found.old.edition.version == before.version
    rows = found.rows[["pair", "side", "place", "printed_value"]].sort_values(["pair", "side"])
    assert rows.to_numpy().tolist() == [
        [0, "new", "PER", "W"], [0, "old", "PER", "800"],
        [1, "new", "CHL", "900"], [1, "old", "CHL", "930"],
    ]  # fmt: skip
    (after,) = install_proposals([(proposed(tidy("2025", *NEW)).path, None)])
    assert found.new.version == after.version


def test_the_page_and_the_command_line_say_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    install_proposals([(proposed(tidy("2024", *OLD), RECORD).path, None)])
    name, content = tidy("2025", *SPOILT)
    (tmp_path / name).write_bytes(content)
    main(["add", str(tmp_path / name), "--dry-run", "--format", "json"])
    (told,) = json.loads(capsys.readouterr().out)["editions"]
    item = proposed((name, content))
    assert item.comparison is not None
    assert told["compared_with"] == item.comparison.old.edition.id
    assert told["changes"] == item.comparison.counts
    assert told["doubts"] == [item.suspicion, *item.doubts]


def test_the_rows_of_real_editions_are_those_that_differ() -> None:
    old, new = (read_edition(catalogue().get("usgs-mcs", name)) for name in ("2025", "2026"))
    table = new.assign(edition="2027", correction="").to_csv(index=False)
    found = proposed(("usgs.csv", table.encode())).comparison
    assert found is not None
    assert found.counts == {}
    assert found.rows.empty
    again = proposed(("usgs.csv", old.assign(edition="2027", correction="").to_csv(index=False).encode()))
    assert again.comparison is not None
    assert again.comparison.changes.number == len(differences(new, old))
    assert len(again.comparison.rows) == 16


# --- installing


def test_proposals_are_installed_until_one_cannot_be() -> None:
    first, second = (proposed(tidy(name, *OLD), RECORD) for name in ("2024", "2025"))
    second.path.write_bytes(first.path.read_bytes())
    done = install_proposals([(first.path, None), (second.path, None)])
    assert isinstance(done, tuple)
    assert [item.what for item in history()] == ["add"]
    bad = proposed(tidy("2026", OLD[0].replace("930", "many")))
    failed = install_proposals([(first.path, None), (bad.path, None)])
    assert isinstance(failed, MineralsError)
    assert "nothing was installed" in failed.message


def test_files_that_were_installed_before_are_known() -> None:
    item = proposed(tidy("2024", *OLD), RECORD)
    assert not item.before
    install_proposals([(item.path, None)])
    remove("own", "2024")
    again = proposed(tidy("2024", *OLD), RECORD)
    assert (again.before, again.installed) == (True, False)


# --- names that come from a file


BAD_NAMES = [
    ("my-ministry", "../../outside"), ("my-ministry", "/etc/passwd"), ("my-ministry", "My Ministry"),
    ("my-ministry", "a.b"), ("my-ministry", "a" * 61), ("my-ministry", "mіne"), ("my-ministry", "a\\b"),
    ("2025-06", ".."), ("2025-06", "2025/06"), ("2025-06", "C:2025"), ("2025-06", "-"),
    ("2025-06", "2025.06."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), BAD_NAMES, ids=[ascii(new[:12]) for _, new in BAD_NAMES])
def test_a_name_that_could_leave_the_workspace_is_refused(own_home: Path, old: str, new: str) -> None:
    outcome = looked_at(example(**{old: new}))
    assert outcome.proposals == ()
    if isinstance(outcome.error, UnknownFormat):
        assert f"{new}' should be small letters and digits" in str(outcome.error)
    else:  # a name that the format takes and the workspace does not
        assert "cannot name the" in str(outcome.error)
    assert list(own_home.rglob("*")) == []


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "aux"])
def test_a_name_of_a_device_is_refused(own_home: Path, name: str) -> None:
    for old in ("my-ministry", "2025-06"):
        assert "device" in str(looked_at(example(**{old: name})).error)
    assert list(own_home.rglob("*")) == []


def test_a_member_of_a_zip_keeps_its_name_only() -> None:
    item = proposed(archive(("../../../outside/" + lithium()[0], lithium()[1])))
    assert [file.name for file in item.report.files] == [lithium()[0]]


def test_good_names_pass() -> None:
    check_names(proposed(example(**{"2025-06": "2025-06.rev-2"})).report)


# --- the records of an installation


def test_a_known_edition_keeps_its_citation_and_gets_the_new_files() -> None:
    item = proposed(lithium())
    known = catalogue().get("usgs-mcs", "2024").edition
    assert (item.edition.citation, item.edition.published) == (known.citation, "2024-01-30")
    assert item.edition.files == item.report.files
    assert item.replaces is not None


def test_a_new_edition_of_a_known_dataset_needs_no_dataset() -> None:
    report = proposed(example(**{"my-ministry": "usgs-mcs", "2025-06": "2031"})).report
    to = target(report, catalogue())
    assert (to.dataset is not None, to.edition) == (True, None)
    dataset, edition = records(report, to)
    assert dataset.publisher == "U.S. Geological Survey"
    words = "U.S. Geological Survey, date not stated, Mineral Commodity Summaries, edition 2031."
    assert edition.citation == words


def test_what_nobody_says_of_a_new_dataset_is_not_stated() -> None:
    dataset, edition = records(proposed(example()).report, Target(None, None))
    assert (dataset.publisher, dataset.licence, edition.published, edition.address) == ("not stated",) * 4
    assert edition.citation == "not stated, date not stated, my-ministry, edition 2025-06."


# --- removing


def test_a_bundled_edition_comes_back_when_the_own_one_is_removed() -> None:
    before = catalogue().version
    install_proposals([(proposed(lithium()).path, None)])
    assert not catalogue().get("usgs-mcs", "2024").bundled
    remove("usgs-mcs", "2024")
    assert catalogue().version == before


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
    figures = read_edition(catalogue().get("usgs-mcs", "2024")).head(3)
    report = proposed(example()).report
    found = set()
    dataset, edition = records(report, Target(None, None))
    for publisher in ("Ministry", "Agency"):
        install(figures, dataset.model_copy(update={"publisher": publisher}), edition)
        found.add(catalogue().version)
    assert len(found) == 2


# --- the report as a file


def test_the_report_can_be_taken_along() -> None:
    report = proposed(lithium(CHILE, PERU.replace("Peru", "Nowhere"), ",,,,,,,")).report
    lines = pd.read_csv(io.StringIO(report_csv(report)), keep_default_na=False, dtype=str)
    assert list(lines["severity"]) == ["error"] * len(report.problems) + ["ignored"]
    wrong = lines.iloc[0]
    assert (wrong["file"], wrong["row"], wrong["column"], wrong["printed"]) == (
        lithium()[0], "3", "Country", "Nowhere",
    )  # fmt: skip
    assert wrong["remedy"]
    assert json.loads(report.model_dump_json())["counts"]["rows_read"] == 3
    assert report_name(report) == "report-usgs-mcs-2024"


FOUND = Finding(
    kind=FindingKind.UNIT, dataset="usgs-mcs", edition="2024", mineral="lithium", measure="reserves",
    place=None, file="a.csv", row=2, column="Reserves_t", printed="t", expected="kt", ratio=0.001,
    certainty=Certainty.LIKELY, compared="the column with edition 2023", cause="The unit is wrong.",
)  # fmt: skip


@pytest.mark.parametrize("correction", ["", "2024-lithium-reserves"])
def test_the_report_says_what_became_of_a_finding(correction: str) -> None:
    finding = FOUND.model_copy(update={"correction": correction})
    report = proposed(lithium()).report.model_copy(update={"findings": (finding,)})
    line = report_table(report).iloc[0]
    assert (line["severity"], line["rule"]) == ("finding", "unit, likely")
    assert ("Corrected: 2024-lithium-reserves." in line["remedy"]) == bool(correction)
    assert ("Left as printed." in line["remedy"]) != bool(correction)
