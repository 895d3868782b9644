"""What the desk asks a casebook for, on either database: pictures, the queue, visits, views, and accounts."""

from datetime import timedelta

import pytest

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.casebook.people import verified
from reportedly.casebook.pictures import Asked
from reportedly.desk.weigh_casebook import weigh_casebook, weigh_what_is_new
from reportedly.errors import InvalidAccount, InvalidDecision

from .casebooks import PlainReader, acquisition

NOWHERE = Asked(country="XXX")


@pytest.fixture
def weighed(casebook: Casebook) -> Casebook:
    for name in ("Gao", "Kidal", "Ber"):
        for outlet in ("Example Wire", "River Post"):
            kept = casebook.keep(
                acquisition(
                    f"Rebels attacked {name} at dawn, {outlet} said.\n", f"inbox/{name}-{outlet}.txt", outlet=outlet
                )
            )
            casebook.read(kept.version, PlainReader())
    weigh_casebook(casebook)
    return casebook


def test_pictures_count_every_incident_once(weighed: Casebook) -> None:
    incidents = weighed.incidents()
    with weighed.pictures() as pictures:
        areas, asked = pictures.areas(Asked(), "2025-03-06"), Asked(start="2025-03-01", end="2025-03-31")
        assert sum(a.incidents for a in areas) + pictures.without_a_place(Asked()) == len(incidents)
        assert sum(a.claims for a in areas) <= sum(len(i.incident.claims) for i in incidents)
        assert sum(p.incidents for p in pictures.points(Asked())) == sum(
            i.incident.precision in ("place", "near") and i.incident.lat is not None for i in incidents
        )
        assert sum(day.incidents for day in pictures.days(Asked(), True)) == sum(
            i.incident.start is not None for i in incidents
        )
        assert {m.number for m in pictures.timeline(asked, 100)} <= {i.number for i in incidents}
        assert not pictures.areas(NOWHERE, "2025-03-06")
        assert not pictures.points(NOWHERE)
        assert not pictures.timeline(NOWHERE, 10)
        assert pictures.warning_windows(asked, 10) == []
        assert pictures.relations(asked, ["fights", "meets"]) == []
        assert pictures.moment()[0]


def test_claims_are_found_by_their_incident_and_incidents_by_their_claims(weighed: Casebook) -> None:
    by_origins = {n: [r.id for r in weighed.claims(Filter(origins=n))] for n in (1, 2, 3)}
    for row in weighed.incidents():
        for claim in row.incident.claims:
            assert [claim in by_origins[n] for n in (1, 2, 3)] == [row.incident.low >= n for n in (1, 2, 3)]
    both = [r.id for r in weighed.claims(Filter(place="Gao", origins=1, text="dawn"))]
    assert both == [r.id for r in weighed.claims(Filter(place="Gao"))]
    held = weighed.incidents(Filter(place="Gao"))
    assert {c for row in held for c in row.incident.claims} == set(both)


def test_the_queue_puts_first_what_matters_and_leaves_out_what_is_decided(weighed: Casebook) -> None:
    everything, length = weighed.review_queue(Filter(), limit=100)
    assert length == len(everything) == 6
    near, _ = weighed.review_queue(Filter(), near="Ber", limit=100)
    assert [("near" in q.reasons) for q in near] == [True, True, False, False, False, False]
    weighed.decide(near[0].claim, "accept", "as the text says")
    assert near[0].claim not in {q.claim for q in weighed.review_queue(Filter(), limit=100)[0]}
    assert weighed.last_decision() == near[0].claim
    assert weighed.decided_since("2020-01-01") == 1
    weighed.decide(near[0].claim, "withdraw", "taken back")
    assert weighed.last_decision() is None
    assert near[0].claim in {q.claim for q in weighed.review_queue(Filter(), limit=100)[0]}


def test_what_one_codes_blind_comes_first_for_the_other(weighed: Casebook) -> None:
    one, other = weighed.acting_as("anna"), weighed.acting_as("bela")
    last = one.review_queue(Filter(), blind=True, limit=100)[0][-1].claim
    one.decide(last, "accept", "as the text says", blind=True)
    assert other.review_queue(Filter(), blind=True, limit=1)[0][0].claim == last
    assert last not in {q.claim for q in one.review_queue(Filter(), blind=True, limit=100)[0]}


def test_a_visit_is_compared_with_the_one_before_that_has_ended(
    weighed: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportedly.casebook import desk_state
    from reportedly.model.acquisition import now

    began = now()
    assert weighed.visit("anna") is None
    assert weighed.visit("anna") is None  # the same visit still
    monkeypatch.setattr(desk_state, "now", lambda: began + timedelta(hours=9))
    before = weighed.visit("anna")
    assert before is not None
    assert before.reports == 6
    kept = weighed.keep(acquisition("Rebels attacked Tessit.\n", "inbox/tessit.txt"))
    weighed.read(kept.version, PlainReader())
    assert weigh_what_is_new(weighed)
    again = weighed.visit("anna")
    assert again == before
    assert weighed.marks().reports == before.reports + 1
    assert weighed.visit("bela") is None


def test_a_view_has_the_last_query_kept_under_its_name(weighed: Casebook) -> None:
    weighed.keep_view("  the   north ", "/claims", "place=Gao")
    weighed.keep_view("the north", "/claims", "place=Kidal")
    (view,) = weighed.views()
    assert (view.name, view.query) == ("the north", "place=Kidal")
    weighed.keep_view("the north", "/claims", "", removed=True)
    assert weighed.views() == []
    with pytest.raises(InvalidDecision):
        weighed.keep_view("", "/claims", "")


def test_accounts_and_sessions(casebook: Casebook) -> None:
    with casebook.people(change=True) as people:
        people.put_account("anna", "coder", "four words or five")
        with pytest.raises(InvalidAccount, match="needs a password"):
            people.put_account("bela", "reader", None)
        with pytest.raises(InvalidAccount, match="no such account"):
            people.close_account("nobody")
    with casebook.people() as people:
        assert verified("four words or five", people.password_of("anna"))
        assert not verified("four words or six", people.password_of("anna"))
        assert not verified("four words or five", people.password_of("nobody"))
    with casebook.people(change=True) as people:
        token = people.begin("anna", "127.0.0.1")
        session = people.session(token)
        assert session is not None
        assert (session.account, session.role) == ("anna", "coder")
        assert people.session(token + "x") is None
        people.put_account("anna", "editor", None)
        assert people.session(token) is None
    assert casebook.verify().faults == []
