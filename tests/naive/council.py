"""Every indicator a second time, person by person, as plainly as the definitions read.

Nothing of highneeds is used but the row types. No frames, no sharing, no speed: each question walks over everybody.
What is asked of `Council` is answered as the contract prints it: (part, whole, value) with None where there is none.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from highneeds.intake.sen2.rows import NamedPlan, Placement, Request, Return, YoungPerson

SPECIALIST = ("SpMdA", "SpNm", "SpIn", "MsIn")
MAINSTREAM = ("MsMdA", "RP", "SENU")


def last_day(year, month):
    first_of_next = date(year + (month == 12), month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def a_year_later(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def percent(part, whole, decimals=1):
    """Halves away from zero, by whole numbers only; shown with its decimals."""
    if whole == 0:
        return None
    scale = 10**decimals
    tenths = (2 * 100 * scale * part + whole) // (2 * whole)
    return f"{tenths // scale}.{tenths % scale:0{decimals}d}"


@dataclass
class Council:
    """A return and the choices: the month of roll-over, and the event that counts as a review."""

    given: Return
    rollover_month: int = 9
    basis: str = "decision"

    def __post_init__(self):
        self.people = list(self.given.people())
        self.all_requests = list(self.given.rows("requests"))
        self.all_assessments = list(self.given.rows("assessments"))
        self.all_active_plans = list(self.given.rows("active_plans"))

    # -- one person on one day ---------------------------------------------------------------------------------------

    def plans_of(self, person: YoungPerson) -> list[tuple[Request, NamedPlan]]:
        return [(r, p) for r in person.requests for a in r.assessments for p in a.plans]

    def ours_from(self, person: YoungPerson, request: Request, plan: NamedPlan) -> date:
        """The plan's start, or the day on which the plan passed to this council if that is later."""
        days = [plan.start_date]
        says = any(filled(active.transfer_la) for active in request.active_plans)
        historic = request.outcome == "H" or any(a.outcome == "H" for a in request.assessments)
        if says or historic:
            days.append(transfer_day(request))
        for other in person.requests:
            day = transfer_day(other)
            taken_over = any(filled(active.transfer_la) for active in other.active_plans)
            if day is None or not taken_over or any(a.plans for a in other.assessments):
                continue
            if plan.start_date <= day and (plan.cease_date is None or plan.cease_date >= day):
                days.append(day)
        return max(day for day in days if day is not None)

    def open_plans(self, person: YoungPerson, day: date) -> list[NamedPlan]:
        found = []
        for request, plan in self.plans_of(person):
            if plan.start_date is None:
                continue
            begun = self.ours_from(person, request, plan) <= day
            not_over = plan.cease_date is None or plan.cease_date >= day
            if begun and not_over:
                found.append(plan)
        return found

    def has_plan(self, person: YoungPerson, day: date) -> bool:
        return len(self.open_plans(person, day)) > 0

    def setting(self, person: YoungPerson, day: date) -> str:
        open_rows: list[Placement] = []
        for request in person.requests:
            for active in request.active_plans:
                for row in active.placements:
                    begun = row.entry_date is not None and row.entry_date <= day
                    if begun and (row.leaving_date is None or row.leaving_date >= day):
                        open_rows.append(row)
        if not open_rows:
            return "UKN"
        first = min(open_rows, key=lambda row: (row.rank is None, row.rank or 0, row.placement))
        return first.setting_class or "unclassed"

    def year(self, person: YoungPerson, day: date) -> int | None:
        if person.school_cohort is None:
            return None
        begins = date(day.year, 9, 1) if self.rollover_month == 9 else date(day.year, 8, 31)
        began = day.year if day >= begins else day.year - 1
        # born from 1 September on: the calendar year of birth; before: the cohort's following calendar year
        return began - person.school_cohort - 1 - 4

    def with_plan(self, day, first=None, last=None):
        found = []
        for person in self.people:
            if not self.has_plan(person, day):
                continue
            year = self.year(person, day)
            if first is not None and (year is None or year < first):
                continue
            if last is not None and (year is None or year > last):
                continue
            found.append(person)
        return found

    # -- the indicators ----------------------------------------------------------------------------------------------

    def share(self, day, first, last, settings):
        whole = self.with_plan(day, first, last)
        return ratio(sum(self.setting(person, day) in settings for person in whole), len(whole))

    def moved(self, day, before, there, here):
        """Children with a plan on both days whose setting satisfies `there` first and `here` then."""
        return [
            person
            for person in self.people
            if self.has_plan(person, day)
            and self.has_plan(person, before)
            and there(self.setting(person, before))
            and here(self.setting(person, day))
        ]

    def overdue(self, person, day):
        done = [plan.start_date for plan in self.open_plans(person, day)]
        for request in person.requests:
            for active in request.active_plans:
                done += [event for event in self.reviews_done(active) if event is not None and event <= day]
        return a_year_later(max(done)) < day

    def reviews_done(self, active):
        if self.basis == "meeting":
            return [active.review_meeting]
        if self.basis == "finalised":
            letter = None if active.review_outcome == "A" else active.last_review
            return [letter, active.phase_transfer_final]
        return [active.last_review]

    def underway(self, day):
        count = 0
        for request in self.all_requests:
            if request.received_date is None or request.received_date > day:
                continue
            assessments = [a for a in self.all_assessments if a.request == request.request]
            ended = request.outcome in ("N", "W") and request.outcome_date is not None and request.outcome_date <= day
            if request.outcome == "H" and not assessments:
                ended = True
            for assessment in assessments:
                dated = assessment.outcome_date is not None and assessment.outcome_date <= day
                if assessment.outcome == "H" or (assessment.outcome in ("Y", "N", "W") and dated):
                    ended = True
            count += not ended
        return count

    def answers(self, year, month):
        """indicator -> (part, whole, value) for one month."""
        first, day = date(year, month, 1), last_day(year, month)
        before = first - timedelta(days=1)

        def within(event):
            return event is not None and first <= event <= day

        def special(setting):
            return setting in SPECIALIST

        def mainstream(setting):
            return setting in MAINSTREAM

        young = self.with_plan(day, -4, 2)
        arrived = self.moved(day, before, lambda setting: not special(setting), special)
        asked = {c: [r for r in self.all_requests if r.outcome == c and within(r.outcome_date)] for c in "YN"}
        issued = {c: [a for a in self.all_assessments if a.outcome == c and within(a.outcome_date)] for c in "YN"}
        received = [r for r in self.all_requests if within(r.received_date) and r.outcome != "H"]
        ended = self.ended(within)
        due = [a for a in self.all_active_plans if within(a.phase_transfer_due)]
        everybody = self.with_plan(day)
        behind = [person for person in everybody if self.overdue(person, day)]
        answers = {
            "specialist_share_yr_r_6": self.share(day, 0, 6, SPECIALIST),
            "specialist_share_yr_7_11": self.share(day, 7, 11, SPECIALIST),
            "specialist_share_yr_12_14": self.share(day, 12, 14, (*SPECIALIST, "SP16")),
            "specialist_share_yr_12_14_excl_spi": self.share(day, 12, 14, SPECIALIST),
            "spi_share_yr_12_14": self.share(day, 12, 14, ("SP16",)),
            "mainstream_share_school_age": self.share(day, 0, 13, MAINSTREAM),
            "post16_special_independent_pct": self.share(day, 12, None, (*SPECIALIST, "SP16")),
            "post16_mainstream_fe_pct": self.share(day, 12, None, (*MAINSTREAM, "GFE", "6FC")),
            "ehcp_count_ey_ks1": count(young),
            "ey_ks1_moving_to_special_pct": ratio(sum(p in young for p in arrived), len(young)),
            "assessments_underway": (None, None, str(self.underway(day))),
            "annual_reviews_overdue_count": count(behind),
            "annual_reviews_overdue_pct": ratio(len(behind), len(everybody)),
            "mainstream_to_special_total": count(self.moved(day, before, mainstream, special)),
            "special_to_mainstream_total": count(self.moved(day, before, special, mainstream)),
            "no_place_count": count([p for p in everybody if self.setting(p, day) in ("UKN", "NIEO", "OTH")]),
            "eotas_count": count([p for p in everybody if self.setting(p, day) == "OLA"]),
            "all_plans": count(everybody),
            "requests_received": count(received),
            "requests_received_under_5": count(
                [r for r in received if r.age_at_received is not None and r.age_at_received < 5]
            ),
            "plans_issued": count(issued["Y"]),
            "ceased_count": count(ended),
        }
        for name, decided in (("assess", asked), ("issue", issued)):
            whole = len(decided["Y"]) + len(decided["N"])
            for verdict, code in (("agreed", "Y"), ("declined", "N")):
                answers[f"{name}_{verdict}_count"] = count(decided[code])
                answers[f"{name}_{verdict}_pct"] = ratio(len(decided[code]), whole)
        without = [a for a in issued["Y"] if a.week20 is not True]
        answers["plans_20_weeks_incl_exceptions_pct"] = self.timely(issued["Y"])
        answers["plans_20_weeks_excl_exceptions_pct"] = self.timely(without)
        decided = asked["Y"] + asked["N"]
        answers["decisions_6_weeks_pct"] = ratio(sum(in_time(r, r, 42) for r in decided), len(decided))
        for reason in "123456789":
            answers[f"ceased_count_reason_{reason}"] = count([p for p in ended if p.cease_reason == reason])
        without_reason = [p for p in ended if p.cease_reason not in list("123456789")]
        answers["ceased_count_reason_none"] = count(without_reason)
        final = [(a.phase_transfer_final, a.phase_transfer_due) for a in due]
        answers["phase_transfer_final_on_time_count"] = count([1 for f, d in final if f is not None and f <= d])
        answers["phase_transfer_final_late_count"] = count([1 for f, d in final if f is not None and f > d])
        answers["phase_transfer_final_none_count"] = count([1 for f, d in final if f is None])
        assessed = issued["Y"] + issued["N"]
        appealed = sum(a.tribunal is True or a.other_tribunal is True for a in assessed)
        appealed += sum(r.tribunal is True for r in asked["N"])
        answers["tribunal_rate_pct"] = ratio(appealed, len(asked["N"]) + len(assessed))
        return answers

    def ended(self, within):
        """Plans that ceased, but for those that did before they passed to this council."""
        found = []
        for person in self.people:
            for request, plan in self.plans_of(person):
                if not within(plan.cease_date):
                    continue
                ours = None if plan.start_date is None else self.ours_from(person, request, plan)
                if ours is None or ours == plan.start_date or ours <= plan.cease_date:
                    found.append(plan)
        return found

    def timely(self, assessments):
        request_of = {request.request: request for request in self.all_requests}
        part = sum(in_time(request_of.get(a.request), a, 140) for a in assessments)
        return ratio(part, len(assessments))


def filled(transfer_la):
    return transfer_la is not None and transfer_la.upper() not in ("0", "FALSE", "N", "NO")


def transfer_day(request: Request) -> date | None:
    written = []
    for active in request.active_plans:
        if filled(active.transfer_la):
            try:
                written.append(date.fromisoformat(active.transfer_la[:10]))
            except ValueError:
                continue
    return min(written) if written else request.received_date


def in_time(request, decision, days):
    if request is None or request.received_date is None:
        return False
    return (decision.outcome_date - request.received_date).days <= days


def count(things):
    return (None, None, str(len(things)))


def ratio(part, whole):
    return (part, whole, percent(part, whole))
