"""A scenario as a form: its title, what it rests on, and levers with the fields that the engine declares.

A file that a form cannot hold (a lever nobody knows, a remark between two lines) is written as text instead.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from highneeds.office.evidence.bridge import InputError, parse_yaml, rows_of_levers, words_of_choice

Typed = Mapping[str, str | list[str]]
PLAIN = re.compile(r"(?!(?:yes|no|on|off|true|false|null|y|n)$)[a-z][a-z0-9_]*")
MOST_LEVERS = 12
"""More fields than a request may carry (DATA_UPLOAD_MAX_NUMBER_FIELDS) and than a person reads."""


@dataclass(frozen=True)
class FieldForm:
    """kind: number, whole number, whole numbers, text, texts or month; choices: code -> words, empty without a list."""

    name: str
    help: str
    kind: str
    required: bool
    default: str
    choices: Mapping[str, str]

    @property
    def several(self) -> bool:
        return self.kind in ("texts", "whole numbers")


@dataclass(frozen=True)
class LeverForm:
    """unit: of low, central and high, which lie between least and most."""

    name: str
    title: str
    unit: str
    least: float
    most: float
    duty: str
    affects: str
    fields: tuple[FieldForm, ...]
    example: Typed

    def opens(self, typed: Typed, errors: Mapping[str, str], number: int) -> bool:
        """Whether something stands in a field that may be left empty, or is wrong with it."""
        return any(typed.get(one.name) or f"{number}-{one.name}" in errors for one in self.fields if not one.required)


@dataclass(frozen=True)
class ScenarioForm:
    """note: what it rests on, the remarks at the head of the file; levers: (its name, field -> what is typed)."""

    title: str
    note: str
    delay_of: str
    levers: tuple[tuple[str, Typed], ...]


class WronglyTyped(InputError):
    """`problems`: name of the field on the page -> what is wrong."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("The scenario is not filled in as it should be")
        self.problems = problems


@cache
def lever_forms() -> Mapping[str, LeverForm]:
    """Every lever that the engine knows, by name."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows_of_levers():
        rows.setdefault(row["lever"], []).append(row)
    return {name: _form(found) for name, found in rows.items()}


def _form(rows: list[Mapping[str, Any]]) -> LeverForm:
    first = rows[0]
    fields = tuple(_field(row) for row in rows)
    example = {one.name: _typed(row["example"], one) for one, row in zip(fields, rows, strict=True) if row["example"]}
    given = {name: first[name] for name in ("title", "unit", "least", "most", "duty", "affects")}
    return LeverForm(name=first["lever"], fields=fields, example=example, **given)


def _field(row: Mapping[str, Any]) -> FieldForm:
    choices = {code: words_of_choice(code) for code in row["choices"].split()}
    return FieldForm(row["field"], row["help"], row["kind"], row["required"] == "yes", str(row["default"]), choices)


def _typed(text: str, field: FieldForm) -> str | list[str]:
    return typed_apart(text) if field.choices and field.several else text


def typed_apart(text: str) -> list[str]:
    """Several values as they are typed, in a form and in the engine's own examples: apart by commas."""
    return [one.strip() for one in text.split(",") if one.strip()]


def start() -> ScenarioForm:
    """What a new scenario begins with: one lever, the engine's own example of it."""
    return with_lever(ScenarioForm("", "", "", ()), "phase_transfer_placement")


def with_lever(form: ScenarioForm, name: str) -> ScenarioForm:
    """One lever more, filled in as the engine's own example of it is."""
    return ScenarioForm(form.title, form.note, form.delay_of, (*form.levers, (name, lever_forms()[name].example)))


def form_of(text: str) -> ScenarioForm | None:
    """The form of a file; None where saving it would lose something that stands in the file."""
    try:
        said, note = parse_yaml(text, "the scenario"), _remarks(text)
        levers = tuple(_lever_typed(one) for one in said.get("levers") or ())
        form = ScenarioForm(str(said.get("title", "")), note, str(said.get("delay_of", "")), levers)
        whole = parse_yaml(text_of(form), "the form") == said and text.count("#") == note.count("#") + _heads(text)
    except (InputError, KeyError, TypeError, AttributeError, ValueError):
        return None
    return form if whole else None


