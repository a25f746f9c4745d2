"""The forecast: where plans, places and money go, how good such forecasts have been, what it assumes.

Figures come as they are printed ('£12.3m', '1,234'), so that a sentence and its table cannot round otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.setting import setting_words
from highneeds.vocabulary.words import listed

if TYPE_CHECKING:
    from highneeds.forecast.goal_seek import SoughtGoal

TITLE = "Forecast"
HOW_TO_READ = "How to read it"
AS_THINGS_ARE = "As things are: no new school, no change of practice"
AS_IT_IS = "It counts no step that the council plans: rates and prices go on as they have, within their stated ranges."
PLANS_AND_PLACES = "Plans and places"
ALL = "All"
BY_SETTING, SETTING = "Plans by setting", "Setting"
BY_AGE, AGE = "Plans by age", "Age"


def plans_finding(name: str, grow: bool, now: str, first: str, mean: str, last: str, between: str) -> str:
    """Where the plans go, in a sentence."""
    return (
        f"Plans in {name} are likely to {'grow' if grow else 'fall'} from {now} in {first} to about {mean} in "
        f"{last} ({between} in 8 of 10 outcomes)."
    )


def overspend(year: str, between: str) -> str:
    return f"Without further action the in-year overspend of {year} is likely to be {between}."


def basis(origin: int, own: Iterable[str], draws: int, seed: int) -> str:
    """What the forecast is made from and what it is not. own: prices that are the council's after all."""
    named = listed(own)
    save = f", except its own unit costs where it gives them ({named})" if named else ""
    return (
        f"Every figure here is an estimate from published statistics, the newest of January {origin}, "
        f"and never the council's own{save}. {AS_IT_IS} "
        f"{draws} futures were drawn (seed {seed}); a band of 80% "
        "holds 8 of 10 of them, and an estimate is their mean. Each figure is rounded once, so parts may differ "
        "from their sum by one."
    )


def plans_title(percent: float, last: str, first: str) -> str:
    return f"Plans are likely to be {abs(percent):.0f}% {'more' if percent > 0 else 'fewer'} in {last} than in {first}"


def band(period: str) -> str:
    return f"80% band, {period}"


def means_note(draws: int) -> str:
    return f"Means of {draws} draws; the first January is counted."


# money

MONEY = "Money"
NO_COST = "The published statistics give no cost for this council; the reasons stand below."
NOTHING_TO_COMPARE = (
    "The council has published no in-year figure of these years, so we cannot say how close the estimate is."
)
NO_DEFICIT = "No accumulated deficit is published to start from, so none is forecast."
ODDS = "Odds of what was agreed"
BY_YEAR = "In-year overspend by year"
YEAR, AGREED, ESTIMATE, BAND = "Year", "Agreed in-year overspend", "Estimate", "80% band"
CHANCE_AGREED = "Chance to meet what was agreed"
CHANCE_BALANCE = "Chance of in-year balance"
CHANCE_DEFICIT = "Chance of the deficit agreed for 31 March"
NOTHING_AGREED = "Nothing agreed is published for this year"
NO_POSITION = "The statistics give no in-year position"
NO_DEFICIT_AGREED = "No deficit is agreed for this year, or it is before the forecast"
YEAR_ENDED = "The year has ended"
NO_YEAR_AGREED = "Nothing agreed is published for these years, so there are no odds of meeting it."
NO_DEFICIT_ODDS = "No deficit is agreed for the years forecast, so there are no odds of meeting one."
FIRST_BALANCE = "First year of in-year balance: "
LINE, PAYS_FOR = "Section 251 line", "What it pays for"
OWN_MARK = " (own)"
ALL_PRICED = "High needs spending with a price"
OWN_NOTE = "Own: the price is the council's own average unit cost and no estimate."


def money_finding(year: str, low: str, high: str, compared: str, deficit: str) -> str:
    """The last year, how near the estimate is to the council's own figures, and the deficit with its basis."""
    words = (
        f"Without further action the in-year overspend of {year} is likely to lie between {low} and {high}, before "
        f"contributions. {compared}"
    )
    return f"{words} {deficit}".strip()


def figure_in(amount: str, year: str) -> str:
    return f"{amount} in {year}"


def compared(inside: Sequence[str], outside: Sequence[str]) -> str:
    """The estimate beside what the council has published of the same years."""
    if not outside:
        whose = "The council's own figure" if len(inside) == 1 else "Each of the council's own figures"
        return f"{whose} ({listed(inside)}) lies inside the estimate's 80% band."
    return (
        f"The estimate did not hold the council's own figure ({listed(outside)}) inside its 80% band; the forecast "
        "starts from the council's figure, and what follows is to be read with caution."
    )


