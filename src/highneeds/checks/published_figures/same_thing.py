"""Do statements about one and the same thing agree?"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from highneeds.checks.finding import Severity
from highneeds.checks.published_figures._question import PublishedContradiction, PublishedFigureQuestion
from highneeds.checks.published_figures._worked import stated, worked
from highneeds.intake.workspace import Fact, SameThing, Workspace
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.words import ALMOST, qualified

INFINITY = Decimal("Infinity")


def stated_range(fact: Fact) -> tuple[Decimal, Decimal]:
    """The least and greatest value a statement allows. 'About' allows half a unit of its last printed digit."""
    value = fact.value if fact.value is not None else Decimal(0)
    if fact.qualifier in ("at_least", "over"):
        return value, fact.value_high or INFINITY
    if fact.qualifier in ("up_to", "almost"):
        return (Decimal(0) if fact.qualifier == "up_to" else value * ALMOST), value
    if fact.qualifier == "about":
        return value - half_last_digit(value), value + half_last_digit(value)
    return value, fact.value_high or value


def half_last_digit(value: Decimal) -> Decimal:
    """Half a unit of the last digit that is not zero: 23,000,000 -> 500,000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1) if isinstance(exponent, int) else Decimal(0)


def disagree(one: Fact, other: Fact) -> bool:
    """True unless the two statements share more than a single point, or are the same."""
    if one.value is None or other.value is None:
        return one.written != other.written
    if "up_to" in (one.qualifier, other.qualifier) and one.value != other.value:
        return True
    (low_1, high_1), (low_2, high_2) = stated_range(one), stated_range(other)
    low, high = max(low_1, low_2), min(high_1, high_2)
    both_points = low_1 == high_1 or low_2 == high_2
    return low > high or (low == high and not both_points)


def ask(workspace: Workspace) -> Iterator[PublishedContradiction]:
    for thing in workspace.agreement.same_thing:
        for one, other in combinations([workspace.fact(name) for name in thing.facts], 2):
            if disagree(one, other):
                yield PublishedContradiction(
                    f"{one.id} {other.id}",
                    f"{thing.about}: {shown(one)} in {one.source}, {shown(other)} in {other.source}",
                    of_each=(one.id, other.id),
                )


def shown(fact: Fact) -> str:
    return qualified(fact.qualifier, fact.printed)


def _pair(one: Fact, other: Fact) -> Workspace:
    about = SameThing("Deficit left at the end of the agreement", ("one", "other"), Source("agreement.yaml", 1))
    return worked(facts=[one, other], same=[about])


def _deficit(name: str, gbp: str, printed: str, qualifier: str = "exact", high: str = "") -> Fact:
    return stated(name, gbp, "gbp", printed, qualifier=qualifier, high=high, line=15 if name == "one" else 236)


def _day(name: str, written: str) -> Fact:
    return stated(name, written, "date", written)


_AT_LEAST_30 = _deficit("one", "30000000", "£30m", "at_least")
_ABOUT_23 = _deficit("one", "23000000", "£23m", "about")
_ALMOST_30 = _deficit("one", "30000000", "£30m", "almost")
_UP_TO_30 = _deficit("one", "30000000", "£30m", "up_to")

same_thing = PublishedFigureQuestion(
    code="FIGURES-disagree",
    title="Statements about one thing agree",
    severity=Severity.QUERY,
    fix="Use one figure in every document, or say why they differ.",
    source="requirements A8, A10",
    broken_by=_pair(_AT_LEAST_30, _deficit("other", "20000000", "£20 - £30m", "range", "30000000")),
    holds_for=(
        _pair(_AT_LEAST_30, _deficit("other", "20000000", "£20 - £31m", "range", "31000000")),
        _pair(_AT_LEAST_30, _deficit("other", "30000000", "£30m")),
        _pair(_ABOUT_23, _deficit("other", "22500000", "£22.5m")),
        _pair(_ABOUT_23, _deficit("other", "23500000", "£23.5m")),
        _pair(_ALMOST_30, _deficit("other", "28500000", "£28.5m")),
        _pair(_ALMOST_30, _deficit("other", "30000000", "£30m")),
        _pair(_UP_TO_30, _deficit("other", "30000000", "£30m")),
        _pair(_day("one", "2024-04-01"), _day("other", "2024-04-01")),
    ),
    also_broken_by=(
        _pair(_AT_LEAST_30, _deficit("other", "29999999", "£29,999,999")),
        _pair(_ABOUT_23, _deficit("other", "22499999", "£22,499,999")),
        _pair(_ABOUT_23, _deficit("other", "23500001", "£23,500,001")),
        _pair(_ALMOST_30, _deficit("other", "28499999", "£28,499,999")),
        _pair(_ALMOST_30, _deficit("other", "30000001", "£30,000,001")),
        _pair(_UP_TO_30, _deficit("other", "29999999", "£29,999,999")),
        _pair(_day("one", "2024-04-01"), _day("other", "2024-04-02")),
    ),
    example="Deficit left at the end of the agreement: at least £30m in REPORT line 15, £20 - £30m in REPORT line 236",
    ask=ask,
    can_ask=lambda workspace: (
        "" if workspace.agreement.same_thing else "no list says which statements are about one thing (agreement.yaml)"
    ),
)
