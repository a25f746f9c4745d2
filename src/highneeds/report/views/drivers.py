"""What lies between promise and fact: as a table, and bar by bar."""

from dataclasses import dataclass

from highneeds.account.pennies import decimal_pounds
from highneeds.account.variance.drivers import Driver, DriverBridge
from highneeds.intake.ledger.positions import Layer
from highneeds.report.words import account as words
from highneeds.vocabulary.table import Table, with_totals

COLUMNS = ("driver", "kind", "effect_gbp", "state", "basis")
BAR_COLUMNS = ("label", "kind", "start_gbp", "end_gbp", "effect_gbp", "basis")


@dataclass(frozen=True)
class WaterfallStep:
    """One bar of the waterfall, from one level to the next, in pence. A bar without height has no published effect."""

    label: str
    kind: str
    start: int
    end: int
    basis: str

    @property
    def pence(self) -> int:
        return self.end - self.start


def drivers_table(found: DriverBridge | None) -> Table:
    """Each driver, the remainder named, and the whole difference."""
    if found is None:
        return Table.of(COLUMNS, ())
    rows = [_driver(one) for one in found.drivers]
    rest = decimal_pounds(found.remainder)
    rows.append((words.REMAINDER, "remainder", rest, "computed", words.DIFFERENCE_LESS_DRIVERS))
    whole = decimal_pounds(found.difference)
    total = ("TOTAL", "total", whole, "computed", words.less_promised(found.ends_at))
    return with_totals(COLUMNS, rows, [total], words.from_promised(found.ends_at))


def _driver(one: Driver) -> tuple[object, ...]:
    state = "computed" if one.effect.is_known else "unavailable"
    return (words.driver_name(one), one.kind.value, one.effect.pounds, state, words.driver_basis(one))


def waterfall(found: DriverBridge) -> tuple[WaterfallStep, ...]:
    """The bars in order: promised, each driver, the remainder last and named, actual."""
    level, steps = found.promised, [WaterfallStep(words.PROMISED, "total", 0, found.promised, "")]
    for one in found.drivers:
        after = level + (one.effect.pence or 0)
        kind = one.kind.value if one.effect.is_known else "not published"
        steps.append(WaterfallStep(words.driver_name(one), kind, level, after, words.driver_basis(one)))
        level = after
    steps.append(WaterfallStep(words.REMAINDER, "remainder", level, level + found.remainder, ""))
    return (*steps, WaterfallStep(words.ENDS[found.ends_at], "total", 0, found.actual, ""))


def waterfall_table(found: DriverBridge | None) -> Table:
    rows = [
        (one.label, one.kind, *map(decimal_pounds, (one.start, one.end, one.pence)), one.basis)
        for one in (waterfall(found) if found else ())
    ]
    return Table.of(BAR_COLUMNS, rows, words.from_promised(found.ends_at if found else Layer.ACHIEVED))