def deficit(opening: str, opening_year: str, last: str, low: str, high: str, contributions: str) -> str:
    """Where the accumulated deficit goes. contributions: the most that may still come; '' where none is promised."""
    words = (
        f"The accumulated deficit was published as {opening} at the end of {opening_year}. At the end of {last} it is "
        f"likely to lie between {low} and {high}"
    )
    if not contributions:
        return f"{words}, with no contribution from others."
    return (
        f"{words}. That takes between none and {contributions} of promised contributions as still to come, "
        "since the instalments were never published."
    )


def in_year_title(first: str, first_year: str, last: str, last_year: str) -> str:
    return f"The in-year overspend is estimated at {first} in {first_year} and {last} in {last_year}"


def deficit_title(mean: str, last: str) -> str:
    return f"The accumulated deficit is estimated at {mean} at the end of {last}, without further action"


def odds_note(draws: int) -> str:
    return f"In-year positions before contributions. {draws} draws."


def no_odds_of_agreed(ended: Sequence[str]) -> str:
    """Why there are no odds although something was agreed."""
    has_ended = f": {listed(ended)} {'has' if len(ended) == 1 else 'have'} ended, and of the others nothing is agreed"
    return f"There are no odds of meeting what was agreed{has_ended if ended else ''}."


def in_balance(year: str, odds: str) -> str:
    return f"{year} in {odds}"


def break_even(reached: Sequence[str], never: str) -> str:
    """When balance first comes, with its spread."""
    begin = f"{FIRST_BALANCE}{listed(reached)}; " if reached else FIRST_BALANCE
    return f"{begin}later or never in {never}."


def lines_title(any_own: bool) -> str:
    whose = ", with the council's own unit costs where given" if any_own else ", never the council's own"
    return f"Cost by section 251 line: estimate from published statistics{whose}"


def lines_note(draws: int) -> str:
    return (
        f"Means of {draws} draws. Each price is a published line over the plans or places it serves, brought "
        "forward by a stated range. Settings without a price of their own are left out and named below."
    )


# what a delay costs

DELAY = "What a delay costs"
DELAY_RESTS_ON = "What the cost of the delay rests on"
DELAY_TITLE = "Cost of the delay, beside what is printed"
DELAY_YEARS, LOST, MISSED = "Years", "Lost, mean", "Years of children's places missed"
PRINTED, WHERE = "Printed", "Where"


def delay_rests_on(place: int) -> str:
    return DELAY_RESTS_ON if place == 0 else f"{DELAY_RESTS_ON} ({place + 1})"


def printed_elsewhere(printed: str, years: str, source: str) -> str:
    return f"{printed} for {years} ({source})"


def delay(actual: str, planned: str, costs: bool, amounts: Sequence[str], years: str, printed: Sequence[str]) -> str:
    """All years together, beside what is printed. amounts: the mean, and both ends of 8 of 10 outcomes."""
    mean, low, high = amounts
    beside = f" Documents print {'; '.join(printed)}." if printed else ""
    return (
        f"“{actual}” instead of “{planned}” {'costs' if costs else 'saves'} {mean} over {years} ({low} to {high} in "
        f"8 of 10 outcomes). Both were forecast on the same draws, with two opening dates.{beside} Where the figures "
        "lie near each other, these assumptions are enough to explain them. They do not show how the council worked "
        "out its own figure."
    )


def delay_note(draws: int) -> str:
    return f"{draws} draws; cost of the later opening less that of the planned one, draw by draw."


# scenarios

WHAT_IF = "What if"
CAUTIONS = "Before you rely on a scenario"
LEVERS = "What each scenario does and rests on"
NO_MONEY = "The statistics give no cost for this council"
NO_TRANSPORT = (
    "SEN transport is paid outside the grant and is in none of these figures: the council has given no figure, and "
    "the published statistics have none."
)
EACH_SCENARIO = "Each scenario is an assumption of ours. It was forecast with the same draws as no change."
LEVERS_TITLE = "Every lever: strength, duty, whom it affects, and what it rests on"
SCENARIO, LEVER, STRENGTH, FROM = "Scenario", "Lever", "Strength", "From"
DUTY, AFFECTS, CONFIDENT = "Duty it touches", "Whom it affects", "Confident"
YES_NO = {True: "yes", False: "no"}
RESTS_ON = "Equality assessment, consultation and decision"
ABOUT_DEMAND = " (an assumption about demand, not a target)"
SCENARIOS_TITLE = "Scenarios compared with no change"
PLANS_AT_END, IN_STATE_SPECIAL, IN_OTHER_SPECIAL = "Plans at the end", "In state special", "In other special"
SAVED, SAVED_BAND = "Saved over all years", "Saved, 80% band"
THE_BASELINE = "no change"


