"""The page that opens the report: where we stand in a sentence, four figures, what changed, what is asked of whom."""

from collections.abc import Iterable, Sequence
from datetime import date

from highneeds.account import OnTrackVerdict
from highneeds.account.stated import Stated
from highneeds.report.document import long_date
from highneeds.report.words.sums import roughly
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.words import listed

TITLE = "Where we stand"
CHANGED = "What changed since the last report"
ASKED = "What is asked of you"
FIRST_REPORT = "This is the first report."
NOT_PUBLISHED, NOT_KNOWN = "Not published", "Not known"
NO_GAP = "The gap to plan is not published"
AS_PLANNED = "Exactly as planned"
NOTHING_AGREED = "Nothing agreed is published"
BALANCE_AGREED = "Agreed: in-year balance"
NO_FORECAST = "The published statistics are not enough for a forecast of this council"
NO_POSITION = "The published statistics give no in-year position"
NO_OWN_FIGURE = "No published in-year figure to compare the estimate with"
PLANS = "Plans"
VOLUME = "A number to plan for, not a target"
FINANCE, CONDITIONS, CLAIMS, QUALITY = "Financial annex", "Detailed update", "Claims", "Data quality"


def no_position(council: str, year: str) -> str:
    return f"{council} has not published a target and a forecast for {year}."


def where_we_stand(council: str, forecast: Stated, target: Stated, year: str, answers: str) -> str:
    """Where we stand, in one sentence."""
    more = forecast.pence - target.pence
    side = "more than the agreement allows" if more > 0 else "less than the agreement allows"
    beside = f"{roughly(abs(more), forecast, target)} {side}" if more else "exactly what the agreement allows"
    return f"{council} expects an in-year overspend of {forecast.words} in {year}, {beside}; {answers}."


def on_track(verdicts: Sequence[OnTrackVerdict]) -> str:
    """'all three questions are answered Yes', 'of the three questions 1 is answered Yes and 2 cannot be answered'."""
    count = {verdict: verdicts.count(verdict) for verdict in OnTrackVerdict}
    if count[OnTrackVerdict.YES] == len(verdicts):
        return "all three questions are answered Yes"
    if count[OnTrackVerdict.NO] == len(verdicts):
        return "all three questions are answered No"
    said = [
        f"{count[verdict]} {'is' if count[verdict] == 1 else 'are'} answered {verdict.value}"
        for verdict in (OnTrackVerdict.YES, OnTrackVerdict.NO)
        if count[verdict]
    ]
    if count[OnTrackVerdict.CANNOT_SAY] == len(verdicts):
        return "none of the three questions can be answered"
    unknown = [f"{count[OnTrackVerdict.CANNOT_SAY]} cannot be answered"] * bool(count[OnTrackVerdict.CANNOT_SAY])
    return f"of the three questions {listed([*said, *unknown])}"


def meaning(year: int, left: Iterable[str], override_ends: date | None) -> str:
    """What it means: what remains in March of the last year, and on whose books it falls when."""
    figures = or_else(left)
    if not figures:
        return f"What it means: the deficit left in March {year} is not published."
    remains = f"What it means: a deficit is expected to remain in March {year}: {figures}"
    if override_ends is None:
        return f"{remains}."
    return (
        f"{remains}, and falls on the council's own books once the statutory override ends on "
        f"{long_date(override_ends)}."
    )


def or_else(figures: Iterable[str]) -> str:
    """'around £20m or £30m', each figure once."""
    return " or ".join(dict.fromkeys(figures))


def in_year_label(year: str) -> str:
    return f"In-year overspend {year}, before contributions"


def beside_target(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]} target"


def agreed(words: str) -> str:
    return f"Agreed: {words}"


def deficit_label(year: int) -> str:
    return f"Accumulated deficit, 31 March {year}"


def deficit_agreed(agreed: Stated, year: int) -> str:
    return f"Agreed for March {year}: {agreed.words if agreed.pence else 'nil'}"


def published_in(source: str, later: bool) -> str:
    return f"{'Published after this report' if later else 'Published'} in {source}"


def verdict(pence: int) -> str:
    """More of an overspend or a deficit is worse."""
    return "Worse" if pence > 0 else "Better" if pence < 0 else "As agreed"


def gap(gap: Stated | None) -> str:
    """'About £10m worse than planned'; a negative gap is better."""
    if gap is None:
        return NO_GAP
    if not gap.pence:
        return AS_PLANNED
    words = gap.words if gap.pence > 0 else roughly(-gap.pence, gap)
    return f"{words[:1].upper()}{words[1:]} {'worse' if gap.pence > 0 else 'better'} than planned"


def chance_label(end: str) -> str:
    return f"Chance of in-year balance by {end}"


def chance_note(draws: int) -> str:
    return f"Estimate from published statistics; no further action counted; {draws} draws"


def plans_label(month: str) -> str:
    return f"Education, health and care plans, {month}"


def plans_note(source: str) -> str:
    return f"Change not published. {published_in(source, later=False)}"


def nothing_moved(month: str) -> str:
    return f"No measure moved by more than usual since {month}."


def new_basis(months: Sequence[str]) -> str:
    """A jump that most phases of a sector share is hardly a rise of prices."""
    return f", probably on a new basis since {listed(months)}" if months else ""


def moved(rose: bool, earlier: tuple[str, str], later: tuple[str, str], judgement: str) -> str:
    """' rose from 12% in Jan 2024 to 15% in Jan 2025: worse.', after the measure's name. (figure, month)"""
    verb = "rose" if rose else "fell"
    return f" {verb} from {earlier[0]} in {earlier[1]} to {later[0]} in {later[1]}: {judgement}."


def ask_for_dates(department: str, schools: Iterable[str]) -> str:
    return f"{department}: give the dates of the delayed schools: {'; '.join(schools)}. "


def ask_to_recover(council: str, above: str) -> str:
    return f"{council}: decide how what is above target, {above}, is recovered. "


def ask_for_levels(council: str, conditions: Sequence[int]) -> str:
    named = f"condition{'s' if len(conditions) > 1 else ''} {listed(map(str, conditions))}"
    return f"{council}: confirm or correct the level given to {named}; the measures look worse. "


def ask_to_correct(council: str, claims: int) -> str:
    what = "the figure" if claims == 1 else f"the {claims} figures"
    return f"{council}: correct {what} of the narrative that the data does not support. "


def ask_which_deficit(year: int, figures: Iterable[str]) -> str:
    return f"Both: settle which deficit is expected in March {year}, {or_else(figures)}. "


def ask_about_findings(findings: int) -> str:
    return f"Both: settle the {counted(findings, 'finding')} in the published figures. "
