"""The register of requests that follow the tax on independent schools."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, key, pounds, refers, text, yes_no
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, pct, ratio, total, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import Month

SINCE = Month(2025, 1)
"""Fees of independent schools carry VAT since 1 January 2025: Finance Act 2025."""


def _decided(row: RegisterRow, at: Situation) -> bool:
    known = row["decided_on"] is None or row["decided_on"] <= at.day
    return known and row["decision"] in ("agreed", "part", "declined")


def _agreed(row: RegisterRow, at: Situation) -> bool:
    return _decided(row, at) and row["decision"] != "declined"


def _assessment(row: RegisterRow, at: Situation) -> bool:
    return bool(row["asks_for"] == "assessment")


def _share(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    if not rows:
        return gap("nothing in the whole")
    whole = at.observation("requests_received", Month.of(rows[0]["received_on"]))
    return ratio(counted(row for row in rows if row["asks_for"] == "assessment"), whole)


def _change(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """Mean of the twelve months from January 2025 less the mean of the twelve before."""
    known = [row for row in rows if row["received_on"] <= at.as_at]
    if (
        at.as_at < SINCE.plus(11).last_day
        or not known
        or min(Month.of(r["received_on"]) for r in known) > SINCE.plus(-12)
    ):
        return gap("fewer than twelve months on both sides of January 2025")
    after = counted(r for r in known if SINCE <= Month.of(r["received_on"]) < SINCE.plus(12))
    before = counted(r for r in known if SINCE.plus(-12) <= Month.of(r["received_on"]) < SINCE)
    return MeasureValue(Decimal(after - before) / 12)


def _vat_looks_included(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    fees = {one["provider"]: one["annual_cost_gbp"] for one in at.others_of("commitments")}
    for row in rows:
        fee = fees.get(row["school"])
        if fee and row["annual_gbp"] is not None and abs(row["annual_gbp"] - fee * Decimal("1.2")) <= 100:
            yield row


def _not_in_the_book(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    known = {one["child"] for one in at.others_of("commitments")}
    yield from (row for row in rows if _agreed(row, at) and row["child"] not in known)


_REQUEST = dict(
    request="v1",
    child="1",
    received_on="2025-02-03",
    asks_for="school_named",
    parent_pays="yes",
    decision="agreed",
    decided_on="2025-02-20",
    school="Oak",
    annual_gbp="24000.00",
)

vat_requests = Register(
    name="vat_requests",
    title="Requests from families in independent schools",
    unit="one request from a parent whose child is already in an independent school",
    source="Panel records; VAT on independent school fees since 1 January 2025",
    key="request",
    named_by="school",
    help="Requests for assessment, naming or funding from families who pay an independent school.",
    begins="received_on",
    systems="D13",
    kept_by="condition_owner",
    used="Monthly",
    klass="casework",
    columns=(
        key("request"),
        child(),
        day("received_on*"),
        text("school"),
        text("urn", "URN"),
        code("asks_for*", "assessment|school_named|part_funding"),
        yes_no("parent_pays*"),
        code("support_shown", "yes|partly|no"),
        day("decided_on"),
        code("decision*", "pending|agreed|part|declined|withdrawn"),
        code("named", "independent|state|none"),
        pounds("annual_gbp", unit="a year", help="Net of VAT, which the council reclaims"),
        refers("appeal", "appeals"),
    ),
    clocks=(
        clock("decision", "received_on", days=42, stops="decided_on", basis="statutory", where=_assessment),
        clock(
            "decision",
            "received_on",
            days="answer_days",
            stops="decided_on",
            where=lambda r, at: not _assessment(r, at),
        ),
    ),
    rules=(
        must(
            "01",
            "It is decided without its day",
            lambda r: r["decision"] in ("agreed", "part", "declined") and r["decided_on"] is None,
            _REQUEST | dict(decided_on=""),
            fix="Give the day of the decision.",
        ),
        must(
            "02",
            "An independent school is named and there is no cost",
            lambda r: r["named"] == "independent" and r["annual_gbp"] is None,
            _REQUEST | dict(named="independent", annual_gbp=""),
            fix="Give the cost a year, net of VAT.",
        ),
        must(
            "06",
            "The parent does not pay and a school is to be named: an ordinary change of placement",
            lambda r: r["parent_pays"] is False and r["asks_for"] == "school_named",
            _REQUEST | dict(parent_pays="no"),
            fix="Take it out of this register.",
        ),
    ),
    whole_rules=(
        query_all(
            "05",
            "An assessment is asked for that the caseload does not know",
            lambda rows, at: [
                r
                for r in rows
                if at.caseload() is not None and r["asks_for"] == "assessment" and r["child"] not in at.caseload()
            ],
            (_REQUEST | dict(asks_for="assessment"),),
            cases={},
            fix="Enter the request in the case system.",
        ),
        query_all(
            "03",
            "The cost is the school's fee and 20%: is VAT included?",
            _vat_looks_included,
            (_REQUEST,),
            holds_for=dict(annual_gbp="23998.99"),
            others={"commitments": (dict(commitment="c1", provider="Oak", annual_cost_gbp="20000.00"),)},
            fix="Write the cost net of VAT: the council reclaims it.",
        ),
        query_all(
            "04",
            "It is agreed and no commitment holds it",
            _not_in_the_book,
            (_REQUEST,),
            others={"commitments": ()},
            fix="Put it into the commitment book.",
        ),
    ),
    measures=(
        count("requests", "requests received", "month(received_on); asks_for"),
        worked(
            "share_pct",
            "those for assessment, of all requests received in the month",
            "month(received_on)",
            _share,
            unit="percent",
        ),
        pct(
            "agreed_pct",
            "agreed and part, of decided",
            "fy(received_on); asks_for",
            _agreed,
            _decided,
        ),
        total("annual_gbp", "cost a year of agreed and part", "fy(received_on)", needs="annual_gbp", where=_agreed),
        worked(
            "monthly_change",
            "requests a month in the year from January 2025 less the year before",
            "all",
            _change,
            decimals=1,
        ),
    ),
    headline="{requests:request|requests} in the month; {agreed_pct} of those decided in {year} were agreed.",
    feeds=(Feed("report", "risk 2", "a factor"), Feed("forecast", "requests", "a note")),
    example=(
        dict(
            request="V-01",
            child="000951",
            received_on="2025-01-13",
            school="Oak House School",
            asks_for="school_named",
            parent_pays="yes",
            support_shown="partly",
            decided_on="2025-02-06",
            decision="declined",
            named="none",
            source="worked example",
        ),
        dict(
            request="V-02",
            child="000952",
            received_on="2025-02-03",
            school="Oak House School",
            asks_for="part_funding",
            parent_pays="yes",
            support_shown="yes",
            decided_on="2025-02-27",
            decision="part",
            named="independent",
            annual_gbp="12000.00",
            source="worked example",
        ),
    ),
    expects="""
        requests | | | 2025-01 | 1
        agreed_pct | | | 2024-25 | 50.0
        annual_gbp | | | 2024-25 | 12000.00
        share_pct | | | 2025-01 | no indicators are given
        monthly_change | | | | fewer than twelve months on both sides of January 2025
    """,
)