def transport(year: str, known: Iterable[tuple[str, str]]) -> str:
    """SEN transport of the last year, beside every scenario: (its title, the sum)."""
    said = "; ".join(f"{title}: {amount}" for title, amount in known)
    return f"SEN transport, paid outside the grant and in none of these figures, would cost in {year}: {said}."


def rests_on(equality: str, consultation: str, decision: str) -> str:
    """What there is of the three, and which are missing."""
    named = (("equality assessment", equality), ("consultation", consultation), ("decision", decision))
    there = [f"{name}: {what}" for name, what in named if what]
    missing = [name for name, what in named if not what]
    if not there:
        return "None of the three yet"
    return "; ".join([*there, *([f"no {listed(missing)} yet"] if missing else [])])


def confident(levers: int, sure: int) -> str:
    return (
        f"Of {counted(levers, 'lever')} {sure or 'none'} can be called confident: that takes an equality assessment, a "
        "consultation and a decision. Fewer plans, requests or assessments are not an aim in themselves."
    )


def strength(low: float, high: float, central: float, unit: str) -> str:
    return f"{low:g} to {high:g}, middle {central:g}: {unit}"


def best_scenario(title: str, less: bool, amounts: Sequence[str]) -> str:
    """The scenario that changes most, and what every one of them is."""
    mean, low, high = amounts
    kind = "less" if less else "more"
    return f"“{title}” would cost {mean} {kind} over the years forecast ({low} to {high}). {EACH_SCENARIO}"


def overspend_head(end: str) -> str:
    return f"In-year overspend {end}"


def balance_head(end: str) -> str:
    return f"{CHANCE_BALANCE} {end}"


def scenarios_note(draws: int, january: str, end: str) -> str:
    return (
        f"Means of {draws} draws in January {january} and {end}. Other special: "
        "independent and non-maintained special schools. Saved: cost with no change less that of the scenario, "
        "draw by draw; a negative sum is money lost. All use the same draws, so two means may be subtracted. "
        "Fewer plans are not an aim in themselves."
    )


# how good such forecasts have been

HOW_GOOD = "How good such forecasts have been"
TOO_FEW_JANUARIES = (
    "There are too few earlier Januaries to test the forecast on, so nothing shows yet how wide its bands should be."
)
METHODS = {
    "highneeds": "This forecast",
    "70/30": "70% England's growth, 30% the council's own",
    "half and half": "Half England's growth, half the council's own",
    "drift": "The council's own growth of three years",
    "England's last growth": "England's last growth",
    "England's growth over 3 years": "England's growth over three years",
    "own growth over 3 years": "The council's own growth over three years",
    "last value": "No change",
}
PLANS_TESTED = "The forecast of all plans at earlier Januaries, beside plain rules on the same councils"
SPEND_TESTED = "The forecast of spending at earlier Januaries, beside plain rules on the same councils"
YEARS_AHEAD = "Years ahead"
METHOD, FORECASTS = "Method", "Forecasts"
SCORES = (
    "Mean error",
    "Bias",
    "50% band holds",
    "80% band holds",
    "95% band holds",
    "80% band's width",
    "95% band's width",
)
SCORES_NOTE = (
    "Mean error: the mean of the errors in per cent of what came. Width: in per cent of the forecast. The bands "
    "of the plain rules are made from their own past errors in the same way."
)


def years_ahead(count: int) -> str:
    return f"{counted(count, 'year')} ahead"


def years_after(count: int) -> str:
    return f"{counted(count, 'year')} after the newest outturn"


def years(count: int) -> str:
    return {1: "one year", 2: "two years", 3: "three years"}.get(count, f"{count} years")


def spend_score(first: int, newest: int, last: int, errors: Sequence[float], held: Sequence[float]) -> str:
    """How wrong forecasts of spending were. errors: one year on, `last` years on, the best rule; held: of 100."""
    near, far, rule = errors
    return (
        f"Spending of lines 1.2 was forecast in the same way from every January from {first} to {newest}, and held "
        f"against the published outturn. On average it was wrong by {near:.1f}% one year after the newest outturn, "
        f"and by {far:.1f}% {years(last)} after it. The best plain rule was wrong by {rule:.1f}%. {_held(held)}"
    )


