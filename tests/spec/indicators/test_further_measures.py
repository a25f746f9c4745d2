"""Further measures, for the council alone: each in a council small enough to count by hand."""

from dataclasses import replace
from datetime import date

import pytest

from cli_runner import run
from highneeds.caseload import Caseloads, from_return
from highneeds.caseload.store import as_files, from_files
from highneeds.indicators.mechanism.further import FURTHER, breakdowns, durations, further, overdue_by_length
from highneeds.intake.privacy import ethnicity_groups
from highneeds.intake.sen2.rows import Assessment, NamedPlan, Request, YoungPerson, from_people
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from people_by_hand import REFERENCE, caseload, child, day

JANUARY = Month(2025, 1)


def cells(table, measure, *names):
    return [tuple(row[name] for name in names) for row in table.records() if row["measure"] == measure]


@pytest.mark.parametrize(
    ("last_review", "band"),
    [
        ("2024-01-31", None),  # due on the last day of January: not overdue
        ("2024-01-30", "under 6 months"),
        ("2023-08-01", "under 6 months"),  # due 1 August 2024: six months on 1 February
        ("2023-07-31", "6 to 12 months"),
        ("2023-02-01", "6 to 12 months"),  # due 1 February 2024: twelve months on the day after
        ("2023-01-31", "12 to 24 months"),
        ("2022-02-01", "12 to 24 months"),
        ("2022-01-31", "over 24 months"),
    ],
)
def test_how_long_a_review_has_been_overdue(last_review, band):
    found = overdue_by_length(
        Caseloads.of([caseload(child(start="2020-01-01", last_review=day(last_review)))]), [JANUARY]
    )
    counts = dict(cells(found, "reviews overdue", "group", "count"))
    assert sum(counts.values()) == (band is not None) and (band is None or counts[band] == 1)


def test_overdue_lengths_are_not_back_cast():
    found = overdue_by_length(Caseloads.of([caseload(child())]), [Month(2024, 12), Month(2025, 2)])
    assert {row["state"] for row in found.records()} == {"unavailable"}


def asked(received, outcome, decided, sex="M", group="white", age=7):
    request = Request(received_date=day(received), outcome=outcome, outcome_date=day(decided), age_at_received=age)
    return YoungPerson(sex=sex, ethnicity_group=group, requests=(request,))


def test_durations_of_what_is_open_and_of_what_was_closed():
    people = [
        asked("2025-01-01", "Y", "2025-01-11"),
        asked("2025-01-01", "N", "2025-01-31"),
        asked("2025-01-21", "A", None),
    ]
    found = durations(Caseloads.of([caseload(*people)]), [JANUARY])
    assert cells(found, "requests decided", "count", "median_days", "p90_days") == [(2, 20.0, 30.0)]
    assert cells(found, "requests open", "count", "median_days") == [
        (2, 20.0)
    ]  # agreed and not yet assessed, and undecided
    assert cells(found, "plans ended", "count", "median_days", "reason") == [(0, None, "none in this month")]
    later = durations(Caseloads.of([caseload(*people)]), [Month(2025, 2)])
    assert {row["reason"] for row in later.records()} == {"the last return ends 2025-01-31"}


def test_outcomes_by_sex_ethnicity_group_and_age():
    people = [
        asked("2025-01-01", "Y", "2025-01-11", "F", "asian", 4),
        asked("2025-01-01", "Y", "2025-01-12", "M", None, 5),
    ]
    found = breakdowns(Caseloads.of([caseload(*people)]), [JANUARY])
    assert cells(found, "requests agreed", "by", "group", "count") == [
        ("sex", "F", 1),
        ("sex", "M", 1),
        ("ethnicity group", "asian", 1),
        ("ethnicity group", "not recorded", 1),
        ("age at the event", "under 5", 1),
        ("age at the event", "5 to 10", 1),
    ]


@pytest.mark.parametrize(
    ("age", "band"),
    [
        *((0, "under 5"), (4, "under 5"), (5, "5 to 10"), (10, "5 to 10"), (11, "11 to 15"), (15, "11 to 15")),
        *((16, "16 to 19"), (19, "16 to 19"), (20, "20 to 25"), (None, "not recorded")),
    ],
)
def test_the_first_and_the_last_age_of_each_band(age, band):
    found = breakdowns(Caseloads.of([caseload(asked("2025-01-01", "N", "2025-01-31", age=age))]), [JANUARY])
    assert cells(found, "requests declined", "by", "group", "count")[-1] == ("age at the event", band, 1)
    assert cells(found, "requests agreed", "by") == []


def test_groups_stand_by_age_then_by_name_and_what_is_not_recorded_last():
    people = [
        asked("2025-01-01", "Y", "2025-01-11", group=group, age=age)
        for group, age in (("white", 16), (None, None), ("asian", 5), ("black", 4))
    ]
    found = cells(breakdowns(Caseloads.of([caseload(*people)]), [JANUARY]), "requests agreed", "by", "group")
    assert [group for by, group in found if by == "ethnicity group"] == ["asian", "black", "white", "not recorded"]
    assert [group for by, group in found if by == "age at the event"] == [
        "under 5",
        "5 to 10",
        "16 to 19",
        "not recorded",
    ]


def test_plans_by_their_days():
    """Ended on the 31st after 30 days; open since 2024-12-31 and 2025-01-21; a month that the return breaks off."""
    people = [child(start="2025-01-01", end="2025-01-31"), child(start="2024-12-31"), child(start="2025-01-21")]
    found = durations(Caseloads.of([caseload(*people)]), [JANUARY])
    assert cells(found, "plans ended", "count", "median_days", "p90_days") == [(1, 30.0, 30.0)]
    assert cells(found, "plans open", "count", "median_days") == [(3, 30.0)]
    early = durations(Caseloads.of([caseload(*people[1:], reference=date(2025, 1, 22))]), [JANUARY])
    assert cells(early, "plans open", "count", "median_days", "p90_days") == [(2, 11.5, 22.0)]


