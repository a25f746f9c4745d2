"""The register of health agreements: the map of who pays for which health support."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.registers.definitions.joint_funding import icb_cut
from highneeds.registers.mechanism.column import code, day, deadline, key, pounds, refers, text
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, lacking, listed, ratio, tally, total, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation

SERVICES = {
    "speech_language": "Speech and language therapy",
    "occupational": "Occupational therapy",
    "physiotherapy": "Physiotherapy",
    "nursing": "Nursing",
    "mental_health": "Mental health",
    "equipment": "Equipment",
    "continuing_care": "Continuing care",
    "neurodiversity": "Neurodiversity",
    "other": "Other",
}
THERAPIES = ("speech_language", "occupational", "physiotherapy")


def _in_force(row: RegisterRow, at: Situation) -> bool:
    return at.is_(row, "in_force") and at.live(row, "starts_on", "ends_on")


def _gaps(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    """Pairs of service and area with none in force; 'all' covers every area."""
    areas = at.setting("areas")
    held = {(row["service"], row["area"]) for row in rows}
    missing = {
        service: sum((service, area) not in held and (service, "all") not in held for area in areas)
        for service in SERVICES
        if service != "other"
    }
    yield "total", "", MeasureValue(sum(missing.values()), part=sum(missing.values()))
    for service, number in missing.items():
        if number:
            yield "service", service, MeasureValue(number, part=number)


def pairs_named(rows: Sequence[RegisterRow], keyed: str) -> set[frozenset[str]]:
    """Unordered pairs named in `duplicates`, each once."""
    return {frozenset((row[keyed], other)) for row in rows for other in _others(row, keyed)}


def _others(row: RegisterRow, keyed: str) -> list[str]:
    return [one for one in (row["duplicates"] or "").split() if one != row[keyed]]


def _balance(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    therapies = [row for row in rows if row["service"] in THERAPIES]
    empty = [row for row in therapies if row.lacks(("icb_gbp", "council_gbp"))]
    if empty:
        return gap(lacking(empty, therapies, empty[0].lacks(("icb_gbp", "council_gbp"))))
    council = sum(row["council_gbp"] for row in therapies)
    return ratio(council, council + sum(row["icb_gbp"] for row in therapies), money=True)


def _one_sided(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    named = {row["agreement"]: (row["duplicates"] or "").split() for row in rows}
    for row in rows:
        if any(row["agreement"] not in named.get(other, [row["agreement"]]) for other in named[row["agreement"]]):
            yield row


def _paid_twice(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: dict[tuple[str, ...], list[RegisterRow]] = {}
    named = pairs_named(rows, "agreement")
    for row in rows:
        if row["state"] != "in_force":
            continue
        before = seen.setdefault((row["service"], row["area"], row["phase"]), [])
        if any(one["funder"] != row["funder"] and {one["agreement"], row["agreement"]} not in named for one in before):
            yield row
        before.append(row)


_HELD = dict(
    agreement="a1",
    title="Therapy",
    kind="contract",
    service="physiotherapy",
    funder="icb",
    area="all",
    phase="all",
    starts_on="2024-04-01",
    state="in_force",
)

health_agreements = Register(
    name="health_agreements",
    title="Health agreements",
    unit="one agreement",
    source="Joint commissioning; section 75 agreements, contracts and memoranda",
    key="agreement",
    named_by="title",
    help="Who pays for which health support, where, until when, and where nobody or two pay.",
    systems="F13 F12",
    kept_by="condition_owner",
    decides="director",
    used="Quarterly joint commissioning",
    columns=(
        key("agreement"),
        text("title*"),
        code(
            "kind*",
            {
                "section_75": "Section 75 agreement",
                "contract": "Contract",
                "sla": "Service level agreement",
                "memorandum": "Memorandum",
                "informal": "Informal",
            },
        ),
        code("service*", SERVICES),
        code(
            "funder*",
            {
                "icb": "Integrated care board",
                "council_dsg": "Council, schools grant",
                "council_general": "Council, general fund",
                "school": "Schools",
                "joint": "Joint",
            },
        ),
        text("provider"),
        text("area*", codes_from="areas", help="One of the areas, or all"),
        code("phase*", "early_years|primary|secondary|post16|all"),
        pounds("icb_gbp", "Integrated care board", unit="a year"),
        pounds("council_gbp", "Council", unit="a year"),
        refers("duplicates", "health_agreements", several=True),
        day("starts_on*"),
        day("ends_on"),
        deadline("review_on"),
        code("state*", "draft|in_force|ended"),
    ),
    ladder=ladder("draft < in_force(starts_on) < ended(ends_on)", ends="ended"),
    moves=moves(
        "draft > in_force D",
        "draft > in_force D if kind=section_75: icb_gbp council_gbp",
        "draft > in_force D if funder=joint: icb_gbp council_gbp",
        "draft > in_force D if funder=icb: icb_gbp",
        "draft > in_force D if funder=council_dsg|council_general: council_gbp",
    ),
    clocks=(),
    rules=(
        must(
            "02",
            "It is joint or under section 75 and lacks one of the two sums",
            lambda r: (
                (r["funder"] == "joint" or r["kind"] == "section_75")
                and (r["icb_gbp"] is None or r["council_gbp"] is None)
            ),
            dict(agreement="a1", kind="section_75", icb_gbp="100.00"),
            fix="Give what each of the two pays in a year.",
        ),
        query(
            "05",
            "There is a sum and the funder does not pay it",
            lambda r: (
                (r["funder"] == "icb" and r["council_gbp"])
                or (r["funder"] in ("council_dsg", "council_general") and r["icb_gbp"])
                or (r["funder"] == "school" and (r["icb_gbp"] or r["council_gbp"]))
            ),
            dict(agreement="a1", funder="icb", council_gbp="0.01"),
            fix="Correct the funder or the sum.",
        ),
    ),
    whole_rules=(
        query_all(
            "01",
            "It is in force past its end",
            lambda rows, at: [r for r in rows if r["state"] == "in_force" and r["ends_on"] and r["ends_on"] < at.as_at],
            (_HELD | dict(ends_on="2025-04-01"),),
            holds_for=dict(ends_on="2025-04-02"),
            fix="Renew it, or end it.",
        ),
        query_all(
            "03",
            "Duplicates are named on one side only",
            _one_sided,
            (_HELD | dict(duplicates="a2"), _HELD | dict(agreement="a2", area="North")),
            fix="Name the other agreement in both rows.",
        ),
        query_all(
            "04",
            "The same service, area and phase is in force twice with different funders",
            _paid_twice,
            (_HELD, _HELD | dict(agreement="a2", funder="joint")),
            holds_for=dict(funder="icb"),
            fix="Agree who pays, or name them as duplicates.",
        ),
    ),
    measures=(
        count("in_force", "agreements in force on the day", "as_at; service, funder, kind", _in_force),
        total(
            "icb_gbp",
            "what the integrated care board pays in a year",
            "as_at; service",
            needs="icb_gbp",
            where=_in_force,
        ),
        total("council_gbp", "what the council pays in a year", "as_at; service", needs="council_gbp", where=_in_force),
        total(
            "exposed_gbp",
            "the board's sums x its cut",
            "as_at; service",
            lambda r, at: Decimal(r["icb_gbp"]) * icb_cut(at) / 100,
            needs="icb_gbp",
            where=_in_force,
        ),
        listed("gaps", "pairs of service and area with none in force", "as_at", _gaps, where=_in_force),
        tally(
            "duplicates",
            "pairs named as duplicates, each once",
            "as_at",
            lambda rows, at: len(pairs_named(rows, "agreement")),
        ),
        worked(
            "therapy_balance_pct",
            "council's sums of the three therapies, of council's and board's",
            "as_at",
            _balance,
            where=_in_force,
            unit="percent",
        ),
    ),
    headline=(
        "{in_force:agreement is|agreements are} in force; {gaps:service or area lacks|services and areas lack} one."
    ),
    feeds=(Feed("assurance", "condition 9", "evidence"), Feed("report", "benchmark line 1.2.13", "therapies")),
    example=(
        dict(
            agreement="salt-north",
            title="Speech and language therapy, north",
            kind="section_75",
            service="speech_language",
            funder="joint",
            area="North",
            phase="all",
            icb_gbp="600000.00",
            council_gbp="400000.00",
            starts_on="2024-04-01",
            ends_on="2027-03-31",
            review_on="2025-10-01",
            state="in_force",
            source="worked example",
        ),
        dict(
            agreement="ot",
            title="Occupational therapy",
            kind="contract",
            service="occupational",
            funder="icb",
            area="all",
            phase="all",
            icb_gbp="200000.00",
            council_gbp="0.00",
            starts_on="2023-04-01",
            state="in_force",
            source="worked example",
        ),
    ),
    example_settings={"areas": ("North", "South")},
    expects="""
        in_force | | | 2025-04-02 | 2
        icb_gbp | | | 2025-04-02 | 800000.00
        council_gbp | | | 2025-04-02 | 400000.00
        exposed_gbp | | | 2025-04-02 | 400000.00
        gaps | total | | 2025-04-02 | 13
        gaps | service | speech_language | 2025-04-02 | 1
        duplicates | | | 2025-04-02 | 0
        therapy_balance_pct | | | 2025-04-02 | 33.3
    """,
)
