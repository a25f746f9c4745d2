"""The page of a register, made from its definition: columns, codes, states, clocks, rules, measures, example."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any

from highneeds.registers.mechanism.column import Column
from highneeds.registers.mechanism.measure import Measure, MeasurePeriod
from highneeds.registers.mechanism.proof import broken_result, broken_row, given_by_example

if TYPE_CHECKING:
    from highneeds.registers.mechanism.clock import Clock
    from highneeds.registers.mechanism.register import Register

PERIODS = {
    "as_at": "on the as-at day",
    "all": "all rows",
    "month": "by the month of {column}",
    "fy": "by the financial year of {column}",
    "sy": "by the school year of {column}",
    "cy": "by the calendar year of {column}",
    "row": "by {column}",
    "years": "for each financial year",
}


def registers_list() -> str:
    """The list of all registers with their pages."""
    from highneeds.registers.registry import registers

    lines = [
        "# Registers",
        "",
        "Each page is made from the register's definition.",
        "",
        "| register | what one row is | class | kept by | systems |",
        "|---|---|---|---|---|",
    ]
    for one in registers().values():
        klass = "casework" if one.casework else one.klass
        kept = ", ".join(one.kept_by.split()).replace("_", " ")
        lines.append(
            f"| [{one.title}]({one.name}.md) (`{one.place}`) | {one.unit} | {klass} | {kept} | {one.systems} |"
        )
    return "\n".join([*lines, ""])


def register_page(register: "Register") -> str:
    return "\n".join(_lines(register))


def _lines(register: "Register") -> Iterator[str]:
    yield from (f"# {register.title}", "", f"`{register.place}`. {register.help} One row is {register.unit}.", "")
    decided = f", decided by {_roles(register.decides)}" if register.decides else ""
    yield f"Source: {register.source}. Kept by {_roles(register.kept_by)}{decided}. {register.used}."
    yield from (
        "",
        "## Columns",
        "",
        "| column | what it is | kind | required | who sees it | notes |",
        "|---|---|---|---|---|---|",
    )
    yield from map(_column, register.columns)
    yield from ("", *_states(register), *_clocks(register), *_rules(register), *_measures(register))
    if register.headline:
        yield from ("## In one sentence", "", _headline(register.headline), "")
    if register.feeds:
        yield from (
            "## What rests on it",
            "",
            *(f"- {one.kind}: {one.target}{f' ({one.how})' if one.how else ''}" for one in register.feeds),
            "",
        )
    yield from _worked_example(register)


def _worked_example(register: "Register") -> Iterator[str]:
    """The rows, what stands beside them, what they come to, and what is asked of them."""
    yield from ("## Example", "", "```csv", _example(register), "```", "")
    beside = [
        *_beside(
            {"others": register.beside, "settings": register.example_settings, "council": register.example_council}
        )
    ]
    yield from ("Beside it stand:", "", *(f"- {one}" for one in beside), "") if beside else ()
    if register.expects:
        yield from (
            f"On {register.example_as_at} it gives:",
            "",
            "| measure | cut | category | period | value |",
            "|---|---|---|---|---|",
        )
        yield from (f"| {' | '.join((*place, value))} |" for place, value in given_by_example(register).items())
        yield ""
    asked = [f"{register.prefix}-{code}" for code in register.example_asks.split()]
    if asked:
        yield from (f"The example raises {' and '.join(asked)} and shows what a query looks like.", "")


def _headline(headline: str) -> str:
    """'{open:action is|actions are} open' -> '`open` actions are open'."""
    parts = [
        f"{text}`{name}` {(forms or '').split('|')[1]}".rstrip() if forms else f"{text}`{name}`" if name else text
        for text, name, forms, _ in Formatter().parse(headline)
    ]
    return "".join(parts)


def _column(one: Column) -> str:
    title = f"{one.title}, {one.unit}" if one.unit else one.title
    required = "yes" if one.required else ""
    return f"| `{one.name}` | {title} | {one.kind.value} | {required} | {one.sensitivity.value} | {_note(one)} |"


def _roles(names: str) -> str:
    return ", ".join(name.replace("_", " ") for name in names.split())


def _note(column: Column) -> str:
    parts = [column.help, "; ".join(f"`{code}` {words}" for code, words in column.codes.items())]
    parts.append(
        f"the key of `{column.refers}`{', several separated by spaces' if column.several else ''}"
        if column.refers
        else ""
    )
    parts.append(f"one of `{column.codes_from}` in council.toml" if column.codes_from else "")
    parts.append("a due day in the calendar" if column.deadline else "")
    parts.append("" if column.least is None else f"{column.least} to {column.most}")
    return ". ".join(part for part in parts if part)


def _states(register: "Register") -> Iterator[str]:
    if register.ladder is not None:
        yield from ("## States and moves", "", f"In the column `{register.ladder.column}`, in this order:", "")
        for one in register.ladder.states:
            days = " or ".join(f"`{name}`" for name in one.days)
            needs = f"; needs {_named(one.needs)}" if one.needs else ""
            beside = " (beside the ladder)" if one.level is None else ""
            yield f"- `{one.code}`{beside}{f', since {days}' if days else ''}{needs}"
        yield ""
    if register.moves or register.decided:
        yield from _moves(register)
        yield ""


def _moves(register: "Register") -> Iterator[str]:
    """Who may change what. Of several lines that hold for one change, all are to be met."""
    for move in register.moves:
        who = register.decides if move.decides else register.kept_by
        needs = f", with {_named(move.needs)}" if move.needs else ""
        only = f" where `{move.column}` is {' or '.join(f'`{value}`' for value in move.values)}" if move.column else ""
        yield f"- {move.before} to {move.after}{only}: {'decided' if move.decides else 'made'} by {_roles(who)}{needs}"
    for column in register.decided.split():
        yield f"- a change of `{column}`: decided by {_roles(register.decides)}"


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _clocks(register: "Register") -> Iterator[str]:
    if not register.clocks:
        return
    yield from ("## Clocks", "", "| clock | due | stopped by | paused by | rests on |", "|---|---|---|---|---|")
    for one in register.clocks:
        stops = ", ".join(f"`{name}`" for name in one.stops)
        pauses = ", ".join(f"`{begins}` to `{ends}`" for begins, ends in one.pauses)
        basis = f"{one.basis.value}: {one.source}" if one.source else one.basis.value
        yield f"| {one.title} | {_length(one)} | {stops} | {pauses} | {basis} |"
    yield ""


def _length(clock: "Clock") -> str:
    amount, unit = clock.length
    start = "a day that is worked out" if callable(clock.start) else f"`{clock.start}`"
    if amount == 0:
        return start
    return (
        f"{start} and `{amount}`, in {unit}"
        if isinstance(amount, str)
        else f"{start} {'and' if amount > 0 else 'less'} {abs(amount)} {unit}"
    )


def _rules(register: "Register") -> Iterator[str]:
    yield from (
        "## Rules",
        "",
        "| code | finds | severity | broken by | just allowed | what to do |",
        "|---|---|---|---|---|---|",
    )
    for rule in register.rules:
        allowed = " / ".join(_cells(change) for change in rule.holds_for)
        broken = f"{_cells(rule.broken_by)} | {allowed}"
        finds = _finds(rule.title, (rule(broken_row(register, rule)) or "",))
        yield f"| {rule.code} | {finds} | {rule.severity.value} | {broken} | {rule.fix} |"
    for whole in register.whole_rules:
        broken = "; ".join((" / ".join(map(_cells, whole.broken_by)), *_beside(vars(whole))))
        allowed = "; ".join(filter(None, (_cells(whole.holds_for), *_beside(whole.instead))))
        finds = _finds(whole.title, [one.message for one in broken_result(register, whole).findings])
        yield f"| {whole.code} | {finds} | {whole.severity.value} | {broken} | {allowed} | {whole.fix} |"
    yield from (f"| {register.prefix}-{code} | {words} | {severity} |  |  |  |" for code, words, severity in DECLARED)
    yield ""


def _finds(title: str, says: Iterable[str]) -> str:
    """The question, and what it says of the rows that break it, where that is not the question itself."""
    words = [f'"{one}"' for one in dict.fromkeys(says) if one != title]
    return f"{title}. It says {' and '.join(words)}" if words else title


DECLARED = (
    ("ROW, -KEY", "A cell is not of its kind or missing; a key stands twice", "must_fix"),
    ("REF", "A row or fact that is named does not exist", "must_fix"),
    ("STATE, -ORDER", "A state lacks a column; days run backwards", "must_fix"),
    ("COUNT", "A count below 1, without its day, or beside one child", "must_fix"),
    ("PERSONAL", "A cell looks like a person", "must_fix"),
    ("MOVE", "On acceptance: a change of state that is not allowed", "must_fix"),
    ("FUTURE, -PUBLISHED", "A day after the as-at day; a measure that is printed otherwise", "query"),
    ("UNNAMED", "The source counts these things and does not name them", "note"),
)


def _beside(given: Mapping[str, Any]) -> Iterator[str]:
    """What stands beside the rows of an example: other registers, the caseload, what is set, known or was changed.

    given   those fields of a rule
    """
    for name, rows in given.get("others", {}).items():
        yield f"beside `{name}`: {' / '.join(map(_cells, rows)) or 'no row'}"
    if (cases := given.get("cases")) is not None:
        children = [f"{number} in {one}" for one, number in Counter(map(str, cases.values())).items()]
        yield f"with a plan: {', '.join(children) or 'nobody'}"
    for table in ("settings", "council", "facts", "observed"):
        yield from (f"{_plain(name)} = {_plain(value)}" for name, value in (given.get(table) or {}).items())
    for one in given.get("history") or ():
        yield f"changed at {one.at}: {one.column} of {one.row} from '{one.before}' to '{one.after}'"


def _plain(value: Any) -> str:
    """A name or a value as it is read aloud: the parts of several one after the other."""
    if isinstance(value, Mapping):
        return ", ".join(f"{_plain(name)} {_plain(one)}" for name, one in value.items())
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _cells(row: Any) -> str:
    return ", ".join(f"{name} = {'empty' if value in (None, '') else value}" for name, value in row.items())


def _measures(register: "Register") -> Iterator[str]:
    if not register.measures:
        return
    yield from (
        "## Measures",
        "",
        "| measure | what it is | unit | decimals | periods | cuts |",
        "|---|---|---|---|---|---|",
    )
    for one in register.measures:
        when = "; ".join(map(_period, one.periods))
        yield f"| `{one.name}` | {one.formula} | {one.unit} | {one.decimals} | {when} | {_cuts(one)} |"
    yield ""


def _period(period: MeasurePeriod) -> str:
    return PERIODS[period.kind].format(column=f"`{period.column}`")


def _cuts(measure: Measure) -> str:
    total = ["total"] if measure.total and measure.listed is None else []
    return ", ".join([*total, *measure.cuts])


def _example(register: "Register") -> str:
    """The worked example with the columns in which something stands."""
    names = [one.name for one in register.columns if any(row.get(one.name) for row in register.example)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [names, *([row.get(name, "") for name in names] for row in register.example)]
    )
    return out.getvalue().strip()
