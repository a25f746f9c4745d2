"""The detailed update of every condition: level given in each slot, level suggested, narrative, data."""

from collections.abc import Iterator

from highneeds.assurance.levels import Assurance
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import narrative_blocks


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = [doc.Paragraph(finding(evidence)), levels_table(evidence)]
    for assurance in evidence.assurances:
        blocks += _condition(evidence, assurance)
    return doc.Section("conditions", "Detailed update by condition", tuple(blocks), new_page=True)


def finding(evidence: Evidence) -> str:
    """How often the level given and the level suggested agree."""
    disagree = [one for one in evidence.assurances if one.agreement == "disagree"]
    agree = [one for one in evidence.assurances if one.agreement == "agree"]
    return (
        f"Of {len(evidence.assurances)} conditions, the indicators suggest the level given for {len(agree)} and "
        f"another for {len(disagree)}; for {len(evidence.assurances) - len(agree) - len(disagree)} there is nothing "
        "to compare."
    )


def levels_table(evidence: Evidence) -> doc.DataTable:
    """Condition by slot of the year, with the level that the indicators suggest."""
    slots = evidence.workspace.council.slots
    columns = (
        doc.Column("Condition", width=3),
        *(doc.Column(slot, width=1.6, of="update", key=slot) for slot in slots),
        doc.Column("Suggested by the indicators", width=2),
        doc.Column("Do they agree?", width=1.6),
    )
    rows = tuple(doc.Row.of(*_level_cells(one, slots)) for one in evidence.assurances)
    note = (
        "A suggestion counts only measures with a better and a worse way, against the same month a year before; which "
        "were counted stands under each condition."
    )
    return doc.DataTable("levels-by-condition", "Assurance levels, given and suggested", columns, rows, notes=(note,))


def _level_cells(assurance: Assurance, slots: tuple[str, ...]) -> Iterator[doc.Cell | str]:
    given = {one.update: one for one in assurance.given}
    yield f"{assurance.condition.number}. {assurance.condition.short_title}"
    for slot in slots:
        yield doc.Cell.tag(given[slot].level, note=given[slot].note) if slot in given else doc.Cell.words("not given")
    yield doc.Cell.tag(assurance.suggested)
    yield assurance.agreement.capitalize()


def _condition(evidence: Evidence, assurance: Assurance) -> Iterator[doc.Block]:
    condition = assurance.condition
    yield doc.Heading(
        f"Condition {condition.number}: {condition.short_title}", id=f"condition-{condition.number}-update"
    )
    yield doc.Paragraph(f"{condition.title}. {condition.note}".strip(), doc.Tone.SMALL)
    slot = evidence.workspace.council.report.slot
    yield doc.Tags(
        (doc.Tag(f"Given, {slot}", assurance.current), doc.Tag("Suggested by the indicators", assurance.suggested))
    )
    yield from narrative_blocks(evidence.part(f"Condition {condition.number}"))
    if assurance.agreement == "disagree":
        yield doc.Note("The indicators do not support the level given", assurance.sentence, doc.NoteKind.DATA)
    if assurance.suggested.is_given:
        yield doc.Bullets(assurance.why)
    yield doc.Paragraph(assurance.suggestion.counted, doc.Tone.SMALL)
