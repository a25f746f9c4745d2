"""States on a past day follow from the row; moves are listed, decided by somebody else, with what they need."""

from datetime import UTC, date, datetime

import pytest

from highneeds.registers.mechanism.history import CellChange, changes, refused, rows_on
from highneeds.registers.mechanism.measuring import measures_of
from highneeds.registers.register import as_known
from highneeds.registers.registry import registers

FEES = registers()["fee_uplifts"]
LADDER = FEES.ladder
ROW = dict(
    uplift="u1", provider="Oak", financial_year="2025-26", places="1", present_fee_gbp="1.00", asked_fee_gbp="2.00",
    requested_on="2025-01-10", outcome="asked",
)  # fmt: skip


def row(**cells):
    return FEES.rows_of([ROW | cells])[0]


def state(day, **cells):
    return LADDER.state(row(**cells), date.fromisoformat(day))


def test_a_row_is_in_the_latest_state_that_its_days_have_reached():
    settled = dict(offered_on="2025-02-01", decided_on="2025-03-01", outcome="agreed")
    days = ("2025-01-09", "2025-01-10", "2025-02-01", "2025-02-28", "2025-03-01")
    assert [state(day, **settled) for day in days] == [
        None, "asked", "offered", "offered", "agreed",
    ]  # fmt: skip


def test_a_state_that_the_row_has_not_reached_is_not_reached_whatever_the_days():
    assert not LADDER.reached(row(offered_on="2025-02-01"), "offered", date(2025, 4, 1))


def test_without_any_day_a_state_was_reached_throughout_or_from_the_day_of_the_count():
    assert state("2020-01-01", requested_on="", outcome="refused") == "refused"
    counted = dict(requested_on="", outcome="refused", count="3", counted_on="2025-02-01")
    assert state("2025-01-31", **counted) is None and state("2025-02-01", **counted) == "refused"


def test_alternatives_on_one_step_are_not_each_other():
    assert not LADDER.reached(row(decided_on="2025-03-01", outcome="refused"), "agreed", date(2025, 4, 1))


def move(before, after, role="finance_partner", why="Panel of 3 March", last="", **cells):
    old, new = row(outcome=before), row(outcome=after, **cells)
    history = [CellChange("", last, "", "", "u1", "places", "", "", "")] if last else []
    found = refused(FEES, [old], [new], by=role, roles=frozenset({role}), why=why, history=history)
    return found[0].message if found else ""


AGREED = dict(agreed_fee_gbp="1.50", decided_on="2025-03-03", effective_from="2025-04-01")


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("", dict(before="offered", after="agreed", **AGREED)),
        ("is no move of this register", dict(before="asked", after="agreed", **AGREED)),
        ("is made by finance_partner", dict(before="offered", after="agreed", role="analyst", **AGREED)),
        (
            "is decided by the role that last changed the row, and a role does not say which person",
            dict(before="offered", after="agreed", last="finance_partner", **AGREED),
        ),
        ("is a decision and no reason is given", dict(before="offered", after="agreed", why=" ", **AGREED)),
        ("needs effective_from", dict(before="offered", after="agreed", **AGREED | dict(effective_from=""))),
        ("", dict(before="asked", after="withdrawn", role="condition_owner")),
    ],
)  # fmt: skip
def test_a_move_is_listed_made_by_who_may_and_has_what_it_needs(told, asked):
    message = move(**asked)
    assert message.endswith(told) if told else message == ""


ONE, TWO, ROLE = "person 1", "person 2", "finance_partner"


@pytest.mark.parametrize(
    ("last", "in_role", "by", "says"),
    [
        (ONE, "finance_partner", ONE, "the one who last changed the row"),
        (ONE, "condition_owner", ONE, "the one who last changed the row"),
        (ONE, "finance_partner", TWO, ""),
        (ONE, "finance_partner", ROLE, "the role that last changed the row"),
        (ONE, "director finance_partner", ROLE, "the role that last changed the row"),
        (ONE, "condition_owner", ROLE, ""),
        (ROLE, "finance_partner", TWO, "the role that last changed the row"),
        ("condition_owner", "condition_owner", TWO, ""),
        ("office", "", TWO, ""),
    ],
)
def test_a_decision_is_seen_to_be_a_second_persons_by_number_else_by_role(last, in_role, by, says):
    """A finance partner decides. In the office and its uploads a person is known, on the command line only a role."""
    history = [CellChange("", last, in_role, "", "u1", "places", "", "", "")]
    old, new, roles = row(outcome="offered"), row(outcome="agreed", **AGREED), frozenset({ROLE})
    found = refused(FEES, [old], [new], by=by, roles=roles, why="Panel", history=history)
    assert (says in found[0].message) if says else found == []


