"""What the next report begins with: its month and year, the levels carried forward, and what is another than it was."""

import csv
import io
from datetime import date, datetime

import pytest

from highneeds.actions.open_next_report import open_next_report
from highneeds.intake.ledger.years import MONEY
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

COUNCIL = """name = "Eastmoor"
la_number = "999"
programme = "safety-valve"
first_year = "2024-25"
last_year = "2026-27"
slots = ["April", "July", "December", "Spring"]
[report]
number = 3 # of many
id = "2025-07"
submitted = "2025-07-10"
slot = "July"
current_year = "2024-25"
[definitions]
overdue_basis = "decision"
"""
AGREEMENT = """agreement:
  local_authority: Eastmoor
  programme: Safety Valve agreement
  first_year: '2024-25'
  last_year: '2026-27'
documents:
- id: AGREEMENT
  title: Agreement
  published: '2024-04-01'
conditions:
- number: 1
  short_title: Inclusion
  title: Build capacity
  source: AGREEMENT
  source_line: 12
"""
LEVELS = "condition,update,level,source,source_line,note,known_on\n"
NOT_YET = "not_yet,,,,"
GIVEN = f"{LEVELS}1,April,G,owner,7,first,2025-04-02\n1,July,A,owner,,,\n1,December,{NOT_YET}\n1,Spring,{NOT_YET}\n"


def begun(**files):
    place = "programme/2025-07"
    documents = {"council.toml": COUNCIL, **{name.replace("__", "/"): text for name, text in files.items()}}
    renamed = {name.replace("OLD", place): text for name, text in documents.items()}
    return MemoryStore({name: text.encode() for name, text in renamed.items()})


def opened(store, slot="December", day="2025-12-10", today="2025-12-09"):
    now = datetime.fromisoformat(f"{today}T00:00+00:00")
    return open_next_report(store, slot, day and date.fromisoformat(day), by="test", now=now)


@pytest.mark.parametrize(
    ("slot", "day", "report", "year"),
    [
        ("December", "2025-12-10", "2025-12", "2025-26"),
        ("December", "2026-01-09", "2025-12", "2025-26"),  # it went late, and is of December all the same
        ("July", "2026-07-09", "2026-07", "2026-27"),  # the same month is that of the next year
        ("April", "2026-05-31", "2026-04", "2025-26"),  # 61 days after 31 March its year is still spoken of
        ("April", "2026-06-01", "2026-04", "2026-27"),
        ("Spring", "2026-03-02", "2026-03", "2025-26"),  # no month in its name: that in which it goes
        ("December", "2025-07-10", "2025-12", "2025-26"),  # the day of the last report is the first allowed
    ],
)
def test_the_month_and_the_year_of_a_report(slot, day, report, year):
    done = opened(begun(), slot, day)
    assert (done.new.number, done.new.id, str(done.new.current_year)) == (4, report, year)


PLANNED = "report,number,title,dated,state,due,submitted_on,slot\n"
DECEMBER = "2025-12,5,Five,,planned,2026-01,,December\n"
SPRING = "b,6,B,,planned,2026-03,,Spring\n"
TWO = f"a,5,A,,planned,2027-03,,Spring\n{SPRING}"
GONE = "b,6,B,2026-03,submitted,2026-03,2026-03-02,Spring\n"
LAST = "2025-07,3,Three,,planned,2025-07,,July\n"
BEFORE = "x,3,Three,,planned,2025-06,,Spring\n"


