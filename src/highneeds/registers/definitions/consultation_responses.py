"""The register of responses to consultations, group by group."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.registers.mechanism.column import code, key, number, refers, whole
from highneeds.registers.mechanism.measure import MeasureValue, gap, left_aside, listed, ratio, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.rounding import round_half_away

GROUPS = {
    "primary_senco": "Primary SENCO",
    "secondary_senco": "Secondary SENCO",
    "headteacher": "Headteacher",
    "governor": "Governor",
    "parent": "Parent",
    "young_person": "Young person",
    "staff": "Staff",
    "provider": "Provider",
    "other": "Other",
    "not_stated": "Not stated",
}


def _whole(row: RegisterRow, at: Situation) -> int | None:
    found = at.row_of("consultations", row["consultation"])
    return None if found is None else found["responses"]


def bounds(share_: Decimal, whole_: int) -> tuple[int, int]:
    """Least and greatest number whose share prints as `share_`, with its own decimals."""
    places = max(-int(share_.as_tuple().exponent), 0)
    near, reach = int(share_ * whole_ / 100), whole_ // (100 * 10**places) + 2
    some = range(max(near - reach, 0), min(near + reach, whole_) + 1)
    fits = [n for n in some if whole_ and round_half_away(Decimal(100) * n / whole_, places) == share_]
    return (fits[0], fits[-1]) if fits else (0, -1)


def _number(row: RegisterRow, at: Situation) -> MeasureValue:
    """Responses as counted, else the printed share of all, which is one number of several."""
    if row["responses"] is not None:
        return MeasureValue(row["responses"], part=row["responses"])
    whole_ = _whole(row, at)
    if whole_ is None or row["share_percent"] is None:
        return gap("neither responses nor a share of them is given")
    number_ = int(round_half_away(whole_ * row["share_percent"] / 100))
    low, high = bounds(row["share_percent"], whole_)
    return MeasureValue(number_, part=number_, reason=f"from a printed share: {low} to {high}")


def _groups(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    for row in rows:
        yield "consultation/group", f"{row['consultation']}/{row['group']}", _number(row, at)


def _share(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    numbers = [(row, _number(row, at), _whole(row, at)) for row in rows]
    known = [(value.value, whole_) for _, value, whole_ in numbers if value.value is not None and whole_]
    reason = left_aside(len(numbers) - len(known), len(numbers), "no responses")
    return ratio(sum(value for value, _ in known), sum(whole_ for _, whole_ in known), reason=reason)


def _disagree(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        whole_ = _whole(row, at)
        if row["responses"] is None or row["share_percent"] is None or not whole_:
            continue
        low, high = bounds(row["share_percent"], whole_)
        if not low <= row["responses"] <= high:
            yield row


_GROUP = dict(row="1", consultation="c1", group="parent", responses="27", share_percent="26", view="not_stated")

consultation_responses = Register(
    name="consultation_responses",
    title="Responses to consultations",
    unit="one group of respondents",
    source="Consultation reports",
    key="row",
    help="How many of each group answered a consultation, and what they thought.",
    systems="F9 G7",
    kept_by="programme_manager",
    used="Each consultation",
    klass="public",
    columns=(
        key("row"),
        refers("consultation*", "consultations"),
        code("group*", GROUPS),
        whole("responses"),
        number("share_percent", help="As printed"),
        code("view", "agree|partly|disagree|not_stated|mixed"),
    ),
    rules=(
        query(
            "08",
            "There is a view and not the question's wording",
            lambda r: r["view"] not in (None, "not_stated") and not r["notes"],
            _GROUP | dict(view="agree"),
            fix="Write the question into the notes.",
        ),
    ),
    whole_rules=(
        query_all(
            "06",
            "Share and number disagree by more than half a unit",
            _disagree,
            (_GROUP,),
            holds_for=dict(responses="26"),
            others={"consultations": (dict(consultation="c1", responses="100"),)},
            fix="Correct one of the two.",
        ),
    ),
    measures=(
        listed("group_responses", "responses, else those of the consultation x the printed share", "all", _groups),
        worked("group_pct", "responses of the group, of all", "all; group", _share, unit="percent", total=False),
    ),
    headline="{group_pct} of the responses came from the largest group.",
    feeds=(Feed("assurance", "conditions 1 and 8", "evidence"),),
    example=(
        dict(
            row="teaching-parents",
            consultation="teaching",
            group="parent",
            responses="130",
            share_percent="25",
            view="not_stated",
            source="worked example",
        ),
        dict(
            row="teaching-primary",
            consultation="teaching",
            group="primary_senco",
            share_percent="26",
            view="not_stated",
            source="worked example",
        ),
    ),
    beside={"consultations": (dict(consultation="teaching", responses="520"),)},
    expects="""
        group_responses | consultation/group | teaching/parent | | 130
        group_responses | consultation/group | teaching/primary_senco | | 135
        group_pct | group | parent | | 25.0
    """,
)
