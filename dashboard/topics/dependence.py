"""How far one country relies on imports of one mineral, and where they come from, form by form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.dependence import (
    RELIANCE,
    ImportForm,
    form_of,
    index_at_least,
    is_total,
    main_form,
    whole_of,
)
from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words, marks_aloud, with_states
from dashboard.charts.cards import Card, edition_card
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.view import Column, InShort, Mark, Table, View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.accounts import (
    ACCOUNT,
    ACCOUNT_EDITION,
    account_rows,
    dependence_rows,
    edition_item,
    edition_title,
    editions_of_account,
    forms_of_edition,
    hole_words,
    lists_of,
    other_figures,
    sources_of_edition,
)
from dashboard.topics.explore import mineral_words
from dashboard.topics.marks import CONTEXT_MARK, state_marks
from dashboard.topics.parameters import READING, Asked, Parameter, first_mineral
from dashboard.topics.reliance import NO_ACCOUNT
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.words.dependence import (
    first_sources,
    joined_names,
    reliance_of_form,
    the_place,
    without_common_end,
)
from dashboard.words.notes import as_sentence, notes_beside, pieces_of_notes
from dashboard.words.shares import index_words
from dashboard.words.sources import source_line
from loaders.model import EditionId
from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence
from loaders.vocabulary import MarkState, Measure

NAME = "dependence"


def _minerals(data: Snapshot, asked: Asked) -> Sequence[str]:
    """The minerals of which some edition of the account has reliance or sources, by name."""
    table = dependence_rows(data)
    account = asked.get("account", "")
    own = table if not account else table[table["place"] == account]
    return sorted(own["mineral"].unique(), key=mineral_name)


MINERAL = Parameter("mineral", "Mineral", _minerals, first_mineral, mineral_words, width=2)
PARAMETERS: tuple[Parameter, ...] = (MINERAL, ACCOUNT, ACCOUNT_EDITION, READING)


def view(asked: Asked, data: Snapshot) -> View:
    """Reliance by year, and the sources of imports, each form of the mineral on an axis of its own."""
    if not asked["edition"]:
        return View(NAME, empty=NO_ACCOUNT)
    reliance, sources, forms = _printed(asked, data)
    if reliance.empty and sources.empty:
        return View(NAME, empty=_nothing(asked, data))
    panels = [*_reliance_panels(reliance, data), *source_panels(sources, forms)]
    return _view(asked, reliance, sources, forms, panels, data)


def dependence_finding(asked: Asked, data: Snapshot) -> InShort:
    """What the view finds."""
    if not asked["edition"]:
        return InShort(NO_ACCOUNT, drawn=False)
    reliance, sources, forms = _printed(asked, data)
    if reliance.empty and sources.empty:
        return InShort(_nothing(asked, data), drawn=False)
    return InShort(_finding(asked, _latest(reliance), forms), drawn=True)


class _Printed(NamedTuple):
    """What an edition prints of a mineral: its reliance, and where imports come from, form by form."""

    reliance: pd.DataFrame
    sources: pd.DataFrame
    forms: tuple[ImportForm, ...]


def _printed(asked: Asked, data: Snapshot) -> _Printed:
    mineral, account, edition = asked["mineral"], asked["account"], asked["edition"]
    rows = account_rows(data, account, edition)
    reliance = rows[(rows["mineral"] == mineral) & (rows["measure"] == RELIANCE)]
    found = sources_of_edition(data, account, edition)
    forms = forms_of_edition(data, account, edition).get(mineral, ())
    return _Printed(reliance, found[found["mineral"] == mineral], forms)


def _latest(reliance: pd.DataFrame) -> pd.DataFrame:
    latest: pd.DataFrame = reliance[reliance["year"] == reliance["year"].max()]
    return latest


def _nothing(asked: Asked, data: Snapshot) -> str:
    """What the edition lacks, and which ones have something."""
    table = dependence_rows(data)
    same = table[(table["mineral"] == asked["mineral"]) & (table["place"] == asked["account"])]
    pairs = zip(same["dataset"], same["edition"], strict=True)
    having = {str(EditionId(dataset, edition)) for dataset, edition in pairs}
    names = [edition_title(data, name) for name in editions_of_account(data, asked["account"])
             if name in having]  # fmt: skip
    what = f"{in_sentence(mineral_name(asked['mineral']))}"
    title = edition_title(data, asked["edition"])
    told = f"{title} has neither net import reliance nor sources of imports of {what}."
    return f"{told} Editions that have some: {', '.join(names)}." if names else told


# The panels -------------------------------------------------------------------------------------------


def _reliance_panels(rows: pd.DataFrame, data: Snapshot) -> list[Panel]:
    """A panel a form: a bar for each year, the latest first."""
    panels = []
    for detail, own in rows.groupby("detail", sort=False):
        form, whole = form_of(str(detail)), whole_of(str(detail))
        drawn = with_states(own.sort_values("year", ascending=False))
        drawn = drawn.assign(
            label=drawn["year"].astype("string"),
            hover=[_hover(line, str(line["year"])) for line in _lines(drawn)],
            emphasis=False,
            tone="strong",
        )
        title = f"Net import reliance{': ' + in_sentence(form) if form else ''}"
        said = f"As a part of {whole}." if whole else "What it is a part of is not stated."
        panels.append(Panel(title, said, "statistic", drawn, "1", "%"))
    return panels


def source_panels(rows: pd.DataFrame, forms: Sequence[ImportForm]) -> list[Panel]:
    """A panel a form: a bar for each country that is named, and one for the others together."""
    panels = []
    for form in forms:
        own = with_states(rows[rows["detail"] == form.detail])
        first = [bool(rank == 1) for rank in own["rank"]]
        drawn = own.assign(
            label=[place_name(code) for code in own["partner"]],
            hover=[_hover(line, place_name(line["partner"])) for line in _lines(own)],
            emphasis=first,
            tone=["context" if pd.isna(rank) else "strong" for rank in own["rank"]],
        )
        of = "" if is_total(form.detail) and len(forms) == 1 else f": {in_sentence(form.detail)}"
        years = f", {form.years}" if form.years else ""
        panels.append(Panel(f"Sources of imports{years}{of}", _spread(form), "statistic", drawn, "1", "%"))
    return panels


def _lines(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    columns = ["year", "partner", "printed_value", "state", "detail", "note"]
    return as_records(rows[columns])


def _hover(line: dict[Any, Any], label: str) -> str:
    printed = line["printed_value"].strip() or "blank"
    told = [f"{label}: printed {printed}", line["detail"], MarkState(line["state"]).definition]
    return "\n".join(filter(None, told))


def _spread(form: ImportForm) -> str:
    """How concentrated the sources are, as far as they are named."""
    named = sum(source.rank >= 1 for source in form.sources)
    countries = "1 source is named" if named == 1 else f"{named} sources are named"
    index = index_words(index_at_least(form), "lower", DIGITS_OF_PERCENT)
    return f"{countries}; index of concentration (HHI) {index}."


DIGITS_OF_PERCENT = 2
"""How many digits are carried by what is computed of shares in whole percent."""


# The view ---------------------------------------------------------------------------------------------


def _view(
    asked: Asked, reliance: pd.DataFrame, sources: pd.DataFrame, forms: Sequence[ImportForm],
    panels: list[Panel], data: Snapshot,
) -> View:  # fmt: skip
    item = edition_item(data, asked["edition"])
    place, rows = the_place(asked["account"]), pd.concat([reliance, sources])
    latest = _latest(reliance)
    chart = Chart(
        title=_finding(asked, latest, forms),
        subtitle=f"Net imports of {place} as a part of consumption, and sources of its imports, each form on "
        f"an axis of its own, in %. {item.dataset.short_title}, edition {item.edition.edition}.",
        source=source_line([], rows, data),
        alt="Bars in panels. " + " ".join(map(_alt, panels)),
        drawing=Stack(tuple(panels)),
        table=_table(panels, data),
        name=f"dependence-{asked['mineral']}-{asked['account']}-{asked['edition']}",
    )
    return View(
        NAME,
        chart,
        cards=_cards(latest, sources, forms, data, asked["edition"]),
        why=note("Why several panels", _why(panels)),
        marks=_marks(panels),
        notes=_notes(asked, reliance, sources, data),
        facts=(("critical lists", lists_of(asked["mineral"])),),
        tables=_other_figures(asked, data),
    )


def _other_figures(asked: Asked, data: Snapshot) -> tuple[Table, ...]:
    """What else the account counts of the mineral: production, imports, consumption, stocks."""
    rows = other_figures(data, asked["account"], asked["edition"], asked["mineral"])
    lines = tuple(
        (
            Measure(line["measure"]).label,
            ", ".join(filter(None, (line["detail"], line["partner"] and place_name(line["partner"]))))
            or "not told apart",
            str(line["year"]),
            amount_words(line),
            f"{line['printed_value'].strip()} {line['printed_unit']}",
        )
        for line in as_records(rows)
    )
    columns = tuple(map(Column, ("what", "of what", "year", "amount", "printed")))
    title = "What else the account counts"
    told = f"{title}: {count(len(lines), 'figure')} of the latest years"
    return (Table(title, columns, lines, fold=told),) if lines else ()


def _why(panels: Sequence[Panel]) -> list[str]:
    if len(panels) < 2:
        return []
    return ["Reliance is a part of consumption, a source a part of imports, and each form of a mineral has "
            "imports of its own; nothing is averaged over forms."]  # fmt: skip


def _alt(panel: Panel) -> str:
    return f"{panel.title}: {marks_aloud(panel.rows)}."


def _finding(asked: Asked, latest: pd.DataFrame, forms: Sequence[ImportForm]) -> str:
    """The latest reliance of each form, and the first source of imports."""
    name, place = mineral_name(asked["mineral"]), the_place(asked["account"])
    lines = as_records(latest)
    if lines:
        told = joined_names(without_common_end([reliance_of_form(line) for line in lines]))
        first = f"{name}: net import reliance of {place} in {lines[0]['year']} was {told}"
    else:
        first = f"{name}: no net import reliance of {place} is printed"
    return f"{first}; {_sources_clause(forms)}"


def _sources_clause(forms: Sequence[ImportForm]) -> str:
    if not forms:
        return "where imports come from is not printed"
    form = main_form(tuple(forms))
    years = f", {forms[0].years}" if forms[0].years else ""
    if form:
        of = "" if is_total(form.detail) else f" ({in_sentence(form.detail)})"
        return f"largest source{of}{years}: {first_sources(form)}"
    counted = Counter(source.partner for form in forms for source in form.first)
    if not counted:
        return f"no source of imports is named{years}"
    most = max(counted.values())
    first = [place_name(code) for code, number in counted.items() if number == most]
    each = " each" if len(first) > 1 else ""
    return f"largest source{years}: {joined_names(first)} for {most} of {len(forms)} forms{each}"


def _cards(
    latest: pd.DataFrame, sources: pd.DataFrame, forms: Sequence[ImportForm], data: Snapshot, edition: str
) -> tuple[Card, ...]:
    item = edition_item(data, edition)
    lines = as_records(latest)
    facts = [("net import reliance", f"{reliance_of_form(line)}, {line['year']}") for line in lines]
    facts += [("largest source", f"{first_sources(form)}: {in_sentence(form.detail)}") for form in forms]
    first = pd.concat([latest.head(1), sources[sources["rank"] == 1].head(1)])
    return (edition_card(item.source, item.dataset.said_by, facts), *row_cards_of(first, data))


def _marks(panels: Sequence[Panel]) -> tuple[Mark, ...]:
    present = {state for panel in panels for state in panel.rows["state"]}
    found = state_marks(present)
    if any("context" in set(panel.rows["tone"]) for panel in panels):
        found.append(CONTEXT_MARK)
    return tuple(found)


def _notes(asked: Asked, reliance: pd.DataFrame, sources: pd.DataFrame, data: Snapshot) -> tuple[str, ...]:
    """What is not printed, and what the publisher says beside its numbers."""
    title = edition_title(data, asked["edition"])
    what = in_sentence(mineral_name(asked["mineral"]))
    publisher = edition_item(data, asked["edition"]).dataset.said_by
    latest = reliance.loc[reliance["year"] == reliance["year"].max(), "note"]
    told = [
        f"{title} has no net import reliance of {what}." if reliance.empty else "",
        f"{title} does not say where imports of {what} come from." if sources.empty else "",
        *(f"{publisher} notes: {as_sentence(text)}" for text in dict.fromkeys(pieces_of_notes(latest))),
        *(f"{publisher} notes{of}: {as_sentence(text)}" for text, of in _notes_on_sources(sources).items()),
        *hole_words(data, asked["account"]),
    ]
    return tuple(filter(None, told))


def _notes_on_sources(sources: pd.DataFrame) -> dict[str, str]:
    """Each note, with the countries that it stands beside where it does not stand beside all."""
    everybody = sources["partner"].nunique()
    return {
        piece: "" if len(codes) == everybody else f" on {joined_names(map(place_name, codes))}"
        for piece, codes in notes_beside(sources["partner"], sources["note"]).items()
    }


def _table(panels: Sequence[Panel], data: Snapshot) -> pd.DataFrame:
    """What is drawn, reliance first; of sources the partner, their years and their rank within the form."""
    rows = pd.concat([panel.rows for panel in panels], ignore_index=True)
    missing = pd.Series(float("nan"), index=rows.index)
    return shown_table([], rows, data).assign(
        partner=rows["partner"].to_numpy(),
        years=rows["years"].fillna("").to_numpy() if "years" in rows else "",
        rank=rows.get("rank", missing).astype("Int64").to_numpy(),
        file=rows["file"].to_numpy(),
        row=rows["row"].to_numpy(),
    )
