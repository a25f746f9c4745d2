"""The detailed update of every condition: level given in each slot, level suggested, narrative, data."""

from collections.abc import Iterator

from highneeds.assurance.levels import Assurance
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import narrative_blocks
from highneeds.report.words import conditions as words
from highneeds.report.words import measures


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = [doc.Paragraph(finding(evidence)), levels_table(evidence)]
    for assurance in evidence.assurances:
        blocks += _condition(evidence, assurance)
    return doc.Section("conditions", words.TITLE, tuple(blocks), new_page=True)


def finding(evidence: Evidence) -> str:
    """How often the level given and the level suggested agree."""
    disagree = [one for one in evidence.assurances if one.agreement == "disagree"]
    agree = [one for one in evidence.assurances if one.agreement == "agree"]
    return words.agreement(len(evidence.assurances), len(agree), len(disagree))


def levels_table(evidence: Evidence) -> doc.DataTable:
    """Condition by slot of the year, with the level that the indicators suggest."""
    slots = evidence.workspace.council.slots
    columns = (
        doc.TableColumn(words.CONDITION, width=3),
        *(doc.TableColumn(slot, width=1.6, of="update", key=slot) for slot in slots),
        doc.TableColumn(words.SUGGESTED, width=2),
        doc.TableColumn(words.AGREE, width=1.6),
    )
    rows = tuple(doc.Row.of(*_level_cells(one, slots)) for one in evidence.assurances)
    return doc.DataTable("levels-by-condition", words.LEVELS, columns, rows, notes=(words.LEVELS_NOTE,))


def _level_cells(assurance: Assurance, slots: tuple[str, ...]) -> Iterator[doc.Cell | str]:
    given = {one.update: one for one in assurance.given}
    yield f"{assurance.condition.number}. {assurance.condition.short_title}"
    for slot in slots:
        one = given.get(slot)
        yield doc.Cell.tag(one.level, note=one.note) if one else doc.Cell.words(words.NOT_GIVEN)
    yield doc.Cell.tag(assurance.suggested)
    yield assurance.agreement.capitalize()


def _condition(evidence: Evidence, assurance: Assurance) -> Iterator[doc.Block]:
    condition = assurance.condition
    heading = words.heading(condition.number, condition.short_title)
    yield doc.Heading(heading, id=f"condition-{condition.number}-update")
    yield doc.Paragraph(f"{condition.title}. {condition.note}".strip(), doc.Tone.SMALL)
    slot = evidence.workspace.council.report.slot
    yield doc.Tags((doc.Tag(words.given(slot), assurance.current), doc.Tag(words.SUGGESTED, assurance.suggested)))
    yield from narrative_blocks(evidence.part(f"Condition {condition.number}"))
    if assurance.agreement == "disagree":
        yield doc.NoteBlock(words.NOT_SUPPORTED, words.apart(assurance.current, assurance.suggested), doc.NoteKind.DATA)
    if assurance.suggested.is_given:
        yield doc.Bullets(measures.why(assurance.suggestion))
    yield doc.Paragraph(measures.counted(assurance.suggestion), doc.Tone.SMALL)
