"""The register of savings: what is being done to spend less, what it should bring, and what it has brought."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.definitions._shared import S251_LINES, circles
from highneeds.registers.definitions.joint_funding import health_share
from highneeds.registers.definitions.tuition_packages import annual
from highneeds.registers.mechanism.column import code, deadline, month, refers, text, whole, year, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, gap, lacking, left_aside, total, worked
from highneeds.registers.mechanism.reckoning import common_day, months_in
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, must_all, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.period import FinancialYear, Month

CONFIDENCE = {"confident": "Confident", "likely": "Likely", "possible": "Possible", "idea": "Idea"}
KINDS = {"cashable": "Cashable saving", "avoided": "Cost avoided"}
GATES = ("equality_assessment", "consultation", "decision")
_SOURCE = "DfE Safety Valve monitoring template; Equality Act 2010, section 149"


@rule(
    "SAVINGS-01",
    severity=Severity.MUST_FIX,
    fix="Name the equality assessment, the consultation and the decision, or lower the confidence.",
    broken_by=dict(
        saving="s1", confidence="confident", equality_assessment="EqIA 12", consultation=None, decision="24/00012"
    ),
    holds_for=(dict(consultation="c1"), dict(confidence="likely")),
    also_broken_by=(dict(consultation="c1", equality_assessment=None), dict(consultation="c1", decision=None)),
    source=_SOURCE,
)
def a_confident_saving_has_passed_its_gates(row: RegisterRow) -> str | None:
    absent = [gate.replace("_", " ") for gate in GATES if not row[gate]]
    if row["confidence"] == "confident" and absent:
        return f"It is called confident without {', '.join(absent)}"
    return None


@rule(
    "SAVINGS-02",
    severity=Severity.MUST_FIX,
    fix="Name what shows it: a ledger line, a panel record, a contract.",
    broken_by=dict(saving="s1", realised_gbp=100_000_00, realised_evidence=None),
    holds_for=(dict(realised_evidence="ledger, March"), dict(realised_gbp=0)),
    source=_SOURCE,
)
def a_realised_saving_has_evidence(row: RegisterRow) -> str | None:
    return "A sum is realised and nothing shows it" if row["realised_gbp"] and not row["realised_evidence"] else None


@rule(
    "SAVINGS-03",
    severity=Severity.MUST_FIX,
    fix="Write the odds between 0 and 100.",
    broken_by=dict(saving="s1", chance_percent=Decimal("100.1")),
    holds_for=(dict(chance_percent=Decimal(100)), dict(chance_percent=Decimal(0)), dict(chance_percent=None)),
    also_broken_by=dict(chance_percent=Decimal("-0.1")),
    source=_SOURCE,
)
def odds_are_odds(row: RegisterRow) -> str | None:
    odds = row["chance_percent"]
    return f"The odds are {odds}%" if odds is not None and not 0 <= odds <= 100 else None


@rule(
    "SAVINGS-04",
    severity=Severity.MUST_FIX,
    fix="Write the share that this action has in common with the other, between 0 and 100, beside its name.",
    broken_by=dict(saving="s1", overlaps_with="s2", overlap_percent=None),
    holds_for=(dict(overlap_percent=Decimal(100)), dict(overlap_percent=Decimal(0)), dict(overlaps_with=None)),
    also_broken_by=(
        dict(overlap_percent=Decimal("100.1")),
        dict(overlap_percent=Decimal("-0.1")),
        dict(overlaps_with="s1", overlap_percent=Decimal(50)),
        dict(overlaps_with=None, overlap_percent=Decimal(50)),
    ),
    source=_SOURCE,
)
def an_overlap_has_both_its_parts(row: RegisterRow) -> str | None:
    share = row["overlap_percent"]
    if bool(row["overlaps_with"]) != (share is not None):
        return "An overlap needs the other action and the share"
    if row["overlaps_with"] == row["saving"]:
        return "It overlaps with itself"
    return f"The overlap is {share}%" if share is not None and not 0 <= share <= 100 else None


def effect(row: RegisterRow, at: Situation, year: FinancialYear) -> Any:
    """What an action brings in a year, in pence: by months, the first two years by their share where it is given."""
    amount = at.amount(row, "full_year_gbp")
    if amount is None:
        return None
    months = months_in(row["starts"], row["ends"], year)
    place = year.start - FinancialYear.of(row["starts"].first_day).start
    percent = {0: row["first_year_percent"], 1: row["second_year_percent"]}.get(place)
    if months and percent is not None:
        return amount * percent / Decimal(100)
    return Decimal(amount) * months / 12


def net_effect(row: RegisterRow, at: Situation, year: FinancialYear, rows: Sequence[RegisterRow]) -> Any:
    """The effect without what it has in common with the action that comes first."""
    own = effect(row, at, year)
    if own is None or not row["overlaps_with"] or row["overlap_percent"] is None:
        return own
    first = next((one for one in rows if one["saving"] == row["overlaps_with"] and _kept(one, at)), None)
    other = effect(first, at, year) if first else None
    return own if other is None else own - row["overlap_percent"] / Decimal(100) * min(own, other)


def _kept(row: RegisterRow, at: Situation) -> bool:
    return bool(row["stage"] != "dropped")


def _confident(row: RegisterRow, at: Situation) -> Any:
    return _kept(row, at) and row["confidence"] == "confident" and all(row[gate] for gate in GATES)


def _sum(rows: Sequence[RegisterRow], at: Situation, of: Any) -> MeasureValue:
    """Actions without an amount are left aside and said."""
    known = [(row, value) for row in rows if (value := of(row)) is not None]
    left = counted(rows) - counted(row for row, _ in known)
    reason = left_aside(left, counted(rows), "no amount", things="actions")
    if rows and not known:
        return gap(reason)
    return MeasureValue(sum(value for _, value in known), reason=reason)


def _gross(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    return _sum(rows, at, lambda row: effect(row, at, at.year))


def net(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """What actions bring in the year, each pound once."""
    return _sum(rows, at, lambda row: net_effect(row, at, at.year, at.others.get("savings", rows)))


def _overlap(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    gross, alone = _gross(rows, at), net(rows, at)
    return gross if gross.value is None else MeasureValue(gross.value - alone.value, reason=gross.reason)


def _expected(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    empty = [row for row in rows if row["chance_percent"] is None]
    if empty:
        return gap(lacking(empty, rows, "chance_percent"))
    return _sum(
        rows,
        at,
        lambda row: (
            None
            if (own := net_effect(row, at, at.year, at.others.get("savings", rows))) is None
            else own * row["chance_percent"] / Decimal(100)
        ),
    )


def _short_of(end: str) -> Any:
    def compute(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
        needed = at.fact("savings_needed")
        amount = needed.value if end == "low" else needed.high or needed.value
        alone = net(rows, at)
        if amount is None or alone.value is None:
            return gap(alone.reason or "savings_needed has no value")
        return MeasureValue(amount * 100 - alone.value, reason=alone.reason)

    return compute


def last_year(at: Situation) -> FinancialYear:
    """The last year of the agreement; of a bare file three years after the as-at year."""
    found = at.council.get("last_year")
    return found if found is not None else FinancialYear.of(at.as_at).plus(3)


def _to_date(row: RegisterRow, at: Situation) -> Decimal | None:
    amount = at.amount(row, "full_year_gbp")
    end = min(Month.of(at.as_at), row["ends"] or Month.of(at.as_at))
    return None if amount is None else Decimal(amount) * max(row["starts"].months_until(end) + 1, 0) / 12


def _claimed_twice(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        if not row["claims"] or row["stage"] == "dropped":
            continue
        claim = (row["claims"], row["claims_category"], FinancialYear.of(row["starts"].first_day))
        if claim in seen:
            yield row
        seen.add(claim)


def _claims_otherwise(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    from highneeds.registers.mechanism.measuring import measures_of
    from highneeds.registers.registry import registers

    for row in rows:
        if not row["claims"]:
            continue
        name, _, measure = row["claims"].partition(".")
        if name not in registers() or measure not in {one.name for one in registers()[name].measures}:
            yield row, "What it claims is no measure of a register"
            continue
        if row["full_year_gbp"] is None:
            continue
        there = Situation(
            registers()[name], at.as_at, at.others_of(name), at.others, at.settings, at.facts, day=at.as_at
        )
        year = str(FinancialYear.of(row["starts"].first_day))
        category = row["claims_category"] or ""
        found = [one for one in measures_of(there, measure) if one.category == category and one.period in (year, "")]
        if found and found[0].value.value is not None and abs(found[0].value.value - row["full_year_gbp"]) > 100:
            yield row, f"{row['claims']} comes to {found[0].shown}"


def _too_much_realised(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        effect_to_date = _to_date(row, at)
        if row["realised_gbp"] is not None and effect_to_date is not None and row["realised_gbp"] > effect_to_date:
            yield row


def _before_its_decision(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        decision = at.row_of("decisions", row["decision"]) if row["decision"] else None
        if decision is None:
            continue
        effective = decision["effective_on"]
        if row["starts"].last_day < effective if effective else row["starts"].first_day <= at.as_at:
            yield row


def _second_year(row: RegisterRow) -> bool:
    end = row["ends"] or Month(9999, 12)
    return bool(row["one_off"]) and FinancialYear.of(end.first_day) > FinancialYear.of(row["starts"].first_day)


_CLAIMS: tuple[tuple[str, str, str, str, Any], ...] = (
    ("contribution_checks", "commitment", "effective_from", "", lambda r, at: r["billed_gbp"] - r["agreed_gbp"]),
    ("joint_funding", "commitment", "starts_on", "ends_on", lambda r, at: health_share(r)),
    ("exceptional_need", "commitment", "starts_on", "ends_on", lambda r, at: r["agreed_gbp"]),
    ("tuition_packages", "commitment", "ends_on", "", annual),
)
"""Registers whose rows change what one commitment costs: since when, until when, and by how much a year."""


def _changes(at: Situation) -> Iterator[tuple[str, str, tuple[Any, Any], Decimal, RegisterRow]]:
    """(commitment, register, days, sum a year, row) of every change of money.

    Fee uplifts reach the provider's commitments, a post-16 move the one of its child.
    """
    for register, column, begins, ends, amount in _CLAIMS:
        for row in at.others.get(register, ()):
            try:
                changed = amount(row, at)
            except TypeError:
                continue  # a sum that is not filled in changes nothing yet
            if row[column] and row[begins] and changed:
                yield row[column], register, (row[begins], row[ends] if ends else None), Decimal(changed), row
    for uplift in at.others.get("fee_uplifts", ()):
        if uplift["outcome"] == "agreed" and uplift["effective_from"] and uplift["agreed_fee_gbp"] is not None:
            saved = Decimal(uplift["asked_fee_gbp"] - uplift["agreed_fee_gbp"]) * (uplift["units_per_year"] or 1)
            for one in at.others.get("commitments", ()):
                if one["provider"] == uplift["provider"] and (one["to_day"] or date.max) >= uplift["effective_from"]:
                    yield one["commitment"], "fee_uplifts", (uplift["effective_from"], one["to_day"]), saved, uplift
    for move in at.others.get("post16_placements", ()):
        if move["child"] and move["moved_on"] and not move.lacks(("annual_gbp", "after_gbp")):
            saved = Decimal(move["annual_gbp"] - move["after_gbp"])
            for one in at.others.get("commitments", ()):
                if (one["child"], one["provider"]) == (move["child"], move["provider"]):
                    yield one["commitment"], "post16_placements", (move["moved_on"], None), saved, move


def _one_pound_twice(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """Two registers that change what one commitment costs on a common day: the later one counts what is left."""
    seen: dict[str, list[tuple[str, tuple[Any, Any], Decimal]]] = {}
    for commitment, register, days, amount, row in sorted(_changes(at), key=lambda one: (one[2][0], one[1])):
        for other, then, before in seen.get(commitment, ()):
            if other != register and common_day(days, then):
                left = max(amount - before, Decimal(0))
                yield (
                    row,
                    f"{commitment} is claimed by {other} with £{before / 100:,.2f} and by {register} with "
                    f"£{amount / 100:,.2f} on a common day; the later counts £{left / 100:,.2f}, "
                    f"£{(amount - left) / 100:,.2f} is overlap",
                )
        seen.setdefault(commitment, []).append((register, days, amount))


_FEES = dict(
    saving="s1",
    title="Fees",
    owner_role="Commissioning",
    kind="avoided",
    starts="2024-04",
    confidence="likely",
    full_year_gbp="1200.00",
)


savings = Register(
    name="savings",
    title="Savings and recovery actions",
    unit="one action",
    source="DfE Safety Valve monitoring template; the council's medium-term financial plan",
    key="saving",
    named_by="title",
    help="Actions that reduce or avoid spend, counted once where two of them reach for the same pound.",
    columns=(
        Column("saving", "Short name", required=True),
        Column("title", "Action", required=True),
        Column("owner_role", "Owner (role)", required=True),
        Column("lever", "Lever", help="The forecast lever that prices it"),
        Column("kind", "Kind", Kind.CODE, required=True, codes=KINDS),
        Column("starts", "Starts", Kind.MONTH, required=True),
        Column("full_year_gbp", "Full-year effect", Kind.POUNDS, help="Empty where a published figure states it"),
        Column("first_year_percent", "First year's share", Kind.NUMBER, help="Empty: by months from the start"),
        Column("second_year_percent", "Second year's share", Kind.NUMBER, help="Empty: 100"),
        Column("confidence", "Confidence", Kind.CODE, required=True, codes=CONFIDENCE),
        Column("chance_percent", "Odds", Kind.NUMBER),
        Column("overlaps_with", "Overlaps with", help="Short name of the action that comes first"),
        Column("overlap_percent", "Share in common", Kind.NUMBER),
        Column("realised_gbp", "Realised to date", Kind.POUNDS),
        Column("realised_evidence", "What shows it"),
        Column("equality_assessment", "Equality assessment"),
        Column("consultation", "Consultation"),
        Column("decision", "Decision"),
        Column("figures", "Figure it rests on", help="Id of the fact that states the amount"),
        Column("source", "Source"),
        code("stage", "idea|scoped|approved|delivering|delivered|dropped"),
        month("ends"),
        yes_no("one_off"),
        code("line", S251_LINES, "Section 251 line"),
        year("price_base"),
        text("claims", help="register.measure, where a register shows the saving"),
        text("claims_category", help="The category, where only one is meant"),
        refers("milestone", "milestones"),
        refers("investment", "investments"),
        whole("condition"),
        deadline("review_on"),
    ),
    rules=(
        a_confident_saving_has_passed_its_gates,
        a_realised_saving_has_evidence,
        odds_are_odds,
        an_overlap_has_both_its_parts,
        must(
            "10",
            "It is called one-off and has an effect in a second year",
            _second_year,
            _FEES | dict(one_off="yes", ends="2025-04"),
            holds_for=dict(ends="2025-03"),
            fix="Give the month in which it ends, or call it lasting.",
        ),
    ),
    example=(
        {
            "saving": "fees",
            "title": "Hold fee uplifts to the framework",
            "owner_role": "Head of Commissioning",
            "kind": "avoided",
            "starts": "2025-09",
            "full_year_gbp": "1200000.00",
            "confidence": "likely",
            "chance_percent": "70",
            "source": "worked example",
        },
    ),
    systems="A9",
    kept_by="programme_manager finance_partner",
    decides="section_151",
    used="Monthly, and at each report",
    ladder=ladder(
        "idea < scoped < approved < delivering(starts) < delivered", column="stage", side="dropped", ends="delivered"
    ),
    moves=moves(
        "scoped > approved D: decision equality_assessment consultation",
        "approved > delivering K",
        "delivering > delivered D: realised_gbp realised_evidence",
        "any > dropped D",
    ),
    whole_rules=(
        must_all(
            "05",
            "Two actions claim the same measure, category and year",
            _claimed_twice,
            (
                _FEES | dict(claims="fee_uplifts.avoided_gbp"),
                _FEES | dict(saving="s2", claims="fee_uplifts.avoided_gbp"),
            ),
            holds_for=dict(claims_category="day"),
            fix="Let one action claim it, or split it by category.",
        ),
        query_all(
            "06",
            "The full-year effect differs from the measure it claims",
            _claims_otherwise,
            (_FEES | dict(claims="fee_uplifts.avoided_gbp"),),
            holds_for={"fee_uplifts.asked_fee_gbp": "1211.00"},
            others={
                "fee_uplifts": (
                    dict(
                        uplift="u",
                        provider="Oak",
                        financial_year="2024-25",
                        places="1",
                        outcome="agreed",
                        present_fee_gbp="10.00",
                        asked_fee_gbp="1211.01",
                        agreed_fee_gbp="10.00",
                    ),
                )
            },
            fix="Correct the effect, or the register that it rests on.",
        ),
        query_all(
            "07",
            "More is realised than the effect to date",
            _too_much_realised,
            (_FEES | dict(realised_gbp="1300.01"),),
            holds_for=dict(realised_gbp="1300.00"),
            fix="Check the sum, the start and the full-year effect.",
        ),
        query_all(
            "08",
            "It starts before its decision takes effect",
            _before_its_decision,
            (_FEES | dict(decision="d1"),),
            holds_for={"decisions.effective_on": "2024-04-30"},
            others={"decisions": (dict(decision="d1", effective_on="2024-05-01"),)},
            fix="Move the start, or correct the decision.",
        ),
        must_all(
            "09",
            "Overlaps run in a circle",
            lambda rows, at: circles(rows, "saving", "overlaps_with"),
            (_FEES | dict(overlaps_with="s2"), _FEES | dict(saving="s2", overlaps_with="s1")),
            fix="Say which action comes first.",
        ),
        query_all(
            "11",
            "A commitment is claimed twice",
            _one_pound_twice,
            (_FEES,),
            others={
                "contribution_checks": (
                    dict(
                        check="k1",
                        commitment="c1",
                        billed_gbp="900.00",
                        agreed_gbp="800.00",
                        effective_from="2025-01-01",
                    ),
                ),
                "joint_funding": (
                    dict(
                        application="j1",
                        commitment="c1",
                        annual_cost_gbp="900.00",
                        health_percent="10",
                        starts_on="2025-01-01",
                    ),
                ),
            },
            fix="Let the later one count what the earlier leaves.",
        ),
        query_all(
            "12",
            "Its prices are of another year than the one in which it is added",
            lambda rows, at: [
                r
                for r in rows
                if r["price_base"] is not None and r["price_base"] != FinancialYear.of(r["starts"].first_day)
            ],
            (_FEES | dict(price_base="2023-24"),),
            holds_for=dict(price_base="2024-25"),
            fix="Bring the effect to the prices of its first year.",
        ),
    ),
    measures=(
        worked(
            "gross_gbp",
            "effects of the actions in the year",
            "fy; kind, confidence",
            _gross,
            unit="gbp",
            where=_kept,
            since="starts",
            until=last_year,
        ),
        worked(
            "overlap_gbp",
            "what the effects have in common",
            "fy",
            _overlap,
            unit="gbp",
            where=_kept,
            since="starts",
            until=last_year,
        ),
        worked(
            "net_gbp",
            "effects less what they have in common",
            "fy; kind, confidence, condition",
            net,
            unit="gbp",
            where=_kept,
            since="starts",
            until=last_year,
        ),
        worked(
            "confident_gbp",
            "net of the confident actions that have passed their three gates",
            "fy",
            lambda rows, at: net([r for r in rows if _confident(r, at)], at),
            unit="gbp",
            where=_kept,
            since="starts",
            until=last_year,
        ),
        worked("expected_gbp", "net x odds", "fy", _expected, unit="gbp", where=_kept, since="starts", until=last_year),
        total(
            "realised_gbp",
            "sums realised to date; empty is none",
            "as_at; kind",
            needs="realised_gbp",
            empty_is_none=True,
            where=_kept,
        ),
        worked(
            "short_of_low_gbp",
            "least that is needed a year less net; below 0 is more than needed",
            "fy",
            _short_of("low"),
            unit="gbp",
            where=_kept,
            since="starts",
            until=last_year,
        ),
        worked(
            "short_of_high_gbp",
            "most that is needed a year less net; below 0 is more than needed",
            "fy",
            _short_of("high"),
            unit="gbp",
            where=_kept,
            since="starts",
            until=last_year,
        ),
    ),
    headline="Savings of {net_gbp} are on record for {year}; {confident_gbp} of it can be called confident.",
    feeds=(
        Feed("account", "savings", "against need, and odds"),
        Feed("forecast", "scenario", "named in `lever`"),
        Feed("report", "board", "the pipeline"),
    ),
    expects="""
        gross_gbp | | | 2025-26 | 700000.00
        net_gbp | | | 2026-27 | 1200000.00
        confident_gbp | | | 2026-27 | 0.00
        expected_gbp | | | 2026-27 | 840000.00
        realised_gbp | | | 2025-04-02 | 0.00
        short_of_low_gbp | | | 2026-27 | the fact savings_needed is not given
    """,
)
