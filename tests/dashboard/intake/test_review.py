"""An article under review: what is found, what is decided of it, and the seed file that comes of it."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake.review import (
    Review,
    Verdict,
    begin,
    claim_of,
    decided,
    known_claims,
    known_event,
    looked_at,
    mended,
    reread,
    restored,
    same_text,
    seed_of,
    source_problems,
    stepped,
    tried,
    undone,
)
from dashboard.snapshot import Snapshot
from dashboard.topics.claims import stands
from loaders.articles import read_again, read_article
from loaders.documents import read_seed, read_seed_files
from loaders.files.table import InputFile
from loaders.store import all_seeds, own_seeds, try_seed, write_seed

TEXT = """Cobalt under the Andes
By Ana Ruiz
The Andes Courier, 3 March 2025

Chile's mining ministry says that the country holds 640,000 tonnes of cobalt, of which 20,000 tonnes \
are reserves. Other estimates rank Chile fifth in the world in reserves of lithium. Cobalt was sold at \
$31 a kilogram.
According to Russia's Natural Resources Ministry, cited by Izvestia, Russia holds 28.5 million metric tons \
of rare earth metals.
On 31 March 2025 Izvestia published an interview in which Dmitriev spoke of talks on rare-earth projects \
with the United States. Copyright © The Andes Courier
"""


@pytest.fixture(scope="module")
def review() -> Review:
    return begin(read_article(TEXT))


def accept_all(review: Review) -> Review:
    """Every one accepted that can be kept as it stands."""
    for item in review.found:
        review = looked_at(review, item.key)
        review = decided(review, Verdict.LEFT_OUT if review.lacks(item.key) else Verdict.ACCEPTED)
    return review


def key_of(review: Review, printed: str) -> str:
    return next(item.key for item in review.found if printed in item.printed)


def test_what_is_found_stands_in_the_order_of_the_text(review: Review) -> None:
    assert [item.start for item in review.found] == sorted(item.start for item in review.found)
    assert {"640,000 tonnes", "20,000 tonnes", "28.5 million metric tons"} <= {
        i.printed for i in review.found
    }
    assert review.current == review.found[0].key
    assert len(review.of(Verdict.WAITING)) == len(review.found)


def test_nothing_is_accepted_by_itself(review: Review, data: Snapshot) -> None:
    assert seed_of(review, data.seeds) == ""


def test_a_decision_leads_to_the_next_that_waits_and_is_undone(review: Review) -> None:
    first, second = (item.key for item in review.found[:2])
    done = decided(review, Verdict.ACCEPTED)
    assert (done.decision(first), done.current) == (Verdict.ACCEPTED, second)
    assert undone(done) is review
    assert undone(review) is review


def test_the_last_decision_stays_where_nothing_waits(review: Review) -> None:
    done = accept_all(review)
    assert done.of(Verdict.WAITING) == []
    assert done.current == review.found[-1].key


@pytest.mark.slow
@settings(deadline=None)
@given(steps=st.lists(st.sampled_from(["a", "x", "j", "k", "u"]), max_size=30))
def test_whatever_keys_are_pressed_the_review_is_whole(steps: list[str]) -> None:
    state = begin(_article())
    for key in steps:
        if key in "ax":
            state = decided(state, Verdict.ACCEPTED if key == "a" else Verdict.LEFT_OUT)
        else:
            state = undone(state) if key == "u" else stepped(state, 1 if key == "j" else -1)
        assert state.current in {item.key for item in state.found}
        assert sum(len(state.of(decision)) for decision in Verdict) == len(state.found)
    while state.before:
        state = undone(state)
    assert state.decisions == {}


_READ: list[Any] = []


def _article() -> Any:
    if not _READ:
        _READ.append(read_article(TEXT))
    return _READ[0]


def test_the_accepted_make_a_seed_file_that_loads(review: Review, data: Snapshot) -> None:
    seed = seed_of(accept_all(review), data.seeds)
    document, problems = try_seed(seed.encode())
    assert problems == ()
    assert document is not None
    by_value = {claim.value: claim for claim in document.claims}
    assert by_value[20_000].part_of == by_value[640_000].id
    assert document.source.publisher == "The Andes Courier"
    assert "Chile's mining ministry says that" not in seed


def test_a_figure_of_the_same_origin_is_joined_to_the_known_one(review: Review, data: Snapshot) -> None:
    key = key_of(review, "28.5 million")
    found = known_claims(review, key, data.seeds)
    assert [(item.claim.id, item.same_origin) for item in found] == [("russia-rare-earths-holdings", True)]
    claims = tomllib.loads(seed_of(accept_all(review), data.seeds))["claims"]
    links = [link for claim in claims if claim["value"].startswith("28.5") for link in claim["links"]]
    assert links == [{"relation": "repeats", "claim": "russia-rare-earths-holdings"}]


def test_the_same_figure_of_another_origin_is_told_and_not_joined(data: Snapshot) -> None:
    text = "A geologist, Ann Lee, said that Russia holds 28.5 million metric tons of rare earth metals."
    other = begin(read_article(text))
    found = known_claims(other, other.current, data.seeds)
    assert [item.same_origin for item in found] == [False]
    assert "repeats" not in seed_of(accept_all(other), data.seeds)


TOLD = (
    "The Andes Post, 12 March 2028\n\nPeru and Chile signed the copper pact in Arica on 3 March 2028.",
    "The Lima Herald, 14 March 2028\n\nThe copper pact was signed in Arica on 4 March 2028, officials said.",
    "Metal Week, 20 March 2028\n\nOn 9 March 2028 Chile and Peru signed a copper pact in Arica.",
)


def test_three_documents_that_date_an_event_otherwise_disagree() -> None:
    files: list[InputFile] = []
    for text in TOLD:
        seed = seed_of(accept_all(begin(read_article(text))), read_seed_files(files))
        files.append(InputFile(text[:9], seed.encode()))
    seeds = read_seed_files(files)
    (event,) = seeds.events
    assert event.disputed
    assert event.span == (date(2028, 3, 3), date(2028, 3, 9))


def test_a_known_event_is_told_by_its_id_and_words(review: Review, data: Snapshot) -> None:
    key = next(item.key for item in review.found if "Izvestia published" in item.printed)
    known = known_event(review, key, data.seeds)
    assert known is not None
    assert known.id == "dmitriev-interview"
    events = tomllib.loads(seed_of(accept_all(review), data.seeds))["events"]
    assert {"dmitriev-interview": known.what}.items() <= {e["id"]: e["what"] for e in events}.items()


def test_a_price_can_be_kept_and_stands_beside_printed_prices(review: Review, data: Snapshot) -> None:
    key = key_of(review, "$31")
    assert review.lacks(key) == ""
    claim = claim_of(review, key)
    assert claim is not None
    assert (str(claim.measure), claim.unit, claim.printed_value) == ("price", "USD/t", "31")
    document, _ = tried(review, key)
    assert document is not None
    told = dict(stands(claim, data.beside(document)))
    rows = data.national[data.national["mineral"].eq("cobalt") & data.national["measure"].eq("price")]
    last = rows[rows["edition"].eq("2026") & rows["year"].eq(2025)]
    assert told["USGS 2026 prints for 2025"].count("$/kg") == len(last) > 0
    assert all(detail in told["USGS 2026 prints for 2025"] for detail in last["detail"])


def test_a_mended_one_is_tried_first(review: Review, data: Snapshot) -> None:
    key = key_of(review, "640,000")
    fields = {**review.fields(key), "place": "PER"}
    document, problems = tried(review, key, fields)
    assert problems == []
    assert document is not None
    changed = decided(mended(looked_at(review, key), fields), Verdict.ACCEPTED)
    claims = tomllib.loads(seed_of(changed, data.seeds))["claims"]
    assert [claim["place"] for claim in claims] == ["PER"]


MISTAKES = [
    ({"place": "XXX"}, "place"),
    ({"printed": "650,000 tonnes of cobalt", "value": "650,000 tonnes"}, "printed"),
    ({"paragraph": 1}, "printed"),
    ({"mineral": None}, "mineral"),
    ({"value": "of cobalt"}, "value"),
]


@pytest.mark.parametrize(("changed", "field"), MISTAKES, ids=[str(case[0]) for case in MISTAKES])
def test_what_is_mended_wrongly_is_named(review: Review, changed: dict[str, Any], field: str) -> None:
    key = key_of(review, "640,000")
    fields = {**review.fields(key), **changed}
    stated = {name: value for name, value in fields.items() if value is not None}
    document, problems = tried(review, key, stated)
    assert document is None
    assert any(problem.column.endswith(field) for problem in problems), problems


def test_the_same_text_again_continues_the_first(review: Review) -> None:
    done = accept_all(review)
    first = write_seed(seed_of(done, all_seeds()).encode())
    seeds = all_seeds()
    known = same_text(done, seeds)
    assert known is not None
    assert known.source.id == first.source.id
    second = write_seed(seed_of(done, seeds).encode())
    assert second.source.id == f"{first.source.id}-2"
    assert len(own_seeds()) == 2
    assert all(claim.links for claim in second.claims)


def test_another_day_or_citation_keeps_what_was_decided(review: Review) -> None:
    done = decided(review, Verdict.ACCEPTED)
    article = read_again(done.article, None)
    assert article.citation.published == "not stated"
    again = reread(done, article)
    assert again.decision(review.current) is Verdict.ACCEPTED
    named = article.model_copy(update={"citation": article.citation.model_copy(update={"publisher": "X"})})
    claim = claim_of(reread(done, named), key_of(review, "640,000"))
    assert claim is not None
    assert claim.chain[-1] == "X"


@pytest.mark.parametrize("speakers", [None, ["A minister"]])
def test_what_is_mended_follows_the_citation_where_it_was_left_as_found(
    review: Review, speakers: list[str] | None
) -> None:
    key = review.found[0].key
    found = review.fields(key)
    chain = [*(speakers or found["chain"][:-1]), found["chain"][-1]]
    own = mended(looked_at(review, key), {**found, "place": "PER", "chain": chain})
    citation = own.article.citation.model_copy(update={"publisher": "The Northern Ledger"})
    again = reread(own, own.article.model_copy(update={"citation": citation}))
    assert again.fields(key)["place"] == "PER"
    assert again.fields(key)["chain"] == [*chain[:-1], "The Northern Ledger"]
    document, problems = tried(again, key)
    assert document, problems


def test_what_was_cut_is_read_and_what_was_decided_stays_with_its_words() -> None:
    text = f"{TEXT[TEXT.index('Chile') :]}\nRead next\nPeru mined 5 tonnes of tin.\n"
    first = begin(read_article(text))
    done = decided(looked_at(first, key_of(first, "28.5 million")), Verdict.ACCEPTED)
    again = restored(done, done.article.cut[-1])
    assert [item.printed for item in again.found][-1] == "5 tonnes"
    assert again.decisions == {key_of(again, "28.5 million"): Verdict.ACCEPTED}
    assert undone(again) is done


def test_a_citation_that_is_wrong_is_named(review: Review) -> None:
    assert source_problems(review) == []
    citation = review.article.citation.model_copy(update={"address": "somewhere"})
    wrong = reread(review, review.article.model_copy(update={"citation": citation}))
    assert [problem.column for problem in source_problems(wrong)] == ["source.address"]


def test_a_text_without_figures_is_a_review_without_steps(data: Snapshot) -> None:
    empty = begin(read_article("Nothing of note happened in the village."))
    assert (empty.found, empty.current) == ((), "")
    assert stepped(empty, 1) is empty
    assert seed_of(empty, data.seeds) == ""


def test_a_seed_of_one_text_alone_still_loads(review: Review, data: Snapshot) -> None:
    document, entries = read_seed(seed_of(accept_all(review), data.seeds).encode())
    assert document.claims
    assert entries
