"""One figure through the editions of a dataset: how it was revised, country by country."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.axis import together
from dashboard.analysis.concordance import measures_alike
from dashboard.analysis.corrections import is_corrected
from dashboard.analysis.revisions import CELL
from dashboard.analysis.series import as_records
from dashboard.analysis.states import STATE_COLUMNS, row_ids, state
from dashboard.charts.cards import Card, edition_card
from dashboard.charts.chart import Chart, Strips
from dashboard.charts.view import InShort, Mark, View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.marks import CORRECTED_MARK
from dashboard.topics.parameters import (
    NO_STATISTICS,
    Asked,
    codes_of,
)
from dashboard.topics.revision_choice import (
    CHOSEN_PLACES,
    EVERY_PLACE,
    MOST_REVISED,
    RevisionChoice,
    in_ground,
    revised_lines,
    rows_of_dataset,
)
from dashboard.topics.revision_choice import PARAMETERS as PARAMETERS
from dashboard.topics.revision_strips import largest_change, strip_marks
from dashboard.topics.rows import editions_in_use, in_use_words, row_cards_of, row_words, shown_table
from dashboard.words.ranking import measure_of_mineral
from dashboard.words.sources import source_line, span_of
from loaders.names import place_name
from loaders.text import count
from loaders.units import display
from loaders.vocabulary import OTHER, WORLD, MarkState

NAME = "revisions"

FIRST_STRIPS = 8
"""How many countries the chart shows unless asked for more."""


def view(asked: Asked, data: Snapshot) -> View:
    """The figures of one mineral and measure through the editions of a dataset."""
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    return revision_view(_choice(asked), data)


def revisions_finding(asked: Asked, data: Snapshot) -> InShort:
    """What the view finds."""
    ask = _choice(asked)
    found = _compared(ask, data)
    return InShort(found.empty or _finding(ask, found.lines), drawn=not found.empty)


def _choice(asked: Asked) -> RevisionChoice:
    """What is asked for, typed."""
    return RevisionChoice(
        asked["dataset"],
        asked["mineral"],
        asked["measure"],
        int(asked["year"] or 0),
        codes_of(asked["places"]),
        asked["which"],
    )


class _Compared(NamedTuple):
    """The rows of a figure, its lines, those that are drawn, and why there are none, if so."""

    rows: pd.DataFrame
    lines: pd.DataFrame
    shown: pd.DataFrame
    empty: str


def revision_view(ask: RevisionChoice, data: Snapshot) -> View:
    """The view of what is asked for: a strip per country, the largest revisions first."""
    found = _compared(ask, data)
    return View(NAME, empty=found.empty) if found.empty else _drawn(ask, found, data)


def _compared(ask: RevisionChoice, data: Snapshot) -> _Compared:
    rows = _of_figure(rows_of_dataset(data, ask.dataset, ask.mineral), ask, "measure", "year")
    editions = sorted(rows["edition"].unique())
    if len(editions) < 2:
        return _Compared(rows, rows[:0], rows[:0], _one_edition(ask, editions))
    lines = revised_lines(data, ask.dataset, ask.mineral)
    lines = _lines(_of_figure(lines, ask, "as_measure", "of_year"), rows, ask)
    shown = _shown(lines, ask)
    return _Compared(rows, lines, shown, _none_drawn(ask) if shown.empty else "")


def _of_figure(table: pd.DataFrame, ask: RevisionChoice, measure: str, year: str) -> pd.DataFrame:
    """The rows or lines of what is asked for, by the columns that hold measure and year."""
    found = table[table[measure].isin(measures_alike(ask.dataset, ask.mineral, ask.measure))]
    return found if in_ground(ask.measure) else found[found[year] == ask.year]


def _one_edition(ask: RevisionChoice, editions: list[str]) -> str:
    what = f"{measure_of_mineral(ask.measure, ask.mineral)}{f' in {ask.year}' if ask.year else ''}"
    if not editions:
        return f"No edition prints {what}."
    return f"Only edition {editions[0]} prints {what}: there is nothing to compare it with."


def _none_drawn(ask: RevisionChoice) -> str:
    if ask.places:
        return f"No edition has a row for {', '.join(map(place_name, ask.places))}."
    return "No country is chosen. Choose some above, or show the most revised."


# Lines ------------------------------------------------------------------------------------------------


def _lines(revised: pd.DataFrame, rows: pd.DataFrame, ask: RevisionChoice) -> pd.DataFrame:
    """A line per country, basis and edition in the order of the chart, with what stands at each mark."""
    lines = revised.merge(_printed(rows), on=_PRINTED_BY, how="left")
    of_strip = lines.groupby([*CELL, "basis"], sort=False)
    comes = lines["previous_edition"].ne("") & (lines["value"].isna() != lines["previous"].isna())
    lines = lines.assign(
        group=lines["place"].map({WORLD: 2, OTHER: 1}).fillna(0).astype(int),
        comes=comes.groupby([lines[name] for name in CELL]).transform("any"),
        most=of_strip["value"].transform("max"),
        chosen=lines["place"].isin(ask.places),
        strip=of_strip.ngroup(),
        revised=lines["change"].fillna(0).ne(0),
    )
    lines["size"] = lines["most"].groupby(lines["place"]).transform("max")
    return lines.sort_values(
        ["group", "largest", "comes", "size", "place", "edition", "basis"],
        ascending=[True, False, False, False, True, True, True],
    ).reset_index(drop=True)


_AT_A_MARK = ["id", "printed_value", "shown", "printed_unit", "note", "class", "scheme", "corrected"]
_PRINTED_BY = ["dataset", "edition", "mineral", "as_measure", "place", "year", "as_basis", "unit"]


def _printed(rows: pd.DataFrame) -> pd.DataFrame:
    """What is printed for each line: of its first row, and of all where a place has several."""
    ids = rows.assign(
        as_measure=rows["measure"],
        as_basis=rows["basis"],
        id=row_ids(rows),
        corrected=[is_corrected({"correction": name}) for name in rows["correction"]],
        shown=rows["printed_value"].str.strip().replace("", "blank"),
    )
    if not ids.duplicated(_PRINTED_BY).any():
        kept = ids[[*_PRINTED_BY, *_AT_A_MARK]].rename(columns={"shown": "printed"})
        return kept.reset_index(drop=True)
    return ids.groupby(_PRINTED_BY, sort=False, as_index=False).agg(
        id=("id", "first"),
        printed_value=("printed_value", "first"),
        printed=("shown", "; ".join),
        printed_unit=("printed_unit", "first"),
        note=("note", "first"),
        **{name: (name, "first") for name in ("class", "scheme")},
        corrected=("corrected", "any"),
    )


def _shown(lines: pd.DataFrame, ask: RevisionChoice) -> pd.DataFrame:
    """The lines that the chart shows; each basis of a country has a strip of its own."""
    chosen = lines[lines["chosen"]]
    if ask.which == CHOSEN_PLACES:
        return chosen
    if ask.which == EVERY_PLACE:
        return lines
    countries = lines[lines["group"] == 0]["place"].unique()[:FIRST_STRIPS]
    wanted = {*countries, *chosen["place"], WORLD}
    return lines[lines["place"].isin(wanted)]


# The view --------------------------------------------------------------------------------------------


def _drawn(ask: RevisionChoice, found: _Compared, data: Snapshot) -> View:
    rows, lines, shown, _ = found
    marks = strip_marks(shown)
    editions = sorted(rows["edition"].unique())
    source = source_line([], rows, data)
    chart = Chart(
        title=_finding(ask, lines),
        subtitle=f"{_subtitle(ask, rows, marks)} {in_use_words(rows, data)}".rstrip(),
        source=source,
        alt=_alt(marks),
        drawing=Strips(marks, tuple(editions), tuple(editions_in_use(rows, data))),
        table=_table(marks, rows, data),
        name=f"revisions-{ask.mineral}-{ask.measure}-{ask.year or 'all'}",
    )
    return View(
        NAME,
        chart,
        cards=tuple(_cards(lines, shown, rows, data)),
        why=note("Why one country has several strips", _basis_reasons(lines)),
        marks=_key(shown),
        notes=_notes(lines, shown, ask),
    )


def _finding(ask: RevisionChoice, lines: pd.DataFrame) -> str:
    what = measure_of_mineral(ask.measure, ask.mineral)
    of_year = f" in {ask.year}" if ask.year else ""
    countries = lines[lines["group"] == 0]
    if countries["chosen"].any():
        countries = countries[countries["chosen"]]
    changed = countries[countries["revised"]]
    if changed.empty:
        names = ", ".join(map(place_name, countries["place"].unique()))
        whose = f"{names}: no" if countries["chosen"].any() else "No"
        span = span_of(lines["edition"])
        return f"{whose} number printed for {what}{of_year} was revised in editions {span}"
    line = largest_change(changed)
    places = changed["place"].nunique()
    others = f", the largest of {len(changed)} revisions in {places} countries" if places > 1 else ""
    before, after = (display(line[name], line["unit"]) for name in ("previous", "value"))
    if line["rows"] != line["previous_rows"]:
        before, after = (
            f"{before} ({_rows_together(line['previous_rows'])})",
            f"{after} ({_rows_together(line['rows'])})",
        )
    step = f"went from {before} to {after} in edition {line['edition']}"
    return f"{place_name(line['place'])}: {what}{of_year} {step}{others}"


def _rows_together(rows: float) -> str:
    return f"{count(int(rows), 'row')} together" if rows > 1 else "one row"


def _subtitle(ask: RevisionChoice, rows: pd.DataFrame, marks: pd.DataFrame) -> str:
    when = f", of {ask.year} as printed in editions " if ask.year else ", editions "
    strip = "Each strip is one country, from zero to its own highest number"
    return f"{row_words(rows)}{when}{span_of(rows['edition'])}. {strip}; largest revisions first."


def _alt(marks: pd.DataFrame) -> str:
    spoken_marks = [
        f"{edition} {words}" for edition, words in zip(marks["edition"], marks["words"], strict=True)
    ]
    strips = pd.Series(spoken_marks, dtype="object").groupby(marks["strip"].to_numpy(), sort=False)
    titles = marks.drop_duplicates("strip")["title"]
    told = [f"{title}: {', '.join(strip)}" for title, (_, strip) in zip(titles, strips, strict=True)]
    return f"Lines through editions. {'; '.join(told)}."


_REVISION = ["previous_edition", "previous", "change", "ratio", "publishers_reason", "basis_change"]


def _table(marks: pd.DataFrame, rows: pd.DataFrame, data: Snapshot) -> pd.DataFrame:
    """The rows that are drawn, in the order of the chart, with what changed since the edition before."""
    order = marks.rename(columns={"why": "publishers_reason", "reason": "basis_change"})
    order = order.assign(order=range(len(order)))
    named = rows.assign(as_measure=rows["measure"], as_basis=rows["basis"])
    keyed = named.merge(order[[*_PRINTED_BY, "order"]], on=_PRINTED_BY).sort_values(["order", "row"])
    table = shown_table([], keyed, data)
    table["correction"] = keyed["correction"].fillna("").to_numpy()
    changes = order[["id", *_REVISION]]
    first = ["figure", "edition", "year", "value", "unit", *_REVISION, "printed", "printed_unit", "status"]
    merged = table.merge(changes, on="id", how="left")
    return merged[[*first, *[name for name in merged if name not in first]]]


def _cards(lines: pd.DataFrame, shown: pd.DataFrame, rows: pd.DataFrame, data: Snapshot) -> list[Card]:
    """The two rows of the largest revision that is drawn, and the latest edition."""
    countries = shown[shown["chosen"]] if shown["chosen"].any() else shown[shown["group"] == 0]
    changed = countries[countries["revised"]]
    line = largest_change(changed) if len(changed) else (countries if len(countries) else shown).iloc[0]
    wanted = rows[
        (rows["place"] == line["place"]) & rows["edition"].isin([line["edition"], line["previous_edition"]])
    ]
    names = sorted(rows["edition"].unique())
    item = data.installed(str(line["dataset"]), next(iter(editions_in_use(rows, data)), names[-1]))
    return [
        *row_cards_of(wanted.sort_values("edition", ascending=False), data),
        edition_card(item.source, item.dataset.said_by, _counts(lines)),
    ]


def _counts(lines: pd.DataFrame) -> list[tuple[str, str]]:
    """How many countries are revised in each edition."""
    countries = lines[(lines["group"] == 0) & (lines["previous_edition"] != "")]
    return [
        (
            f"revised in edition {edition}",
            f"{int(own['revised'].sum())} of {int(own['change'].notna().sum())}",
        )
        for edition, own in countries.groupby("edition")
    ]


def _basis_reasons(lines: pd.DataFrame) -> tuple[str, ...]:
    changed = lines[lines["reason"] != ""]
    found = [
        f"Edition {edition}: {reason}"
        for edition, reason in changed[["edition", "reason"]].drop_duplicates().itertuples(index=False)
    ]
    kept = together(lines[lines["group"] == 0]).reasons if found else ()
    return (*found, *kept)


# What stands below ------------------------------------------------------------------------------------


def _key(shown: pd.DataFrame) -> tuple[Mark, ...]:
    """The marks that are present, with what they mean."""
    present = {state(line) for line in as_records(shown[[*STATE_COLUMNS]])}
    found = [Mark(sign, meaning) for names, sign, meaning in _MARKS if present & names]
    if shown["corrected"].any():
        found.append(CORRECTED_MARK)
    return (*found, Mark("no mark", "The edition has no row for the country."))


_MARKS = (
    ({MarkState.ESTIMATE}, "● e", MarkState.ESTIMATE.definition),
    ({MarkState.MORE_THAN}, "▲", "Printed as 'more than': the mark stands at the lower bound."),
    ({MarkState.RANGE}, "◆", "Printed as a range: the mark stands at its lower end."),
    ({MarkState.LESS_THAN}, "▼", MarkState.LESS_THAN.definition),
    (
        {
            MarkState.WITHHELD, MarkState.WORD, MarkState.NOT_AVAILABLE, MarkState.DOES_NOT_APPLY,
            MarkState.INCLUDED_ELSEWHERE, MarkState.NET_EXPORTER,
        },
        "○", "No number, which is not zero; the words say why.",
    ),
)  # fmt: skip


def _notes(lines: pd.DataFrame, shown: pd.DataFrame, ask: RevisionChoice) -> tuple[str, ...]:
    """The publisher on why, whom there is no row for, and how many strips are not drawn."""
    absent = [place_name(code) for code in ask.places if code not in set(lines["place"])]
    left = lines["place"].nunique() - shown["place"].nunique()
    return tuple(
        filter(
            None,
            (
                *_relabelled(lines),
                *_in_other_rows(lines),
                *_whys(lines),
                f"No row in any edition: {', '.join(absent)}." if absent else "",
                f"Not drawn: {left} more; “All” shows them." if left and ask.which == MOST_REVISED else "",
            ),
        )
    )


_NAMED = 3
"""Up to this many places are named where their label changed."""


def _relabelled(lines: pd.DataFrame) -> list[str]:
    """Where editions word the same thing in other ways, each once."""
    told = lines[(lines["relabelled"] != "") & (lines["value"].notna() | lines["previous"].notna())]
    found = []
    for (edition, words), own in told.groupby(["edition", "relabelled"], sort=True):
        places = own["place"].unique()
        who = f", {', '.join(map(place_name, places))}" if len(places) <= _NAMED else ""
        found.append(f"Edition {edition}{who}: {words}")
    return found


def _in_other_rows(lines: pd.DataFrame) -> list[str]:
    """Where a number is the sum of more or fewer printed rows than the one before."""
    told = lines[lines["revised"] & (lines["rows"] != lines["previous_rows"])]
    return [
        f"{place_name(line['place'])} has {count(int(line['rows']), 'row')} in edition {line['edition']} and "
        f"{count(int(line['previous_rows']), 'row')} in edition {line['previous_edition']}; a number of "
        "several rows is their sum and is printed nowhere. What changed may be only which rows are printed."
        for line in as_records(told)
    ]


def _whys(lines: pd.DataFrame) -> list[str]:
    """The publisher's sentences, each once, with its edition and the countries it is about."""
    told = lines[lines["why"] != ""]
    return [
        f"The publisher in edition {edition}, on {', '.join(map(place_name, own['place'].unique()))}: "
        f"“{' '.join(str(why).split())}”"
        for (edition, why), own in told.groupby(["edition", "why"], sort=True)
    ]
