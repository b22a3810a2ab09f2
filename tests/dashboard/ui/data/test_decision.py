"""The page Data in three steps: what stands on top, what the button waits for, what is said afterwards."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import exports
from dashboard.intake.claim import new_seed
from dashboard.intake.columns import column_tables
from dashboard.intake.job import save
from dashboard.intake.leftovers import left_out_csv
from dashboard.snapshot import snapshot
from dashboard.topics import view_of
from loaders.store import catalogue, own_seeds, read_edition, remove_seed, write_seed
from tests import handing_in
from tests.dashboard.intake.test_claim import CLAIM, SOURCE
from tests.handing_in import (
    CHL,
    OLD,
    PER,
    RECORD,
    bodies,
    hand_in,
    installed,
    labels,
    lithium,
    press,
    proposed,
    run,
    said,
    tidy,
)

pytestmark = pytest.mark.slow


def choose(at: AppTest, label: str, value: str) -> None:
    next(box for box in at.selectbox if label in box.label.replace("\\", "")).select(value)
    run(at)


def test_the_steps_stand_in_order_and_the_button_says_what_it_waits_for(page: AppTest) -> None:
    hand_in(page, tidy("2024", OLD[0], OLD[0], OLD[1]), RECORD)
    shown = bodies(page)
    words = ("1. Hand in", "2. Review", "The first edition of", "3. Install")
    places = [shown.index(part) for part in words]
    assert places == sorted(places)
    assert "Before it can be installed: tick “I have seen it: 1 warning about the files.”" in shown


@pytest.mark.parametrize(("answer", "value", "status"), [("NA", None, "O"), ("0", 0.0, "A")])
def test_a_bare_dash_in_a_table_of_ones_own_is_asked_about(
    page: AppTest, answer: str, value: float | None, status: str
) -> None:
    hand_in(page, tidy("2024", f"{CHL},2023,930,t", f"{PER},2023,—,t"), RECORD)
    assert "1 name can be answered above" in said(page.error)
    choose(page, "“—”", "known")
    choose(page, "Stands for", answer)
    press(page, "Read again with these answers")
    press(page, "Install edition 2024 of own")
    table = read_edition(catalogue().get("own", "2024"))
    row = table[table["place"] == "PER"].iloc[0]
    assert row["status"] == status
    assert (row["value"] if value is not None else None) == value
    assert row["printed_value"] == "—"


def test_a_row_can_be_said_to_be_the_world_total(page: AppTest) -> None:
    hand_in(page, tidy("2024", *OLD, "lithium,All of them,reserves,content,2023,1730,t"), RECORD)
    choose(page, "“All of them”", "world")
    press(page, "Read again with these answers")
    press(page, "Install edition 2024 of own")
    assert set(read_edition(catalogue().get("own", "2024"))["place"]) == {"CHL", "PER", "WLD"}


def test_pages_are_said_to_use_an_edition_only_where_they_do(page: AppTest) -> None:
    installed(tidy("2025", *OLD), RECORD)
    hand_in(page, tidy("2024", f"{CHL},2023,9200,t", f"{PER},2023,800,t"))
    press(page, "Install edition 2024 of own")
    assert "Edition 2024 can be chosen on the pages; they open with edition 2025" in said(page.success)
    assert "now." not in said(page.success)
    hand_in(page, tidy("2026", f"{CHL},2023,9250,t", f"{PER},2023,800,t"))
    press(page, "Install edition 2026 of own")
    assert (
        "Pages that show Reserves of lithium use its edition 2026 now. Unchanged beside it: USGS 2026."
        in said(page.success)
    )


def test_rows_that_became_no_figure_can_be_taken_along(page: AppTest, tmp_path: Path) -> None:
    files = lithium(
        'MCS2024,Chile,"Mine production, lithium content",38000,44000,,9300000,',
        "Source: a survey,,,,,,,",
    )
    hand_in(page, files)
    assert "Rows that became no figure (CSV)" in [item.label for item in page.get("download_button")]
    item = proposed(files)
    tables = column_tables(save([files], tmp_path))
    (line,) = csv.DictReader(io.StringIO(left_out_csv(item, tables)))
    assert (line["row"], line["printed"]) == ("3", "Source: a survey")
    assert labels(page)


def test_a_document_inside_a_bundle_is_offered_and_added(page: AppTest) -> None:
    written = write_seed(new_seed(SOURCE, CLAIM).encode())
    data = snapshot()
    (claim,) = (claim for claim in data.seeds.claims if claim.source == written.source.id)
    bundle = exports.file_of("bundle", view_of("claims", data, claim=claim.id), data.stamp)
    (own,) = own_seeds()
    before = own.path.read_bytes()
    remove_seed(own.path)
    assert own_seeds() == []
    handing_in.wait(hand_in(page, ("bundle.zip", bundle)))
    assert f"is a document, {written.source.id}, with 1 statement" in said(page.info)
    press(page, f"Add the document {written.source.id}")
    (kept,) = own_seeds()
    assert kept.path.read_bytes() == before
