"""For each claim of the documents: the chart of it beside the statistics, its cards, and why they stand apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.checks import Check
from dashboard.analysis.compare import members
from dashboard.analysis.rank import rank
from dashboard.analysis.series import collect, select
from dashboard.analysis.shown import SHOWN_COLUMNS, shown_claims, shown_observations
from dashboard.analysis.states import row_id, with_states
from dashboard.cards import Card, claim_card, day, edition_card, event_card, row_card
from dashboard.charts import Chart, Panel, panels, part_of_whole, ranks, timeline
from dashboard.loaded import Data
from loaders.model import Claim, Event, Source
from loaders.names import mineral_name, place_name
from loaders.units import display
from loaders.vocabulary import Basis, Kind, Measure


@dataclass(frozen=True)
class Block:
    """A chart with the cards beside it and the reasons why figures in it are kept apart."""

    key: str
    chart: Chart
    cards: tuple[Card, ...]
    why: tuple[str, ...] = ()
    why_title: str = "Why two panels."


# Tiles ------------------------------------------------------------------------------------------------


def tile(claim: Claim, checks: Sequence[Check]) -> tuple[str, str, str, str]:
    """Figure, what it is of, in a few words how it stands to the statistics, and the tone of that."""
    words, tone = standing(claim, checks)
    return claim_words(claim), _about(claim), words, tone


def claim_words(claim: Claim) -> str:
    """The figure in a form that fits a tile: 658 Mt, 1 %, 5th, $500 bn."""
    if claim.value is None:
        return claim.printed_value
    scale = "1" if claim.kind is Kind.RATIO else None
    return display(claim.value, claim.unit, scale)


def _about(claim: Claim) -> str:
    mineral = mineral_name(claim.mineral).lower() if claim.mineral else ""
    where, measure = place_name(claim.place), claim.measure.label.lower()
    if claim.measure is Measure.REVENUE_CONTRIBUTION:
        return f"of future revenues, {where}, {claim.modality.label}"
    if claim.kind is Kind.SHARE:
        return f"of world {measure}, {mineral}, {where}"
    if claim.kind is Kind.RANK:
        return f"in {mineral} {measure}, {where}"
    if claim.kind is Kind.MONEY:
        return f"{measure}, {claim.modality.label}, {where}"
    if claim.kind is Kind.RATIO and claim.compared_place:
        return f"{where} against {place_name(claim.compared_place)}, {mineral}"
    return f"{mineral}, {where}"


def standing(claim: Claim, checks: Sequence[Check]) -> tuple[str, str]:
    """In a few words how the claim stands to the editions, newest first; and a tone."""
    if claim.kind is Kind.MONEY or claim.measure is Measure.REVENUE_CONTRIBUTION:
        return "no statistics apply", "plain"
    holding = [check for check in checks if check.outcome in ("holds", "agrees")]
    decided = [check for check in checks if check.outcome in ("holds", "agrees", "does_not_hold", "differs")]
    if decided:
        verb = "holds" if claim.kind is Kind.RANK else "agrees"
        return f"{verb} in {len(holding)} of {len(decided)} editions", "good" if holding else "warn"
    apart = [check for check in checks if check.outcome == "not_comparable"]
    if apart:
        latest = apart[-1]
        if latest.mineral != claim.mineral:
            return f"wider group than {_evidence_words(latest)}", "warn"
        return f"not comparable: {display(latest.ratio or 0, '1', '1').removesuffix(' times')}×", "warn"
    return ("no statistics of this" if checks else "no editions loaded"), "plain"


def _evidence_words(check: Check) -> str:
    most = "at most " if check.is_upper_bound else ""
    return most + display(check.evidence_value or 0.0, check.unit)


# Blocks -----------------------------------------------------------------------------------------------


def blocks(data: Data, checks: dict[str, list[Check]]) -> list[Block]:
    """A block for every claim of the documents, money together, and the events last."""
    claims = data.seeds.claims
    parts = {claim.id for claim in claims if claim.part_of}
    wholes = {claim.part_of for claim in claims if claim.part_of}
    found: list[Block | None] = []
    for claim in claims:
        if claim.id in wholes:
            found.append(part_block(claim, [c for c in claims if c.part_of == claim.id], data))
        if claim.kind is Kind.QUANTITY and (claim.id in parts or claim.id not in wholes):
            found.append(quantity_block(claim, checks[claim.id], data))
        if claim.kind is Kind.SHARE and claim.measure is not Measure.REVENUE_CONTRIBUTION:
            found.append(share_block(claim, checks[claim.id], data))
        if claim.kind is Kind.RANK:
            found.append(rank_block(claim, checks[claim.id], data))
    found += [money_block(document.claims, document.source, data) for document in data.seeds.documents]
    found.append(ratio_block([claim for claim in claims if claim.kind is Kind.RATIO], checks, data))
    if data.seeds.events:
        found.append(event_block(data.seeds.events, data))
    return [block for block in found if block]


def part_block(whole: Claim, parts: Sequence[Claim], data: Data) -> Block:
    """A stated whole with its stated parts inside it: never side by side, never added."""
    shares = ", ".join(display(part.value / whole.value, "1") for part in parts if part.value and whole.value)
    source = _claim_sources([whole, *parts], data)
    names = " and ".join(mineral_name(part.mineral or "").lower() for part in parts)
    figure = part_of_whole(_bar(whole), [_bar(part) for part in parts], whole.unit, f"Source: {source}.")
    return Block(
        f"part-{whole.id}",
        Chart(
            figure,
            f"Of the {claim_words(whole)} of {mineral_name(whole.mineral or '').lower()} that {place_name(whole.place)} "
            f"is said to hold, {shares} are {names}",
            f"{place_name(whole.place)}. Holdings as stated, in million tonnes. The part is counted in the whole; "
            "the two must not be added. Class and basis not stated, so no statistics stand beside them.",
            f"Source: {source}.",
            f"One bar of {claim_words(whole)} with {shares} of its length marked as {names}.",
            shown_claims([whole, *parts], data.source),
            f"{whole.id}-parts",
        ),
        tuple(_card(claim, data) for claim in (whole, *parts)),
    )


def _bar(claim: Claim) -> dict[str, object]:
    return {
        "label": mineral_name(claim.mineral or "").lower(),
        "value": claim.value,
        "id": claim.id,
        "hover": f"“{claim.printed}”",
    }


def quantity_block(claim: Claim, checks: Sequence[Check], data: Data) -> Block:
    """A stated amount, and the statistics of the same place by edition, each on an axis of its own."""
    rows = _rows_of(checks, data)
    rows = rows[rows["place"] == claim.place] if not rows.empty else rows
    source = _sources([claim], rows, data)
    parts = [_claim_panel([claim], f"Stated: {claim.origin}", _class_words(claim))]
    if not rows.empty:
        shown = _labelled(rows, rows["edition"], emphasis=[True] * len(rows))
        parts.append(
            Panel(
                _statistic_title(rows, claim, data),
                _row_words(rows),
                "statistic",
                shown,
                rows["unit"].iloc[0],
            )
        )
    return Block(
        f"amount-{claim.id}",
        Chart(
            panels(parts, source),
            _quantity_finding(claim, checks),
            f"{mineral_name(claim.mineral or '')}, {place_name(claim.place)}. In tonnes, each panel on its own scale"
            + (f"; editions {_span(rows['edition'])}." if len(rows) else ". No edition has figures of this."),
            source,
            f"Two panels. Stated: {claim_words(claim)}. Statistics: "
            + "; ".join(
                f"edition {c.edition} {_evidence_words(c)}" for c in checks if c.evidence_value is not None
            ),
            _table([claim], rows, data),
            claim.id,
        ),
        (_card(claim, data), *_row_cards(rows.tail(1), data)),
        checks[-1].reasons if checks else (),
    )


def _quantity_finding(claim: Claim, checks: Sequence[Check]) -> str:
    known = [check for check in checks if check.evidence_value is not None]
    stated = f"The {claim_words(claim)} stated for {place_name(claim.place)}"
    if not known:
        return f"{stated} cannot be held against any edition"
    latest = known[-1]
    times = display(latest.ratio or 0.0, "1", "1")
    if latest.outcome == "not_comparable":
        return f"{stated} is {times} the latest statistic, and the two do not count the same thing"
    return f"{stated} is {times} the latest statistic of {_evidence_words(latest)}"


def share_block(claim: Claim, checks: Sequence[Check], data: Data) -> Block:
    """A stated share, and the share that each edition's figures give for each of its years."""
    shares = _shares(claim, data)
    rows = _rows_of(checks, data)
    source = _sources([claim], shares, data)
    parts = [
        _claim_panel(
            [claim],
            f"Stated: {claim.origin}",
            f"{mineral_name(claim.mineral or '')}; stage of production and year not stated",
        )
    ]
    if not shares.empty:
        mineral = str(shares["mineral"].iloc[0])
        title = f"Computed from {_publishers(shares, data)}: {mineral_name(mineral).lower()}, {place_name(claim.place)} of world"
        measure = Measure(shares["measure"].iloc[0]).label.lower()
        parts.append(
            Panel(
                title,
                f"{measure}, {Basis(shares['basis'].iloc[0]).label}; printed figure over printed world total",
                "statistic",
                shares,
                "1",
                "%",
            )
        )
    return Block(
        f"share-{claim.id}",
        Chart(
            panels(parts, source),
            _share_finding(claim, shares),
            f"{place_name(claim.place)}, share of world output, in percent. "
            + " ".join(checks[-1].reasons if checks else ()),
            source,
            f"Two panels. Stated: {claim_words(claim)}. Computed by year and edition: "
            + "; ".join(f"{row.label} {row.words}" for row in shares.itertuples()),
            _share_table(claim, shares, data),
            claim.id,
        ),
        (
            _card(claim, data),
            *_row_cards(rows[rows["place"] == claim.place].tail(1) if len(rows) else rows, data),
        ),
        checks[-1].reasons if checks else (),
    )


