"""What an indicator is: one definition in one file, with everything a page, a footnote and a test need of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import get_type_hints

from highneeds.caseload import Caseload
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.relation import Relation
from highneeds.intake.sen2.layouts import columns_of_fields
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


@dataclass(frozen=True)
class Gap:
    """There is no figure, and why. state: unavailable, or blank."""

    reason: str
    state: State = State.UNAVAILABLE


@dataclass(frozen=True)
class RemarkedAnswer:
    """An answer with words that belong beside it, such as where the pupils were counted."""

    answer: Ratio | Decimal | int
    words: str


def lacking(caseload: Caseload, fields: Iterable[tuple[str, str]]) -> Gap | None:
    """The gap where the return's layout lacks a field, naming field and layout."""
    missing = [columns_of_fields().get(pair, pair[1]) for pair in fields if not caseload.carries(*pair)]
    return Gap(f"{caseload.layout_words} does not carry {', '.join(missing)}") if missing else None


Answer = Ratio | Decimal | int | Gap | RemarkedAnswer


class Subject(StrEnum):
    """What an indicator looks at."""

    CASELOAD = "caseload"
    REGISTERS = "registers"


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    part, whole   the numerator and the denominator in words; whole is '' for a count
    example       a worked example: '3 of 8 plans: 37.5'
    fields        (module, field) pairs of SEN2 without which it cannot be computed
    settings      True where it needs the setting class, and so the list of establishments
    choices       named settings that change the figure
    reached_only  computed only for the month in which the return's reference date lies, never back-cast
    yearly        one figure per financial year instead of one per month
    also_called   other names by which a text may mean it, for the reader of claims
    of_top_ups    it measures top-up funding, of which the schools forum is told by itself
    ask           (Caseload or Registers, month) -> the answer
    relations     how its counts hang together with others
    """

    id: str
    title: str
    unit: Unit
    source: str
    basis: str
    part: str
    whole: str
    example: str
    subject: Subject
    ask: Callable[..., Answer]
    fields: tuple[tuple[str, str], ...] = ()
    settings: bool = False
    choices: tuple[str, ...] = ()
    reached_only: bool = False
    yearly: bool = False
    decimals: int = 0
    also_called: tuple[str, ...] = ()
    of_top_ups: bool = False
    relations: tuple[Relation, ...] = ()


def indicator(
    *,
    title: str,
    unit: Unit,
    source: str,
    basis: str,
    part: str,
    example: str,
    whole: str = "",
    name: str = "",
    fields: tuple[tuple[str, str], ...] = (),
    settings: bool = False,
    choices: tuple[str, ...] = (),
    reached_only: bool = False,
    decimals: int | None = None,
    also_called: tuple[str, ...] = (),
    of_top_ups: bool = False,
    relations: tuple[Relation, ...] = (),
) -> Callable[[Callable[..., Answer]], Indicator]:
    """Make an indicator of a function of (Caseload or Registers, Month or FinancialYear); its name is the id."""

    def make(ask: Callable[..., Answer]) -> Indicator:
        looked_at, period = list(get_type_hints(ask).values())[:2]
        return Indicator(
            id=name or ask.__name__,
            title=title,
            unit=unit,
            source=source,
            basis=basis,
            part=part,
            whole=whole,
            example=example,
            subject=Subject.CASELOAD if looked_at is Caseload else Subject.REGISTERS,
            ask=ask,
            fields=fields,
            settings=settings,
            choices=choices,
            reached_only=reached_only,
            yearly=period is FinancialYear,
            decimals=unit.decimals if decimals is None else decimals,
            also_called=also_called,
            of_top_ups=of_top_ups,
            relations=relations,
        )

    return make


__all__ = ["Answer", "Caseload", "Gap", "Indicator", "IndicatorRegisters", "Month", "RemarkedAnswer", "indicator"]
