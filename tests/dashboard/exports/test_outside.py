"""Files as programs of others read them, where these are installed; and names that are meant to do harm."""

from __future__ import annotations

import csv as csv_reader
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dashboard.charts.view import View
from dashboard.exports import EXPORTS, csv, pdf, png
from dashboard.exports.choices import Choices
from dashboard.exports.claims_ld import claims_json_ld
from dashboard.exports.small_table import small_table, tab_separated
from dashboard.snapshot import Snapshot
from dashboard.topics import view_of
from tests.dashboard.drawing.test_paper import HOSTILE, hostile
from tests.dashboard.exports.test_formats import ON, READ_AS_TEXT, STAMP, view

pytestmark = pytest.mark.slow


def program(name: str, package: str) -> str:
    """Where a program is; skips where it is not installed."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (Debian's package {package})")
    return found


@pytest.fixture(scope="module")
def shown(data: Snapshot) -> View:
    return view_of("explore", data, mineral="lithium", measure="reserves", edition="usgs-mcs.2026")


def test_pdftotext_reads_title_figures_and_sources(shown: View, data: Snapshot) -> None:
    reader = program("pdftotext", "poppler-utils")
    content = pdf.export(shown, data.stamp, ON)
    done = subprocess.run([reader, "-", "-"], input=content, capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    assert shown.chart is not None
    assert shown.chart.title in text
    assert data.stamp.data in text
    for value in shown.chart.table["value"].dropna():
        assert f"{value:,.0f}" in text


def test_a_person_could_read_title_and_source_in_the_picture(
    shown: View, data: Snapshot, tmp_path: Path
) -> None:
    """Letters are found by tesseract: the title nearly word by word, the source line, the first country."""
    reader = program("tesseract", "tesseract-ocr")
    picture = tmp_path / "chart.png"
    content = png.export(shown, data.stamp, Choices(preset="slide"))
    Image.open(io.BytesIO(content)).convert("L").save(picture)
    command = [reader, str(picture), "-", "--psm", "3"]
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, capture_output=True, check=True, env=alone)
    words = done.stdout.decode().split()
    assert shown.chart is not None
    wanted = [word for word in shown.chart.title.split() if word.isalpha()]
    assert sum(word in words for word in wanted) >= len(wanted) - 1, " ".join(words)
    assert "USGS" in words
    assert data.stamp.data[:8] in " ".join(words)


@pytest.mark.parametrize("kind", EXPORTS, ids=lambda kind: kind.NAME)
def test_names_that_are_meant_to_do_harm_leave_in_every_format(kind: Any) -> None:
    assert READ_AS_TEXT[kind.NAME](kind.export(view(hostile()), STAMP, ON))


def test_no_cell_is_a_formula_a_new_line_or_a_new_column() -> None:
    shown = view(hostile())
    assert shown.chart is not None
    text = csv.export(shown, STAMP, ON).decode("utf-8-sig")
    rows = list(csv_reader.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    names = [row[0] for row in rows[1:]]
    assert [name.removeprefix("'") for name in names] == [*HOSTILE, "none"]
    assert not [cell for row in rows for cell in row if cell[:1] in "=@" and cell]
    lines = tab_separated(shown.chart).splitlines()
    assert len(lines) == len(rows)
    assert {line.count("\t") for line in lines} == {len(small_table(shown.chart).head) - 1}


def test_what_a_document_prints_does_no_harm_as_json_ld(data: Snapshot) -> None:
    document = next(document for document in data.seeds.documents if document.claims)
    for name in HOSTILE:
        claim = document.claims[0].model_copy(update={"printed": name, "chain": (name,)})
        changed = document.model_copy(update={"claims": (claim,)})
        (found,) = json.loads(claims_json_ld([changed], [claim.id]))["@graph"]
        assert (found["text"], found["author"]["name"]) == (name, name)
