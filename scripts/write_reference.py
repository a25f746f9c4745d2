"""Write the generated reference: commands, indicators, columns, checks and the glossary, from the definitions.

`make docs` writes it; tests/house/test_manual.py fails while it is stale.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import typer
from systems import systems_text

from highneeds.checks.finding import FINDING_COLUMNS
from highneeds.checks.identities import kinds
from highneeds.checks.identities._kind import IdentityPromise
from highneeds.checks.published_figures import questions
from highneeds.checks.rule import Case
from highneeds.checks.sen2.check import rules as sen2_rules
from highneeds.cli import application, commands
from highneeds.cli._command import Command
from highneeds.indicators.mechanism.registry import indicators
from highneeds.intake.workspace import Workspace
from highneeds.intake.workspace.columns import FILES, FileColumns
from highneeds.office.people.roles import MAY, WORDS, Permission
from highneeds.registers.mechanism.due import COLUMNS as CALENDAR_COLUMNS
from highneeds.registers.mechanism.measuring import COLUMNS as MEASURE_COLUMNS
from highneeds.registers.mechanism.reference import register_page, registers_list
from highneeds.registers.registry import registers
from highneeds.vocabulary.glossary import GLOSSARY

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Made by `make docs` from the definitions; do not edit. -->\n\n"


def reference() -> dict[str, str]:
    """Path in the repository -> text."""
    return {
        "docs/reference/commands.md": MADE + "# Commands\n\n" + "\n".join(map(command_text, commands())),
        "docs/reference/indicators.md": MADE + "# Indicators\n\n" + "\n".join(indicator_texts()),
        "docs/reference/columns.md": MADE + "# Columns of files\n\n" + "\n".join(column_texts()),
        "docs/reference/checks.md": MADE + "# Checks\n\n" + "\n".join(check_texts()),
        "docs/reference/roles.md": MADE + "# Roles of the office\n\n" + "\n".join(role_texts()),
        "docs/reference/systems.md": MADE + systems_text(),
        **{f"docs/reference/registers/{one.name}.md": MADE + register_page(one) for one in registers().values()},
        "docs/reference/registers/README.md": MADE + registers_list(),
        "GLOSSARY.md": MADE + glossary_text(),
    }


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
            f"- Example: {one.example}{choices}\n"
        )


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
    head = [f"## {file.name}", "", f"{file.rows[:1].upper()}{file.rows[1:]}.", ""]
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
