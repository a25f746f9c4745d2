"""The register of exceptional pupil need: what schools ask on top of a place, and what the panel decides."""

from collections.abc import Iterator, Sequence

from highneeds.registers.definitions._shared import PANEL_DECISIONS, same_child
from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, deadline, key, pounds, refers, text
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, pct, total, worked
from highneeds.registers.mechanism.reckoning import in_year
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation

SETTINGS = {"srp": "Resourced provision or SEN unit", "special": "Special school", "mainstream": "Mainstream school"}
DECISIONS = PANEL_DECISIONS


def _granted(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "agreed part")


def _repeat(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    schools: dict[str, int] = {}
    for row in rows:
        schools[row["school"]] = schools.get(row["school"], 0) + row.n
    number = sum(requests >= 3 for requests in schools.values())
    return MeasureValue(number, part=number)


def _not_in_the_book(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    known = {one["commitment"] for one in at.others_of("commitments")}
    for row in rows:
        if row["decision"] in ("agreed", "part") and row["commitment"] not in known:
            yield row


_AGREED = dict(
    request="r1",
    child="1",
    decision="agreed",
    decided_on="2024-10-24",
    requested_on="2024-10-03",
    starts_on="2024-11-01",
    ends_on="2025-03-31",
    asked_gbp="9000.00",
    agreed_gbp="9000.00",
    school="Elm",
    setting="special",
)

exceptional_need = Register(
    name="exceptional_need",
    title="Exceptional pupil need",
    unit="one request",
    source="Panel records; high needs funding",
    key="request",
    named_by="school",
    help="Requests of resourced provisions and special schools for more than the place pays; local references only.",
    systems="F7 A11",
    kept_by="finance_partner",
    decides="condition_owner section_151",
    used="The month of the panel",
    klass="casework",
    columns=(
        key("request", "Reference"),
        text("school*"),
        code("setting*", SETTINGS, "Kind of setting"),
        day("requested_on*"),
        pounds("asked_gbp*", "Asked for a year"),
        code("decision*", DECISIONS),
        day("decided_on"),
        pounds("agreed_gbp", "Agreed for a year"),
        deadline("ends_on", help="The day to renew it by"),
        child(),
        text("urn", "URN"),
        code("reason", "one_to_one|medical|behaviour|equipment|therapy|other"),
        day("starts_on"),
        refers("commitment", "commitments"),
        deadline("review_on"),
    ),
    ladder=ladder("pending(requested_on) < agreed|part|declined(decided_on)", column="decision", ends="declined"),
    moves=moves("pending > agreed|part D: decided_on agreed_gbp", "pending > declined D: decided_on"),
    clocks=(clock("panel", "requested_on", days="panel_days", stops="decided_on"),),
    rules=(
        must(
            "01",
            "It is agreed and no sum is given",
            lambda r: r["decision"] in ("agreed", "part") and r["agreed_gbp"] is None,
            dict(request="r1", decision="agreed", agreed_gbp=None),
            fix="Give the sum agreed for a year.",
        ),
        must(
            "02",
            "It is decided and has no day",
            lambda r: r["decision"] != "pending" and not r["decided_on"],
            dict(request="r1", decision="declined", decided_on=None),
            fix="Give the day of the panel.",
        ),
        query(
            "03",
            "More is agreed than asked, or it is agreed in part and in full",
            lambda r: (
                r["agreed_gbp"] > r["asked_gbp"] or (r["decision"] == "part" and r["agreed_gbp"] == r["asked_gbp"])
            ),
            dict(request="r1", decision="part", asked_gbp="9000.00", agreed_gbp="9000.00"),
            holds_for=dict(agreed_gbp="8999.99"),
            given="agreed_gbp asked_gbp",
            fix="Correct the sums or the decision.",
        ),
        must(
            "04",
            "It is decided before it was requested, or ends before it starts",
            lambda r: (
                (r["decided_on"] and r["requested_on"] and r["decided_on"] < r["requested_on"])
                or (r["ends_on"] and r["starts_on"] and r["ends_on"] < r["starts_on"])
            ),
            dict(request="r1", requested_on="2024-10-03", decided_on="2024-10-02"),
            holds_for=dict(decided_on="2024-10-03"),
            fix="Correct whichever day is wrong.",
        ),
    ),
    whole_rules=(
        query_all(
            "05",
            "One child has two agreed requests on a common day",
            lambda rows, at: same_child(
                [r for r in rows if r["decision"] in ("agreed", "part")], "starts_on", "ends_on"
            ),
            (_AGREED, _AGREED | dict(request="r2", starts_on="2025-03-31", ends_on="")),
            holds_for=dict(starts_on="2025-04-01"),
            fix="End the first before the second begins.",
        ),
        query_all(
            "06",
            "It is agreed and no commitment holds it",
            _not_in_the_book,
            (_AGREED,),
            others={"commitments": ()},
            fix="Put it into the commitment book and name the commitment.",
        ),
    ),
    measures=(
        count("requests", "every request", "fy(requested_on); setting, decision, reason"),
        pct(
            "agreed_pct",
            "agreed and part, of decided",
            "fy(requested_on); setting",
            _granted,
            lambda r, at: at.is_(r, "agreed part declined"),
        ),
        total("agreed_gbp", "sums agreed, a year", "fy(requested_on); setting", needs="agreed_gbp", where=_granted),
        total(
            "in_year_gbp",
            "sums agreed for the days of the year from their start to their end or 31 March",
            "fy; setting",
            lambda r, at: in_year(r["agreed_gbp"], r["starts_on"], r["ends_on"], at.year),
            needs="agreed_gbp starts_on",
            where=_granted,
            aside=True,
            since="starts_on",
        ),
        total(
            "pending_gbp",
            "sums asked that are not decided",
            "as_at; setting",
            needs="asked_gbp",
            where=lambda r, at: at.is_(r, "pending"),
        ),
        worked("repeat_schools", "schools with three requests or more in the year", "fy(requested_on)", _repeat),
    ),
    headline="{requests:request|requests} in {year}, {agreed_pct} agreed; {in_year_gbp} of the cost falls in the year.",
    feeds=(Feed("account", "variance", "a driver by name"), Feed("forecast", "lines 1.2.1 and 1.2.2", "special")),
    example=(
        dict(
            request="EPN-0042",
            school="Elm School",
            setting="special",
            requested_on="2024-10-03",
            asked_gbp="18000.00",
            decision="part",
            decided_on="2024-10-24",
            agreed_gbp="9000.00",
            starts_on="2024-11-01",
            reason="one_to_one",
            source="worked example",
        ),
    ),
    expects="""
        requests | | | 2024-25 | 1
        agreed_pct | | | 2024-25 | 100.0
        agreed_gbp | | | 2024-25 | 9000.00
        in_year_gbp | | | 2024-25 | 3723.29
        in_year_gbp | setting | special | 2024-25 | 3723.29
        pending_gbp | | | 2025-04-02 | 0.00
        repeat_schools | | | 2024-25 | 0
    """,
)
