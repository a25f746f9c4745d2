"""The register of appeals: mediation and tribunal, stage by stage."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.cases import CaseOnDay
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, deadline, key, pounds, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, listed, median, pct, ratio, total
from highneeds.registers.mechanism.reckoning import in_year, plus_months
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, query, query_all, twice
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.working_days import plus_working_days

ABOUT = {
    "refuse_to_assess": "Refusal to assess",
    "refuse_to_issue": "Refusal to issue a plan",
    "contents": "Contents",
    "placement": "Placement",
    "contents_and_placement": "Contents and placement",
    "refuse_to_reassess": "Refusal to reassess",
    "refuse_to_amend": "Refusal to amend",
    "cease": "Ceasing the plan",
}
OUTCOMES = {
    "settled_at_mediation": "Settled at mediation",
    "conceded": "Conceded",
    "consent_order": "Consent order",
    "withdrawn": "Withdrawn",
    "struck_out": "Struck out",
    "allowed": "Allowed",
    "part_allowed": "Allowed in part",
    "dismissed": "Dismissed",
}
LOST = ("allowed", "part_allowed")
TO_COMPLY = (*LOST, "consent_order", "conceded")
SPECIAL = ("special_state", "special_independent")
DECIDED_WEEKS: dict[str, int | str] = {
    "refuse_to_assess": 2,
    "refuse_to_reassess": 2,
    "refuse_to_issue": 5,
    "contents": "decided_contents_weeks",
    "refuse_to_amend": "decided_contents_weeks",
    "contents_and_placement": "decided_contents_weeks",
    "placement": 2,
    "cease": 0,
}
"""Weeks from the order until it is carried out: SEND Regulations 2014, regulation 44."""
UNOPPOSED_WEEKS: dict[str, int | str] = {
    "refuse_to_assess": 4,
    "refuse_to_issue": 5,
    "contents": "unopposed_contents_weeks",
    "placement": 2,
    "contents_and_placement": "unopposed_contents_weeks",
    "refuse_to_amend": "unopposed_amend_weeks",
    "cease": "unopposed_cease_weeks",
    "refuse_to_reassess": "unopposed_reassess_weeks",
}
"""The same where the appeal was not opposed (regulation 45); a setting there has to be given with its source."""


def _appeal_by(row: RegisterRow, at: Situation) -> date | None:
    """The later of two months from the decision and one month from the certificate."""
    days = [plus_months(row["decided_on"], 2)]
    if row["certificate_on"]:
        days.append(plus_months(row["certificate_on"], 1))
    return max(days)


def _comply_by(row: RegisterRow, at: Situation) -> date | None:
    if row["closed_on"] is None or row["outcome"] not in TO_COMPLY:
        return None
    unopposed = row["outcome"] == "conceded" and not row["opposed"] and row["responded_on"] is None
    weeks = (UNOPPOSED_WEEKS if unopposed else DECIDED_WEEKS)[row["about"]]
    closed: date = row["closed_on"]
    return closed + timedelta(weeks=int(at.setting(weeks) if isinstance(weeks, str) else weeks))


def _lodged(row: RegisterRow, at: Situation) -> bool:
    return row["lodged_on"] is not None and row["lodged_on"] <= at.day


def _closed(row: RegisterRow, at: Situation) -> bool:
    return at.reached(row, "closed")


def placed_special(row: RegisterRow, at: Situation) -> bool:
    """Lodged, and closed in the family's favour with a place in a special school."""
    return _lodged(row, at) and _closed(row, at) and row["outcome"] in TO_COMPLY and row["placed"] in SPECIAL


def _late(clock_name: str) -> Any:
    """Clocks that were stopped after their due day, or run past it."""

    def test(row: RegisterRow, at: Situation) -> bool:
        run = at.register.clock(clock_name).run(row, at)
        return run.due_on is not None and (run.stopped_on or at.as_at) > run.due_on

    return test


def _rate(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, str, MeasureValue]]:
    """Lodged in each calendar year, of the appealable decisions that are published for it."""
    if "appealable_decisions" not in at.council:
        raise NotAtHand("appealable decisions of the published pack are not given")
    years = [row["lodged_on"].year for row in rows]
    for year in range(min(years), max(years) + 1) if years else ():
        decisions = at.council["appealable_decisions"].get(year)
        lodged = counted(row for row in rows if row["lodged_on"].year == year)
        missing = gap(f"no appealable decisions are published for {year}")
        yield "total", "", str(year), missing if decisions is None else ratio(lodged, decisions)


