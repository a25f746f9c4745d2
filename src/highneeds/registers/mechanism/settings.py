"""The settings of the registers: what a council may set in the table `registers` of council.toml, with its default.

A default marked 'local' is the usual length of an English council's procedure rules, not law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.vocabulary.errors import InputError

LISTS = ("districts", "areas", "teams")


@dataclass(frozen=True)
class RegisterSetting:
    """name, default (None: no default), and what it is."""

    name: str
    default: Any
    meaning: str


SETTINGS = (
    RegisterSetting("districts", None, "the districts of the area, a list"),
    RegisterSetting("areas", None, "the areas in which services are organised, a list"),
    RegisterSetting("teams", None, "the casework teams, a list"),
    RegisterSetting("phase_transfer_cutoff", None, "for each transfer year, the day that parts early from late plans"),
    RegisterSetting("offer_days", 28, "days to answer a provider's request for a higher fee; local"),
    RegisterSetting("refer_working_days", 10, "working days to hand a refused request on to an adviser; local"),
    RegisterSetting("visit_weeks", 6, "weeks to the first visit after a refused request is handed on; local"),
    RegisterSetting("triage_working_days", 10, "working days to triage an early years referral; local"),
    RegisterSetting("allocate_working_days", 20, "working days from triage to a team; local"),
    RegisterSetting("minutes_working_days", 10, "working days to the minutes of a meeting; local"),
    RegisterSetting("comment_working_days", 10, "working days to comment an indicator off its milestone; local"),
    RegisterSetting("panel_days", 28, "days to a panel's decision; local"),
    RegisterSetting("answer_days", 28, "days to answer a query or request; local"),
    RegisterSetting("call_in_working_days", 5, "working days in which members may call a decision in; constitution"),
    RegisterSetting("notice_clear_days", 28, "clear days of notice of a key decision; 2012 Regulations"),
    RegisterSetting("quorum_percent", 40, "percent of members who make a quorum; local"),
    RegisterSetting("review_days_tuition", 84, "days between reviews of tuition; local"),
    RegisterSetting("escalate_days", (15, 30, 60), "days without a place to manager, head of service, director; local"),
    RegisterSetting("schools_in_area", None, "schools in the council's area; from establishments where given"),
    RegisterSetting("protection_floor_percent", 0, "least change a school may see under a new tariff; 0: nobody loses"),
    RegisterSetting(
        "icb_cut_percent", None, "cut of the integrated care board's budget; else fact icb_budget_reduction"
    ),
    RegisterSetting("risk_bands", (6, 15), "scores up to the first are low, up to the second medium; local"),
    RegisterSetting("consult_days", 42, "days a public consultation stays open; local"),
    RegisterSetting("reviews_clear_by", None, "the month by which no annual review is to be overdue"),
    RegisterSetting("model_budget_gbp", None, "the budget of a new tariff; else what the old one costs"),
    RegisterSetting("proposal_weights", (40, 20, 20, 20), "weights of need, pathway, delivery and value"),
    RegisterSetting("weeks_per_year", 39, "weeks of tuition in a year"),
    RegisterSetting("unopposed_contents_weeks", 4, "weeks to amend after an appeal on contents is not opposed"),
    RegisterSetting("decided_contents_weeks", 5, "weeks to amend the contents after a decided appeal"),
    RegisterSetting("unopposed_amend_weeks", None, "weeks to amend after an unopposed appeal on a refusal to amend"),
    RegisterSetting("unopposed_cease_weeks", None, "weeks to continue after an unopposed appeal on ceasing"),
    RegisterSetting("unopposed_reassess_weeks", None, "weeks to notify after an unopposed appeal on reassessment"),
    RegisterSetting("reports_per_year", None, "monitoring reports in a full year; else the number of slots"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def settings_of(given: Mapping[str, Any], where: str = "council.toml") -> dict[str, Any]:
    """The settings as given, the rest at their defaults. One that is not known is refused with the names known."""
    unknown = sorted(set(given) - set(BY_NAME))
    if unknown:
        raise InputError(
            f"The setting {unknown[0]} is not known",
            where=where,
            remedy=f"Known settings of the registers are {', '.join(BY_NAME)}",
        )
    return {name: setting.default for name, setting in BY_NAME.items()} | {
        name: _checked(BY_NAME[name], _exact(value), where) for name, value in given.items()
    }


IN_WORDS = (*LISTS, "phase_transfer_cutoff", "reviews_clear_by")
BELOW_NOUGHT = ("protection_floor_percent",)


def _checked(setting: RegisterSetting, value: Any, where: str) -> Any:
    """Numbers where numbers are wanted, and as many; only a floor of a change may be below 0."""
    if setting.name in IN_WORDS:
        return value
    numbers = value if isinstance(value, tuple) else (value,)
    wanted = len(setting.default) if isinstance(setting.default, tuple) else 1
    sound = all(isinstance(one, int | Decimal) and not isinstance(one, bool) for one in numbers)
    if not sound or len(numbers) != wanted or (setting.name not in BELOW_NOUGHT and min(numbers) < 0):
        what = "a number of 0 or more" if wanted == 1 else f"{wanted} numbers of 0 or more"
        said = ",".join(str(one) for one in numbers)
        raise InputError(
            f"The setting {setting.name} '{said}' is not {what}",
            where=where,
            remedy=f"It stands for {setting.meaning}; write {what}",
        )
    return value


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(str(value))
    return tuple(_exact(one) for one in value) if isinstance(value, list) else value


def settings_from_text(pairs: tuple[str, ...]) -> dict[str, Any]:
    """NAME=VALUE, as given with --set: numbers, days, and lists separated by commas."""
    read: dict[str, Any] = {}
    for pair in pairs:
        name, found, value = pair.partition("=")
        if not found:
            raise InputError(f"'{pair}' is no setting", where="--set", remedy="Write it as NAME=VALUE")
        read[name.strip()] = _from_text(name.strip(), value.strip())
    checked = settings_of(read, "--set")
    return {name: checked[name] for name in read}


def _from_text(name: str, value: str) -> Any:
    if name == "phase_transfer_cutoff":  # 2025:2024-09-27,2026:2025-09-26
        return dict(_cutoff(one) for one in value.split(","))
    if name in LISTS:
        return tuple(one.strip() for one in value.split(","))
    parts = tuple(_number_or_text(one.strip()) for one in value.split(","))
    return parts if len(parts) > 1 else parts[0]


def _cutoff(text: str) -> tuple[str, date]:
    year, _, day = text.strip().partition(":")
    try:
        return str(int(year)), date.fromisoformat(day)
    except ValueError:
        raise InputError(
            f"'{text}' is no cut-off of a transfer year",
            where="--set phase_transfer_cutoff",
            remedy="Write the year and its day as 2025:2024-09-27, several separated by commas",
        ) from None


def _number_or_text(value: str) -> Any:
    try:
        exact = Decimal(value)
    except ArithmeticError:
        return value
    return int(exact) if exact == int(exact) else exact
