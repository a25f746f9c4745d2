"""The risk register, for its page: what could go wrong, what is done about it, what it rests on."""

from highneeds.registers.definitions.risks import LEVEL_COLUMNS
from highneeds.registers.register import RegisterRow
from highneeds.report.evidence import Evidence
from highneeds.report.pages.results.parts import Given, Link, PageFinding
from highneeds.report.pages.results.risks import Factor, Risk, Risks
from highneeds.report.sections.risks import current_level, level_counts
from highneeds.report.sections.sources import printed
from highneeds.report.sections.what_changed import WORRY
from highneeds.report.words import pages as words
from highneeds.vocabulary.assurance_level import AssuranceLevel


def risks_result(evidence: Evidence) -> Risks:
    """Worst first; risks of one level keep the order of the register."""
    rows = evidence.rows("risks")
    found = [_risk(evidence, row, place) for place, row in enumerate(rows, start=1)]
    order = sorted(zip(found, rows, strict=True), key=lambda pair: WORRY[current_level(pair[1])])
    return Risks(PageFinding.of(words.risks_sentence(len(rows), level_counts(rows))), tuple(one for one, _ in order))


def _risk(evidence: Evidence, row: RegisterRow, place: int) -> Risk:
    level = current_level(row)
    slots = evidence.workspace.council.slots
    given = [(slot, AssuranceLevel(row[column])) for slot, column in zip(slots, LEVEL_COLUMNS, strict=False)]
    return Risk(
        id=str(place),
        number=str(row["risk"]),
        title=row["title"],
        current=level.value,
        current_words=level.words,
        given=tuple(Given(slot, one.value, one.words) for slot, one in given),
        owner=row["owner_role"] or words.NO_OWNER,
        mitigations=tuple(part.strip() for part in (row["mitigations"] or "").split("|") if part.strip()),
        progress=row["progress"] or "",
        figures=tuple(_figure(evidence, name) for name in (row["figures"] or "").split() if _has(evidence, name)),
        factors=tuple(
            Factor(item["factor"], item["progress"] or "")
            for item in evidence.rows("risk_items")
            if str(item["risk"]) == str(row["risk"])
        ),
    )


def _has(evidence: Evidence, name: str) -> bool:
    return any(fact.id == name for fact in evidence.workspace.facts)


def _figure(evidence: Evidence, name: str) -> Link:
    fact = next(fact for fact in evidence.workspace.facts if fact.id == name)
    return Link(f"{fact.meaning}: {printed(fact).text}", f"source:{name}")
