"""Short ways to write the rules of a register, and rules over the whole of it.

`must`, `query` and `note` make a row rule of each severity; `must_all`, `query_all` and `note_all` one over the whole
register, and over other registers where those are at hand. The code may be its two digits; the register adds its name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from highneeds.checks.finding import Finding, Outcome, RuleResult, Severity
from highneeds.checks.rule import Cases, Rule, cases
from highneeds.registers.mechanism.personal import unless_personal
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.situation import NotAtHand, Situation

Found = Iterable[RegisterRow | tuple[RegisterRow, str]]
AskAll = Callable[[tuple[RegisterRow, ...], Situation], Found]

NO_ROW = "the register has no row"


@dataclass(frozen=True)
class WholeRule:
    """One question about a whole register.

    title      the problem it finds, in words
    ask        from rows and situation to the rows that have it, each with words of its own or none;
               NotAtHand where it cannot be asked
    broken_by  rows that break it, as in a file; the first rows of `others` are those of other registers
    settings   settings that the broken rows need
    holds_for  what is changed in the last broken row so that nothing is found, as in a file: the last allowed;
               `register.column` changes the last row of another register
    instead    the same for what is no cell: fields of this rule as they stand in the last allowed case
    """

    code: str
    title: str
    severity: Severity
    fix: str
    ask: AskAll
    broken_by: tuple[Mapping[str, Any], ...]
    others: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    observed: Mapping[tuple[str, str], Any] | None = None
    council: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] | None = None
    source: str = ""
    cases: Mapping[str, Any] | None = None
    history: tuple[Any, ...] | None = None
    holds_for: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, Any] = field(default_factory=dict)

    def result(self, rows: tuple[RegisterRow, ...], at: Situation, key: str) -> RuleResult:
        """Found, clear, or could not check with what is missing."""
        try:
            found = [one if isinstance(one, tuple) else (one, self.title) for one in self.ask(rows, at)]
        except NotAtHand as missing:
            return RuleResult(self.code, Outcome.COULD_NOT_CHECK, why=str(missing))
        problems = tuple(
            Finding(self.code, self.severity, row.file, row.line, _record(row, key), "", message, self.fix)
            for row, message in found
        )
        return RuleResult.of(self.code, problems, len(rows), NO_ROW)


def _record(row: RegisterRow, key: str) -> str:
    """The key of the row; of a row of another register its first cell, which is its key."""
    return unless_personal(str(row.values.get(key) or next(iter(row.values.values()), "")))


def _row_rule(severity: Severity) -> Callable[..., Rule]:
    def make(
        code: str,
        problem: str,
        when: Callable[[RegisterRow], Any],
        broken_by: Mapping[str, Any],
        *,
        fix: str,
        given: str = "",
        source: str = "",
        holds_for: Cases = (),
    ) -> Rule:
        """A row rule: `when` finds the problem; it is only asked where the columns of `given` are filled."""
        columns = tuple(given.split())

        def ask(row: RegisterRow) -> str | None:
            if columns and row.lacks(columns):
                return None
            return problem if when(row) else None

        return Rule(code, problem, severity, fix, broken_by, source, RegisterRow, ask, cases(holds_for))

    return make


def _whole_rule(severity: Severity) -> Callable[..., WholeRule]:
    def make(
        code: str, problem: str, ask: AskAll, broken_by: tuple[Mapping[str, Any], ...], *, fix: str, **more: Any
    ) -> WholeRule:
        """A rule over the whole register: `ask` gives the rows with the problem."""
        return WholeRule(code, problem, severity, fix, ask, broken_by, **more)

    return make


must = _row_rule(Severity.MUST_FIX)
query = _row_rule(Severity.QUERY)
note = _row_rule(Severity.NOTE)
must_all = _whole_rule(Severity.MUST_FIX)
query_all = _whole_rule(Severity.QUERY)
note_all = _whole_rule(Severity.NOTE)


def twice(rows: Iterable[RegisterRow], *columns: str) -> list[RegisterRow]:
    """Rows whose values in `columns` stand in an earlier row already; rows that stand for several are left out."""
    seen: set[tuple[Any, ...]] = set()
    found = []
    for row in rows:
        values = tuple(row[column] for column in columns)
        if row.n > 1 or any(value is None for value in values):
            continue
        if values in seen:
            found.append(row)
        seen.add(values)
    return found


def named(one: Any, prefix: str, source: str) -> Any:
    """The rule with the register's name before its number, and the register's source where it has none."""
    code = f"{prefix}-{one.code}" if one.code.isdigit() else one.code
    return replace(one, code=code, source=one.source or source)
