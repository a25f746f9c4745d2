"""The account in sentences: how it opened, where it stands, what comes in, why it differs, and what is saved."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from highneeds.account.balance.layers import MEASURES, Layers
from highneeds.account.balance.opening import OpeningPosition
from highneeds.account.balance.standing import ImpliedContributions, Position
from highneeds.account.exposure.override import MovedEnd, OverrideClock
from highneeds.account.grant.stability_grant import StabilityGrant
from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.account.parts import Parts
from highneeds.account.payments.ledger import PublishedTotal
from highneeds.account.payments.shares import CouncilTax
from highneeds.account.savings.register import SavingsTotal
from highneeds.account.stated import Stated, in_words, precision
from highneeds.account.variance.delay import DelayStatement
from highneeds.account.variance.drivers import Driver, DriverBridge
from highneeds.account.variance.forecast_versions import OverForecast
from highneeds.intake.ledger.positions import Layer
from highneeds.report.words import commitments as book_words
from highneeds.report.words import reasons
from highneeds.report.words.sums import roughly, to_the_nearest
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.odds import in_odds
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.words import qualified


def all_of(account: WorkspaceAccount) -> tuple[str, ...]:
    """The whole account in words: how it opened, where it stands, then its three books and its parts."""
    published = account.published
    return (
        *(opened(published.opening) if published.opening else ()),
        *(stands(published.position) if published.position else ()),
        *(implied(one) for _, one in published.implied),
        *books(account),
        *funding(account.parts),
        *((drivers(account.parts.drivers),) if account.parts.drivers else ()),
        *causes(account.parts),
    )


def books(account: WorkspaceAccount) -> tuple[str, ...]:
    """What caseload, commitments and ledger say together."""
    return book_words.all_said(account.books) if account.books else ()


def funding(parts: Parts, overrides: int | None = None) -> tuple[str, ...]:
    """What comes in, and for how long: instalments, override, grant; overrides: the first so many, all for None."""
    return (
        *(promised(one) for one in parts.payments.promises),
        *(override(clock) for clock in parts.overrides[:overrides]),
        *((grant(parts.grant),) if parts.grant else ()),
    )


def causes(parts: Parts) -> tuple[str, ...]:
    """Why the year is as it is, beside its drivers, and what is saved."""
    return (
        *(delay(parts.delay) if parts.delay else ()),
        *(over_forecast(one) for one in parts.over_forecast),
        *saved(parts),
        *council_tax(parts),
        *(step.sentence for step in parts.steps),
    )


def saved(parts: Parts) -> tuple[str, ...]:
    """The register beside the yearly saving asked for, and its odds; nothing where none is asked for."""
    needed = parts.savings_needed
    return (against(parts.savings_total, needed), odds(parts.savings_chance, needed)) if needed else ()


def opened(one: OpeningPosition) -> tuple[str, ...]:
    first = (
        f"The account opened with an overspend of {one.overspend.words}, {one.share_percent}% of the grant, and "
        f"{one.accumulated.words} accumulated; {in_words(one.earlier)} of it came from earlier years.",
        f"{one.overspend.words} at {one.share_percent}% implies a grant of about {in_words(one.implied_grant)}.",
    )
    if one.published is None:
        return first
    lowest, highest = (in_words(end) for end in one.implied_range)
    return (
        *first,
        f"The published high needs block of {one.published.year} is {in_words(one.published.before_deductions)} "
        f"before deductions and {in_words(one.published.after_deductions)} after; the first is "
        f"{'inside' if one.published_fits else 'outside'} the {lowest} to {highest} that rounding allows, and the "
        f"overspend is {one.share_of_before}% of it.",
    )


def beside_target(one: Position) -> str:
    """'£23.1m (77%) above', '£1.9m (6%) below', 'exactly on'; 'about £23m above' from a rounded figure."""
    if not one.variance:
        return "exactly on"
    side = "above" if one.variance > 0 else "below"
    percent = one.variance_pct if precision(one.forecast, one.target) == 1 else None
    share = "" if percent is None else f" ({round_half_away(abs(percent))}%)"
    return f"{roughly(abs(one.variance), one.forecast, one.target)}{share} {side}"


POSITIONS = {
    "in_year_before_contributions_gbp": "In-year position before contributions",
    "closing_deficit_gbp": "Accumulated balance at 31 March",
}
"""What a balance is called where some of its figures are a surplus and some are not."""
SURPLUSES = {
    "in_year_before_contributions_gbp": "In-year surplus before contributions",
    "closing_deficit_gbp": "Accumulated surplus at 31 March",
}


def measure_name(measure: str, figures: Iterable[Stated]) -> str:
    """'In-year overspend before contributions'; 'In-year surplus ...' where nothing but a surplus is said of it."""
    below = [one.is_surplus for one in figures if one.pence]
    if not any(below):
        return MEASURES[measure]
    return (SURPLUSES if all(below) else POSITIONS).get(measure, MEASURES[measure])


def heading(layers: Layers, measure: str) -> str:
    """What the rows of a measure are headed with, as their figures are."""
    return measure_name(measure, (one for key, found in layers.stated.items() if key[1] == measure for one in found))


def stands(one: Position) -> tuple[str, ...]:
    """The year beside its target; and, where a gap to plan is published, the lead that it implies."""
    first = (
        f"The in-year overspend is {one.forecast.words}, {beside_target(one)} the {one.target.words} target, both "
        "before contributions."
    )
    return (first,) if one.gap is None or one.implied_lead is None else (first, _lead(one, one.gap, one.implied_lead))


def _lead(one: Position, gap: Stated, lead: int) -> str:
    if not lead:
        return f"The accumulated gap to plan is {gap.words}, so the year must have begun on plan."
    side = "ahead of" if lead > 0 else "behind"
    step = precision(one.forecast, one.target, gap)
    size = f"about {in_words(abs(lead))}" if step == 1 else to_the_nearest(step, abs(lead))
    return f"The accumulated gap to plan is {gap.words}, so the year must have begun {size} {side} plan."


def implied(one: ImpliedContributions) -> str:
    left = roughly(one.pence, one.before, one.in_year, one.after)
    return (
        f"{in_words(one.before.pence)} accumulated, plus {in_words(one.in_year.pence)} in the year, less "
        f"{in_words(one.after.pence)} accumulated at its end, leaves {left} that DfE and council must put in together."
    )


def promised(one: PublishedTotal) -> str:
    """A published total beside the instalments that it is paid in."""
    found = one.finding
    return f"{found.message}." if found else f"The instalments add up to the {one.total.evidence}."


def override(one: OverrideClock) -> str:
    left = f"in {counted(one.months_left, 'month')}" if one.months_left > 0 else "which has passed"
    ends = f"The override {'was to end' if one.moved else 'ends'} on {one.end:%-d %B %Y}, {left}"
    then = f" {_extended(one.moved)}" if one.moved else ""
    if one.exposure.pence is None:
        return f"{ends}; the deficit then is not known.{then}"
    note = f" ({reasons.LATER})" if one.is_later else ""
    would = "would have fallen" if one.moved else "would fall"
    falls = f"{one.words or in_words(one.exposure.pence)}{note} {would} on the council's own books"
    share = "" if one.share_of_reserves is None else f" That is {one.share_of_reserves}% of usable reserves."
    return f"{ends}; {falls}.{share}{then}"


def _extended(moved: MovedEnd) -> str:
    announced = str(moved.announced)
    where = reasons.with_later(announced) if moved.is_later else announced
    return f"It was extended to {moved.to:%-d %B %Y} ({where})."


def grant(one: StabilityGrant) -> str:
    if one.grant.pence is None or one.residual.pence is None or one.counted.pence is None:
        return f"The grant cannot be worked out: {reasons.why_none(one.grant)}."
    note = f" ({reasons.LATER})" if one.is_later else ""
    return (
        f"If {in_words(one.counted.pence - (one.ineligible.pence or 0))} is eligible{note}, the grant at "
        f"{one.share_percent}% pays {in_words(one.grant.pence)} and leaves {in_words(one.residual.pence)}; the "
        f"local plan is {one.approval}."
    )


REMAINDER = "Not explained by published figures"
PROMISED = "Promised"
ENDS = {Layer.ACHIEVED: "Achieved", Layer.LATEST: "Latest forecast"}
"""What a bridge ends at."""
BY_LINES, PUBLISHED = "carried by volumes and prices", "published"
DIFFERENCE_LESS_DRIVERS = "difference less the drivers"


def less_promised(ends_at: Layer) -> str:
    return f"{ENDS[ends_at].lower()} less promised"


def from_promised(ends_at: Layer) -> str:
    return f"From promised to {ENDS[ends_at].lower()}"


def driver_name(one: Driver) -> str:
    """As the council calls it; 'Price, apart from what is named' of its own lines."""
    if one.name:
        return one.name
    return f"{one.kind.value.capitalize()}{', apart from what is named' if one.apart else ''}"


def driver_basis(one: Driver) -> str:
    """How the effect of a driver is known, or why it is not."""
    return reasons.basis(one) if one.name else "volumes and prices of the lines, planned and actual"


def drivers(one: DriverBridge) -> str:
    known = sum(driver.effect.is_known for driver in one.drivers)
    of = f"{known} of {counted(len(one.drivers), 'named driver')}"
    if one.difference <= 0:
        return (
            f"{_beside_promised(one)}: the {in_words(one.explained)} that named drivers add ({of}) is offset by "
            f"{_rough(one, one.remainder)} that no figure explains."
        )
    return f"{_beside_promised(one)}: {explained(one)} ({of})."


def explained(one: DriverBridge) -> str:
    """'£1.9m is published and £1.8m estimated; £19.4m of £23.1m is not explained'."""
    known = f"{in_words(one.published)} is {BY_LINES if one.of_lines else PUBLISHED}"
    if one.estimated:
        known += f" and {in_words(one.estimated)} estimated"
    if one.remainder < 0:
        return f"{known}, {_rough(one, one.remainder)} more than the whole"
    if not one.remainder:
        return f"{known}, which is all of it"
    return f"{known}; {_rough(one, one.remainder)} of {_rough(one, one.difference)} is not explained"


def _rough(one: DriverBridge, pence: int) -> str:
    return to_the_nearest(one.step, abs(pence))


def _beside_promised(one: DriverBridge) -> str:
    if not one.difference:
        return "Exactly as promised"
    words = _rough(one, one.difference)
    return f"{words[:1].upper()}{words[1:]} {'worse' if one.difference > 0 else 'better'} than promised"


def delay(one: DelayStatement) -> tuple[str, ...]:
    first = (
        f"{in_words(one.this_year.pence)} is lost in {one.first} and {one.total.words} to {one.last}: "
        f"{in_words(one.rest)} in the {counted(one.later_years, 'later year')}, {in_words(one.rest_a_year)} a year."
    )
    if one.other_total is None:
        return (first,)
    return (first, f"Another document says {one.other_total.evidence} beside {one.total.evidence}.")


def over_forecast(one: OverForecast) -> str:
    side = "above" if one.percent >= 0 else "below"
    size = qualified(one.fact.qualifier, f"{abs(one.percent):f}% {side}")
    return f"{one.about}: {size} the original forecast, {one.times:f} times it ({one.fact.source})."


def against(one: SavingsTotal, needed: Stated) -> str:
    """The total beside the yearly saving asked for; they are of different years, so no difference."""
    certain = f"{in_words(one.confident)} of it can be" if one.confident else "none of it can be"
    certain = f"{certain} counted on" if one.confident else f"{certain} counted on yet"
    asked = needed.words
    if needed.high is not None and needed.high != needed.low:
        asked = f"{in_words(needed.low)} to {in_words(needed.high)}"
    return (
        f"The register holds {in_words(one.net)} for {one.year}; {certain}. Actions still to begin must save {asked} "
        "a year, so the two are of different years."
    )


EXACT = 1000
"""The chance is worked out and not drawn, so it is told as finely as odds are ever told."""


def odds(chance: Fraction | None, needed: Stated) -> str:
    """The chance of the yearly saving asked for, as odds and as a percentage."""
    lower = in_words(needed.low)
    if chance is None:
        return f"The odds of saving {lower} a year cannot be given: an action of the register has none."
    if chance in (0, 1):
        return f"The register {'reaches' if chance else 'cannot reach'} {lower} a year, whatever comes off."
    return f"The odds of saving {lower} a year are {in_odds(float(chance), EXACT)}."


def council_tax(parts: Parts) -> tuple[str, ...]:
    """Each sum that is printed as a rise in council tax, and what one percent brings."""
    return tuple(said for tax, pence in parts.council_tax for said in (tax_rise(tax, pence), tax_percent(tax)))


def tax_rise(tax: CouncilTax, pence: int) -> str:
    return (
        f"{in_words(pence)} is a council-tax rise of about {tax.rise_for(pence):.0f}%, raised once on "
        f"{in_words(tax.base)} a year."
    )


def tax_percent(tax: CouncilTax) -> str:
    return f"One percent on council tax of {in_words(tax.base)} a year brings {in_words(tax.raised_by(Decimal(1)))}."
