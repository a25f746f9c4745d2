"""The signing sheet: one page that says what needs an answer before anybody signs, and what is signed."""

from collections.abc import Iterator

from highneeds.account.pennies import decimal_pounds
from highneeds.account.variance.adequacy import Adequacy, ExplanationJudged
from highneeds.assurance.levels import Assurance
from highneeds.assurance.measures_state import MeasuresState, measures_state
from highneeds.checks.finding import Severity
from highneeds.claims import Verdict
from highneeds.intake.ledger.explanations import ExplanationRow
from highneeds.intake.workspace import Fact
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections import _narrative, standing
from highneeds.report.sections._steps import steps
from highneeds.report.sections.sources import UNUSABLE
from highneeds.report.sections.what_changed import measures_cell
from highneeds.report.words import claims as claim_words
from highneeds.report.words import headlines, measures, on_track
from highneeds.report.words import review as words
from highneeds.report.words.explanations import why
from highneeds.vocabulary.assurance_level import AssuranceLevel

MOST_WORDS = 330
"""About what a page of the submission holds beside its table and chart."""


def signing_sheet(evidence: Evidence) -> doc.Section:
    """One page: what needs an answer, the control totals, the lines to sign."""
    blocks = (
        doc.Paragraph(words.SIGNING_LEAD, doc.Tone.LEAD),
        checks_table(evidence),
        totals_table(evidence),
        doc.Paragraph(words.SIGNED_FIGURES.format(run=evidence.fingerprint[:12])),
        standing.signatures(evidence),
    )
    return doc.Section("signing-sheet", words.SIGNING, blocks)


def checks_table(evidence: Evidence) -> doc.DataTable:
    columns = (
        doc.TableColumn(words.CHECK, width=4),
        doc.TableColumn(words.STATE, width=1.6),
        doc.TableColumn(words.WHERE, width=2.4),
    )
    failing = sum(len(one.of(Verdict.FAILS)) for one in evidence.narrative)
    must = len(evidence.findings.must_fix)
    queries = sum(one.severity is Severity.QUERY for one in evidence.findings.all)
    claims = any(one.claims for one in evidence.narrative)
    explained = bool(evidence.account.explanations)
    lines = (
        (words.MUST_FIX, must, True, "Data quality", "#quality"),
        (words.CLAIMS, failing, claims, claim_words.TITLE, "#claims"),
        (words.LEVELS, len(disagreements(evidence)), bool(evidence.assurances), words.LEVELS, "#levels-and-measures"),
        (words.TWO_FIGURES, len(evidence.money.findings), has_sums(evidence), words.TWO_FIGURES, "#two-figures"),
        (words.EXPLANATIONS, len(unexplained(evidence)), explained, words.EXPLANATIONS, "#explanations"),
        (words.MISSING, len(list(missing(evidence))) + len(_unusable(evidence)), True, words.MISSING, "#missing"),
        (words.QUERIES, queries, True, "Data quality", "#quality"),
    )
    rows = tuple(
        doc.Row.of(what, words.counted_state(number, looked=looked), doc.Cell.words(where, href=href))
        for what, number, looked, where, href in lines
    )
    return doc.DataTable("signing-checks", words.BEFORE_YOU_SIGN, columns, rows)


def totals_table(evidence: Evidence) -> doc.DataTable:
    """The figures of the first page of the submission, and how many of everything it rests on."""
    columns = (doc.TableColumn("Figure", width=4), doc.TableColumn("In the submission", align=doc.Align.RIGHT, width=2))
    rows = [doc.Row.of(one.label, one.cell) for one in standing.figures(evidence)]
    workspace = evidence.workspace
    counts = (
        (words.CELLS_WITH_FIGURE, sum(one.value is not None for one in workspace.observations)),
        (words.CELLS, len(workspace.observations)),
        (words.FACTS, len(evidence.workspace.facts)),
        (words.CLAIMS_READ, sum(len(one.claims) for one in evidence.narrative)),
    )
    rows += [doc.Row.of(title, doc.Cell.number(number)) for title, number in counts]
    return doc.DataTable("control-totals", words.TOTALS, columns, tuple(rows))


def levels_and_measures(evidence: Evidence) -> doc.Section:
    """Where a level and its measures point apart; the owner answers."""
    found = disagreements(evidence)
    none = words.NO_DISAGREEMENT if evidence.assurances else words.NO_LEVELS
    blocks: list[doc.Block] = [] if found else [doc.Paragraph(none)]
    for one in found:
        blocks.append(doc.Heading(f"Condition {one.condition.number}: {one.condition.short_title}"))
        sentence = words.DISAGREE.format(given=one.current.words.lower(), measures=measures_cell(one).lower())
        blocks.append(doc.Paragraph(sentence))
        blocks.append(doc.Bullets(measures.why(one.suggestion)))
        blocks.append(doc.Paragraph(measures.counted(one.suggestion), doc.Tone.SMALL))
    return doc.Section("levels-and-measures", words.LEVELS, tuple(blocks))


def disagreements(evidence: Evidence) -> list[Assurance]:
    """On target or complete while measures are worse; off target while they only improve."""
    return [one for one in evidence.assurances if _points_apart(one)]


def _points_apart(one: Assurance) -> bool:
    state, good = measures_state(one.suggestion), (AssuranceLevel.ON_TARGET, AssuranceLevel.COMPLETE)
    if one.current in good:
        return bool(one.suggestion.worse or one.suggestion.turning)
    return one.current is AssuranceLevel.OFF_TARGET and state is MeasuresState.IMPROVING


