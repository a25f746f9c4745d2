"""Write the generated reference: commands, indicators, columns, checks and the glossary, from the definitions.

`make docs` writes it; tests/house/test_manual.py fails while it is stale.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import typer
from systems import systems_text

from highneeds.actions.import_dashboard import GOOD
from highneeds.benchmarks import comparisons
from highneeds.checks.finding import FINDING_COLUMNS
from highneeds.checks.identities import kinds
from highneeds.checks.identities._kind import IdentityPromise
from highneeds.checks.published_figures import questions
from highneeds.checks.rule import Case
from highneeds.checks.sen2.check import rules as sen2_rules
from highneeds.claims.kinds import kinds as claim_kinds
from highneeds.cli import application, commands
from highneeds.cli._command import Command
from highneeds.indicators.mechanism.indicator import Indicator
from highneeds.indicators.mechanism.registry import indicators
from highneeds.intake.file_names import WORDS as FILE_WORDS
from highneeds.intake.ledger.finance_mapping import SPOKEN as FINANCE_WORDS
from highneeds.intake.mapping.suggest import FLAGS
from highneeds.intake.mapping.suggest import WORDS as CASE_SYSTEM_WORDS
from highneeds.intake.spreadsheet import figures
from highneeds.intake.workspace import Workspace
from highneeds.intake.workspace.columns import FILES, FileColumns
from highneeds.office.people.roles import MAY, WORDS, Permission
from highneeds.registers.mechanism.due import COLUMNS as CALENDAR_COLUMNS
from highneeds.registers.mechanism.measuring import COLUMNS as MEASURE_COLUMNS
from highneeds.registers.mechanism.reference import register_page, registers_list
from highneeds.registers.registry import registers
from highneeds.report.build import MakeSection
from highneeds.report.output import command_of
from highneeds.report.reports import reports
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.glossary import GLOSSARY
from highneeds.vocabulary.need import NEEDS
from highneeds.vocabulary.programme import Programme
from highneeds.vocabulary.s251 import LINES as SECTION_251
from highneeds.vocabulary.setting import COUNTED_TOGETHER, MAINSTREAM, SETTINGS, SPECIALIST, setting_words
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "highneeds"
MADE = "<!-- Made by `make docs` from the definitions; do not edit. -->\n\n"


def reference() -> dict[str, str]:
    """Path in the repository -> text."""
    return {
        "docs/reference/commands.md": MADE + "# Commands\n\n" + "\n".join(map(command_text, commands())),
        "docs/reference/indicators.md": MADE + "# Indicators\n\n" + "\n".join(indicator_texts()),
        "docs/reference/columns.md": MADE + "# Columns of files\n\n" + "\n".join(column_texts()),
        "docs/reference/checks.md": MADE + "# Checks\n\n" + "\n".join(check_texts()),
        "docs/reference/claims.md": MADE + "# Kinds of claim\n\n" + "\n".join(claim_texts()),
        "docs/reference/codes.md": MADE + "# Codes and words\n\n" + "\n".join(code_texts()),
        "docs/reference/comparisons.md": MADE + "# Comparisons with other councils\n\n" + "\n".join(comparison_texts()),
        "docs/reference/refusals.md": MADE + "# Refusals\n\n" + "\n".join(refusal_texts()),
        "docs/reference/reports.md": MADE + "# Reports and returns\n\n" + "\n".join(report_texts()),
        "docs/reference/roles.md": MADE + "# Roles of the office\n\n" + "\n".join(role_texts()),
        "docs/reference/words.md": MADE + "# Words that imports know\n\n" + "\n".join(word_texts()),
        "docs/reference/systems.md": MADE + systems_text(),
        **{f"docs/reference/registers/{one.name}.md": MADE + register_page(one) for one in registers().values()},
        "docs/reference/registers/README.md": MADE + registers_list(),
        "GLOSSARY.md": MADE + glossary_text(),
        "docs/README.md": MADE + contents_text(),
    }


SHELVES = {
    "tutorial": "Begin",
    "how-to": "How to",
    "explanation": "How it works, and why",
    "reference": "Reference, made from the code",
    "decisions": "What was decided, and why",
}
"""Folders of docs/ -> the heading over their pages, in the order in which they are read."""


def contents_text() -> str:
    """Every page of docs/ by its title."""
    shelves = (f"## {heading}\n\n" + "\n".join(_pages_of(name)) for name, heading in SHELVES.items())
    return "# Every page\n\n" + "\n\n".join(shelves) + "\n"


def _pages_of(shelf: str) -> Iterator[str]:
    folder = ROOT / "docs" / shelf
    for path in sorted([*folder.glob("*.md"), *folder.glob("*/README.md")]):
        title = next(line for line in path.read_text("utf-8").splitlines() if line.startswith("# "))
        number = f"{path.name[:4]} " if shelf == "decisions" else ""
        yield f"- [{number}{title.removeprefix('# ')}]({shelf}/{path.relative_to(folder)})"


def report_texts() -> Iterator[str]:
    yield "What each holds, section by section. An ellipsis stands for what the council's programme is called.\n"
    for one in reports():
        goes_out = "no: what is invented or only for those inside may stand in it"
        if one.audience.goes_out:
            goes_out = "yes: small counts are hidden, what is invented is left out, what stays inside is refused"
        yield f"## {one.title.format(programme='…')}\n\n- Asked for: `{command_of(one)}`"
        yield f"- For {one.audience.readers}\n- Leaves the council: {goes_out}"
        yield f"- Source: {one.source}\n- Formats: {', '.join(one.formats)}"
        yield from (f"- Section `{section_name(make)}`: {first_sentence(make)}" for make in one.sections)
        yield ""


def section_name(make: MakeSection) -> str:
    """'dashboard.for_annex'; the module alone where it holds one section."""
    module = make.__module__.rsplit(".", 1)[1]
    return module if make.__name__ in ("section", "sections") else f"{module}.{make.__name__}"


def first_sentence(make: MakeSection) -> str:
    """What the section says of itself, else what its file says."""
    said = make.__doc__ or sys.modules[make.__module__].__doc__ or ""
    return " ".join(said.split("\n\n")[0].split())


def claim_texts() -> Iterator[str]:
    yield "What the reader of claims reads in a sentence, and how each example ends on a small evidence of tests.\n"
    for one in claim_kinds():
        yield f"## {one.name.capitalize()}\n"
        yield from (f'- "{text}" {verdict.replace("_", " ")}' for text, verdict in one.examples)
        yield ""


def comparison_texts() -> Iterator[str]:
    yield "Computed for every council from published statistics: `highneeds benchmark`.\n"
    for one in comparisons():
        beside = f"\n- Beside: {', '.join(one.beside)}" if one.beside else ""
        yield (
            f"## {one.id}\n\n{one.title}\n\n- Unit: {one.unit.value}\n- Part: {one.part}\n- Whole: {one.whole}\n"
            f"- Times: {one.scale:,}\n- Of a: {one.when.value}\n- Subject: {one.subject}, {one.per.value}\n"
            f"- Source: {one.source}\n- Example: {one.example}{beside}\n"
        )


def code_texts() -> Iterator[str]:
    yield "What codes stand for in files, and the words that documents show.\n"
    yield from _codes(
        "Primary needs", ("SEN2", "words", "published"), [(one.code, one.words, one.pack) for one in NEEDS]
    )
    settings = [(one.code, one.words, one.pack or "none", "yes" if one.sensetting else "") for one in SETTINGS]
    yield from _codes("Settings", ("code", "words", "published", "written in SEN2"), settings)
    groups = [("mainstream", MAINSTREAM), ("specialist", SPECIALIST)]
    together = [(name, ", ".join(one.words for one in SETTINGS if one.code in codes)) for name, codes in groups]
    yield from _codes("Groups of settings in indicators", ("group", "settings"), together)
    published = dict.fromkeys([*(one.pack for one in SETTINGS), *COUNTED_TOGETHER])
    named = [(f"`{name}`", setting_words(name)) for name in published]
    yield from _codes("Settings of the published statistics", ("published", "words"), named)
    units = [(one.value, str(one.decimals), one.show(12), one.show_change(-12)) for one in Unit]
    yield from _codes("Units", ("unit", "decimals", "a figure", "a change"), units)
    yield from _codes(
        "States of a figure", ("state", "words", "mark"), [(one.value, one.words, one.mark) for one in State]
    )
    levels = [(one.value, one.words) for one in AssuranceLevel]
    yield from _codes("Levels of assurance", ("code", "words"), levels)
    yield from _codes("Programmes", ("code", "words"), [(one.value, one.words) for one in Programme])
    lines = [(one.code, one.title, one.benchmark) for one in SECTION_251]
    yield from _codes("Lines of section 251", ("line", "title", "row of DfE's benchmarking table"), lines)


def _codes(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    table = [f"| {' | '.join(cells)} |" for cells in (heads, ["---" for _ in heads], *rows)]
    yield f"## {title}\n\n" + "\n".join(table) + "\n"


def word_texts() -> Iterator[str]:
    yield "What is read without a word from you. A row that is written otherwise goes into the mapping of its import.\n"
    sums = [(f"`{column}`", "; ".join(words)) for column, words in FINANCE_WORDS.items()]
    yield from _codes("Rows of a finance workbook: `finance import`", ("column of years.csv", "words"), sums)
    ways = [(way, "; ".join(words)) for way, words in GOOD.items()]
    yield from _codes("Which way is good: `dashboard import`", ("good direction", "words"), ways)
    marks = [
        (State.NOT_REPORTED.words, sorted(figures.NOT_REPORTED | figures.AWAITED)),
        (State.UNAVAILABLE.words, sorted(figures.UNAVAILABLE)),
        (State.SUPPRESSED.words, sorted(figures.SUPPRESSED)),
    ]
    yield from _codes("Marks in a cell of figures", ("state", "marks"), [(state, "; ".join(ms)) for state, ms in marks])
    meanings = [
        (f"`{column}`", code, "; ".join(words))
        for column, codes in {**CASE_SYSTEM_WORDS, **FLAGS}.items()
        for code, words in codes.items()
    ]
    head = "Values of a case system: a code is suggested, and a person decides"
    yield from _codes(head, ("SEN2 column", "code", "words"), meanings)
    yield "## Words that stay in the name of a file\n\nAny other word may be a name and is kept as its shape: 'aaaa'.\n"
    yield ", ".join(sorted(FILE_WORDS)) + "\n"


REFUSALS = ("InputError", "StoreError", "WrongField")


def refusal_texts() -> Iterator[str]:
    """Every refusal in the source: what, and what to do; what is filled in stands as an ellipsis."""
    yield "What is refused, and what to do about it. An ellipsis stands for what you gave.\n"
    for room in sorted(SOURCE.iterdir()):
        files = [room] if room.suffix == ".py" else sorted(room.rglob("*.py"))
        calls = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
        refusals = [_refusal(call) for call in calls if isinstance(call, ast.Call) and _is_refusal(call)]
        if refusals:
            yield f"## {room.stem.capitalize()}\n"
            yield from sorted({f"- {one}" for one in refusals if re.search(r"[a-z]{3}", one)})
            yield ""


def _is_refusal(call: ast.Call) -> bool:
    return getattr(call.func, "id", "") in REFUSALS


def _refusal(call: ast.Call) -> str:
    remedies = [keyword.value for keyword in call.keywords if keyword.arg == "remedy"]
    return " ".join(f"{_text(part)}.".replace("..", ".") for part in [*call.args[:1], *remedies])


def _text(node: ast.expr) -> str:
    """The words of a text in the source, with an ellipsis for each value that is filled in."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(map(_text, values))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left) + _text(right)
        case ast.IfExp(body=body, orelse=other):
            return f"{_text(body)} (or: {_text(other)})"
    return "…"


