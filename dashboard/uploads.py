"""Files that a reader hands in: what a loader makes of them, and the records to install them under."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.changes import extent, largest
from dashboard.analysis.states import words
from loaders.errors import MineralsError, StoreError, UnreadableFile
from loaders.model import NOT_STATED, Dataset, Edition, Finding, LoadReport
from loaders.names import mineral_name, place_name
from loaders.read import Load, load_inputs
from loaders.store import Catalogue, Installed, to_csv
from loaders.tables import TABLE_SUFFIXES, InputFile, unpack
from loaders.vocabulary import Certainty, Measure, Status

EXAMPLE = """\
dataset,edition,mineral,place,measure,basis,year,value,unit,status,note
my-ministry,2025-06,lithium,Chile,reserves,content,2024,9.3,million metric tons,,
my-ministry,2025-06,lithium,Chile,mine_production,content,2024,e49000,t,,estimated
my-ministry,2025-06,lithium,Argentina,mine_production,content,2024,W,t,,withheld
my-ministry,2025-06,lithium,World,reserves,content,2024,>30,million metric tons,,
"""
"""Our own tidy table, with made-up figures."""


# Reading ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Attempt:
    """What became of the files: a load with its report, or the error that says why nothing could be read."""

    load: Load | None
    error: MineralsError | None = None
    skipped: tuple[str, ...] = ()


def read_uploads(files: Iterable[tuple[str, bytes]]) -> Attempt:
    """Read the tables among files (name, bytes) and inside archives; nothing is written anywhere.

    `skipped` names the files that hold no table.
    """
    inputs: list[InputFile] = []
    skipped: list[str] = []
    try:
        for name, content in files:
            tables = unpack(name, content)
            inputs += tables
            skipped += [] if tables else [name]
        if not inputs:
            raise UnreadableFile(
                "no table found here.",
                file=", ".join(skipped) or None,
                remedy=f"Expected files such as {', '.join(TABLE_SUFFIXES)}, or a zip of them.",
            )
        inputs.sort(key=lambda item: item.name.lower())
        return Attempt(load_inputs(inputs), skipped=tuple(skipped))
    except MineralsError as error:
        return Attempt(None, error, tuple(skipped))


# The report as a file ---------------------------------------------------------------------------------

_PROBLEM = ["severity", "rule", "message", "remedy", "file", "sheet", "row", "column", "printed"]


def report_table(report: LoadReport) -> pd.DataFrame:
    """A line per problem, per finding, and per reason for which rows were left out, with how many."""
    findings = [
        {
            **finding.model_dump(mode="json", include={"file", "row", "column", "printed"}),
            "severity": "finding",
            "rule": f"{finding.kind.label}, {finding.certainty.label}",
            "message": finding.compared,
            "remedy": finding_remedy(finding),
            "rows": 1,
        }
        for finding in report.findings
    ]
    problems = [
        problem.model_dump(mode="json", include=set(_PROBLEM)) | {"rows": 1} for problem in report.problems
    ]
    ignored = [
        {
            "severity": "ignored",
            "rule": "rows left out",
            "message": item.reason,
            "file": item.file,
            "rows": item.count,
        }
        for item in report.ignored
    ]
    return pd.DataFrame([*problems, *findings, *ignored], columns=[*_PROBLEM, "rows"]).astype(
        {"row": "Int64"}
    )


def finding_remedy(finding: Finding) -> str:
    """What was done about a finding, or what a person should do."""
    if finding.correction:
        return f"Corrected: {finding.correction}."
    return f"{finding.cause} Left as printed."


def unsettled(report: LoadReport) -> int:
    """How many findings are more than a mere possibility and were not corrected."""
    return sum(not item.correction and item.certainty is not Certainty.POSSIBLE for item in report.findings)


def report_csv(report: LoadReport) -> str:
    """`report_table` as text."""
    return str(report_table(report).to_csv(index=False, lineterminator="\n"))


def report_name(report: LoadReport) -> str:
    """The start of the name of a report's file, whatever the ids of the edition are."""
    return re.sub(r"[^a-z0-9]+", "-", f"report-{report.dataset}-{report.edition}".lower()).strip("-")[:80]


# Installing -------------------------------------------------------------------------------------------


class Answers(NamedTuple):
    """What only a person can say of a new edition; empty where they do not know."""

    title: str = ""
    publisher: str = ""
    abbreviation: str = ""
    licence: str = ""
    published: str = ""
    address: str = ""
    citation: str = ""


class Target(NamedTuple):
    """Where an upload would go: the dataset if it is known, and the edition that it would replace."""

    dataset: Dataset | None
    edition: Installed | None


def target(report: LoadReport, catalogue: Catalogue) -> Target:
    """The known dataset and edition of these names."""
    same = [item for item in catalogue.editions if item.dataset.id == report.dataset]
    edition = next((item for item in same if item.edition.edition == report.edition), None)
    return Target((edition or same[-1]).dataset if same else None, edition)


_DATASET = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDITION = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_LONGEST = 60


