"""The form of a claim: the fields of a seed file in, a seed file out, and what is wrong beside each field."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cli.main import main
from dashboard.intake.claim import (
    ClaimEntry,
    by_field,
    fields,
    new_seed,
    of_block,
    option_words,
    text_fields,
    with_claim,
    without_claim,
)
from loaders.documents import check_text, read_seed
from loaders.documents.shape import SeedClaim, SeedSource
from loaders.report import Problem
from loaders.store import all_seeds, own_seeds, remove_seed, seeds_version, try_seed, write_seed
from loaders.text import slug
from loaders.vocabulary import Relation, Severity
from tests.checkout import SEEDS

SOURCE: dict[str, ClaimEntry] = {
    "publisher": "El Diario", "title": "Litio", "published": "2026-01-31", "file": "litio.txt",
    "sha256": "ab" * 32,
}  # fmt: skip
CLAIM: dict[str, ClaimEntry] = {
    "kind": "quantity", "mineral": "lithium", "name": "lithium", "place": "CHL", "measure": "reserves",
    "class": "undefined", "scheme": "undefined", "basis": "content", "modality": "estimate",
    "printed": "9.3 million metric tons of lithium", "value": "9.3 million metric tons",
    "chain": ["the ministry", "El Diario"], "paragraph": 1,
}  # fmt: skip


def test_the_form_has_every_field_of_a_seed_file() -> None:
    for block, model in (("source", SeedSource), ("claims", SeedClaim)):
        names = [info.alias or name for name, info in model.model_fields.items()]
        assert [field.name for field in of_block(block)] == names


def test_every_choice_has_words() -> None:
    for field in fields():
        for code in field.options:
            assert option_words(field, code).strip(), (field.path, code)
    chosen = {field.name for field in fields() if field.options}
    assert chosen >= {"kind", "mineral", "place", "measure", "class", "scheme", "basis", "modality", "ton"}


def test_a_filled_form_is_a_seed_file() -> None:
    document, _ = read_seed(new_seed(SOURCE, CLAIM).encode())
    claim = document.claims[0]
    assert (document.source.id, claim.id) == ("el-diario-2026-01-31", "chile-lithium-reserves")
    assert (claim.value, claim.unit, claim.chain) == (9_300_000, "t", ("the ministry", "El Diario"))


@pytest.mark.parametrize("file", sorted(SEEDS.glob("*.toml")), ids=lambda file: file.stem)
def test_a_claim_is_added_and_taken_out_without_touching_the_rest(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    longer = with_claim(text, {**CLAIM, "id": "one-more", "chain": ["x"]})
    assert set(text.splitlines()) <= set(longer.splitlines())  # comments too
    before, after = tomllib.loads(text), tomllib.loads(longer)
    assert after["claims"][:-1] == before.get("claims", [])
    assert after["claims"][-1]["id"] == "one-more"
    assert tomllib.loads(without_claim(longer, "one-more")) == before


def test_a_file_without_its_last_claim_is_empty() -> None:
    assert without_claim(new_seed(SOURCE, CLAIM), "chile-lithium-reserves") == ""


def test_relations_are_written_as_links() -> None:
    text = new_seed(SOURCE, {**CLAIM, "links": {"part_of": ["a", "b"], "repeats": []}})
    assert tomllib.loads(text)["claims"][0]["links"] == [
        {"relation": "part_of", "claim": "a"},
        {"relation": "part_of", "claim": "b"},
    ]
    document, _ = read_seed(text.encode())
    assert [link.relation for link in document.claims[0].links] == [Relation.PART_OF] * 2


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was_typed(note: str, line: str) -> None:
    text = new_seed(SOURCE, {**CLAIM, "note": note, "chain": [line, "El Diario"]})
    claim = tomllib.loads(text.encode().decode())["claims"][0]
    assert claim.get("note", "") == note.strip()
    assert claim["chain"] == [part for part in (line.strip(), "El Diario") if part]


@given(st.text())
def test_a_slug_is_an_id(text: str) -> None:
    assert SeedSource.model_validate({**_source(), "id": slug(text)}).id


def _source() -> dict[str, ClaimEntry]:
    return {"id": "x", **SOURCE}


WRONG = [
    # block, field, what is typed, the field beside which something is said, a word of it
    ("claims", "mineral", None, "claims.mineral", "needed"),
    ("claims", "kind", "share", "claims.kind", "which no share has"),
    ("claims", "value", "9.4 million metric tons", "claims.value", "does not stand in 'printed'"),
    ("claims", "printed", " ".join(["9.3 million metric tons"] * 3), "claims.printed", "12 words"),
    ("claims", "chain", ["the ministry"], "claims.chain", "not with the publisher"),
    ("claims", "chain", [], "claims.chain", "needed"),
    ("claims", "paragraph", None, "claims.paragraph", "needed"),
    ("claims", "ton", "metric", "claims.ton", "go together"),
    ("claims", "id", "Chile Lithium", "claims.id", "not of the right form"),
    ("claims", "links", {"repeats": ["no-such-claim"]}, "claims.links", "no seed file that loads"),
    ("claims", "id", "russia-rare-earths-rank", "claims.id", "already used"),
    ("source", "published", "31 January", "source.published", "not a date"),
    ("source", "address", "javascript:alert(1)", "source.address", "not a web address"),
    ("source", "sha256", "abc", "source.sha256", "not of the right form"),
    ("source", "id", "../../etc/passwd", "source.id", "not of the right form"),
    ("source", "id", "moscow-times-2025-03-31", "source.id", "already used"),
    ("source", "sha256", "e35833334e7cf04f16cf69b8df6e48d9114afdd1edc481837891fd76852ffbc7",
     "source.sha256", "one seed file per text"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "name", "typed", "path", "words"), WRONG, ids=lambda case: str(case)[:24])
def test_what_is_wrong_stands_beside_its_field(
    block: str, name: str, typed: ClaimEntry, path: str, words: str
) -> None:
    values = {"source": SOURCE, "claims": CLAIM}
    values[block] = {**values[block], name: typed}
    document, problems = try_seed(new_seed(values["source"], values["claims"]).encode())
    assert document is None
    assert any(words in message for message in by_field(problems)[path])


def test_quotations_are_looked_up_in_the_text() -> None:
    text = b"9.3 million metric tons of lithium, says the ministry.\n"
    seed = new_seed({**SOURCE, **text_fields("litio.txt", text)}, {**CLAIM, "paragraph": 2})
    document, _ = read_seed(seed.encode())
    flaws = by_field(check_text(document, text), document.claims[0].id)
    assert set(flaws) == {"claims.printed", "source.title"}
    assert "paragraph 2" in flaws["claims.printed"][0]


def test_a_problem_of_no_field_is_said_too() -> None:
    problem = Problem(severity=Severity.ERROR, rule="TOML", message="is not TOML.", column="title")
    assert by_field([problem]) == {"": ["is not TOML."]}


# Kept in the workspace ------------------------------------------------------------------------------------


def test_a_claim_is_kept_read_and_removed(own_home: Path) -> None:
    before = seeds_version()
    write_seed(new_seed(SOURCE, CLAIM).encode())
    path = own_home / "seeds" / "el-diario-2026-01-31.toml"
    assert [file.path for file in own_seeds()] == [path]
    assert "chile-lithium-reserves" in [claim.id for claim in all_seeds().claims]
    assert seeds_version() != before
    remove_seed(path)
    assert not own_seeds()
    assert "chile-lithium-reserves" not in [claim.id for claim in all_seeds().claims]
    assert not list((own_home / ".parts").glob("*"))


def test_clashes_between_folders_are_problems_and_the_bundled_file_stays(own_home: Path) -> None:
    folder = own_home / "seeds"
    folder.mkdir()
    moscow = (SEEDS / "moscow-times-2025-03-31.toml").read_bytes()
    (folder / "moscow-times-2025-03-31.toml").write_bytes(moscow)
    (folder / "broken.toml").write_bytes(b"[source\n")
    (folder / "latin.toml").write_bytes(b"\xff\xfe")
    seeds = all_seeds()
    assert len(seeds.claims) == 12
    assert {Path(problem.file).name for problem in seeds.problems} == {
        "moscow-times-2025-03-31.toml", "broken.toml", "latin.toml",
    }  # fmt: skip
    assert all(problem.file.startswith(str(folder)) for problem in seeds.problems)


def test_a_file_that_is_there_is_not_written_over(own_home: Path) -> None:
    (own_home / "seeds").mkdir()
    taken = own_home / "seeds" / "el-diario-2026-01-31.toml"
    taken.write_bytes(b"mine")
    with pytest.raises(Exception, match="already"):
        write_seed(new_seed(SOURCE, CLAIM).encode())
    assert taken.read_bytes() == b"mine"


def test_only_seed_files_of_the_workspace_are_removed(own_home: Path) -> None:
    other = own_home / "store.json"
    other.write_text("{}", encoding="utf-8")
    with pytest.raises(Exception, match="not a seed file"):
        remove_seed(other)
    assert other.exists()


@pytest.mark.slow
def test_the_command_lists_and_checks_own_claims(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write_seed(new_seed(SOURCE, CLAIM).encode(), home=tmp_path)
    for command in ("claims", "check"):
        assert main(["--home", str(tmp_path), command, "--format", "csv"]) == 0
        assert "chile-lithium-reserves" in capsys.readouterr().out
    assert main(["claims", "--seeds", str(SEEDS)]) == 0
    assert "chile-lithium-reserves" not in capsys.readouterr().out
