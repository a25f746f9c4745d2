"""The register of tariff profiles: pupils on the old and the new model, school by school."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.definitions._shared import rows_in_force
from highneeds.registers.mechanism.column import child, code, day, key, number, pounds, refers, text, year
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, pct, ratio, total, worked
from highneeds.registers.mechanism.measuring import known
from highneeds.registers.mechanism.reckoning import round_to_total
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must_all, query, query_all, twice
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.rounding import round_half_away


class School:
    """What the pupils of one school cost on the old and the new model, in pence."""

    def __init__(self) -> None:
        self.old = self.new = Decimal(0)


def _schools(rows: Sequence[RegisterRow], at: Situation) -> dict[str, School]:
    rates = {one["descriptor"]: one["annual_gbp"] for one in at.others_of("tariff_descriptors")}
    found: dict[str, School] = {}
    for row in rows:
        school = found.setdefault(row["school"], School())
        if row["descriptor"] not in rates:
            raise NotAtHand(f"the descriptor of {row['profile']} is not given")
        school.old += round_half_away(row["old_rate_gbp"] * row["fte"])
        school.new += round_half_away(rates[row["descriptor"]] * row["fte"])
    return found


def _protected(school: School, at: Situation) -> Decimal:
    floor = school.old * (1 + Decimal(at.setting("protection_floor_percent")) / 100)
    return max(school.new, floor)


def _budget(schools: Mapping[str, School], at: Situation) -> Decimal:
    given = at.settings.get("model_budget_gbp")
    return sum((one.old for one in schools.values()), Decimal(0)) if given is None else Decimal(given) * 100


def scale(schools: Mapping[str, School], at: Situation) -> Decimal:
    """k: the part of their gains that schools keep so that the budget holds; 1 where it holds without."""
    protected = {name: _protected(one, at) for name, one in schools.items()}
    budget = _budget(schools, at)
    if sum(protected.values()) <= budget:
        return Decimal(1)
    gaining = [name for name, one in schools.items() if one.new > one.old]
    gains = sum((schools[name].new - schools[name].old for name in gaining), Decimal(0))
    fixed = sum((protected[name] for name in schools if name not in gaining), Decimal(0))
    olds = sum((schools[name].old for name in gaining), Decimal(0))
    return (budget - fixed - olds) / gains if gains else Decimal(0)


def final(schools: Mapping[str, School], at: Situation) -> dict[str, int]:
    """What each school gets, in pence; with gains scaled the sums add exactly to the budget."""
    k = scale(schools, at)
    exact = {
        name: one.old + k * (one.new - one.old) if k != 1 and one.new > one.old else _protected(one, at)
        for name, one in schools.items()
    }
    if k == 1:
        return {name: int(round_half_away(amount)) for name, amount in exact.items()}
    return round_to_total(int(_budget(schools, at)), exact)


def _years(at: Situation, rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Every row of the year of `rows`: protection is reckoned over all schools."""
    year_ = rows[0]["financial_year"]
    return [row for row in known(at) if row["financial_year"] == year_]


