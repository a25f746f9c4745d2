"""A forecast as a report needs it: a few hundred figures with their spread, their basis and how far to trust them.

Only plain values live here, so that reading one back from disk, or having none, costs nothing. `work_out` makes one,
`keep` keeps it beside the output of a run.
"""

from dataclasses import dataclass
from datetime import date

from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

CHANCES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
"""The quantiles kept of everything: the median and the ends of the 50, 80 and 95% bands."""


WHOLE_YEAR = 12
HALF_A_YEAR = 0.5


@dataclass(frozen=True)
class Balance:
    """An accumulated deficit that somebody published, and where: the end of `year`, in pounds."""

    year: str
    gbp: float
    source: str


@dataclass(frozen=True)
class OwnPrice:
    """The council's own average cost of a placement for a year, by sector and phase, in prices of financial `year`.

    low, high   the lowest and highest figure it gave in that year
    source      the row of the register, or the dashboard's months, that it comes from
    """

    sector: str
    phase: str
    year: str
    gbp: float
    low: float
    high: float
    source: Note


@dataclass(frozen=True)
class Underway:
    """A financial year of which the ledger has periods 1 to `closed`.

    actual_gbp      spent in them, with what is placed and not billed where a commitment book says so
    committed_gbp   commitments of the periods still to come; None without a commitment book
    sources         the files of the spend, then the commitment book where there is one
    """

    year: str
    closed: int
    actual_gbp: float
    committed_gbp: float | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """A sum that a document prints, of a year ('2024-25'), of years ('2024-25..2027-28'), or of neither ('').

    low_gbp, high_gbp   equal for one sum; 'up to' has no lower end
    """

    years: str
    words: str
    low_gbp: float | None
    high_gbp: float | None
    source: str


@dataclass(frozen=True)
class OwnStock:
    """The council's own count of its plans in force at the end of a month, '2025-03', and where it says so."""

    month: str
    plans: float
    source: str


@dataclass(frozen=True)
class ForecastInputs:
    """What is asked of a forecast. Nothing else goes into it but the statistics, the scenarios and the program.

    end              last financial year of the agreement: '2027-28'
    opening          the newest published accumulated deficit; None where there is none
    promised_gbp     contributions promised in all; paid_gbp: those of it known to be due by `opening`
    targets          in-year deficits agreed, by financial year
    closing_targets  accumulated deficits agreed, by financial year
    published        in-year deficits the council itself has published, with their source, by financial year
    own_prices       unit costs of its own; no_price: sectors and phases it has named and given no figure for
    underway         years of which its ledger has periods, in order
    transport        SEN transport outside the DSG by financial year, where it is given
    delays           what is printed of the cost of late schools
    as_known         the day on which it is asked, '2025-04-02'; '' where nobody says
    stock            its own latest count of plans; None without one
    blocks           its high needs block before deductions by financial year, as DfE last updated it
    """

    la_number: str
    end: str
    draws: int
    seed: int
    opening: Balance | None = None
    promised_gbp: float = 0.0
    paid_gbp: float = 0.0
    targets: tuple[tuple[str, float], ...] = ()
    closing_targets: tuple[tuple[str, float], ...] = ()
    published: tuple[Balance, ...] = ()
    own_prices: tuple[OwnPrice, ...] = ()
    no_price: tuple[str, ...] = ()
    underway: tuple[Underway, ...] = ()
    transport: tuple[Balance, ...] = ()
    delays: tuple[Printed, ...] = ()
    as_known: str = ""
    stock: OwnStock | None = None
    blocks: tuple[Balance, ...] = ()

    def ended(self, year: str) -> bool:
        """Whether a financial year is over: by the day, by a balance at its end, or by a ledger that is whole."""
        if self.as_known and FinancialYear.parse(year).last_day.isoformat() < self.as_known:
            return True
        if self.opening is not None and year <= self.opening.year:
            return True
        return any(one.year == year and one.closed == WHOLE_YEAR for one in self.underway)

    def left_of(self, year: str) -> float:
        """The part of a financial year that is still to come on the day, 0 to 1; a half where nobody says the day."""
        if not self.as_known:
            return HALF_A_YEAR
        whole = FinancialYear.parse(year)
        days = (whole.last_day - date.fromisoformat(self.as_known)).days + 1
        return min(max(days / ((whole.last_day - whole.first_day).days + 1), 0.0), 1.0)