@pytest.mark.parametrize(
    ("slot", "planned", "today", "day", "report", "due"),
    [
        ("December", "", "2025-09-01", "2025-12-31", "2025-12", "2025-12"),  # the month of its name
        ("December", "", "2025-12-31", "2025-12-31", "2025-12", "2025-12"),
        ("December", "", "2026-01-01", "2026-01-01", "2025-12", "2025-12"),  # its month is over: today
        ("July", "", "2025-07-11", "2026-07-31", "2026-07", "2026-07"),
        ("Spring", "", "2026-02-03", "2026-02-03", "2026-02", None),  # nothing says its month: today
        ("December", DECEMBER, "2025-09-01", "2026-01-31", "2025-12", "2026-01"),  # as planned, called after its name
        ("Spring", SPRING, "2025-09-01", "2026-03-31", "2026-03", "2026-03"),
        ("Spring", TWO, "2025-09-01", "2026-03-31", "2026-03", "2026-03"),
        ("Spring", GONE, "2026-05-01", "2026-05-01", "2026-05", None),
        ("Spring", BEFORE, "2025-09-01", "2025-09-01", "2025-09", None),
        ("July", LAST, "2025-07-11", "2026-07-31", "2026-07", "2026-07"),
    ],
)  # fmt: skip
def test_a_report_without_a_day_is_dated_the_last_day_of_the_month_in_which_it_is_due(
    slot, planned, today, day, report, due
):
    files = {"registers__report_calendar.csv": PLANNED + planned} if planned else {}
    done = opened(begun(**files), slot, None, today)
    assert (done.new.submitted.isoformat(), done.new.id) == (day, report)
    assert (done.due and str(done.due), done.day_is_given) == (due, False)
    assert opened(begun(**files), slot, "2026-03-09", today).day_is_given


def test_the_report_that_is_open_is_not_opened_again_before_its_own_day():
    store = begun()
    opened(store, "December", None, "2025-09-01")
    for today in ("2025-09-01", "2025-10-10", "2025-12-31"):
        with pytest.raises(InputError, match="The December report of 2025-12-31 is open already"):
            opened(store, "December", None, today)
    assert opened(store, "December", None, "2026-01-01").new.id == "2026-12"


def test_the_last_report_asked_for_once_more_is_refused():
    """The same words typed twice opened the report of a year later."""
    with pytest.raises(InputError, match="The July report of 2025-07-10 is open already"):
        opened(begun(), "July", "2025-07-10")
    assert opened(begun(), "July", "2025-07-11").new.id == "2026-07"


def test_the_day_before_the_last_report_is_refused():
    with pytest.raises(InputError, match="The last report went on 2025-07-10, after 2025-07-09"):
        opened(begun(), day="2025-07-09")


def test_only_the_lines_of_its_section_change():
    store = begun()
    opened(store)
    assert store.documents["council.toml"].decode().split("[report]\n")[1].splitlines() == [
        "number = 4 # of many",
        'id = "2025-12"',
        'submitted = "2025-12-10"',
        'slot = "December"',
        'current_year = "2025-26"',
        "[definitions]",
        'overdue_basis = "decision"',
    ]
    assert store.documents["council.toml"].decode().startswith(COUNCIL.partition("[report]")[0])


@pytest.mark.parametrize(
    ("given", "slot", "rows"),
    [
        (GIVEN, "December", ["G,owner,7,first,2025-04-02", "A,owner,,,", "A,owner,,carried forward from July,"]),
        (GIVEN, "April", ["A,owner,,carried forward from July,", NOT_YET, NOT_YET]),
        (GIVEN, "July", [NOT_YET, "A,owner,,carried forward from July,", NOT_YET]),
        (
            f"{LEVELS}1,April,R,owner,,,2025-04-02\n",
            "December",
            ["R,owner,,,2025-04-02", NOT_YET, "R,owner,,carried forward from April,2025-04-02"],
        ),
        (f"{LEVELS}1,December,R,owner,,,\n", "December", [NOT_YET, NOT_YET, NOT_YET]),
        (f"{LEVELS}1,July,not_yet,owner,,,\n", "December", [NOT_YET, "not_yet,owner,,,", "not_yet,owner,,,"]),
    ],
)  # fmt: skip
def test_levels_given_this_year_stay_and_the_last_is_carried_forward(given, slot, rows):
    store = begun(**{"agreement.yaml": AGREEMENT, "OLD__levels.csv": given})
    done = opened(store, slot, "2026-07-20")
    found = store.documents[f"programme/{done.new.id}/levels.csv"].decode().splitlines()
    slots = ("April", "July", "December", "Spring")
    assert found[0] == LEVELS.strip()
    assert found[1:] == [f"1,{name},{row}" for name, row in zip(slots, [*rows, NOT_YET], strict=True)]


