"""The rules that come from the declaration itself, the same in every register."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from highneeds.checks.finding import Finding, Outcome, RuleResult, Severity
from highneeds.registers.mechanism.column import Kind
from highneeds.registers.mechanism.personal import looks_personal
from highneeds.registers.mechanism.row import RegisterRow, as_day, first_day
from highneeds.registers.mechanism.situation import Situation

if TYPE_CHECKING:
    from highneeds.registers.mechanism.register import Register

UNNAMED = "unnamed-"
_RANGES = (("from_day", "to_day"), ("starts_on", "ends_on"), ("starts", "ends"), ("effective_from", "effective_to"))


WORDS = {
    "ROW": "every row can be read",
    "KEY": "every key stands once",
    "REF": "what a row names exists",
    "STATE": "a state has what it needs",
    "ORDER": "days do not run backwards",
    "FUTURE": "nothing has happened after the day of the report",
    "COUNT": "a row that stands for several says since when, and names no child",
    "UNNAMED": "things that are counted are also named",
    "PERSONAL": "no cell looks like a person",
    "PUBLISHED": "what is printed follows from the rows",
    "MOVE": "states change as they may",
}


def declared_words(register: "Register") -> dict[str, str]:
    """Code -> the question in words, of the rules that every register has."""
    return {f"{register.prefix}-{code}": words for code, words in WORDS.items()}


def codes_of(register: "Register") -> tuple[str, ...]:
    """The codes of every rule of a register: those that come with the declaration, then its own."""
    of_rows, of_the_whole = (rule.code for rule in register.rules), (rule.code for rule in register.whole_rules)
    return (*declared_words(register), *of_rows, *of_the_whole)


def row_results(register: "Register", rows: Sequence[RegisterRow]) -> list[RuleResult]:
    """-STATE, -ORDER, -COUNT, -UNNAMED and -PERSONAL, which need nothing but the rows."""
    asked = {
        "STATE": (_state, register.ladder is not None),
        "ORDER": (_order, True),
        "COUNT": (_count, True),
        "UNNAMED": (_unnamed, True),
        "PERSONAL": (_personal, True),
    }
    return [
        register.result(code, [problem for row in rows for problem in ask(register, row)], len(rows))
        for code, (ask, applies) in asked.items()
        if applies
    ]


def _state(register: "Register", row: RegisterRow) -> Iterator[Finding]:
    state = register.ladder.written(row) if register.ladder else None
    for column in state.needs if state else ():
        if row[column] is None:
            yield register.finding(
                "STATE",
                Severity.MUST_FIX,
                row,
                column,
                f"It is {state.code if state else ''} without {column}",
                f"Fill in {column}, or correct the state",
            )


def _order(register: "Register", row: RegisterRow) -> Iterator[Finding]:
    earlier: tuple[str, Any] | None = None
    for state in register.ladder.states if register.ladder else ():
        column = next((name for name in state.days if row[name] is not None), None)
        if column is None:
            continue
        if earlier and state.level is not None and _is_before(row[column], earlier[1]):
            yield _backwards(register, row, column, earlier[0])
        if state.level is not None:
            earlier = (column, row[column])
    for begins, ends in register.ranges:
        if _is_before(row[ends], row[begins]):
            yield _backwards(register, row, ends, begins)


def _is_before(later: Any, earlier: Any) -> bool:
    """Whether what should be later ends before the other begins; a day that is not given is not."""
    ends, begins = as_day(later), first_day(earlier)
    return ends is not None and begins is not None and ends < begins


def _backwards(register: "Register", row: RegisterRow, column: str, before: str) -> Finding:
    return register.finding(
        "ORDER", Severity.MUST_FIX, row, column, f"{column} is before {before}", "Correct whichever day is wrong"
    )


def pairs_of(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Columns that are the two ends of a stretch of time."""
    yield from (pair for pair in _RANGES if pair[0] in names and pair[1] in names)
    for name in names:
        if name.endswith("_from") and (end := f"{name[:-5]}_to") in names and (name, end) not in _RANGES:
            yield name, end


def _count(register: "Register", row: RegisterRow) -> Iterator[Finding]:
    count, column = row["count"], "count"
    if count is None:
        return
    if count < 1:
        yield register.finding("COUNT", Severity.MUST_FIX, row, column, f"It stands for {count}", "Write 1 or more")
    if row["counted_on"] is None:
        yield register.finding(
            "COUNT", Severity.MUST_FIX, row, "counted_on", "It has a count and no day of the count", "Give the day"
        )
    if count > 1 and any(row[one.name] is not None for one in register.columns if one.personal):
        yield register.finding(
            "COUNT",
            Severity.MUST_FIX,
            row,
            column,
            "It stands for several and names one child",
            "Leave the case id empty, or give one row for each child",
        )