@dataclass(frozen=True)
class Fan:
    """One measure over the periods: mean, and a quantile for each of CHANCES."""

    name: str
    periods: tuple[str, ...]
    mean: tuple[float, ...]
    quantiles: tuple[tuple[float, ...], ...]

    def at(self, chance: float) -> tuple[float, ...]:
        return self.quantiles[CHANCES.index(chance)]

    def band(self, percent: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Lower and upper end of the 50, 80 or 95% band."""
        low = {50: 0.25, 80: 0.1, 95: 0.025}[percent]
        return self.at(low), self.at(CHANCES[-1 - CHANCES.index(low)])


@dataclass(frozen=True)
class Counted:
    """What was counted before the forecast begins."""

    period: str
    value: float


@dataclass(frozen=True)
class LineCost:
    """One section 251 line: its cost by financial year, and what its price rests on.

    own      its price is the council's own unit cost
    sector   then the sector of education that it is paid in, in words
    """

    name: str
    title: str
    source: str | Note
    cost: Fan
    own: bool = False
    sector: str = ""


@dataclass(frozen=True)
class YearOdds:
    """Chances in one financial year; None where the chance cannot be worked out.

    target_gbp   the in-year deficit agreed; met: the chance to be at or below it
    balance      the chance of an in-year position of nil or better
    closing_gbp  the accumulated deficit agreed; closing: the chance to be at or below it
    ended        True for a year that is over, which has an outcome and no chances
    """

    year: str
    target_gbp: float | None
    met: float | None
    balance: float | None
    closing_gbp: float | None
    closing: float | None
    ended: bool = False


@dataclass(frozen=True)
class ComparedWithPublished:
    """An in-year figure that the council published, held against the estimate of the same year."""

    year: str
    published_gbp: float
    source: str
    low80_gbp: float
    high80_gbp: float

    @property
    def inside(self) -> bool:
        return self.low80_gbp <= self.published_gbp <= self.high80_gbp


@dataclass(frozen=True)
class RegisteredAssumption:
    """One row of the register of assumptions; assumed: no source gives the value, somebody judged it."""

    name: str
    title: str
    value: float
    low: float
    high: float
    unit: str
    source: str | Note
    date: str
    effect: str
    assumed: bool = False


@dataclass(frozen=True)
class ScenarioLever:
    """One lever of a scenario, with the duty it touches, whom it affects and what it rests on ('' where nothing is)."""

    title: str
    unit: str
    low: float
    central: float
    high: float
    starts: str
    duty: str
    affects: str
    equality_assessment: str
    consultation: str
    decision: str
    caps_demand: bool

    @property
    def confident(self) -> bool:
        return bool(self.equality_assessment and self.consultation and self.decision)


@dataclass(frozen=True)
class DelayYear:
    """What a delay costs in one financial year, or in the years printed together.

    lost_gbp      mean, and the ends of the 80% band; a negative sum is money saved
    child_years   years that children would have spent in the schools
    printed       what a document says of the same years, '' for nothing; source: where
    """

    years: str
    lost_gbp: tuple[float, float, float]
    child_years: float
    printed: str
    source: str


@dataclass(frozen=True)
class Delay:
    """Two scenarios with the same schools and two opening dates, on the same draws.

    rests_on   the places and how they fill, which nobody has published, and the prices with whose they are
    """

    planned: str
    actual: str
    years: tuple[DelayYear, ...]
    rests_on: tuple[Note, ...]


@dataclass(frozen=True)
class WhatIf:
    """The baseline or one scenario, on the same random numbers; figures are means unless named otherwise.

    title                its own, else its name; '' for the baseline
    plans, state_special, independent_special   in the last January
    placed_elsewhere     children placed elsewhere than they were bound for, for want of a place, over all years
    cost_gbp, in_year_gbp   of the last year
    saved_gbp            cost to the end of the agreement less than the baseline's: mean, and the ends of its 80% band
    balance, closing     the chances of the last year
    transport_gbp        SEN transport of the last year, outside the DSG; None where it is not known
    levers               what it does, in order; overlaps: the levers that change the same flow
    """

    name: str
    title: str
    plans: float
    state_special: float
    independent_special: float
    placed_elsewhere: float
    cost_gbp: float | None
    in_year_gbp: float | None
    saved_gbp: tuple[float, float, float] | None
    balance: float | None
    closing: float | None
    cautions: tuple[Note, ...]
    transport_gbp: float | None = None
    levers: tuple[ScenarioLever, ...] = ()
    overlaps: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Scored:
    """How one method did at one horizon, over all councils and origins. Percentages."""

    method: str
    years_ahead: int
    forecasts: int
    mape: float
    bias: float
    cover50: float
    cover80: float
    cover95: float
    width50: float
    width80: float
    width95: float


@dataclass(frozen=True)
class ForecastSummary:
    """origin     the January it starts from
    first_origin, last_origin   Januaries of the back-test
    counted    plans in earlier Januaries
    money      by financial year; None where the statistics do not carry it, and `notes` say why
    deficit    the accumulated deficit from the opening balance on
    contributions_gbp   promised contributions still to come: none of it to all of it
    delays     what late schools cost, for every scenario that says which it is a delay of
    break_even the share of outcomes that first balance in each year; what is missing to 1 does so later or never
    spend_scores, spend_origins   the back-test of spending, and its first and last January; () and None without one
    breaks     steps in the council's own published totals that are changes of the return
    returns    how many of the council's own accepted returns it was learnt from; 0 for published statistics
    """

    council: str
    origin: int
    draws: int
    seed: int
    end: str
    counted: tuple[Counted, ...]
    plans: Fan
    by_age: tuple[Fan, ...]
    by_setting: tuple[Fan, ...]
    cost: Fan | None
    lines: tuple[LineCost, ...]
    in_year: Fan | None
    deficit: Fan | None
    opening: Balance | None
    contributions_gbp: tuple[float, float]
    odds: tuple[YearOdds, ...]
    held: tuple[ComparedWithPublished, ...]
    assumptions: tuple[RegisteredAssumption, ...]
    scenarios: tuple[WhatIf, ...]
    scores: tuple[Scored, ...]
    first_origin: int
    last_origin: int
    notes: tuple[Note, ...]
    delays: tuple[Delay, ...] = ()
    break_even: tuple[tuple[str, float], ...] = ()
    breaks: tuple[Note, ...] = ()
    spend_scores: tuple[Scored, ...] = ()
    spend_origins: tuple[int, int] | None = None
    returns: int = 0

    @property
    def at_end(self) -> YearOdds | None:
        return next((one for one in self.odds if one.year == self.end), None)

    @property
    def money_holds(self) -> bool:
        """True where the council has published an in-year figure of these years: the money then starts from it."""
        return bool(self.held)


@dataclass(frozen=True)
class NoForecast:
    """Why there is none."""

    reason: Note


ForecastResult = ForecastSummary | NoForecast