def _final(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    if not rows:
        return gap("nothing in the whole")
    shares = final(_schools(_years(at, rows), at), at)
    return MeasureValue(sum(shares[name] for name in {row["school"] for row in rows}))


def _model(which: str) -> Any:
    return lambda rows, at: MeasureValue(sum((getattr(one, which) for one in _schools(rows, at).values()), Decimal(0)))


def _protection(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    return MeasureValue(sum((_protected(one, at) - one.new for one in _schools(rows, at).values()), Decimal(0)))


def _change(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    after, old = _final(rows, at), sum((one.old for one in _schools(rows, at).values()), Decimal(0))
    return after if after.value is None else ratio(after.value - old, old, money=True)


def _winners(gaining: bool) -> Any:
    def compute(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
        if not rows:
            return MeasureValue(0, part=0)
        schools = _schools(_years(at, rows), at)
        shares = final(schools, at)
        number = sum(shares[name] > one.old if gaining else shares[name] < one.old for name, one in schools.items())
        return MeasureValue(number, part=number)

    return compute


def _scale(rows: Sequence[RegisterRow], at: Situation) -> Any:
    return scale(_schools(rows, at), at) if rows else None


def _alike(named: RegisterRow, descriptors: Sequence[RegisterRow]) -> list[RegisterRow]:
    """The levels of the same version, group and need."""
    scale_of = (named["version"], named["group"], named["need"])
    return [one for one in descriptors if (one["version"], one["group"], one["need"]) == scale_of]


def _match(row: RegisterRow, descriptors: Sequence[RegisterRow]) -> str | None:
    """The level with the greatest score that the need reaches, in the group and need of the descriptor named."""
    named = next((one for one in descriptors if one["descriptor"] == row["descriptor"]), None)
    if named is None:
        return None
    alike = [one for one in _alike(named, descriptors) if one["score_from"] <= row["need_score"]]
    return max(alike, key=lambda one: one["score_from"])["descriptor"] if alike else None


def _other_level(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    descriptors = at.others_of("tariff_descriptors")
    for row in rows:
        found = _match(row, descriptors)
        if found is not None and found != row["descriptor"] and row["moderation"] in ("none", "agreed"):
            yield row


def _below_the_scale(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    """The lowest level is that of the descriptor's version, group and need; without a descriptor that of the group."""
    descriptors = at.others_of("tariff_descriptors")
    for row in rows:
        named = next((one for one in descriptors if one["descriptor"] == row["descriptor"]), None)
        alike = _alike(named, descriptors) if named else [d for d in descriptors if d["group"] in (row["group"], "all")]
        if alike and row["need_score"] < min(one["score_from"] for one in alike):
            yield row


def _much_moderated(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    schools: dict[str, list[RegisterRow]] = {}
    for row in rows:
        schools.setdefault(row["school"], []).append(row)
    for own in schools.values():
        moved = counted(row for row in own if row["moderation"] in ("raised", "lowered"))
        if moved * 10 > counted(own):
            yield own[0]


def _dear(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for year_ in dict.fromkeys(row["financial_year"] for row in rows):
        own = [row for row in rows if row["financial_year"] == year_]
        if scale(_schools(own, at), at) < 0:
            yield own[0]


_PROFILE = dict(
    profile="1",
    child="1",
    school="A",
    group="special",
    fte="1",
    old_rate_gbp="100.00",
    need_score="15",
    descriptor="S1",
    moderation="none",
    matched_on="2025-01-10",
    financial_year="2025-26",
)
_LEVELS = {
    "tariff_descriptors": (
        dict(descriptor="S1", version="A", group="special", need="all", level="1", score_from="10", annual_gbp="90.00"),
        dict(
            descriptor="S2", version="A", group="special", need="all", level="2", score_from="15", annual_gbp="130.00"
        ),
    )
}


def _of_school(school: str, count_: str, old: str, descriptor: str, score: str) -> dict[str, str]:
    """A row of the example: one school whose pupils are alike."""
    return dict(
        profile=f"{school}-1",
        school=school,
        group="special",
        fte=count_,
        old_rate_gbp=old,
        need_score=score,
        descriptor=descriptor,
        moderation="none",
        matched_on="2025-01-10",
        financial_year="2025-26",
        count=count_,
        counted_on="2025-01-16",
        source="worked example",
    )


def _other_commitments(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    book: dict[str, Decimal] = {}
    for one in rows_in_force(at.others_of("commitments"), at.as_at):
        book[one["provider"]] = book.get(one["provider"], Decimal(0)) + one["fte"]
    pupils: dict[str, Decimal] = {}
    first: dict[str, RegisterRow] = {}
    for row in rows:
        pupils[row["school"]] = pupils.get(row["school"], Decimal(0)) + row["fte"]
        first.setdefault(row["school"], row)
    yield from (first[name] for name, fte in pupils.items() if name in book and abs(fte - book[name]) > 2)


tariff_profiles = Register(
    name="tariff_profiles",
    title="Tariff profiles",
    unit="one pupil's profile, or a number alike",
    source="High needs funding model; moderation of profiles",
    key="profile",
    named_by="school",
    help="What each pupil brings on the old and the new model, what protection costs, and how gains are scaled.",
    begins="matched_on",
    systems="F1",
    kept_by="finance_partner",
    decides="section_151",
    used="When the model is tested, and each budget",
    klass="casework",
    columns=(
        key("profile"),
        child(),
        text("school*"),
        text("urn", "URN"),
        code("group*", {"mainstream": "Mainstream", "srp": "Resourced provision", "special": "Special school"}),
        number("fte*", "Full-time equivalent"),
        pounds("old_rate_gbp*", "Old rate", unit="a year"),
        number("need_score*"),
        refers("descriptor", "tariff_descriptors"),
        code("moderation*", "none|agreed|raised|lowered"),
        code("moderation_reason", "evidence|health|exceptional|error"),
        day("matched_on*"),
        year("financial_year*"),
    ),
    rules=(
        query(
            "02",
            "It is raised or lowered without a reason",
            lambda r: r["moderation"] in ("raised", "lowered") and not r["moderation_reason"],
            _PROFILE | dict(moderation="raised"),
            fix="Give the reason of the moderation.",
        ),
    ),
    whole_rules=(
        query_all(
            "06",
            "The pupils of a school differ from its commitments by more than 2",
            _other_commitments,
            (_PROFILE | dict(fte="3.5"),),
            holds_for=dict(fte="3"),
            others={
                "commitments": (
                    dict(commitment="c", provider="A", status="active", from_day="2024-09-01", fte="1", line="1.2.1"),
                )
            },
            fix="Bring profiles and commitment book together.",
        ),
        must_all(
            "01",
            "The descriptor is not the one that the score matches",
            _other_level,
            (_PROFILE,),
            others=_LEVELS,
            fix="Take the matching level, or record the moderation.",
        ),
        must_all(
            "03",
            "A child stands twice in a year",
            lambda rows, at: twice(rows, "child", "financial_year"),
            (_PROFILE, _PROFILE | dict(profile="2")),
            fix="Keep one profile for each child and year.",
        ),
        query_all(
            "04",
            "More than 10% of a school are moderated",
            _much_moderated,
            (
                _PROFILE | dict(moderation="raised", moderation_reason="evidence"),
                _PROFILE | dict(profile="2", child="", count="8", counted_on="2025-01-10"),
            ),
            holds_for=dict(count="9"),
            fix="Look at the descriptors again.",
        ),
        must_all(
            "05",
            "The score is below the lowest level",
            _below_the_scale,
            (_PROFILE | dict(need_score="9.9"),),
            holds_for=dict(need_score="10"),
            others=_LEVELS,
            fix="Correct the score; the pupil may need no tariff.",
        ),
        must_all(
            "07",
            "The protection costs more than the budget",
            _dear,
            (_PROFILE, _PROFILE | dict(profile="2", school="B", descriptor="S2")),
            others=_LEVELS,
            settings={"model_budget_gbp": Decimal("199.99")},
            instead=dict(settings={"model_budget_gbp": Decimal("200.00")}),
            fix="Lower the floor, or find the money.",
        ),
    ),
    measures=(
        count("pupils", "full-time equivalents", "row; school, group", of=lambda r, at: r["fte"], decimals=1),
        total(
            "old_gbp",
            "old rate x full-time equivalents",
            "row; school, group",
            lambda r, at: round_half_away(r["old_rate_gbp"] * r["fte"]),
        ),
        worked(
            "new_gbp", "rate of the descriptor x full-time equivalents", "row; school, group", _model("new"), unit="gbp"
        ),
        worked("final_gbp", "new, not below the floor, gains scaled to the budget", "row; school", _final, unit="gbp"),
        worked("protection_gbp", "protected less new", "row; school", _protection, unit="gbp"),
        worked("scale", "the part of their gains that schools keep", "row", _scale, unit="ratio", decimals=4),
        worked("change_pct", "final less old, of old", "row; school", _change, unit="percent"),
        worked("gaining", "schools with final above old", "row", _winners(True)),
        worked("losing", "schools with final below old", "row", _winners(False)),
        pct(
            "moderated_pct",
            "raised or lowered, of all",
            "row; school",
            lambda r, at: r["moderation"] in ("raised", "lowered"),
        ),
    ),
    headline=(
        "{gaining:school gains|schools gain} and {losing:loses|lose|none lose}; protection costs {protection_gbp}."
    ),
    feeds=(Feed("forecast", "top_up_tariff", "final by group"), Feed("report", "forum", "the comparison")),
    example=(
        _of_school("A", "10", "10000.00", "S1", "1"),
        _of_school("B", "10", "10000.00", "S3", "3"),
        _of_school("C", "5", "10000.00", "S2", "2"),
    ),
    beside={
        "tariff_descriptors": (
            dict(descriptor="S1", version="1", group="special", level="1", score_from="1", annual_gbp="9000.00"),
            dict(descriptor="S2", version="1", group="special", level="2", score_from="2", annual_gbp="12000.00"),
            dict(descriptor="S3", version="1", group="special", level="3", score_from="3", annual_gbp="13000.00"),
        )
    },
    example_settings={"protection_floor_percent": -5},
    expects="""
        pupils | | | 2025-26 | 25.0
        old_gbp | | | 2025-26 | 250000.00
        new_gbp | school | B | 2025-26 | 130000.00
        final_gbp | | | 2025-26 | 250000.00
        final_gbp | school | A | 2025-26 | 95000.00
        final_gbp | school | B | 2025-26 | 103750.00
        final_gbp | school | C | 2025-26 | 51250.00
        protection_gbp | | | 2025-26 | 5000.00
        scale | | | 2025-26 | 0.1250
        change_pct | school | A | 2025-26 | -5.0
        gaining | | | 2025-26 | 2
        losing | | | 2025-26 | 1
        moderated_pct | | | 2025-26 | 0.0
    """,
)