def moved(name, changed, role="condition_owner", last="", **before):
    """What is said of a change of one row of any register; '' where it is allowed."""
    register = registers()[name]
    key = {register.key: "1"}
    old, new = register.rows_of([key | before])[0], register.rows_of([key | before | changed])[0]
    history = [CellChange("", last, "", "", "1", "", "", "", "")] if last else []
    found = refused(register, [old], [new], by=role, roles=frozenset({role}), why="Panel", history=history)
    return found[0].message if found else ""


CLOSED = dict(state="closed", closed_on="2025-03-03")
PAID = dict(state="received", received_on="2025-03-03", received_gbp="1.00")


@pytest.mark.parametrize(
    ("said", "name", "changed", "more"),
    [
        ("", "appeals", CLOSED | dict(outcome="dismissed"), dict(state="listed")),
        ("made by director", "appeals", CLOSED | dict(outcome="conceded"), dict(state="listed")),
        ("", "appeals", CLOSED | dict(outcome="conceded"), dict(state="listed", role="director")),
        ("", "payments", PAID, dict(state="due", payer="council", role="section_151")),
        ("needs report", "payments", PAID, dict(state="due", payer="dfe", role="section_151")),
        (
            "needs icb_gbp",
            "health_agreements",
            dict(state="in_force"),
            dict(state="draft", funder="icb", role="director"),
        ),
        ("", "health_agreements", dict(state="in_force"), dict(state="draft", funder="school", role="director")),
        ("made by director", "milestones", dict(planned="2025-06"), dict(planned="2025-05", role="programme_manager")),
        ("", "milestones", dict(expected="2025-06"), dict(planned="2025-05", role="programme_manager")),
        ("that last changed", "risks", dict(closed_on="2025-03-03"), dict(role="section_151", last="section_151")),
    ],
)
def test_what_a_change_needs_may_depend_on_another_column_of_its_row(said, name, changed, more):
    """The director concedes, DfE pays on an accepted report; a new plan date is decided, a new forecast is not."""
    assert moved(name, changed, **more).find(said) >= 0 if said else moved(name, changed, **more) == ""


def test_a_row_that_is_gone_is_refused_for_nothing_is_deleted():
    [found] = refused(FEES, [row()], [], by="analyst", roles=frozenset({"analyst"}), why="", history=())
    assert found.rule == "FEEUPLIFTS-MOVE" and "gone" in found.message


def test_the_history_keeps_every_cell_that_changed_and_names_the_move():
    found = changes(
        FEES, [row()], [row(outcome="withdrawn", decided_on="2025-02-03")], by="analyst", role="analyst", why="Gone",
        now=datetime(2025, 2, 3, 9, tzinfo=UTC),
    )  # fmt: skip
    assert [(one.column, one.before, one.after, one.move) for one in found] == [
        ("outcome", "asked", "withdrawn", "asked > withdrawn"),
        ("decided_on", "", "2025-02-03", ""),
    ]


def test_a_provision_that_is_closing_is_no_longer_counted_as_open():
    register = registers()["resourced_provisions"]
    rows = register.rows_of([dict(provision=state, state=state) for state in ("planned", "open", "closing", "closed")])
    at = register.situation(rows, date(2025, 4, 2))
    assert next(one.shown for one in measures_of(at, "open")) == "1"


def test_a_list_on_an_earlier_day_is_what_its_history_takes_it_back_to():
    """u1 was asked on 3 February and offered on the 5th; u2 was added on the 6th: on the 4th u1 stood there, asked."""
    before, after = [row()], [row(outcome="offered"), row(uplift="u2")]
    said = dict(by="analyst", role="analyst", why="x")
    told = [
        *changes(FEES, [], before, now=datetime(2025, 2, 3, tzinfo=UTC), **said),
        *changes(FEES, before, after[:1], now=datetime(2025, 2, 5, tzinfo=UTC), **said),
        *changes(FEES, after[:1], after, now=datetime(2025, 2, 6, tzinfo=UTC), **said),
    ]

    def on(day):
        return [(one["uplift"], one["outcome"]) for one in rows_on(FEES, after, told, date(2025, 2, day))]

    assert [on(2), on(4), on(5), on(6)] == [
        [], [("u1", "asked")], [("u1", "offered")], [("u1", "offered"), ("u2", "asked")],
    ]  # fmt: skip


def test_a_row_that_became_known_later_is_not_there_and_neither_is_what_was_found_in_it():
    entries = FEES.asked(FEES.rows_of([ROW, ROW | dict(uplift="u2", places="", known_on="2025-03-01", notes="a@b.uk")]))
    assert [one["uplift"] for one in as_known(entries, date(2025, 3, 1)).rows] == ["u1", "u2"]
    earlier = as_known(entries, date(2025, 2, 28))
    assert [one["uplift"] for one in earlier.rows] == ["u1"]
    assert {one.record for one in entries.findings.all} - {one.record for one in earlier.findings.all} == {"u2"}