def role_texts() -> Iterator[str]:
    yield "Who may do what in the [programme office](../how-to/run-the-office.md). A role is held for one council.\n"
    for role, permissions in MAY.items():
        yield f"## {WORDS[role]} (`{role}`)\n"
        yield from (f"- {permission}" for permission in Permission if permission in permissions)
        yield ""


def command_text(command: Command) -> str:
    words = " ".join(command.words)
    lines = [f"## highneeds {words}", "", (command.run.__doc__ or "").strip(), ""]
    rows = [f"| {name} | {text} |" for name, text in parameters(command)]
    if rows:
        lines += ["| what | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def parameters(command: Command) -> Iterator[tuple[str, str]]:
    found: click.Command = typer.main.get_command(application([command]))
    for word in command.words:
        found = found.commands[word]
    for parameter in found.params:
        names = parameter.opts if parameter.param_type_name == "option" else [parameter.name.upper()]
        note = "" if parameter.required or parameter.param_type_name == "option" else " (optional)"
        default = parameter.default
        shown = f" Default: {getattr(default, 'value', default)}." if default not in (None, False, ()) else ""
        if parameter.name != "help":
            help_text = (getattr(parameter, "help", "") or "").rstrip(".")
            yield "`" + ", ".join(names) + "`" + note, f"{help_text}.{shown}".lstrip(".").strip()


def indicator_texts() -> Iterator[str]:
    for one in indicators():
        choices = f"\n- Choices: {', '.join(one.choices)}" if one.choices else ""
        yield (
            f"## {one.id}\n\n{one.title}\n\n- Unit: {one.unit.value}\n- Part: {one.part}\n"
            f"- Whole: {one.whole or 'none: it is a plain amount'}\n- Source: {one.source}\n- Basis: {one.basis}\n"
            f"- Example: {one.example}{choices}\n{''.join(f'- {line}' + chr(10) for line in _declared(one))}"
        )


def _declared(one: Indicator) -> Iterator[str]:
    """What an indicator declares of itself besides: what it needs, when it can be given, what else gives it away."""
    if one.fields:
        yield f"Needs: {', '.join(f'{module}.{name}' for module, name in one.fields)}"
    if one.settings:
        yield "Needs the list of establishments"
    if one.reached_only:
        yield "Of the month of the return alone"
    if one.also_called:
        yield f"Also called: {', '.join(one.also_called)}"
    yield from (f"Hangs together: {record_text(relation)}" for relation in one.relations)


def column_texts() -> Iterator[str]:
    yield "## findings\n\n" + ", ".join(f"`{name}`" for name in FINDING_COLUMNS) + "\n"
    yield "## measures\n\n" + ", ".join(f"`{name}`" for name in MEASURE_COLUMNS) + "\n"
    yield "## calendar\n\n" + ", ".join(f"`{name}`" for name in CALENDAR_COLUMNS) + "\n"
    yield "A row of a CSV file that begins with `#` is a remark. A file that holds its header alone holds nothing.\n"
    for file in FILES:
        yield file_text(file)
    for register in registers().values():
        names = ", ".join(f"`{one.name}`" for one in register.columns)
        yield f"## {register.place}\n\n{register.help} [Its page](registers/{register.name}.md). Columns: {names}.\n"


def file_text(file: FileColumns) -> str:
    rows = [f"| `{name}` | {words} | yes |" for name, words in file.required.items()]
    rows += [f"| `{name}` | {words} |  |" for name, words in file.optional.items()]
    day = f" No `known_on`: {file.no_day}." if file.no_day else ""
    head = [f"## {file.name}", "", f"{file.rows[:1].upper()}{file.rows[1:]}.{day}", ""]
    return "\n".join([*head, "| column or key | what it is | required |", "|---|---|---|", *rows, ""])


def check_texts() -> Iterator[str]:
    yield "## Arithmetic of the dashboard\n"
    for kind in kinds().values():
        yield f'### IDENTITY-{kind.name}\n\n{kind.title}. Example: "{kind.example[1][0]}". {kind.fix}\n'
        yield from (f"- Last allowed: {promise_text(one)}" for one in kind.holds_for)
        yield ""
    yield "## Published figures\n"
    for question in questions():
        yield f'### {question.code}\n\n{question.title}. Example: "{question.example}". {question.fix}\n'
        yield from (f"- Last allowed: {workspace_text(one)}" for one in question.holds_for)
        yield ""
    yield "## Registers\n\nThe rules of each register stand on [its page](registers/README.md).\n"
    yield "## SEN2 returns\n"
    for one in sen2_rules():
        said = f'"{one(one.broken_by)}"'
        where = f"Source: {one.source}."
        yield f"### {one.code} ({one.severity.value})\n\n{one.title}. Example: {said}. {one.fix} {where}\n"
        yield f"- Column: {one.field or 'none alone'}"
        yield from (f"- First refused: {text}" for text in cases_texts([one.broken_by]))
        yield from (f"- Refused as well: {text}" for text in cases_texts(one.also_broken_by))
        yield from (f"- Last allowed: {text}" for text in cases_texts(one.holds_for))
        yield ""


def promise_text(promise: IdentityPromise) -> str:
    """The left side beside the terms, each with its periods."""
    sides = [promise.result, *promise.terms] if promise.result else promise.terms
    return " beside ".join(", ".join(f"{value} in {period.label}" for period, value in side.items()) for side in sides)


def workspace_text(workspace: Workspace) -> str:
    """What a small workspace prints."""
    plain = ("exact", "range")
    said = [
        fact.printed if fact.qualifier in plain else field_text(fact.qualifier, fact.printed)
        for fact in workspace.facts
    ]
    said += [f"{cell.cohort.replace('_', ' ')} {cell.printed} {cell.unit}" for cell in workspace.placements]
    said += [f'"{one.text}" under {one.section}' for one in workspace.narrative]
    return ", ".join(said) or "nothing printed"


def cases_texts(cases: Iterable[Case]) -> Iterator[str]:
    """Cases of a rule as a reader can follow them; of a further case only what differs from the first refused."""
    for names, alike in groupby(cases, key=tuple):
        texts = [[value_text(case[name]) for name in names] for case in alike]
        if len(names) == 1 and all(len(text) < 20 for [text] in texts):
            texts = [[" or ".join(text for [text] in texts)]]
        yield from (", ".join(map(field_text, names, one)) for one in texts)


def field_text(name: str, text: str) -> str:
    """The people of a case say what they are; every other field has its name before it."""
    return text if name == "people" else f"{name.replace('_', ' ')} {text}"


def value_text(value: Any) -> str:
    """One value of a case: a record as its filled fields, alike things that stand together as one with their number."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value:%d %b %Y}"
    if isinstance(value, tuple | list):
        alike = [(len(list(group)), text) for text, group in groupby(value_text(one) for one in value)]
        return " and ".join(f"{number} x {text}" if number > 1 else text for number, text in alike) or "none"
    if isinstance(value, Mapping):
        return f"({', '.join(field_text(name, value_text(one)) for name, one in value.items())})"
    if is_dataclass(value) and not isinstance(value, type):
        return record_text(value)
    return "none" if value is None else str(value)


def record_text(record: Any) -> str:
    """A record of a return: what it is, its filled fields, and the records under it."""
    given = {one.name: getattr(record, one.name) for one in fields(record)}
    filled = {name: value for name, value in given.items() if value is not None and value != ()}
    inside = [
        value_text(value) if isinstance(value, tuple) else field_text(name, value_text(value))
        for name, value in filled.items()
    ]
    what = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(record).__name__).lower()
    return f"{what} ({', '.join(inside)})" if inside else what


def glossary_text() -> str:
    lines = ["# Glossary", "", "One word per idea, the same in code, screens and reports.", ""]
    lines += ["| word | what it means | others call it |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {one.word} | {one.meaning} | {', '.join(one.also)} |" for one in GLOSSARY), ""])


def main() -> None:
    for name, text in reference().items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(name)


if __name__ == "__main__":
    main()