CATALOGUE = "id,condition,title,short_title,unit,data_source,frequency,good_direction,source\n"
CATALOGUE += "a,,Long A,A,count,,monthly,none,x\nb,,Long B,B,count,,monthly,none,x\nc,,Long C,C,count,,monthly,none,x\n"
ROWS = """indicator,period,value,unit,state,source,known_on
a,2025-05,1,count,reported,f,
a,2025-06,2,count,reported,f,
a,2025-07,,count,not_reported,f,2025-09-01
a,2025-05,3,count,restated,f,2025-09-01
b,2025-06,4,count,reported,f,
b,2025-07,5,count,reported,f,2025-09-01
c,2025-08,6,count,reported,f,2025-09-01
c,2025-09,7,count,reported,f,2025-12-11
"""
FACTS = "id,group,value,unit,period,qualifier,raw,context,source_doc,source_line,known_on\n"
FACTS += "f1,money,1,gbp,2024-25,exact,£1,One,X,,2025-07-10\nf2,money,2,gbp,2024-25,exact,£2,Two,X,,2025-07-11\n"


def test_what_moved_was_restated_was_reworded_and_became_known():
    was = "indicator,title\na,Long A\nb,Long Bee\nz,Gone\n"
    store = begun(
        **{"indicators.csv": CATALOGUE, "observations.csv": ROWS, "facts.csv": FACTS, "OLD__catalogue.csv": was,
           "OLD__narrative.md": "# Eastmoor, July report\n\nOf the July report.\n"}
    )  # fmt: skip
    done = opened(store)
    moved = [(one.indicator, one.title, one.before and one.before.value, one.now.value) for one in done.moved]
    assert moved == [("b", "B", 4, 5), ("c", "C", None, 6)]
    assert [(one.indicator, one.title, one.before.value, one.now.value) for one in done.restated] == [("a", "A", 1, 3)]
    assert done.reworded == (("b", "Long Bee", "Long B"),) and [one.id for one in done.facts] == ["f2"]
    assert done.carried == ("programme/2025-12/narrative.md",)
    assert store.documents["programme/2025-12/narrative.md"] == b"# Eastmoor, December report\n\nOf the July report.\n"
    kept = list(csv.reader(io.StringIO(store.documents["programme/2025-12/catalogue.csv"].decode())))
    assert kept == [["indicator", "title"], ["a", "Long A"], ["b", "Long B"], ["c", "Long C"]]


def test_sums_of_the_account_that_are_others_now():
    head = ",".join(("year", *MONEY, "known_on"))
    sums = (
        ("2023-24", "10", "1", ""),
        ("2024-25", "20", "", ""),
        ("2024-25", "25", "2", "2025-09-01"),
        ("2023-24", "11", "1", "2026-01-01"),
    )
    years = "\n".join([head, *(f"{year},{grant},{moved},,,,,,,,{day}" for year, grant, moved, day in sums)])
    spend = (
        "year,line,month,amount_gbp,known_on\n2024-25,1.2.1,P1,3,\n2024-25,1.2.1,P2,4,\n2024-25,1.2.1,P2,5,2025-09-01\n"
    )
    store = begun(**{"finance__years.csv": years, "finance__spend.csv": spend})
    assert [(one.about, str(one.year), one.before, one.now) for one in opened(store).sums] == [
        ("allocation_gbp", "2024-25", 2000, 2500),
        ("spend on 1.2.1 P2", "2024-25", 400, 500),
    ]
