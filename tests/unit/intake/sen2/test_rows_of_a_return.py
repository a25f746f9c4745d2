"""A return made by hand, flat and nested, and what it says of itself."""

from dataclasses import replace
from datetime import date

import polars as pl

from highneeds.intake.sen2.rows import (
    FAMILY,
    MODULES,
    ActivePlan,
    Assessment,
    NamedPlan,
    Placement,
    PlanDetail,
    Request,
    ReturnHeader,
    SenNeed,
    YoungPerson,
    from_people,
)

PEOPLE = (
    YoungPerson(
        sex="F",
        requests=(
            Request(
                outcome="Y",
                assessments=(Assessment(outcome="Y", plans=(NamedPlan(details=(PlanDetail(urn="1"), PlanDetail())),)),),
                active_plans=(ActivePlan(placements=(Placement(rank=1),), needs=(SenNeed(rank=1), SenNeed(rank=2))),),
            ),
            Request(line=40, reference="R2"),
        ),
    ),
    YoungPerson(reference="P2", requests=(Request(active_plans=(ActivePlan(needs=(SenNeed(need_type="ASD"),)),)),)),
)


def made():
    absent = frozenset({("requests", "source")})
    return from_people(PEOPLE, reference_date=date(2025, 1, 16), council="886", layout="2024", absent=absent)


def test_rows_are_numbered_in_their_order_and_hang_from_those_above():
    found = made()
    assert found.persons.select("person", "line", "reference", "sex").rows() == [(0, 2, "1", "F"), (1, 3, "P2", None)]
    assert found.requests.select("request", "person", "line", "reference").rows() == [
        (0, 0, 2, "1"),
        (1, 0, 40, "R2"),
        (2, 1, 4, "3"),
    ]
    assert found.plan_details.select("plan_detail", "plan", "assessment", "request", "person", "urn").rows() == [
        (0, 0, 0, 0, 0, "1"),
        (1, 0, 0, 0, 0, None),
    ]
    assert found.needs.select("need", "active", "request", "person", "need_type", "rank").rows() == [
        (0, 0, 0, 0, None, 1),
        (1, 0, 0, 0, None, 2),
        (2, 1, 2, 1, "ASD", None),
    ]
    assert [found.module(name).height for name in MODULES] == [2, 3, 1, 1, 2, 2, 1, 3]


def test_people_have_all_that_hangs_from_them_and_come_back_the_same():
    found = made()
    first, second = found.people()
    [request, other] = first.requests
    assert [one.urn for one in request.assessments[0].plans[0].details] == ["1", None]
    assert [one.rank for one in request.active_plans[0].needs] == [1, 2]
    assert [one.rank for one in request.active_plans[0].placements] == [1]
    assert (other.assessments, other.active_plans) == ((), ())
    assert second.requests[0].active_plans[0].needs[0].need_type == "ASD"
    again = from_people([first, second], reference_date=date(2025, 1, 16))
    assert all(again.module(name).equals(found.module(name)) for name in MODULES)
    assert [type(row) for row in found.rows("needs")] == [SenNeed] * 3 and next(found.rows("requests")).outcome == "Y"
    assert {child: parent for child, (_, parent, _, _) in FAMILY.items()}["needs"] == "active_plans"


def test_an_orphan_is_in_its_frame_and_in_no_person():
    found = made()
    orphan = replace(found, requests=found.requests.with_columns(person=pl.Series([0, None, 1], dtype=pl.UInt32)))
    assert [len(person.requests) for person in orphan.people()] == [1, 1] and len(list(orphan.rows("requests"))) == 3


def test_what_a_return_says_of_itself():
    found = made()
    assert found.header == ReturnHeader(reference_date=date(2025, 1, 16), year=2025, council="886")
    assert (found.reference_date, found.council, found.form, found.layout_words, found.synthetic) == (
        date(2025, 1, 16), "886", "csv", "the 2024 csv layout", False,
    )  # fmt: skip
    assert not found.carries("requests", "source") and found.carries("requests", "outcome")
    assert found.place("needs", 3) == "needs line 3" and found.unreadable.height == 0
    invented = replace(found, header=replace(found.header, software="Synthetic 1"), files={"needs": "senneed.csv"})
    assert invented.synthetic and invented.place("needs", 3) == "senneed.csv line 3"