def _remarks(text: str) -> str:
    """The lines of remark before the first line of content."""
    lines = text.splitlines()[: _heads(text)]
    return "\n".join(line.lstrip("#").strip() for line in lines)


def _heads(text: str) -> int:
    lines = text.splitlines()
    return next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))


def _lever_typed(said: Mapping[str, Any]) -> tuple[str, Typed]:
    known = lever_forms()[said["lever"]]
    values = {one.name: _shown(said[one.name], one) for one in known.fields if one.name in said}
    return known.name, values


def _shown(value: Any, field: FieldForm) -> str | list[str]:
    """The value as a page shows it; ValueError where it is none of those that can be chosen."""
    if field.choices and not set(value if isinstance(value, list) else [value]) <= set(field.choices):
        raise ValueError(field.name)
    if isinstance(value, list):
        parts = [str(one) for one in value]
        return parts if field.choices else ", ".join(parts)
    return str(value)


def typed_in(post: Any) -> ScenarioForm:
    """What was typed: a page's fields are called by the number of their lever, '1-starts'."""
    levers = []
    for number in range(1, MOST_LEVERS + 1):
        known = lever_forms().get(post.get(f"{number}-lever", ""))
        if known is None or post.get(f"{number}-out"):
            continue
        levers.append((known.name, {one.name: _from(post, f"{number}-{one.name}", one) for one in known.fields}))
    return ScenarioForm(post.get("title", "").strip(), post.get("note", ""), post.get("delay_of", ""), tuple(levers))


def _from(post: Any, name: str, field: FieldForm) -> str | list[str]:
    return post.getlist(name) if field.choices and field.several else post.get(name, "").strip()


def text_of(form: ScenarioForm) -> str:
    """The file of a form; WronglyTyped where something does not fit its field."""
    problems = {} if form.title else {"title": "Give the scenario a title"}
    lines = [f"# {line}".rstrip() for line in form.note.strip().splitlines()]
    lines.append(f"title: {json.dumps(form.title, ensure_ascii=False)}")
    lines += [f"delay_of: {json.dumps(form.delay_of)}"] if form.delay_of else []
    lines.append("levers:" if form.levers else "levers: []")
    for number, (name, values) in enumerate(form.levers, start=1):
        lines.append(f"  - lever: {name}")
        for field in lever_forms()[name].fields:
            try:
                lines += [f"    {field.name}: {said}" for said in _written(field, values.get(field.name, ""))]
            except ValueError as problem:
                problems[f"{number}-{field.name}"] = str(problem)
    if problems:
        raise WronglyTyped(problems)
    return "\n".join(lines) + "\n"


def _written(field: FieldForm, typed: str | list[str]) -> Iterable[str]:
    """The value as the file has it; nothing for a field that was left empty."""
    parts = typed if isinstance(typed, list) else typed_apart(typed) if field.several else [typed]
    parts = [one.strip() for one in parts if one.strip()]
    if not parts and field.required:
        raise ValueError(f"Fill in “{field.help}”")
    said = [_one(field, part) for part in parts]
    if said:
        yield f"[{', '.join(said)}]" if field.several else said[0]


def _one(field: FieldForm, part: str) -> str:
    if field.kind.startswith("whole"):
        if not re.fullmatch(r"-?\d{1,9}", part):
            raise ValueError(f"“{field.help}”: '{part}' is no whole number")
        return str(int(part))
    if field.kind == "number":
        part = part.replace(",", "").removeprefix("£")
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?", part):
            raise ValueError(f"“{field.help}”: '{part}' is no number such as 0.25")
        return part
    return part if PLAIN.fullmatch(part) else json.dumps(part, ensure_ascii=False)