def plans_score(first: int, newest: int, last: int, errors: Sequence[float], held: Sequence[float]) -> str:
    """How wrong forecasts of all plans were. errors: one year on, `last` years on, the best rule; held: of 100."""
    near, far, rule = errors
    return (
        f"The forecast was made again from every January from {first} to {newest} for every council, with only what "
        f"was known then. On average totals of plans were wrong by {near:.1f}% one year ahead, and by {far:.1f}% "
        f"{years(last)} ahead. The best plain rule was wrong by {rule:.1f}%. {_held(held)}"
    )


def _held(held: Sequence[float]) -> str:
    near, far = held
    far_too = f"{far:.0f} at the end" if round(far) != round(near) else "as many at the end"
    return f"Of 100 outcomes {near:.0f} lay inside the 80% band in the first year, and {far_too}."


# earlier forecasts of this council

PAST_FORECASTS = "How good past forecasts were"
RECORD = "How earlier forecasts of this council did"
NONE_YET = (
    "We keep every forecast that is made here. None of the years that they forecast has ended yet, so we cannot say "
    "how close they were."
)
NO_OUTCOME = "No year's outcome has come since, so there is no record by period of the year yet."
NOTHING_FORECAST = "Nothing was forecast"
RECORD_TITLE = "Plans in kept forecasts, and plans counted"
RECORD_HEADS = ("Made on", "From", "For")
FORECAST, TURNED_OUT, ERROR, INSIDE = "Forecast", "Turned out", "Error", "In the 80% band"
BY_PERIOD = "In-year position as forecast, by period of the year"
BY_PERIOD_HEADS = ("Year", "Ledger to", "Made on")


def inside_band(inside: int, whole: int) -> str:
    lie = "lies" if inside == 1 else "lie"
    return f"Of {counted(whole, 'total')} of plans in kept forecasts, {inside or 'none'} {lie} in the 80% band."


# what it assumes and what it leaves out

ASSUMES = "What the forecast assumes"
ASSUMPTIONS_TITLE = "Assumptions of the forecast"
ASSUMPTION, VALUE, TO, UNIT, SOURCE, CHANGES = "Assumption", "Value", "To", "Unit", "Source", "What it changes"
ABSENT = "What is not in it, and why"


def assumptions(whole: int, guesses: int) -> str:
    return (
        f"{whole} assumptions, each with its range, its source and what it does; {guesses} of them "
        "are assumptions without a published figure behind them."
    )


def assumption_source(source: str, date: str) -> str:
    return f"{source} ({date})" if date and date not in source else source


def ages(youngest: int, oldest: int) -> str:
    """'5 to 10'; from birth on 'Under 5'."""
    return f"{youngest} to {oldest}" if youngest else f"Under {oldest + 1}"


def setting_head(name: str) -> str:
    """'special_state' -> 'State special'."""
    words = setting_words(name)
    return f"{words[:1].upper()}{words[1:]}"


def kept_and_now(date: str, kept: str, before: float, now: float, *, cost: bool) -> str:
    """One figure in a forecast that was kept and in today's."""
    what, pounds = ("cost in", "£") if cost else ("plans in", "")
    return f"{what} {date}: {pounds}{before:,.0f} in the forecast of {kept}, {pounds}{now:,.0f} in today's"


def starts_from(made_on: str, origin: int, counted_since: tuple[str, float, float] | None) -> str:
    """What a kept forecast starts from, and of the January counted since what it forecast."""
    words = f"the forecast of {made_on} starts from January {origin}"
    if counted_since is None:
        return words
    period, forecast, plans = counted_since
    return f"{words}; for {period} it forecast {forecast:,.0f} plans, and {plans:,.0f} were counted"


def what_it_needs(found: "SoughtGoal") -> Iterator[str]:
    """The sum that is missing, and what a lever must rest on."""
    if found.short_gbp:
        chance = f"{100 * found.goal.chance:g}%"
        yield (
            f"{found.goal.year} must cost £{found.short_gbp:,.0f} less for that chance ({chance}), "
            "whatever brings it about"
        )
    begin = " and ".join(found.starts)
    yield f"the levers begin in {begin}; a strength that would do is arithmetic, not a plan: none is confident without"
    yield "an equality assessment, a consultation and a decision, and fewer requests or plans are no aim in themselves"


def of_the_record(kept: int, come_true: int) -> tuple[str, ...]:
    """Why there is no record yet of how good the forecasts are: none is kept, or nothing of them has come true."""
    if not kept:
        return (
            "no forecast is kept yet: highneeds forecast and highneeds run keep every one they make on a workspace",
        )
    if not come_true:
        return ("nothing that they forecast has come true yet, so there is no record of how good they are",)
    return ()
