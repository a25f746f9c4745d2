"""The forecast, for its page: the blocks of the report's annex, part by part, so that both say the same."""

from collections.abc import Sequence

from highneeds.report.blocks import Block, Bullets, ChartBlock, DataTable, Heading, Paragraph, plain
from highneeds.report.evidence import Evidence
from highneeds.report.pages.charts import table_result
from highneeds.report.pages.results.forecast import ForecastPage, ForecastPart
from highneeds.report.pages.results.parts import NamedTable, PageFinding
from highneeds.report.sections import forecast


def forecast_result(evidence: Evidence) -> ForecastPage:
    """The whole annex; where there is no forecast, the reason."""
    brief, said = evidence.brief, PageFinding.of(*forecast.finding(evidence))
    if brief is None:
        return ForecastPage(said, "", ())
    return ForecastPage(said, forecast.basis(brief), tuple(_parts(forecast.section(evidence).blocks)))


def _parts(blocks: Sequence[Block]) -> list[ForecastPart]:
    """What follows each heading, up to the next; what stands before the first is the page's own head."""
    starts = [place for place, block in enumerate(blocks) if isinstance(block, Heading)]
    ends = [*starts[1:], len(blocks)]
    return [_part(blocks[start:end]) for start, end in zip(starts, ends, strict=True)]


def _part(blocks: Sequence[Block]) -> ForecastPart:
    heading = blocks[0]
    assert isinstance(heading, Heading)
    return ForecastPart(
        id=_id(heading.text),
        title=heading.text,
        level=heading.level,
        paragraphs=tuple(plain(block.words) for block in blocks if isinstance(block, Paragraph)),
        charts=tuple(block.id for block in blocks if isinstance(block, ChartBlock)),
        tables=tuple(_table(block) for block in blocks if isinstance(block, DataTable)),
        points=tuple(plain(item) for block in blocks if isinstance(block, Bullets) for item in block.items),
    )


def _id(words: str) -> str:
    """'What if' -> 'what-if'."""
    return "-".join("".join(letter for letter in words.lower() if letter.isalnum() or letter == " ").split())


def _table(block: DataTable) -> NamedTable:
    """The marks of gaps have their key; a note on a cell stands below the table."""
    key = [f"{block.key()}."] if block.key() else []
    notes = (*key, *block.numbered_notes(), *(plain(note) for note in block.notes))
    return NamedTable(block.id, block.title, table_result(block), notes, block.source)