def test_starts_are_counted_by_the_day_of_the_plan():
    plan = NamedPlan(start_date=date(2025, 1, 5), age_at_start=11)
    someone = YoungPerson(sex="F", requests=(Request(assessments=(Assessment(outcome="Y", plans=(plan,)),)),))
    found = breakdowns(Caseloads.of([caseload(someone)]), [JANUARY])
    assert ("age at the event", "11 to 15", 1) in cells(found, "plans started", "by", "group", "count")


def test_the_group_of_an_ethnicity_code():
    import polars as pl

    codes = pl.Series(["WBRI", "MWBC", "CHNE", "APKN", "BAFR", "OOTH", "REFU", "XXXX", None])
    assert ethnicity_groups(codes).to_list() == [
        *("white", "mixed", "asian", "asian", "black", "other", "unknown", None, None)
    ]


def test_a_caseload_that_was_kept_without_sex_is_still_read():
    kept = from_return(from_people([asked("2025-01-01", "Y", "2025-01-11")], reference_date=REFERENCE))
    assert from_files(*as_files(kept)).people["sex"].to_list() == ["M"]
    older = replace(kept, people=kept.people.drop("sex", "ethnicity_group"))
    assert from_files(*as_files(older)).people["ethnicity_group"].to_list() == [None]


def test_another_name_is_refused(tmp_path):
    from highneeds.invented.caseload.forms import write_blade
    from sen2_tables import tables

    write_blade(tables(people=4), 2025, tmp_path, date(2025, 1, 16))
    done = run("indicators", "--caseload", tmp_path, "--further", "colours")
    assert done.code == 2 and "Use one of overdue, durations, breakdowns" in done.err
    assert (
        "plans started" in run("indicators", "--caseload", tmp_path, "--further", "breakdowns", "--format", "csv").out
    )


def test_each_further_table_is_whole():
    """Two months of one small council, of which the second is not reached; every row, every heading."""
    plan = NamedPlan(start_date=day("2025-01-05"), cease_date=day("2025-01-25"), age_at_start=11, age_at_cease=16)
    ended = YoungPerson(sex="F", requests=(Request(assessments=(Assessment(plans=(plan,)),)),))
    issued = Assessment(outcome="Y", outcome_date=day("2025-01-21"), plans=())
    decided = Request(
        received_date=day("2025-01-01"), outcome="Y", outcome_date=day("2025-01-11"), assessments=(issued,)
    )
    held = child(start="2020-01-01", last_review=day("2024-01-01"))
    made = Caseloads.of([caseload(ended, YoungPerson(sex="M", locality="North", requests=(decided,)), held)])
    months, later = [JANUARY, Month(2025, 2)], "the last return ends 2025-01-31"
    columns = ("measure", "period", "by", "group", "count", "median_days", "p90_days", "state", "reason")

    def row(measure, count, by="", group="", middle=None, long=None, reason=""):
        return (measure, "2025-01", by, group, count, middle, long, "computed", reason)

    def gap(measure, by="", group="", reason=later):
        return (measure, "2025-02", by, group, None, None, None, "unavailable", reason)

    lengths = ("under 6 months", "6 to 12 months", "12 to 24 months", "over 24 months")
    not_reached = "a return holds one review per plan: only the month-end it reaches can be computed"
    not_reached += " (return ends 2025-01-31)"
    expected = {
        "overdue": (
            "Overdue reviews by length",
            [
                row("reviews overdue", number, "length", name)
                for name, number in zip(lengths, (1, 0, 0, 0), strict=True)
            ],
            [gap("reviews overdue", "length", name, not_reached) for name in lengths],
        ),
        "durations": (
            "Open and closed durations",
            [
                row("requests open", 0, reason="none in this month"),
                row("requests decided", 1, middle=10.0, long=10.0),
                row("plans issued", 1, middle=20.0, long=20.0),
                row("plans open", 1, middle=1857.0, long=1857.0),
                row("plans ended", 1, middle=20.0, long=20.0),
            ],
            [gap(name) for name in ("requests open", "requests decided", "plans issued", "plans open", "plans ended")],
        ),
        "breakdowns": (
            "Starts, ends and outcomes by sex, ethnicity group and age",
            [
                row("plans started", 1, "sex", "F"),
                row("plans started", 1, "ethnicity group", "not recorded"),
                row("plans started", 1, "age at the event", "11 to 15"),
                row("plans ended", 1, "sex", "F"),
                row("plans ended", 1, "ethnicity group", "not recorded"),
                row("plans ended", 1, "age at the event", "16 to 19"),
                row("requests agreed", 1, "sex", "M"),
                row("requests agreed", 1, "ethnicity group", "not recorded"),
                row("requests agreed", 1, "age at the event", "not recorded"),
            ],
            [gap(name) for name in ("plans started", "plans ended", "requests agreed", "requests declined")],
        ),
        "locality": (
            "Plans by locality",
            [row("plans in force", 1, "locality", "not recorded")],
            [gap("plans in force", "locality")],
        ),
    }
    assert list(FURTHER) == list(expected)
    for name, (title, now, after) in expected.items():
        table = further(name, made, months)
        assert (table.title, table.columns) == (title, columns)
        assert list(table.rows) == [*now, *after], name
    with pytest.raises(InputError) as refused:
        further("colours", made, months)
    assert (refused.value.what, str(refused.value.where), refused.value.remedy) == (
        "There is no further measure 'colours'",
        "--further",
        "Use one of overdue, durations, breakdowns, locality",
    )