def _unnamed(register: "Register", row: RegisterRow) -> Iterator[Finding]:
    if str(row[register.key]).startswith(UNNAMED):
        yield register.finding(
            "UNNAMED",
            Severity.NOTE,
            row,
            register.key,
            "The source counts these things and does not name them",
            "Give one row for each once they are known",
        )


def _personal(register: "Register", row: RegisterRow) -> Iterator[Finding]:
    for column in register.columns:
        if column.kind is not Kind.TEXT:
            continue
        cell = row.values[column.name]
        if cell and (kind := looks_personal(cell)):
            yield register.finding(
                "PERSONAL",
                Severity.MUST_FIX,
                row,
                column.name,
                f"The cell looks like {kind}",
                "Write a role or the council's own case id in its place",
            )


def results_in(register: "Register", at: Situation, known: set[str] | None = None) -> list[RuleResult]:
    """-REF and -FUTURE, then the whole rules: what needs the day and the other registers."""
    results = [_references(register, at, known or set()), _future(register, at)]
    return results + [one.result(at.rows, at, register.key) for one in register.whole_rules]


def _future(register: "Register", at: Situation) -> RuleResult:
    """A day of a state that the row says it has reached lies after the as-at day; the end of a plan is no such day."""
    problems = []
    ladder = register.ladder
    for row in at.rows if ladder else ():
        assert ladder is not None
        for column in ladder.days_reached(row):
            day = first_day(row[column])
            if day and day > at.as_at:
                problems.append(
                    register.finding(
                        "FUTURE",
                        Severity.QUERY,
                        row,
                        column,
                        f"{column} is after {at.as_at}",
                        "Leave it empty until it has happened",
                    )
                )
    return register.result("FUTURE", problems, len(at.rows))


def _references(register: "Register", at: Situation, known: set[str]) -> RuleResult:
    """Each referenced row and fact exists; could not check where the other register is not at hand."""
    problems: list[Finding] = []
    missing: list[str] = []
    for column in register.columns:
        if not column.refers:
            continue
        there = _keys(register, column.refers, at)
        if there is None:
            if any(row[column.name] for row in at.rows):
                missing.append(column.refers)
            continue
        problems += _unknown(register, at.rows, column.name, column.several, there, column.refers)
    unlisted, no_list = _listed_values(register, at)
    problems += unlisted
    if "conditions" in at.council and "condition" in register.by_name:
        problems += _unknown(register, at.rows, "condition", False, set(at.council["conditions"]), "agreement.yaml")
    if at.facts is not None:
        facts = {*at.facts, *at.council.get("fact_ids", ())}
        problems += _unknown(register, at.rows, "figures", True, facts, "facts.csv")
    if problems or not (missing or no_list):
        return register.result("REF", problems, len(at.rows))
    lacking = [f"no register of {', '.join(dict.fromkeys(missing))} is given"] if missing else []
    lacking += [f"council.toml gives no list of {name}" for name in no_list]
    code = f"{register.prefix}-REF"
    return RuleResult(code, Outcome.COULD_NOT_CHECK, why="; ".join(lacking), looked_at=len(at.rows))


EVERYWHERE = "all"
"""What a row says that holds for each value of a list."""


def _listed_values(register: "Register", at: Situation) -> tuple[list[Finding], list[str]]:
    """Cells whose value is not in the council's own list, and the lists that it does not give."""
    problems: list[Finding] = []
    no_list: list[str] = []
    for column in register.columns:
        if not column.codes_from or all(row[column.name] is None for row in at.rows):
            continue
        values = at.settings.get(column.codes_from)
        if values is None:
            no_list.append(column.codes_from)
        else:
            where = f"the {column.codes_from} of council.toml"
            problems += _unknown(register, at.rows, column.name, False, {*values, EVERYWHERE}, where)
    return problems, list(dict.fromkeys(no_list))


def _keys(register: "Register", other: str, at: Situation) -> set[Any] | None:
    from highneeds.registers.registry import registers

    if other == register.name:
        return {row[register.key] for row in at.rows}
    if other not in at.others:
        return None
    return {row[registers()[other].key] for row in at.others[other]}


def _unknown(
    register: "Register", rows: Iterable[RegisterRow], column: str, several: bool, there: set[Any], where: str
) -> Iterator[Finding]:
    for row in rows:
        cell = row[column]
        for value in (str(cell).split() if several else [cell]) if cell is not None else []:
            if value not in there:
                yield register.finding(
                    "REF",
                    Severity.MUST_FIX,
                    row,
                    column,
                    f"'{value}' does not stand in {where}",
                    f"Correct it, or add it to {where}",
                )
