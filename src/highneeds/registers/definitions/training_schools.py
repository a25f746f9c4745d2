"""The register of training schools: did the training change anything?"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.column import code, key, month, number, school_year, text
from highneeds.registers.mechanism.measure import Compute, MeasureValue, gap, tally, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, note_all, query, query_all
from highneeds.registers.mechanism.situation import Situation


def _rate(row: RegisterRow, when: str) -> Decimal | None:
    """For each thousand; None where the part or the whole is missing, or the whole is 0."""
    part, whole_ = row[f"{when}_part"], row[f"{when}_whole"]
    return Decimal(1000) * part / whole_ if part is not None and whole_ else None


def _change(row: RegisterRow, early: str, late: str) -> tuple[Decimal, Decimal] | None:
    """The rates before and after; None where one of them is missing."""
    before, after = _rate(row, early), _rate(row, late)
    return None if before is None or after is None else (before, after)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


Set = tuple[str, str, str]


def _set(row: RegisterRow) -> Set:
    return row["programme"], row["outcome"], row["matched_set"]


def _sets(rows: Sequence[RegisterRow]) -> dict[Set, list[RegisterRow]]:
    groups: dict[Set, list[RegisterRow]] = {}
    for row in rows:
        groups.setdefault(_set(row), []).append(row)
    return {name: own for name, own in groups.items() if {row["group"] for row in own} == {"trained", "comparison"}}


def differences(rows: Sequence[RegisterRow], early: str = "before", late: str = "after") -> list[Decimal]:
    """For each set: the change of the mean rate of trained schools less that of comparison schools."""
    found = []
    for own in _sets(rows).values():
        changes = {}
        for group in ("trained", "comparison"):
            rates = [pair for row in own if row["group"] == group and (pair := _change(row, early, late))]
            if not rates:
                break
            changes[group] = _mean([after for _, after in rates]) - _mean([before for before, _ in rates])
        if len(changes) == 2:
            found.append(changes["trained"] - changes["comparison"])
    return found


def interval(values: Sequence[Decimal]) -> tuple[Decimal, Decimal] | None:
    """The mean with its 95% interval by Student's t; None of fewer than two sets."""
    from scipy.special import stdtrit

    if len(values) < 2:
        return None
    mean = _mean(values)
    spread = (sum(((value - mean) ** 2 for value in values), Decimal(0)) / (len(values) - 1)).sqrt()
    half = Decimal(repr(float(stdtrit(len(values) - 1, 0.975)))) * spread / Decimal(len(values)).sqrt()
    return mean - half, mean + half


