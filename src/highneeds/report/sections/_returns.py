"""The forecast that returns ask for, or the sentence why there is none."""

from highneeds.forecast.joint import JointForecast, JointMeans
from highneeds.forecast.state import NEEDS
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.returns.lsrp_tables import NEED_ROWS
from highneeds.report.words import returns as words
from highneeds.report.words.forecast_notes import note_sentence
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.state import State

UNRECORDED = NEED_ROWS[-1][1]


def forecast_or_why(evidence: Evidence, last_january: int = 0, ahead: int = 0) -> JointForecast | str:
    """What the return is filled from; a council without published statistics and returns has none."""
    try:
        return evidence.joint_forecast(last_january, ahead)
    except InputError as error:
        return error.what


def without_forecast(id: str, title: str, why: str) -> doc.Section:
    """What stands in place of the tables: nothing is filled with nought."""
    return doc.Section(id, title, (doc.Paragraph(words.NO_FORECAST.format(why=why.rstrip("."))),))


def learnt_from(forecast: JointForecast) -> tuple[str, ...]:
    """What the figures were learnt from and where they start, in sentences."""
    start = forecast.no_action.januaries[0]
    basis = (
        words.OWN_RETURNS.format(number=forecast.returns, january=start)
        if forecast.returns
        else words.PUBLISHED_STATISTICS.format(january=start)
    )
    return (basis, *(note_sentence(note) for note in forecast.notes))


def needs_are_known(means: JointMeans) -> bool:
    """Whether any plan has a recorded need; the statistics of some years do not divide plans by need."""
    unknown = [NEEDS.index(name) for name in UNRECORDED]
    by_need = means.plans.sum(axis=(0, 1, 3))
    return bool(by_need.sum() - by_need[unknown].sum() > 0)


def forecast_cell(value: int, unit: str = "plans") -> doc.Cell:
    """A whole number of the forecast; whoever takes the file further must not take it for a reported one."""
    return doc.Cell.number(value, state=State.COMPUTED, unit=unit)