def two_figures(evidence: Evidence) -> doc.Section:
    """Sums that are given twice and differ, with what to do."""
    found = evidence.money.findings
    items = tuple(f"{one.message}. {one.fix}" for one in found)
    none = words.NO_TWO if has_sums(evidence) else words.NO_SUMS
    blocks = (doc.Bullets(items),) if items else (doc.Paragraph(none),)
    return doc.Section("two-figures", words.TWO_FIGURES, blocks)


def has_sums(evidence: Evidence) -> bool:
    """True where the council has given a sum of its account, or a document states one."""
    return bool(evidence.money.layers.stated) or evidence.account.own is not None


def explanations(evidence: Evidence) -> doc.Section:
    """Variances of which the council's explanation does not account for enough, with the reason."""
    found = unexplained(evidence)
    if not found:
        sentence = words.ALL_EXPLAINED if evidence.account.explanations else words.NO_EXPLANATIONS
        return doc.Section("explanations", words.EXPLANATIONS, (doc.Paragraph(sentence),))
    columns = (
        doc.TableColumn(words.FOR_LINE, width=2),
        doc.TableColumn(words.VARIANCE, align=doc.Align.RIGHT, width=1.2),
        doc.TableColumn(words.SAID, width=3.4),
        doc.TableColumn(words.WHY_NOT, width=3),
    )
    rows = tuple(
        doc.Row.of(
            f"{one.line}, {one.year}",
            doc.Cell.pounds(decimal_pounds(one.variance)),
            one.explanation,
            f"{words.NOT_ADEQUATE[judged.adequacy.value]}: {why(judged)}",
        )
        for one, judged in found
    )
    table = doc.DataTable("variances-not-explained", words.EXPLANATIONS, columns, rows)
    return doc.Section("explanations", words.EXPLANATIONS, (doc.Paragraph(words.ADEQUATE), table))


def unexplained(evidence: Evidence) -> list[tuple[ExplanationRow, ExplanationJudged]]:
    """Explanations that are not adequate, in the order of their file."""
    return [pair for pair in evidence.account.judged_explanations if pair[1].adequacy is not Adequacy.YES]


def what_is_missing(evidence: Evidence) -> doc.Section:
    """What nobody has given yet: levels, explanations, figures that were due."""
    items, figures = tuple(missing(evidence)), _figures_to_give(evidence)
    blocks: list[doc.Block] = [doc.Bullets(items)] if items else []
    if figures.rows:
        blocks.append(figures)
    nothing = (doc.Paragraph(words.NOTHING_MISSING),)
    return doc.Section("missing", words.MISSING, tuple(blocks) or nothing, new_page=True)


def _figures_to_give(evidence: Evidence) -> doc.DataTable:
    """Figures that are cut off in the published text or were read from a damaged chart, with what to do."""
    columns = (
        doc.TableColumn(words.AS_READ, width=1),
        doc.TableColumn(words.WHAT_IT_IS, width=5),
        doc.TableColumn(words.TO_DO, width=2),
    )
    rows = tuple(
        doc.Row.of(one.printed, one.meaning, words.LOST if one.qualifier == "truncated" else words.UNREAD)
        for one in _unusable(evidence)
    )
    return doc.DataTable("figures-to-give", words.FIGURES_TO_GIVE, columns, rows)


def _unusable(evidence: Evidence) -> list[Fact]:
    return [one for one in evidence.workspace.facts if one.qualifier in UNUSABLE]


def missing(evidence: Evidence) -> Iterator[str]:
    """Words that somebody has to give before the report is whole."""
    yield from _nothing_given(evidence)
    numbers = [one.condition.number for one in evidence.assurances]
    gaps = (
        (words.INCOMPLETE_TITLE, [one.condition.number for one in evidence.assurances if not one.condition.complete]),
        (words.NO_LEVEL, [one.condition.number for one in evidence.assurances if not one.current.is_given]),
        (words.NO_OWNER, [one for one in numbers if f"condition_{one}" not in evidence.workspace.council.roles]),
        (words.NO_STEP, [one for one in numbers if not steps(evidence, one)]),
        (words.NO_NARRATIVE, [one for one in numbers if not _narrative.part(evidence, f"Condition {one}")]),
    )
    for sentence, some in gaps:
        if some:
            yield words.of_conditions(sentence, some)
    for number in numbers:
        yield from _too_long(evidence, number)
    for part in headlines.PARTS:
        count = len(_narrative.part(evidence, part))
        if count > headlines.MOST:
            yield words.TOO_MANY.format(part=part, count=count)


def _nothing_given(evidence: Evidence) -> Iterator[str]:
    """Whole parts of the report for which the council has given nothing."""
    if evidence.money.position is None:
        yield words.NO_TARGET.format(year=evidence.workspace.council.report.current_year)
    if standing.remains(evidence) is None:
        yield words.NO_END_FORECAST.format(end=standing.last_year(evidence))
    if not any(_narrative.part(evidence, one) for one in on_track.PARTS):
        yield words.NO_COMMENTARY
    if not evidence.rows("risks"):
        yield words.NO_RISKS


def _too_long(evidence: Evidence, number: int) -> Iterator[str]:
    written = _narrative.part(evidence, f"Condition {number}")
    count = sum(len(one.text.split()) for one in written)
    if count > MOST_WORDS:
        yield words.TOO_LONG.format(title=f"Condition {number}", count=count, most=MOST_WORDS)
