"""Plans that ceased, by the reason recorded: one definition per SEN2 cease reason, and one for none."""

from highneeds.caseload import Caseload
from highneeds.caseload.endings import CEASE_REASONS, plans_ended
from highneeds.indicators.definitions._fields import PLANS
from highneeds.indicators.mechanism.indicator import Indicator, indicator
from highneeds.indicators.mechanism.relation import AddsTo
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


def ceased_for(reason: str | None) -> Indicator:
    words = CEASE_REASONS[reason] if reason else "no reason recorded"

    @indicator(
        name=f"ceased_count_reason_{reason or 'none'}",
        title=f"Plans that ceased: {words}",
        unit=Unit.COUNT,
        source="SEN2: named plan (cease date, cease reason)",
        basis="By cease date; a reason that is empty or no SEN2 code is no reason",
        part=f"plans that ceased in the month: {words}",
        example="14 plans: 14",
        fields=(*PLANS, ("named_plans", "cease_reason")),
        relations=(AddsTo("ceased_count.value"),),
    )
    def ceased_count_reason(caseload: Caseload, month: Month) -> int:
        ended = plans_ended(caseload, month.first_day, month.last_day)["cease_reason"].to_list()
        return ended.count(reason) if reason else sum(one not in CEASE_REASONS for one in ended)

    return ceased_count_reason


ceased_at_greatest_age = ceased_for("1")
ceased_with_needs_met = ceased_for("2")
ceased_for_higher_education = ceased_for("3")
ceased_for_employment = ceased_for("4")
ceased_moved_to_another_council = ceased_for("5")
ceased_without_wish_to_engage = ceased_for("6")
ceased_left_england = ceased_for("7")
ceased_died = ceased_for("8")
ceased_for_other_reason = ceased_for("9")
ceased_without_reason = ceased_for(None)