def _evidence_late(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        last = plus_working_days(row["hearing_on"], -5) if row["hearing_on"] else None
        if last and (row["evidence_sent_on"] or at.as_at) > last and row["closed_on"] is None:
            yield row


def _too_late(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        end = _appeal_by(row, at)
        if row["lodged_on"] and end and row["lodged_on"] > end:
            yield row


_CASE = dict(
    case="a1",
    child="1",
    decided_on="2024-05-01",
    about="refuse_to_assess",
    mediation="held",
    certificate_on="2024-06-01",
    lodged_on="2024-06-15",
    notified_on="2024-06-20",
    state="lodged",
)


def _not_here(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    known = {row["child"] for row in rows}
    missing = sum(case.tribunal and child_ not in known for child_, case in at.caseload().items())
    if missing and rows:
        yield rows[0], f"Children whose case went to the tribunal and who do not stand here: {missing}"


appeals = Register(
    name="appeals",
    title="Appeals and mediation",
    unit="one dispute of one decision",
    source="SEND Regulations 2014, regulations 32 to 45; First-tier Tribunal rules",
    key="case",
    help="Mediation and appeals by stage, how they end, why they are lost, and what that costs.",
    systems="D7",
    kept_by="condition_owner",
    decides="director",
    used="Weekly",
    klass="casework",
    columns=(
        key("case"),
        child(),
        day("decided_on*", help="The council's decision letter"),
        code("about*", ABOUT),
        code("mediation", "not_asked|declined|asked|held"),
        day("mediation_asked_on"),
        day("certificate_on"),
        day("mediation_held_on"),
        code("mediation_outcome", "agreed|part|not_agreed|withdrawn"),
        day("lodged_on"),
        day("notified_on"),
        day("responded_on"),
        deadline("evidence_due_on"),
        day("evidence_sent_on"),
        day("hearing_on"),
        day("stayed_from"),
        day("stayed_to"),
        day("closed_on"),
        code("outcome", OUTCOMES),
        yes_no("opposed", help="A response was in when it closed"),
        code(
            "reason_lost",
            "evidence_missing|evidence_late|provision_not_specific|placement_not_suitable|cost_not_shown|"
            "needs_changed|law|other",
        ),
        code("placed", "special_state|special_independent|srp|mainstream|eotas|none"),
        pounds("cost_before_gbp", unit="a year"),
        pounds("cost_after_gbp", unit="a year"),
        day("effective_from"),
        pounds("legal_gbp"),
        day("complied_on"),
        code("state*", "decision|mediation|lodged|responded|listed|closed|complied"),
    ),
    ladder=ladder(
        "decision(decided_on) < mediation(mediation_asked_on) < lodged(lodged_on) < responded(responded_on) < listed"
        " < closed(closed_on, +outcome) < complied(complied_on)",
        ends="complied",
    ),
    moves=moves(
        "decision > lodged K: lodged_on",
        "decision > mediation K: mediation_asked_on",
        "mediation > closed K: outcome closed_on",
        "lodged > closed K: outcome closed_on",
        "responded > closed K: outcome closed_on",
        "listed > closed K: outcome closed_on",
        "mediation|lodged|responded|listed > closed D if outcome=conceded: closed_on",
    ),
    clocks=(
        clock(
            "right to appeal", _appeal_by, stops="lodged_on", basis="watch", where=lambda r, at: r["closed_on"] is None
        ),
        clock(
            "mediation",
            "mediation_asked_on",
            days=30,
            stops="mediation_held_on",
            basis="statutory",
            source="SEND Regulations 2014, regulation 36",
        ),
        clock(
            "response",
            "notified_on",
            working_days=30,
            stops="responded_on closed_on",
            pauses=(("stayed_from", "stayed_to"),),
            basis="statutory",
        ),
        clock("evidence_due_on", "evidence_due_on", stops="evidence_sent_on closed_on"),
        clock(
            "comply",
            _comply_by,
            stops="complied_on",
            basis="statutory",
            source="SEND Regulations 2014, regulations 44 and 45",
        ),
    ),
    rules=(
        must(
            "01",
            "It is lodged without a certificate of mediation",
            lambda r: r["lodged_on"] and not r["certificate_on"] and r["about"] != "placement",
            _CASE | dict(certificate_on=""),
            fix="Give the day of the certificate; only placement alone needs none.",
        ),
        must(
            "03",
            "It is settled at mediation and lodged, or closed without an outcome",
            lambda r: (
                (r["outcome"] == "settled_at_mediation" and r["lodged_on"])
                or (r["state"] in ("closed", "complied") and not r["outcome"])
            ),
            _CASE | dict(state="closed", closed_on="2024-09-01"),
            fix="Give the outcome.",
        ),
        query(
            "04",
            "It was lost and no reason is given",
            lambda r: r["outcome"] in LOST and not r["reason_lost"],
            _CASE | dict(outcome="allowed"),
            fix="Give the reason, so that the next decision is better.",
        ),
        query(
            "05",
            "The child is placed in a special school and no cost is given",
            lambda r: r["placed"] in SPECIAL and r["cost_after_gbp"] is None,
            _CASE | dict(placed="special_state"),
            fix="Give the cost a year before and after.",
        ),
        must(
            "07",
            "It was answered before it was notified, or heard before it was lodged",
            lambda r: (
                (r["responded_on"] and r["notified_on"] and r["responded_on"] < r["notified_on"])
                or (r["hearing_on"] and r["lodged_on"] and r["hearing_on"] < r["lodged_on"])
            ),
            _CASE | dict(responded_on="2024-06-19"),
            holds_for=dict(responded_on="2024-06-20"),
            fix="Correct whichever day is wrong.",
        ),
    ),
    whole_rules=(
        query_all(
            "09",
            "A child whose case went to the tribunal stands in the caseload and not here",
            _not_here,
            (_CASE,),
            cases={"2": CaseOnDay(9, True, True)},
            fix="Add the case, or correct the flag in the case system.",
        ),
        query_all(
            "02",
            "It was lodged after the right to appeal ended",
            _too_late,
            (_CASE | dict(lodged_on="2024-07-02"),),
            holds_for=dict(lodged_on="2024-07-01"),
            fix="Check the days; the tribunal may have let it in late.",
        ),
        query_all(
            "06",
            "The same child and matter are open twice",
            lambda rows, at: twice([r for r in rows if r["closed_on"] is None], "child", "about"),
            (_CASE, _CASE | dict(case="a2")),
            fix="Make them one, or close the first.",
        ),
        query_all(
            "08",
            "The evidence is not sent five working days before the hearing",
            _evidence_late,
            (_CASE | dict(hearing_on="2025-04-08"),),
            holds_for=dict(hearing_on="2025-04-09"),
            fix="Send it now, and record the day.",
        ),
    ),
    measures=(
        count("lodged", "appeals lodged", "month(lodged_on) fy(lodged_on) cy(lodged_on); about"),
        count(
            "open", "lodged and not closed", "as_at; about, state", lambda r, at: _lodged(r, at) and not _closed(r, at)
        ),
        count("closed", "cases closed", "fy(closed_on); outcome, about"),
        pct(
            "upheld_pct",
            "dismissed, of dismissed and allowed in whole or part",
            "fy(closed_on); about",
            lambda r, at: r["outcome"] == "dismissed",
            lambda r, at: r["outcome"] in ("dismissed", *LOST),
        ),
        pct(
            "ended_before_hearing_pct",
            "conceded, by consent or withdrawn, of lodged and closed",
            "fy(closed_on); about",
            lambda r, at: r["outcome"] in ("conceded", "consent_order", "withdrawn"),
            _lodged,
        ),
        count("mediations_held", "mediations held", "fy(mediation_held_on)"),
        pct(
            "mediation_agreed_pct",
            "agreed at mediation, of held",
            "fy(mediation_held_on)",
            lambda r, at: r["mediation_outcome"] == "agreed",
        ),
        count(
            "placed_after_appeal",
            "lodged, closed in the family's favour, and placed in a special school",
            "month(closed_on) fy(closed_on); placed",
            placed_special,
        ),
        total(
            "extra_cost_gbp",
            "cost after less cost before, a year",
            "fy(closed_on); placed",
            lambda r, at: r["cost_after_gbp"] - r["cost_before_gbp"],
            needs="cost_after_gbp cost_before_gbp",
            aside=True,
            where=_closed,
        ),
        total(
            "extra_in_year_gbp",
            "the same for the days of the year",
            "fy(effective_from); placed",
            lambda r, at: in_year(
                r["cost_after_gbp"] - r["cost_before_gbp"],
                r["effective_from"],
                None,
                FinancialYear.of(r["effective_from"]),
            ),
            needs="cost_after_gbp cost_before_gbp",
            aside=True,
            where=_closed,
        ),
        total("legal_gbp", "legal costs", "fy(closed_on)", needs="legal_gbp", aside=True),
        listed(
            "appeal_rate_pct",
            "lodged, of the published appealable decisions of the calendar year",
            "all",
            _rate,
            where=_lodged,
            unit="percent",
        ),
        count(
            "late_responses", "responses after their due day, or running past it", "fy(notified_on)", _late("response")
        ),
        count(
            "late_compliance",
            "orders carried out after their due day, or running past it",
            "fy(closed_on)",
            _late("comply"),
        ),
        median(
            "weeks_to_close",
            "lodged to closed, the middle one",
            "fy(closed_on); about",
            lambda r, at: Decimal((r["closed_on"] - r["lodged_on"]).days) / 7,
            needs="lodged_on",
            unit="weeks",
        ),
    ),
    headline=(
        "{closed:case|cases} closed in {year}; {upheld_pct} upheld the council, {placed_after_appeal} led to a place."
    ),
    feeds=(
        Feed("indicator", "tribunal_placed_special_count", "placed_after_appeal by month"),
        Feed("forecast", "refusals that come back", "cost of outcomes"),
        Feed("report", "risk 1", "a factor"),
    ),
    example=(
        dict(
            case="T-101",
            child="000501",
            decided_on="2024-03-04",
            about="refuse_to_assess",
            mediation="declined",
            certificate_on="2024-04-02",
            lodged_on="2024-04-22",
            notified_on="2024-04-29",
            responded_on="2024-06-07",
            closed_on="2024-10-14",
            outcome="dismissed",
            opposed="yes",
            state="closed",
            source="worked example",
        ),
        dict(
            case="T-102",
            child="000502",
            decided_on="2024-04-08",
            about="contents_and_placement",
            mediation="held",
            mediation_asked_on="2024-05-01",
            certificate_on="2024-05-20",
            mediation_held_on="2024-05-20",
            mediation_outcome="not_agreed",
            lodged_on="2024-06-03",
            notified_on="2024-06-10",
            responded_on="2024-07-12",
            closed_on="2024-12-09",
            outcome="allowed",
            opposed="yes",
            reason_lost="evidence_late",
            placed="special_independent",
            cost_before_gbp="10000.00",
            cost_after_gbp="60000.00",
            effective_from="2025-01-01",
            complied_on="2025-01-10",
            state="complied",
            source="worked example",
        ),
        dict(
            case="T-103",
            child="000503",
            decided_on="2024-09-02",
            about="placement",
            mediation="not_asked",
            lodged_on="2024-10-15",
            notified_on="2024-10-22",
            closed_on="2025-01-20",
            outcome="conceded",
            opposed="no",
            placed="special_state",
            cost_before_gbp="9000.00",
            cost_after_gbp="24000.00",
            effective_from="2025-02-01",
            complied_on="2025-02-03",
            state="complied",
            source="worked example",
        ),
    ),
    expects="""
        lodged | | | 2024-25 | 3
        open | | | 2025-04-02 | 0
        closed | | | 2024-25 | 3
        upheld_pct | | | 2024-25 | 50.0
        ended_before_hearing_pct | | | 2024-25 | 33.3
        mediations_held | | | 2024-25 | 1
        placed_after_appeal | | | 2024-25 | 2
        placed_after_appeal | | | 2024-12 | 1
        extra_cost_gbp | | | 2024-25 | 65000.00
        extra_in_year_gbp | | | 2024-25 | 14753.43
        late_responses | | | 2024-25 | 1
        late_compliance | | | 2024-25 | 0
    """,
)
