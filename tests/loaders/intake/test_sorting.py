"""Files that are handed in: names, what they are for, and the editions inside archives."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cli.main import main
from loaders.errors import StoreError, UnknownFormat
from loaders.intake.sorting import is_document, plain_name, read_files, sort_out
from loaders.store import catalogue, own_seeds
from tests.bgs_export import Series, bgs_export
from tests.handing_in import NEW, OLD, PAPER, RECORD, archive, lithium, tidy

NAMES = [
    ("figures.csv", "figures.csv"), ("../../figures.csv", "figures.csv"), ("C:\\data\\a.csv", "a.csv"),
    ("..", "_"), ("", "_"), ("/", "_"), ("a:b?.csv", "a_b_.csv"), ("con.csv", "_con.csv"), ("LPT1", "_LPT1"),
    ("falcon.csv", "falcon.csv"), ("Запасы 2025.csv", "Запасы 2025.csv"), ("a\x00b.csv", "a_b.csv"),
    ("x" * 300 + ".csv", "x" * 116 + ".csv"), ("dots...", "dots"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "plain"), NAMES, ids=[ascii(name[:16]) for name, _ in NAMES])
def test_names_from_elsewhere(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@given(st.text(max_size=40))
def test_a_name_is_one_part_of_a_path(name: str) -> None:
    plain = plain_name(name)
    assert plain
    assert plain not in (".", "..")
    assert (Path("/folder") / plain).parent == Path("/folder")
    assert plain_name(plain) == plain


def write(folder: Path, *files: tuple[str, bytes]) -> list[Path]:
    paths = []
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        paths.append(path)
    return paths


DOCUMENT = "paper.toml", b'[source]\nid = "paper"\n'


def test_files_are_sorted_by_what_they_are_for(tmp_path: Path) -> None:
    whole = b"PK\x03\x04 and so on"
    paths = write(tmp_path, lithium(), RECORD, DOCUMENT, ("letter.pdf", b"%PDF"), ("no-suffix", whole))
    found = sort_out([*paths, tmp_path])
    assert [path.name for path in found.tables] == [lithium()[0], "no-suffix", tmp_path.name]
    assert [path.name for path in found.records] == ["dataset.toml"]
    assert [path.name for path in found.documents] == ["paper.toml"]
    assert found.skipped == ("letter.pdf",)
    assert not is_document(tmp_path / "nothing.toml")


ARCHIVES = [
    ("folders", ["a/old.csv", "b/new.csv"]),
    ("one folder around them", ["editions/a/old.csv", "editions/b/new.csv"]),
    ("files side by side", ["old.csv", "new.csv"]),
    ("backslashes", ["a\\old.csv", "b\\new.csv"]),
    ("names that lead out", ["../a/old.csv", "/b/new.csv"]),
    ("folders of devices", ["con/old.csv", "nul/new.csv"]),
    ("what a Mac leaves", ["a/old.csv", "b/new.csv", "__MACOSX/a/._old.csv"]),
    ("a read-me", ["a/old.csv", "b/new.csv", "notes/readme.md"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "members"), ARCHIVES, ids=[case[0] for case in ARCHIVES])
def test_several_editions_in_an_archive(tmp_path: Path, name: str, members: list[str]) -> None:
    contents = [tidy("2024", *OLD)[1], tidy("2025", *NEW)[1], b"not a table"]
    packed = archive(*zip(members, contents, strict=False))
    (path,) = write(tmp_path / "in", packed)
    assert sorted(found.load.report.edition for found in read_files([path])) == ["2024", "2025"]
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "in", path]


def test_each_edition_in_an_archive_has_the_record_beside_it(tmp_path: Path) -> None:
    other = RECORD[1].replace(b"Ministry of Mines", b"Another ministry")
    members = [("a/old.csv", tidy("2024", *OLD)[1]), ("b/new.csv", tidy("2025", *NEW)[1])]
    (path,) = write(tmp_path, archive(*members, ("b/dataset.toml", other), ("dataset.toml", RECORD[1])))
    publishers = [found.record.publisher if found.record else "" for found in read_files([path])]
    assert publishers == ["Ministry of Mines", "Another ministry"]


def test_a_link_in_an_archive_is_no_way_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_bytes(tidy("2026", *OLD)[1])
    path = tmp_path / "files.zip"
    with zipfile.ZipFile(path, "w") as writer:
        link = zipfile.ZipInfo("b/link.csv")
        link.external_attr = 0o120777 << 16
        writer.writestr(link, str(secret))
        writer.writestr("a/old.csv", tidy("2024", *OLD)[1])
    with pytest.raises(UnknownFormat):
        read_files([path])


def test_the_same_edition_twice_is_not_guessed_at(tmp_path: Path) -> None:
    content = tidy("2024", *OLD)[1]
    (path,) = write(tmp_path, archive(("a/old.csv", content), ("b/old.csv", content)))
    with pytest.raises(StoreError, match=r"several of the files are edition own\.2024"):
        read_files([path])


def test_loose_files_of_one_edition_are_that_edition_beside_others(tmp_path: Path) -> None:
    places = [Series("Chile", "CL", "CHL", 5), Series("Peru", "PE", "PER", 3)]
    exports = []
    for mineral in ("cobalt", "nickel"):
        (tmp_path / mineral).mkdir()
        exports.append(
            bgs_export(tmp_path / mineral, mineral, f"{mineral}, mine", "tonnes (metric)", places, (2023,))
        )
    found = read_files([*exports, *write(tmp_path, tidy("2024", *OLD))])
    names = {f"{item.load.report.dataset}.{item.load.report.edition}": item.load for item in found}
    assert sorted(names) == ["bgs-wms.2023", "own.2024"]
    assert sorted(names["bgs-wms.2023"].observations["mineral"].unique()) == ["cobalt", "nickel"]


# The command --------------------------------------------------------------------------------------------


def test_a_document_is_added_by_the_command_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (paper,) = write(tmp_path, ("paper.toml", PAPER))
    assert main(["add", str(paper), "--dry-run"]) == 0
    assert own_seeds() == []
    assert main(["add", str(paper)]) == 0
    assert "Added: another-paper." in capsys.readouterr().out
    assert [item.path.name for item in own_seeds()] == ["another-paper.toml"]


def test_a_document_with_a_mistake_is_refused_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (paper,) = write(tmp_path, DOCUMENT)
    assert main(["add", str(paper)]) == 1
    assert "paper.toml" in capsys.readouterr().err
    assert own_seeds() == []


def test_one_record_serves_several_editions(tmp_path: Path) -> None:
    paths = write(tmp_path, tidy("2024", *OLD), tidy("2025", *NEW), RECORD)
    assert main(["add", *map(str, paths)]) == 0
    own = [item for item in catalogue().editions if item.dataset.id == "own"]
    assert [(item.edition.edition, item.dataset.publisher) for item in own] == [
        ("2024", "Ministry of Mines"), ("2025", "Ministry of Mines"),
    ]  # fmt: skip