def _shares(claim: Claim, data: Data) -> pd.DataFrame:
    """The place's share of the printed total, for every edition and year; panel rows."""
    for mineral in (claim.mineral, *members(claim.mineral or "")):
        measures = [str(m) for m in Measure if m.value.endswith("production")]
        rows = collect(select(data.observations, mineral=mineral, measure=measures))
        if not rows.empty:
            ranked = rank(rows)
            own = ranked[(ranked["place"] == claim.place) & ranked["share"].notna()]
            return _share_rows(own, rows)
    return pd.DataFrame()


def _share_rows(own: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    lines = own.sort_values(["year", "edition"]).reset_index(drop=True)
    keys = ["dataset", "edition", "year", "measure", "basis", "place"]
    ids = rows.assign(id=[row_id(row) for row in rows.to_dict("records")]).groupby(keys)["id"].first()
    status = lines["status"].map(lambda code: " e" if code == "E" else "")
    return lines.assign(
        label=lines["year"].astype(str) + ", edition " + lines["edition"],
        words=[
            ("at most " if bound else "") + display(share, "1") + mark
            for share, bound, mark in zip(lines["share"], lines["share_is_upper_bound"], status, strict=True)
        ],
        part=lines["value"],
        value=lines["share"],
        lower=float("nan"),
        upper=float("nan"),
        state="value",
        emphasis=True,
        id=[ids.get(tuple(line[key] for key in keys), "") for line in lines.to_dict("records")],
        hover=[
            f"{display(value, unit, 't')} of {display(total, unit, 't')}"
            for value, total, unit in zip(lines["value"], lines["denominator"], lines["unit"], strict=True)
        ],
    )


def _share_finding(claim: Claim, shares: pd.DataFrame) -> str:
    stated = f"Stated: {claim_words(claim)} of world output of {mineral_name(claim.mineral or '').lower()}"
    if shares.empty:
        return f"{stated}; no edition has figures to hold it against"
    low, high = (display(value, "1") for value in (shares["value"].min(), shares["value"].max()))
    name = mineral_name(str(shares["mineral"].iloc[0])).lower()
    return f"{stated}. Of {name} alone, the statistics give {low} to {high}"


def _share_table(claim: Claim, shares: pd.DataFrame, data: Data) -> pd.DataFrame:
    stated = shown_claims([claim], data.source)
    if shares.empty:
        return stated
    computed = pd.DataFrame(
        {
            "figure": "share computed, " + shares["label"],
            "place": shares["place"],
            "mineral": shares["mineral"].map(mineral_name),
            "measure": shares["measure"].map(lambda code: Measure(code).label),
            "year": shares["year"].astype(str),
            "edition": shares["edition"],
            "value": shares["value"],
            "unit": "1",
            "basis": shares["basis"].map(lambda code: Basis(code).label),
            "state": "computed",
            "note": [f"{hover}; total is {kind}" for hover, kind in zip(shares["hover"], shares["denominator_is"], strict=True)],
            "said_by": [data.installed(d, e).dataset.said_by for d, e in zip(shares["dataset"], shares["edition"], strict=True)],
            "source": [data.installed(d, e).dataset.title + " " + e for d, e in zip(shares["dataset"], shares["edition"], strict=True)],
            "where": shares["id"],
            "citation": [data.installed(d, e).edition.citation for d, e in zip(shares["dataset"], shares["edition"], strict=True)],
            "licence": [data.installed(d, e).dataset.licence for d, e in zip(shares["dataset"], shares["edition"], strict=True)],
            "id": shares["id"],
        }
    )  # fmt: skip
    return pd.concat([stated, computed], ignore_index=True).reindex(columns=SHOWN_COLUMNS)


def rank_block(claim: Claim, checks: Sequence[Check], data: Data) -> Block:
    """The place's rank in every edition, the stated rank marked where it holds."""
    rows = _rows_of(checks, data)
    ranked = rank(rows) if not rows.empty else pd.DataFrame()
    lines = _rank_lines(claim, ranked, rows)
    stated = {check.edition: int(check.evidence_value or 0) for check in checks if check.outcome == "holds"}
    source = _sources([claim], rows, data)
    chart = Chart(
        ranks(lines, stated, source) if not lines.empty else panels([_claim_panel([claim], "Stated", "")], source),
        _rank_finding(claim, checks),
        f"Rank by {mineral_name(claim.mineral or '').lower()} {claim.measure.label.lower()} among countries with a "
        f"figure, by edition. {_row_words(rows)}. Tied ranks are drawn apart." if len(rows) else "No edition has figures of this.",
        source,
        "; ".join(f"edition {c.edition}: rank {display(c.evidence_value, 'rank')}" for c in checks if c.evidence_value),
        _rank_table(claim, ranked, rows, list(lines["place"]) if len(lines) else [], data),
        claim.id,
    )  # fmt: skip
    facts = _rank_facts(checks)
    editions = [
        edition_card(
            data.source(f"{c.dataset}.{c.edition}"),
            data.installed(c.dataset, c.edition).dataset.said_by,
            facts,
        )
        for c in checks[-1:]
    ]
    return Block(f"rank-{claim.id}", chart, (_card(claim, data), *editions))


def _rank_facts(checks: Sequence[Check]) -> list[tuple[str, str]]:
    words = {"holds": "holds", "does_not_hold": "does not hold"}
    return [
        (
            f"edition {c.edition}",
            f"{'tied ' if c.tied_with else ''}{display(c.evidence_value, 'rank')}"
            + (f" with {', '.join(c.tied_with)}" if c.tied_with else "")
            + f": {words.get(c.outcome, 'cannot be checked')}"
            if c.evidence_value
            else "cannot be checked",
        )
        for c in checks
    ]


def _rank_finding(claim: Claim, checks: Sequence[Check]) -> str:
    decided = [check for check in checks if check.outcome in ("holds", "does_not_hold")]
    holding = [check.edition for check in decided if check.outcome == "holds"]
    place, stated = place_name(claim.place), display(claim.value or 0, "rank")
    if not decided:
        return f"Whether {place} ranks {stated} cannot be checked"
    if not holding:
        return f"{place} ranks {stated} in none of {len(decided)} editions"
    which = f" ({', '.join(holding)})" if len(holding) < len(decided) else ""
    return f"{place} ranks {stated} in {len(holding)} of {len(decided)} editions{which}"


SHOWN_RANKS = 6


def _rank_lines(claim: Claim, ranked: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The places that are among the first in any edition, with a drawn position in each."""
    if ranked.empty:
        return ranked
    leading = ranked[(ranked["rank"] <= SHOWN_RANKS) | (ranked["place"] == claim.place)]["place"].unique()
    lines = ranked[ranked["place"].isin(leading)].copy()
    lines["emphasis"] = lines["place"] == claim.place
    lines["label"] = lines["place"].map(place_name)
    # Ties and places without a rank are drawn apart, in a stated order: the claim's place first, then by name.
    lines = lines.sort_values(["edition", "rank", "emphasis", "label"], ascending=[True, True, False, True])
    position = lines.groupby("edition").cumcount() + 1
    lines["shown"] = position.where(lines["rank"].isna(), lines["rank"].fillna(0).combine(position, max))
    lines["words"] = ["" if known else ": no number" for known in lines["rank"].notna()]
    ids = (
        rows.assign(id=[row_id(row) for row in rows.to_dict("records")])
        .groupby(["edition", "place"])["id"]
        .first()
    )
    lines["id"] = [ids.get((line.edition, line.place), "") for line in lines.itertuples()]
    lines["hover"] = [
        f"{line.label}, edition {line.edition}: "
        + (f"{'tied ' if line.tied else ''}{display(line.rank, 'rank')}, {display(line.value, line.unit)}"
           if pd.notna(line.rank) else "no number, not ranked")
        for line in lines.itertuples()
    ]  # fmt: skip
    return lines.sort_values(["place", "edition"]).reset_index(drop=True)


def _rank_table(
    claim: Claim, ranked: pd.DataFrame, rows: pd.DataFrame, drawn: Sequence[str], data: Data
) -> pd.DataFrame:
    shown = _table([claim], rows[rows["place"].isin(drawn)] if len(rows) else rows, data)
    if ranked.empty:
        return shown
    keys = ["edition", "place"]
    return shown.merge(ranked[[*keys, "rank", "tied"]], on=keys, how="left")


def money_block(claims: Sequence[Claim], source: Source, data: Data) -> Block | None:
    """The sums that a document names, and shares of revenue in a panel of their own; never with tonnes."""
    sums = [claim for claim in claims if claim.kind is Kind.MONEY]
    if not sums:
        return None
    shares = [claim for claim in claims if claim.measure is Measure.REVENUE_CONTRIBUTION]
    largest = max(sums, key=lambda claim: claim.value or 0)
    parts = [_claim_panel(sums, "Sums named", "US dollars; price year not stated")]
    if shares:
        parts.append(
            _claim_panel(shares, "Share of future revenues", "percent of revenues, a plan, not a sum")
        )
    where = f"Source: {_claim_sources([*sums, *shares], data)}."
    return Block(
        f"money-{source.id}",
        Chart(
            panels(parts, where),
            f"{claim_words(largest)} was proposed as a fund; {_what_became(largest)}",
            "Sums of money as stated, each with who named it. No statistics of minerals apply to them.",
            where,
            "Sums named: "
            + "; ".join(
                f"{claim_words(c)} ({c.measure.label.lower()}, {c.origin})" for c in [*sums, *shares]
            ),
            shown_claims([*sums, *shares], data.source),
            f"{source.id}-money",
        ),
        tuple(_card(claim, data) for claim in (*sums[:1], *shares[:1])),
        tuple(dict.fromkeys(claim.outcome for claim in sums if claim.outcome)),
        "What became of it.",
    )


def _what_became(claim: Claim) -> str:
    text = claim.outcome.split(".")[0].strip()
    return (text[:1].lower() + text[1:]) if text else "what became of it is not stated"


def ratio_block(claims: Sequence[Claim], checks: dict[str, list[Check]], data: Data) -> Block | None:
    """Comparisons that name no amounts: each on an axis of its own, with why it cannot be checked."""
    if not claims:
        return None
    parts = [_ratio_panel(claim, checks[claim.id]) for claim in claims]
    source = f"Source: {_claim_sources(claims, data)}."
    checked = [claim for claim in claims if any(c.outcome != "cannot_check" for c in checks[claim.id])]
    return Block(
        "ratios",
        Chart(
            panels(parts, source),
            f"{len(claims)} comparisons are made without an amount; the statistics allow {len(checked) or 'none'} to be checked",
            "How many times the one is the other, as stated. Each on an axis of its own: they compare different things.",
            source,
            "; ".join(f"{part.title}: {part.rows['words'].iloc[0]}" for part in parts),
            shown_claims(claims, data.source),
            "ratios",
        ),
        tuple(_card(claim, data) for claim in claims[:2]),
        tuple(
            dict.fromkeys(
                reason for claim in claims for check in checks[claim.id][-1:] for reason in check.reasons
            )
        ),
        "Why not checked.",
    )


def _ratio_panel(claim: Claim, checks: Sequence[Check]) -> Panel:
    amount = claim.lower is not None and claim.upper is not None
    row = {
        "label": "stated",
        "value": claim.value,
        "lower": claim.lower if amount else None,
        "upper": claim.upper if amount else None,
        "words": f"“{claim.printed_value}”",
        "state": "range" if amount else "word",
        "emphasis": False,
        "id": claim.id,
        "hover": f"“{claim.printed}”, said by {claim.origin}",
    }
    rows = pd.DataFrame([row]).astype({"value": float, "lower": float, "upper": float})
    said = f"{claim.origin}: {_about(claim)}, {claim.measure.label.lower()}"
    reasons = " ".join(checks[-1].reasons) if checks else ""
    meaning = (
        f"read as {display(claim.lower or 0, '1', '1').removesuffix(' times')} to {display(claim.upper or 0, '1', '1')}"
        if amount
        else "no amount stated"
    )
    return Panel(said, f"{meaning}. {reasons}", "statement", rows, "1", "1")


def rank_bars(claim: Claim, edition: str, data: Data) -> Block | None:
    """The countries of one edition ranked, the claim's place marked; those without a number stand last."""
    rows = collect(
        select(data.observations, mineral=claim.mineral, measure=str(claim.measure), edition=edition)
    )
    if rows.empty:
        return None
    ranked = rank(rows)
    shown = _ranked_rows(claim.place, ranked, rows)
    source = _sources([], rows, data)
    ref = data.installed(str(rows["dataset"].iloc[0]), edition)
    own = ranked[ranked["place"] == claim.place]
    panel = Panel(
        f"Published: {ref.dataset.said_by} {claim.measure.label.lower()}, edition {edition}",
        f"{_row_words(rows)}, {rows['year'].iloc[0]}. {_total_words(rows, ranked)}",
        "statistic",
        shown,
        str(rows["unit"].iloc[0]),
    )
    return Block(
        f"ranked-{claim.id}",
        Chart(
            panels([panel], source),
            _ranked_finding(claim, own, edition),
            f"{mineral_name(claim.mineral or '')}, {claim.measure.label.lower()}, edition {edition}. "
            "Countries with a number are ranked; ties take the best rank.",
            source,
            "; ".join(f"{row.label} {row.words}" for row in shown.itertuples()),
            _table([], rows, data).merge(ranked[["edition", "place", "rank", "tied", "share", "share_is_upper_bound"]],
                                         on=["edition", "place"], how="left"),
            f"{claim.id}-{edition}",
        ),
        (*_row_cards(rows[rows["place"] == claim.place], data),
         edition_card(ref.source, ref.dataset.said_by, _missing_facts(ranked))),
    )  # fmt: skip


def _ranked_rows(place: str, ranked: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    first = with_states(rows).drop_duplicates("place").set_index("place")
    lines = ranked.assign(
        label=[
            (f"{rank_:.0f} " if pd.notna(rank_) else "") + place_name(code)
            for rank_, code in zip(ranked["rank"], ranked["place"], strict=True)
        ],
        emphasis=ranked["place"] == place,
        id=[first["id"][code] for code in ranked["place"]],
        state=[first["state"][code] for code in ranked["place"]],
        hover=[
            f"{first['printed_value'][code]} {first['printed_unit'][code]} as printed"
            for code in ranked["place"]
        ],
    )
    return lines.assign(
        words=[
            first["words"][line["place"]] + (f" · {_share_words(line)}" if pd.notna(line["share"]) else "")
            for line in lines.to_dict("records")
        ]
    )


def _share_words(line: dict[str, object]) -> str:
    most = "at most " if line["share_is_upper_bound"] else ""
    return most + display(float(str(line["share"])), "1")


def _total_words(rows: pd.DataFrame, ranked: pd.DataFrame) -> str:
    world = with_states(rows[rows["place"] == "WLD"])
    if world.empty:
        return "No world total is printed."
    rounded = " (rounded)" if "rounded" in str(world["detail"].iloc[0]) else ""
    return f"World total as printed{rounded}: {world['words'].iloc[0].removesuffix(' ▸')}."


def _ranked_finding(claim: Claim, own: pd.DataFrame, edition: str) -> str:
    place = place_name(claim.place)
    if own.empty or own["rank"].isna().all():
        return f"{place} has no number in edition {edition}"
    line = own.iloc[0]
    tied = "tied " if line["tied"] else ""
    share = f", with {_share_words(line.to_dict())} of the world total" if pd.notna(line["share"]) else ""
    return f"In edition {edition} {place} ranks {tied}{display(line['rank'], 'rank')}{share}"


def _missing_facts(ranked: pd.DataFrame) -> list[tuple[str, str]]:
    names = [place_name(place) for place in ranked[ranked["rank"].isna()]["place"]]
    return [("ranked", f"{int(ranked['rank'].notna().sum())} countries")] + (
        [("not ranked, no number", ", ".join(names))] if names else []
    )


def event_block(events: Sequence[Event], data: Data) -> Block:
    """The events on a timeline; a date on which the documents disagree is marked."""
    sources = [document.source for document in data.seeds.documents]
    disputed = [event for event in events if event.disputed]
    source = f"Source: {len(sources)} documents, listed on the page Sources."
    finding = (
        f"The documents disagree on {len(disputed)} of {len(events)} dates"
        if disputed
        else f"{len(events)} events"
    )
    table = pd.DataFrame(
        [
            {"event": event.what, "planned": event.planned, "dates disagree": event.disputed,
             "date": str(m.date or "not dated"), "until": str(m.until or ""), "printed": m.printed_date,
             "phrase": m.phrase, "source": data.source(m.source).title, "document": m.source,
             "paragraph": m.paragraph, "citation": data.source(m.source).citation}
            for event in events for m in event.mentions
        ]
    )  # fmt: skip
    return Block(
        "events",
        Chart(
            timeline(events, source, [f"event:{event.id}" for event in events]),
            finding,
            "What the documents say happened or is planned, by date. Open marks are plans; diamonds are disputed dates.",
            source,
            "Timeline: " + "; ".join(f"{event.span[0]} {event.what}" for event in events),
            table,
            "events",
        ),
        tuple(event_card(event, sources) for event in disputed),
    )


# Shared pieces ----------------------------------------------------------------------------------------


def card_of(name: str, data: Data) -> Card | None:
    """The card of a mark: of a claim, of an event, or of an observation."""
    if name.startswith("event:"):
        event = next((e for e in data.seeds.events if e.id == name.removeprefix("event:")), None)
        return event_card(event, [document.source for document in data.seeds.documents]) if event else None
    if "|" not in name:
        return next((_card(claim, data) for claim in data.seeds.claims if claim.id == name), None)
    row = data.row(name)
    return None if row is None else _row_cards(row.to_frame().T, data)[0]


def _card(claim: Claim, data: Data) -> Card:
    whole = data.claim(claim.part_of) if claim.part_of else None
    return claim_card(claim, data.source(claim.source), whole)


def _row_cards(rows: pd.DataFrame, data: Data) -> list[Card]:
    return [
        row_card(row, data.source(f"{row['dataset']}.{row['edition']}"),
                 data.installed(row["dataset"], row["edition"]).dataset.said_by)
        for _, row in rows.iterrows()
    ]  # fmt: skip


def _rows_of(checks: Sequence[Check], data: Data) -> pd.DataFrame:
    """The observations that the checks rest on, in the order of editions."""
    wanted = {(c.edition, *row) for c in checks for row in c.rows}
    table = data.observations
    near = table[table["mineral"].isin([c.mineral for c in checks if c.mineral])]
    keys = pd.MultiIndex.from_frame(near[["edition", "file", "row", "column"]])
    return near[keys.isin(wanted)].sort_values(["edition", "file", "row"])


def _labelled(rows: pd.DataFrame, labels: pd.Series, emphasis: Sequence[bool]) -> pd.DataFrame:
    shown = with_states(rows)
    return shown.assign(
        label=labels.astype(str),
        emphasis=list(emphasis),
        hover=[f"{row['printed_value']} {row['printed_unit']} as printed" for row in rows.to_dict("records")],
    )


def _claim_panel(claims: Sequence[Claim], title: str, subtitle: str) -> Panel:
    rows = pd.DataFrame(
        [
            {"label": _claim_label(c), "value": c.value, "lower": c.lower, "upper": c.upper, "words": claim_words(c),
             "state": "value", "emphasis": False, "id": c.id, "hover": f"“{c.printed}”, said by {c.origin}"}
            for c in claims
        ]
    )  # fmt: skip
    unit = claims[0].unit
    return Panel(title, subtitle, "statement", rows.astype({"value": float, "lower": float, "upper": float}), unit,
                 "%" if claims[0].kind is Kind.SHARE else None)  # fmt: skip


def _claim_label(claim: Claim) -> str:
    if claim.kind is Kind.MONEY:
        return f"{claim.measure.label.lower()}, {claim.origin}"
    return "stated"


def _class_words(claim: Claim) -> str:
    return f"class: {claim.reserve_class.label}; basis: {claim.basis.label}"


def _statistic_title(rows: pd.DataFrame, claim: Claim, data: Data) -> str:
    measure = Measure(rows["measure"].iloc[0]).label.lower()
    return f"Published: {_publishers(rows, data)} {measure} of {place_name(claim.place)}, by edition"


def _row_words(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    bases = ", ".join(dict.fromkeys(Basis(code).label for code in rows["basis"]))
    return f"{Measure(rows['measure'].iloc[0]).label}, tonnes of {bases}"


def _publishers(rows: pd.DataFrame, data: Data) -> str:
    pairs = rows[["dataset", "edition"]].drop_duplicates().itertuples(index=False)
    return ", ".join(dict.fromkeys(data.installed(d, e).dataset.said_by for d, e in pairs))


def _span(editions: pd.Series) -> str:
    low, high = min(editions), max(editions)
    return str(low) if low == high else f"{low} to {high}"


def _sources(claims: Sequence[Claim], rows: pd.DataFrame, data: Data) -> str:
    parts = [_claim_sources(claims, data)] if claims else []
    if not rows.empty:
        for dataset, group in rows.groupby("dataset", sort=True):
            title = data.installed(str(dataset), str(group["edition"].iloc[0])).dataset.short_title
            parts.append(f"{title} {_span(group['edition'])}")
    return f"Sources: {'; '.join(parts)}."


def _claim_sources(claims: Sequence[Claim], data: Data) -> str:
    lines = dict.fromkeys(f"{_chain(claim)}, {day(data.source(claim.source).published)}" for claim in claims)
    return "; ".join(lines)


def _chain(claim: Claim) -> str:
    first, *rest = claim.chain
    return " via ".join([first, *rest[:-1]]) + (f", in {rest[-1]}" if rest else "")


def _table(claims: Sequence[Claim], rows: pd.DataFrame, data: Data) -> pd.DataFrame:
    stated = shown_claims(claims, data.source)
    if rows.empty:
        return stated
    return pd.concat([stated, shown_observations(rows, lambda d, e: (data.installed(d, e).dataset.said_by,
                                                                    data.installed(d, e).source))], ignore_index=True)  # fmt: skip
