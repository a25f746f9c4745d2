"""What a council's caseload says of its dashboard, as counts only: nothing in here can name anybody."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from highneeds.caseload import Caseload, Caseloads
from highneeds.caseload.pipeline import reconcile
from highneeds.checks.finding import Findings, Outcome, Severity
from highneeds.checks.sen2.check import rules
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import IndicatorValue, measure
from highneeds.indicators.mechanism.registry import indicators
from highneeds.indicators.mechanism.restated import restated
from highneeds.vocabulary.period import FinancialYear, Month, parse_period
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table


@dataclass(frozen=True)
class RuleCount:
    """One rule of SEN2 and how often it found something. `why` says why it could not be checked, or ''."""

    rule: str
    question: str
    severity: Severity
    outcome: Outcome
    looked_at: int
    found: int
    why: str


@dataclass(frozen=True)
class ReturnRead:
    """One return that figures were computed from. accepted_by: who took it as the council's data, '' if nobody yet."""

    reference_date: str
    layout: str
    people: int
    plans: int
    classed: bool
    accepted_by: str


SAID_SETTINGS = ("rollover_month", "overdue_basis", "review_months")
"""The choices of definition that stand beside the figures."""


@dataclass(frozen=True)
class Computed:
    """figures    every indicator, every month of the dashboard
    rules      every rule of SEN2 with its outcome; of an accepted return those that found something
    pipeline   does the pipeline of requests add up, month by month
    restated   months that a later return tells otherwise than an earlier one
    returns    what was read, the oldest first
    settings   the choices of definition: the name of each and what the council chose
    synthetic  True where any return is invented
    notes      how it was invented
    fitted     True where it was invented to honour the months of the dashboard
    """

    figures: tuple[IndicatorValue, ...]
    rules: tuple[RuleCount, ...]
    pipeline: Table
    restated: Table
    returns: tuple[ReturnRead, ...]
    settings: Mapping[str, str]
    synthetic: bool
    notes: tuple[str, ...]
    fitted: bool

    @property
    def accepted(self) -> bool:
        return all(one.accepted_by for one in self.returns)

    def figure(self, indicator: str, period: Month | FinancialYear) -> IndicatorValue | None:
        return next((one for one in self.figures if one.indicator.id == indicator and one.period == period), None)

    def of_outcome(self, outcome: Outcome) -> tuple[RuleCount, ...]:
        return tuple(one for one in self.rules if one.outcome is outcome)

    @property
    def findings(self) -> int:
        return sum(one.found for one in self.rules)


def computed(
    given: IndicatorInputs,
    months: tuple[Month, ...],
    counts: tuple[RuleCount, ...],
    accepted_by: Mapping[str, str],
    synthetic: bool,
    notes: tuple[str, ...],
    fitted: bool = False,
    as_accepted: Caseloads | None = None,
) -> Computed:
    """Measure every month. accepted_by: reference date -> who; as_accepted: by the settings of each acceptance."""
    caseloads = given.caseloads
    assert caseloads is not None
    settings = caseloads.members[-1].settings
    invented = synthetic or any(one.synthetic for one in caseloads.members)
    return Computed(
        figures=measure(given, months),
        rules=counts,
        pipeline=reconcile(caseloads, months),
        restated=_in_words(restated(as_accepted or caseloads, months)),
        returns=tuple(_return_read(one, accepted_by) for one in caseloads.members),
        settings={name: str(getattr(settings, name)) for name in SAID_SETTINGS},
        synthetic=invented,
        notes=notes if invented else (),
        fitted=fitted and invented,
    )


def _in_words(table: Table) -> Table:
    """The same table with its figures as text, which JSON keeps exactly."""
    rows = [[None if cell is None else str(cell) for cell in row] for row in table.rows]
    return Table.of(table.columns, rows, table.title)


def _return_read(one: Caseload, accepted_by: Mapping[str, str]) -> ReturnRead:
    day = one.reference_date
    who = accepted_by.get(day.isoformat(), "")
    return ReturnRead(day.isoformat(), one.layout_words, one.people.height, len(one.at(day)), one.classed, who)


def counted(found: Findings) -> tuple[RuleCount, ...]:
    """Each rule of one return with its outcome and how often it found something, without what it found."""
    known = {rule.code: rule for rule in rules()}
    return tuple(
        RuleCount(
            one.rule,
            known[one.rule].title,
            known[one.rule].severity,
            one.outcome,
            one.looked_at,
            len(one.findings),
            one.why,
        )
        for one in found.results
    )


def recorded(found: Mapping[str, int]) -> tuple[RuleCount, ...]:
    """What was written down when a return was accepted: only the rules that found something."""
    known = {rule.code: rule for rule in rules()}
    return tuple(
        RuleCount(code, known[code].title, known[code].severity, Outcome.FOUND, 0, count, "")
        for code, count in sorted(found.items())
        if code in known
    )


def as_text(one: Computed) -> bytes:
    """As JSON, exactly: a Decimal as text, a count as a number."""
    body = {
        "figures": [_plain(figure) for figure in one.figures],
        "rules": [asdict(rule) for rule in one.rules],
        "pipeline": asdict(one.pipeline),
        "restated": asdict(one.restated),
        "returns": [asdict(read) for read in one.returns],
        "settings": one.settings,
        "synthetic": one.synthetic,
        "notes": one.notes,
        "fitted": one.fitted,
    }
    return json.dumps(body, ensure_ascii=False).encode("utf-8")


def from_text(text: bytes) -> Computed:
    body = json.loads(text)
    known = {one.id: one for one in indicators()}
    return Computed(
        figures=tuple(
            IndicatorValue(known[name], parse_period(period), State(state), _exact(value), part, whole, reason)
            for name, period, state, value, part, whole, reason in body["figures"]
        ),
        rules=tuple(
            RuleCount(**{**one, "severity": Severity(one["severity"]), "outcome": Outcome(one["outcome"])})
            for one in body["rules"]
        ),
        pipeline=Table.of(**body["pipeline"]),
        restated=Table.of(**body["restated"]),
        returns=tuple(ReturnRead(**one) for one in body["returns"]),
        settings=body["settings"],
        synthetic=body["synthetic"],
        notes=tuple(body["notes"]),
        fitted=body["fitted"],
    )


def _plain(one: IndicatorValue) -> list[Any]:
    value = str(one.value) if isinstance(one.value, Decimal) else one.value
    return [one.indicator.id, str(one.period), one.state.value, value, one.part, one.whole, one.reason]


def _exact(value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) else value
