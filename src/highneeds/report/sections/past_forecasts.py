"""How good earlier forecasts of this council were."""

from dataclasses import replace

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._forecast_record import record_blocks
from highneeds.report.words import forecast as words


def section(evidence: Evidence) -> doc.Section:
    blocks = tuple(
        replace(one, level=1) if isinstance(one, doc.Heading) else one for one in record_blocks(evidence.record)
    )
    return doc.Section("past-forecasts", words.PAST_FORECASTS, blocks)