def check_names(report: LoadReport) -> None:
    """Raises StoreError where the ids in the file cannot name a dataset and an edition."""
    for what, name, pattern in (("dataset", report.dataset, _DATASET), ("edition", report.edition, _EDITION)):
        if len(name) > _LONGEST or not pattern.fullmatch(name):
            raise StoreError(
                f"“{name[:_LONGEST]}” cannot name the {what}.",
                file=report.files[0].name,
                column=what,
                remedy=f"Use up to {_LONGEST} small letters, digits and hyphens: my-ministry, 2025-06.",
            )


def records(report: LoadReport, to: Target, answers: Answers) -> tuple[Dataset, Edition]:
    """The records to install under: those that are known, else from the answers.

    Raises StoreError where a new dataset has no title or publisher.
    """
    check_names(report)
    dataset = to.dataset or _new_dataset(report, answers)
    if to.edition:
        known = to.edition.edition
        return dataset, known.model_copy(update={"files": report.files, "version": ""})
    date = answers.published.strip() or "date not stated"
    composed = f"{dataset.publisher}, {date}, {dataset.title}, edition {report.edition}."
    edition = Edition(
        dataset=report.dataset,
        edition=report.edition,
        published=answers.published.strip() or NOT_STATED,
        address=answers.address.strip() or NOT_STATED,
        citation=answers.citation.strip() or composed,
        files=report.files,
    )
    return dataset, edition


def _new_dataset(report: LoadReport, answers: Answers) -> Dataset:
    for name in ("title", "publisher"):
        if not getattr(answers, name).strip():
            raise StoreError(f"the {name} of the new dataset is missing.", remedy="Fill it in above.")
    return Dataset(
        id=report.dataset,
        title=answers.title,
        short_title=answers.title,
        publisher=answers.publisher,
        abbreviation=answers.abbreviation.strip(),
        licence=answers.licence.strip() or NOT_STATED,
        address=answers.address.strip() or NOT_STATED,
    )


def is_installed(item: Installed | None, observations: pd.DataFrame) -> bool:
    """Whether the edition holds exactly these figures already."""
    return item is not None and item.edition.version == hashlib.sha256(to_csv(observations)).hexdigest()


# What installing would change -------------------------------------------------------------------------

NAMED = 12
"""At most so many names stand in a sentence."""


def replacement(item: Installed, old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """In plain sentences what an upload does to the edition that it takes the place of."""
    name = f"Edition {item.edition.edition} of {item.dataset.short_title}"
    kind = "is bundled" if item.bundled else "is your own"
    gone = sorted(set(old["mineral"]) - set(new["mineral"]), key=mineral_name)
    sentences = [
        f"{name} {kind} with {_extent(old)}; this upload has {_extent(new)}.",
        f"After installing, the pages show only the upload’s figures for edition {item.edition.edition}.",
    ]
    if gone:
        sentences.append(f"No longer shown: {_names(gone)}.")
    sentences.append(
        "The bundled edition is kept, and comes back when you remove yours."
        if item.bundled
        else "Your present edition is put away, and can be brought back."
    )
    return sentences


def _extent(observations: pd.DataFrame) -> str:
    return ", ".join(
        f"{number:,} {thing}{'' if number == 1 else 's'}"
        for number, thing in zip(extent(observations), ("mineral", "place", "figure"), strict=True)
    )


def _names(minerals: Sequence[str]) -> str:
    shown = ", ".join(mineral_name(mineral) for mineral in minerals[:NAMED])
    more = len(minerals) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown


SHOWN_CHANGES = 50


def change_counts(changed: pd.DataFrame) -> list[tuple[str, int]]:
    """How many figures are the same, revised, added and removed."""
    counts = changed["change"].value_counts()
    return [(name, int(counts.get(name, 0))) for name in ("same", "revised", "added", "removed")]


def change_lines(changed: pd.DataFrame) -> list[tuple[object, ...]]:
    """The largest revisions: mineral, place, measure, year, old, new, how many times the old."""
    return [
        (
            mineral_name(line["mineral"]) + (f" ({line['detail']})" if line["detail"] else ""),
            place_name(line["place"]),
            Measure(line["measure"]).label,
            str(line["year"]),
            _side(line, "old"),
            _side(line, "new"),
            _times(line["ratio"]),
        )
        for line in largest(changed, SHOWN_CHANGES).to_dict("records")
    ]


def _times(ratio: float) -> str:
    if pd.isna(ratio):
        return ""
    return f"× {ratio:,.0f}" if ratio >= 100 else f"× {ratio:.3g}"


HUNDREDFOLD = 2
"""In powers of ten: revisions of this size or more are hardly ever revisions."""


def suspicion(changed: pd.DataFrame) -> str:
    """A sentence on revisions so large that a unit may be wrong; empty if there are none."""
    number = int((changed["ratio"].notna() & (changed["extent"] >= HUNDREDFOLD)).sum())
    if not number:
        return ""
    figures = "1 figure changes" if number == 1 else f"{number:,} figures change"
    return f"{figures} a hundredfold or more. Look whether a unit is wrong before you install this."


def _side(line: Mapping[Hashable, object], side: str) -> str:
    named = {str(name): value for name, value in line.items()}
    own = {name.removesuffix(f"_{side}"): named[name] for name in named if name.endswith(f"_{side}")}
    text = words({**own, "unit": line["unit"]})
    status = Status(str(own["status"]))
    return text if status is Status.AS_PUBLISHED else f"{text} ({status.label})"
