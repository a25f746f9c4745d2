"""Places and unit costs: the words that several indicators share."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, Gap, RemarkedAnswer
from highneeds.registers.definitions.appeals import appeals as register_of_appeals
from highneeds.registers.definitions.appeals import placed_special
from highneeds.registers.definitions.phase_transfers import latest_year
from highneeds.registers.definitions.phase_transfers import phase_transfers as register_of_transfers
from highneeds.registers.definitions.places import in_effect
from highneeds.registers.definitions.places import places as register_of_places
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.setting import SettingClass

NO_PLACES = Gap("no register of places was given")
NO_APPEALS = Gap("no register of appeals was given; SEN2 does not say what the tribunal ordered")
NO_TRANSFERS = Gap("no register of phase transfers was given; SEN2 does not record why a placement changed")
NO_COSTS = Gap("no register of unit costs was given")
FROM_REGISTER = f"as {register_of_places.place} has them; no caseload says it"
PLACED_IN = {"special": {SettingClass.SPMDA}, "srp": {SettingClass.RP, SettingClass.SENU}}


def average_cost(registers: IndicatorRegisters, group: str, phase: str, month: Month) -> Answer:
    """Cost / placements of the rows in effect at the month's end, in whole pounds."""
    if registers.unit_costs is None:
        return NO_COSTS
    wanted = [row for row in registers.unit_costs if row["group"] == group and row["phase"] == phase]
    rows = in_effect(wanted, month.last_day)
    placements = sum((row["placements"] for row in rows), Decimal(0))
    if not placements:
        return Gap(f"the register of unit costs has no row for {group}, {phase}, in effect on {month.last_day}")
    pence = sum(row["annual_cost"] for row in rows)
    return int(round_half_away(Decimal(pence) / placements / 100))


def commissioned(registers: IndicatorRegisters, kind: str, year: FinancialYear) -> Answer:
    """Places in effect on the last day of the year, or the last day in it that the register reaches."""
    if registers.places is None:
        return NO_PLACES
    rows = [row for row in registers.places if row["kind"] == kind]
    day = _last_day_reached(rows, year)
    if day is None:
        return Gap(f"the register of places has no {kind} places in {year}")
    return RemarkedAnswer(int(sum(row["places"] for row in in_effect(rows, day))), FROM_REGISTER)


def fill_rate(registers: IndicatorRegisters, kind: str, month: Month) -> Answer:
    """Pupils / places in effect; pupils from the register, else from the month's caseload, and said."""
    if registers.places is None:
        return NO_PLACES
    rows = in_effect([row for row in registers.places if row["kind"] == kind], month.last_day)
    places = sum(row["places"] for row in rows)
    if not rows:
        return Gap(f"the register of places has no {kind} places in effect on {month.last_day}")
    if all(row["pupils"] is not None for row in rows):
        return Ratio(sum(row["pupils"] for row in rows), places)
    if registers.caseload is None or not registers.caseload.classed:
        return Gap("the register of places names no pupils, and no caseload with settings can count them")
    counted = len(registers.caseload.at_end_of(month).placed_in(PLACED_IN[kind]))
    return RemarkedAnswer(Ratio(counted, places), "pupils counted from the return: this council's plans only")


def placed_after_appeal(registers: IndicatorRegisters, month: Month) -> Answer:
    """Cases closed in the month in the family's favour with a place in a special school."""
    if registers.appeals is None:
        return NO_APPEALS
    day = month.last_day
    at = register_of_appeals.situation(registers.appeals, day)
    return sum(
        row.n
        for row in registers.appeals
        if row["closed_on"] is not None and Month.of(row["closed_on"]) == month and placed_special(row, at)
    )


def moved_at_transfer(registers: IndicatorRegisters, moved: Callable[[RegisterRow], bool], month: Month) -> Answer:
    """Transfers that became final in the month with a move of the kind asked for."""
    if registers.phase_transfers is None:
        return NO_TRANSFERS
    dated = [row for row in registers.phase_transfers if row["final_on"] is not None]
    if not dated:
        return Gap("the register of phase transfers has no plan that became final on a day")
    return sum(row.n for row in dated if Month.of(row["final_on"]) == month and moved(row))


def placed_locally(registers: IndicatorRegisters, month: Month) -> Answer:
    """School and home in one district, of the latest transfer year known at the month's end."""
    if registers.phase_transfers is None:
        return NO_TRANSFERS
    at = register_of_transfers.situation(registers.phase_transfers, month.last_day)
    year = latest_year(at)
    both = [
        row
        for row in registers.phase_transfers
        if row["transfer_year"] == year and row["home_district"] and row["school_district"] and not at.is_(row, "left")
    ]
    if not both:
        return Gap("the register of phase transfers has no row with the districts of home and school")
    return Ratio(
        sum(row.n for row in both if row["home_district"] == row["school_district"]), sum(row.n for row in both)
    )


def _last_day_reached(rows: Iterable[RegisterRow], year: FinancialYear) -> date | None:
    """The last day of the year on which some row is in effect."""
    ends = [min(row["to_day"] or year.last_day, year.last_day) for row in rows if row["from_day"] <= year.last_day]
    reached = [end for end in ends if end >= year.first_day]
    return max(reached, default=None)