def _of_one_outcome(of: Compute) -> Compute:
    """Rates of different outcomes are not averaged."""

    def compute(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
        alike = len({row["outcome"] for row in rows}) <= 1
        return of(rows, at) if alike else gap("the outcomes differ: see each")

    return compute


def _effect(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    found = differences(rows)
    return MeasureValue(_mean(found)) if found else gap("no set has a trained and a comparison school")


def _bound(place: int) -> Any:
    def compute(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
        ends = interval(differences(rows))
        return MeasureValue(ends[place]) if ends else gap("fewer than 2 sets")

    return compute


def _significant(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    ends = interval(differences(rows))
    return (
        MeasureValue(int(ends[0] > 0 or ends[1] < 0), part=int(ends[0] > 0 or ends[1] < 0))
        if ends
        else gap("fewer than 2 sets")
    )


def _alone(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    rates = [pair for row in rows if row["group"] == "trained" and (pair := _change(row, "before", "after"))]
    return MeasureValue(_mean([after - before for before, after in rates])) if rates else gap("no trained school")


def _mean_rate(when: str) -> Compute:
    def compute(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
        rates = [rate for row in rows if (rate := _rate(row, when)) is not None]
        return MeasureValue(_mean(rates)) if rates else gap("nothing in the whole")

    return _of_one_outcome(compute)


def _lonely(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    whole_sets = _sets(rows)
    seen: set[Set] = set()
    for row in rows:
        place = _set(row)
        if place not in whole_sets and place not in seen:
            seen.add(place)
            yield row


def _years_differ(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    first: dict[Set, tuple[Any, Any]] = {}
    for row in rows:
        years = (row["before"], row["after"])
        if row["before"] >= row["after"] or first.setdefault(_set(row), years) != years:
            yield row


def _trends_differ(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for outcome in dict.fromkeys(row["outcome"] for row in rows):
        own = [row for row in rows if row["outcome"] == outcome and row["earlier_whole"]]
        ends = interval(differences(own, "earlier", "before"))
        if ends and (ends[0] > 0 or ends[1] < 0):
            yield own[0]


def _few_sets(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for outcome in dict.fromkeys(row["outcome"] for row in rows):
        own = [row for row in rows if row["outcome"] == outcome]
        if len(_sets(own)) < 10:
            yield own[0]


def _in_two_sets(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    first: dict[tuple[str, str], str] = {}
    for row in rows:
        if first.setdefault((row["outcome"], row["urn"]), row["matched_set"]) != row["matched_set"]:
            yield row


def _other_baseline(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    years = [row["before"] for row in rows]
    if years:
        usual = max(set(years), key=years.count)
        yield from (row for row in rows if row["before"] != usual)


_CUTS = "row(after); programme, outcome, programme/outcome"
"""Rates of different programmes and outcomes are not added up: there is no total."""
_SCHOOL = dict(
    row="1",
    programme="Nurture",
    outcome="exclusions",
    group="trained",
    matched_set="1",
    urn="1",
    before="2018/19",
    before_part="10",
    before_whole="1000",
    after="2023/24",
    after_part="8",
    after_whole="1000",
)
_COMPARED = _SCHOOL | dict(row="2", group="comparison", urn="2", after_part="10")


def _example_set(place: int, change: int) -> Iterator[dict[str, str]]:
    """A trained school whose rate changes, and one whose rate stays."""
    for group, after in (("trained", 10 + change), ("comparison", 10)):
        yield dict(
            row=f"{place}-{group}",
            programme="Nurture",
            outcome="exclusions",
            group=group,
            matched_set=str(place),
            urn=f"118{place}{0 if group == 'trained' else 1}",
            before="2022/23",
            before_part="10",
            before_whole="1000",
            after="2023/24",
            after_part=str(after),
            after_whole="1000",
            source="worked example",
        )


training_schools = Register(
    name="training_schools",
    title="Evaluation of training",
    unit="one school and one outcome, before and after",
    source="Inclusion training; school census, exclusions and attendance",
    key="row",
    named_by="school",
    help="Trained schools beside schools alike: what changed more, and whether it may be chance.",
    systems="F14",
    kept_by="condition_owner analyst",
    used="Yearly",
    columns=(
        key("row"),
        text("programme*+"),
        code("outcome*", "requests|plans|exclusions|suspensions|attendance|other"),
        code("group*", "trained|comparison"),
        text("matched_set*"),
        text("school"),
        text("urn*", "URN"),
        month("trained_from"),
        school_year("before*"),
        number("before_part*"),
        number("before_whole*"),
        school_year("after*"),
        number("after_part*"),
        number("after_whole*"),
        school_year("earlier"),
        number("earlier_part"),
        number("earlier_whole"),
    ),
    rules=(
        must(
            "03",
            "A whole is 0",
            lambda r: 0 in (r["before_whole"], r["after_whole"], r["earlier_whole"]),
            _SCHOOL | dict(before_whole="0"),
            fix="Leave the school out of the set.",
        ),
        query(
            "04",
            "It was trained after the year of the comparison began",
            lambda r: r["trained_from"].first_day > r["after"].first_day,
            _SCHOOL | dict(trained_from="2023-10"),
            holds_for=dict(trained_from="2023-09"),
            given="trained_from after",
            fix="Compare with a later year.",
        ),
    ),
    whole_rules=(
        must_all(
            "01",
            "A set has no trained or no comparison school",
            _lonely,
            (_SCHOOL,),
            fix="Add the school that is missing.",
        ),
        must_all(
            "02",
            "The years are not before and after, or differ within a set",
            _years_differ,
            (_SCHOOL, _COMPARED | dict(before="2019/20")),
            holds_for=dict(before="2018/19"),
            fix="Use one pair of years in a set.",
        ),
        query_all(
            "05",
            "The trends differed before the training",
            _trends_differ,
            tuple(
                row
                | dict(
                    row=f"{row['row']}{n}",
                    matched_set=str(n),
                    urn=f"{row['urn']}{n}",
                    earlier="2017/18",
                    earlier_part=part,
                    earlier_whole="1000",
                )
                for n, own in enumerate((("20", "10"), ("21", "10"), ("20", "10")))
                for row, part in zip((_SCHOOL, _COMPARED), own, strict=True)
            ),
            holds_for=dict(earlier_part="20"),
            fix="Say so beside the effect; the schools were not alike.",
        ),
        query_all(
            "06",
            "There are fewer than ten sets",
            _few_sets,
            (
                *(
                    one | dict(row=f"{one['row']}-{number}", matched_set=str(number))
                    for number in range(1, 10)
                    for one in (_SCHOOL, _COMPARED)
                ),
                _SCHOOL | dict(row="a", matched_set="10"),
                _COMPARED | dict(row="b", matched_set="9"),
            ),
            holds_for=dict(matched_set="10"),
            fix="Find more schools to compare.",
        ),
        must_all(
            "07",
            "One school stands in two sets of an outcome",
            _in_two_sets,
            (_SCHOOL, _SCHOOL | dict(row="3", matched_set="2")),
            fix="Keep it in one set.",
        ),
        note_all(
            "08",
            "The baseline is another year than in the other sets",
            _other_baseline,
            (_SCHOOL, _COMPARED, _SCHOOL | dict(row="3", urn="3", matched_set="2", before="2022/23")),
            fix="Say which change is claimed against which year.",
        ),
    ),
    measures=(
        tally(
            "sets",
            "matched sets",
            _CUTS + ", group",
            lambda rows, at: len({_set(r) for r in rows}),
            total=False,
        ),
        tally(
            "schools",
            "different schools",
            _CUTS + ", group",
            lambda rows, at: len({r["urn"] for r in rows}),
            total=False,
        ),
        worked(
            "rate_before", "mean rate before", _CUTS + ", group", _mean_rate("before"), unit="per_1000", total=False
        ),
        worked("rate_after", "mean rate after", _CUTS + ", group", _mean_rate("after"), unit="per_1000", total=False),
        worked(
            "effect",
            "mean over sets of the change of trained less that of comparison schools",
            _CUTS,
            _of_one_outcome(_effect),
            total=False,
            unit="per_1000",
            decimals=2,
        ),
        worked(
            "interval_low",
            "lower end of the 95% interval",
            _CUTS,
            _of_one_outcome(_bound(0)),
            total=False,
            unit="per_1000",
            decimals=2,
        ),
        worked(
            "interval_high",
            "upper end of the 95% interval",
            _CUTS,
            _of_one_outcome(_bound(1)),
            total=False,
            unit="per_1000",
            decimals=2,
        ),
        worked("significant", "1 where the interval leaves 0 out", _CUTS, _of_one_outcome(_significant), total=False),
        worked(
            "effect_alone",
            "mean change of trained schools without a comparison",
            _CUTS,
            _of_one_outcome(_alone),
            total=False,
            unit="per_1000",
            decimals=2,
        ),
    ),
    headline=(
        "Training changed {effect:||0} for each thousand pupils, between {interval_low:||0} and {interval_high:||0}."
    ),
    feeds=(Feed("assurance", "condition 1", "evidence"), Feed("report", "claims", "'significant' holds where it is 1")),
    example_asks="06",  # four sets are worked out with a pencil; fewer than ten are asked about
    example=tuple(row for place, change in enumerate((-2, -1, -3, 0), 1) for row in _example_set(place, change)),
    expects="""
        sets | programme/outcome | Nurture/exclusions | 2023/24 | 4
        schools | outcome | exclusions | 2023/24 | 8
        rate_before | outcome | exclusions | 2023/24 | 10.0
        rate_after | group | trained | 2023/24 | 8.5
        effect | programme/outcome | Nurture/exclusions | 2023/24 | -1.50
        interval_low | outcome | exclusions | 2023/24 | -3.55
        interval_high | outcome | exclusions | 2023/24 | 0.55
        significant | outcome | exclusions | 2023/24 | 0
        effect_alone | outcome | exclusions | 2023/24 | -1.50
    """,
)
