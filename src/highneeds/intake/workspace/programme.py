"""programme/: the levels given to each condition, and the narrative of each monitoring report."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.text import read_text
from highneeds.intake.values import code, text, whole_or_none
from highneeds.intake.workspace.facts import once
from highneeds.intake.workspace.given import known_condition
from highneeds.intake.workspace.headings import heading_of
from highneeds.intake.workspace.known_on import COLUMN, Days, known_on, newest_known
from highneeds.store.place import Place
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import RestatedLines, Source, restated_lines

LEVEL_CODES = tuple(level.value for level in AssuranceLevel)


@dataclass(frozen=True)
class RatedLevel:
    """The assurance level a condition's owner gave in one update of the year.

    known_on   the day on which it became known. A level that was given anew is a row of its own with a later one
    """

    condition: int
    update: str
    level: AssuranceLevel
    source: Source
    note: str
    known_on: date | None = None


@dataclass(frozen=True)
class LevelDefinition:
    """What a level means, as the template defines it."""

    level: AssuranceLevel
    definition: str


@dataclass(frozen=True)
class NarrativeParagraph:
    """One paragraph or list item of the narrative.

    section   the heading it stands under, such as 'Condition 3'
    text      the words, without the bracket that names the source
    source    the bracket's content, such as 'REPORT 131-133'; restates: the lines that it names, where it does
    bullet    True for a list item
    file, line   where it starts
    heading_line   where its heading stands; 0 where that is not known
    place     where a reader would look the source up: 'Monitoring report, condition 3, page 5'
    """

    section: str
    text: str
    source: str
    bullet: bool
    file: str
    line: int
    heading_line: int = 0
    place: str = ""
    restates: RestatedLines | None = None


LEVEL_MUST_SAY = ("condition", "update", "level")
LEVEL_COLUMNS = (*LEVEL_MUST_SAY, "source", "source_line", "note", COLUMN)


def read_levels(
    folder: Place, report: str, slots: tuple[str, ...], conditions: Collection[int], days: Days
) -> tuple[RatedLevel, ...]:
    """Every version of every level of a report, in the order of the file; two of one day are refused.

    days   when each document of the agreement was published
    """
    path = folder / "programme" / report / "levels.csv"
    if not path.exists():
        return ()
    rows = read_csv(path, LEVEL_MUST_SAY, name=f"programme/{report}/levels.csv")
    found = tuple(
        RatedLevel(
            _rated_condition(row, conditions),
            code(row, "update", slots),
            AssuranceLevel(code(row, "level", LEVEL_CODES)),
            Source(row["source"], whole_or_none(row, "source_line")),
            row["note"],
            known_on(row, row["source"], days),
        )
        for row in rows
    )
    once(((_version_of(one), row.where) for one, row in zip(found, rows, strict=True)), "level of condition")
    return found


def levels_known(rows: Iterable[RatedLevel], day: date | None = None) -> tuple[RatedLevel, ...]:
    """One level a condition and update, as it was known on the day; the newest where no day is given."""
    return newest_known(rows, lambda one: (one.condition, one.update), day)


def _version_of(one: RatedLevel) -> tuple[object, ...]:
    return (one.condition, one.update, *([one.known_on] if one.known_on else []))


def _rated_condition(row: CsvRow, conditions: Collection[int]) -> int:
    number = known_condition(row, conditions)
    if number is None:
        raise InputError(
            "A level is of no condition", where=row.place("condition"), remedy="Write the condition's number"
        )
    return number


def read_level_definitions(folder: Place) -> tuple[LevelDefinition, ...]:
    path = folder / "programme" / "level_definitions.csv"
    if not path.exists():
        return ()
    rows = read_csv(path, ("level", "definition"), name="programme/level_definitions.csv")
    return tuple(
        LevelDefinition(AssuranceLevel(code(row, "level", LEVEL_CODES)), text(row, "definition")) for row in rows
    )


def read_narrative(folder: Place, report: str, conditions: Collection[int]) -> tuple[NarrativeParagraph, ...]:
    """The narrative of a report, each paragraph under the known heading that is meant, else under its own."""
    name = f"programme/{report}/narrative.md"
    path = folder / "programme" / report / "narrative.md"
    if not path.exists():
        return ()
    found = narrative(read_text(path, name), name)
    return tuple(replace(one, section=heading_of(one.section, conditions)) for one in found)


def narrative(markdown: str, file: str) -> tuple[NarrativeParagraph, ...]:
    """Paragraphs and list items of a narrative, each with the heading it stands under and the line it starts on."""
    found: list[NarrativeParagraph] = []
    block: list[str] = []
    section, start, heading = "", 0, 0
    for number, line in enumerate([*markdown.split("\n"), ""], start=1):
        if line.startswith(("#", "- ")) or not line.strip():
            if block and section:
                found.append(replace(_paragraph(section, block, file, start), heading_line=heading))
            block = []
        if line.startswith("## "):
            section, heading = line[3:].strip(), number
        elif line.startswith("#"):
            section = ""
        elif line.strip():
            start = start if block else number
            block.append(line.strip())
    return tuple(found)


def _paragraph(section: str, block: list[str], file: str, line: int) -> NarrativeParagraph:
    joined = " ".join(block)
    bullet = joined.startswith("- ")
    words = joined[2:] if bullet else joined
    bracket = re.search(r"\s*\[([A-Z][^\]]*\d)\]$", words)
    if bracket is None:
        return NarrativeParagraph(section, words, "", bullet, file, line)
    restates = restated_lines(bracket[1])
    return NarrativeParagraph(section, words[: bracket.start()], bracket[1], bullet, file, line, restates=restates)
