"""YAML in, with the line of every key kept, so that a mistake can be pointed at."""

from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from highneeds.intake.text import read_text
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import parse_day
from highneeds.vocabulary.printable import printable
from highneeds.vocabulary.source import Source

SHOWN = "docs/reference/columns.md shows how"


class Located(dict[str, Any]):
    """A mapping of a YAML file that knows the file and the line of each of its keys."""

    file: str = ""
    line: int = 0
    lines: dict[str, int]

    def where(self, key: str = "") -> Source:
        return Source(self.file, self.lines.get(key, self.line))

    def check_keys(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
        """Refuse a key nobody reads and a key that is missing: both are usually a slip of the pen."""
        for key in self:
            if key not in required and key not in optional:
                known = ", ".join(sorted({*required, *optional}))
                raise InputError(
                    f"The key '{key}' is not known", where=self.where(key), remedy=f"Known keys are {known}"
                )
        for key in required:
            if self.get(key) in (None, ""):
                raise InputError(f"The key '{key}' is missing", where=self.where(), remedy="Add it", lacks=(key,))

    def text(self, key: str) -> str:
        value = self.get(key)
        return "" if value is None else str(value)

    def whole(self, key: str) -> int:
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise InputError(
                f"'{value}' stands where a whole number belongs", where=self.where(key), remedy="Write digits only"
            )
        return value

    def yes_or_no(self, key: str, otherwise: bool) -> bool:
        value = self.get(key, otherwise)
        if not isinstance(value, bool):
            raise InputError(
                f"'{value}' is neither true nor false", where=self.where(key), remedy="Write true or false"
            )
        return value

    def mapping(self, key: str) -> "Located":
        value = self.get(key)
        if not isinstance(value, Located):
            raise InputError(f"'{key}' must hold keys of its own", where=self.where(key), remedy=SHOWN)
        return value

    def mappings(self, key: str) -> tuple["Located", ...]:
        value = self.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, Located) for item in value):
            raise InputError(f"'{key}' must be a list of entries", where=self.where(key), remedy=SHOWN)
        return tuple(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.get(key) or []
        if not isinstance(value, list):
            raise InputError(f"'{key}' must be a list", where=self.where(key), remedy="Begin each line with '- '")
        return tuple(str(item) for item in value)


class _Loader(yaml.SafeLoader):
    """Keeps lines, refuses a key that stands twice, and leaves dates as the text they were written as."""

    file = ""

    def construct_located(self, node: yaml.MappingNode) -> Located:
        found = Located()
        found.file, found.line, found.lines = self.file, node.start_mark.line + 1, {}
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in found.lines:
                raise InputError(
                    f"The key '{key}' stands there twice",
                    where=Source(self.file, key_node.start_mark.line + 1),
                    remedy="Remove one of them",
                )
            found.lines[key] = key_node.start_mark.line + 1
            found[key] = self.construct_object(value_node, deep=True)
        return found


def _text(loader: _Loader, node: yaml.ScalarNode) -> str:
    """Text may name a character by its number, "\\u4e2d"; it is made printable like one that is written."""
    return printable(str(loader.construct_scalar(node)))


_Loader.add_constructor("tag:yaml.org,2002:str", _text)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _Loader.construct_located)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: str(node.value))


def read_yaml(path: Place, name: str = "") -> Located:
    """The top mapping of a YAML file."""
    return parse_yaml(read_text(path, name), name or path.name)


def parse_yaml(text: str, file: str) -> Located:
    try:
        value = _value_of(text, file)
    except (yaml.reader.ReaderError, ValueError, RecursionError) as problem:
        raise InputError(
            f"This is not readable as YAML ({_why(problem)})",
            where=file,
            remedy="Write plain text, and put it in quotes",
        ) from problem
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise InputError(
            f"This is not readable as YAML ({problem.problem})",
            where=Source(file, line),
            remedy="Check the indents and the colons near it",
        ) from problem
    if not isinstance(value, Located):
        raise InputError("The file holds no keys", where=Source(file, 1), remedy=SHOWN)
    return value


def _value_of(text: str, file: str) -> Any:
    _refuse_references(text, file)
    node, loader = _parsed(text), _Loader("")
    loader.file = file
    return None if node is None else loader.construct_document(node)


@lru_cache(maxsize=64)
def _parsed(text: str) -> yaml.Node | None:
    """The entries of a text with their places; None where there are none. What is read is made of them anew each time.

    A file is read by everybody who asks something of it, and to take it apart is most of the work: it is done once.
    """
    loader = yaml.SafeLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _refuse_references(text: str, file: str) -> None:
    """Refuse a reference to another entry: a few hundred bytes of them unfold to more than memory holds."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader) if "*" in text else ():
        if isinstance(event, yaml.AliasEvent) and event.start_mark:
            raise InputError(
                f"A reference to another entry stands here (*{event.anchor})",
                where=Source(file, event.start_mark.line + 1),
                remedy="Write out what it refers to",
            )


def _why(problem: Exception) -> str:
    if isinstance(problem, RecursionError):
        return "its parts are nested too deeply"
    return str(problem).splitlines()[0]


def as_day(text: str, where: str | Source) -> date:
    return parse_day(text, where)
