"""Files of a workspace by hand: councils, days, narrative, dashboards and what each says when it cannot be used."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from eastmoor import COUNCIL
from highneeds.intake.accepted import Acceptance, acceptances, accepted_by, current, kept_files, last_before
from highneeds.intake.csvfile import CsvRow
from highneeds.intake.drafts import KeptDraft, drafts_of, earlier_draft, place_of, with_draft
from highneeds.intake.forecasts import Kept, files_of_forecast, forecast_named, kept_forecasts, to_keep
from highneeds.intake.localities import Localities, area_of_postcodes, localities_of, with_areas_of_schools
from highneeds.intake.received import received_files, said_fitted, said_synthetic, synthetic_notes
from highneeds.intake.workspace.agreement import Agreement, Condition, DocumentPart, SameThing, read_agreement
from highneeds.intake.workspace.council import one_name, read_council
from highneeds.intake.workspace.dashboard import Observation, newest
from highneeds.intake.workspace.files import (
    files_of,
    inputs_fingerprint,
    name_in,
    refuse_unknown_files,
    texts_of,
    what_is_missing,
)
from highneeds.intake.workspace.headings import heading_of, known_headings
from highneeds.intake.workspace.known_on import day_in, document_days, known_on
from highneeds.intake.workspace.programme import NarrativeParagraph, narrative
from highneeds.intake.workspace.stated_period import REMEDY, stated_period
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.programme import Programme
from highneeds.vocabulary.source import RestatedLines, Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit
from memory_store import MemoryStore


def at(files):
    return documents(MemoryStore({name: text.encode() for name, text in files.items()}))


def sentence(ask):
    with pytest.raises(InputError) as refused:
        ask()
    return refused.value.sentence


def test_each_file_that_a_figure_may_come_from_and_what_is_missing():
    files = at({"council.toml": "x", "README.md": "x", "facts.csv": "id\n# remark\n", "registers/.risks.csv": "x",
                "registers/risks.csv": "id\n1\n", "sources/a/report.txt": "t", "other/x.csv": "x",
                "caseload/a.csv": "secret\n", "finance/years.csv": "year\n2024\n"})  # fmt: skip
    names = [name_in(files, one) for one in files_of(files)]
    assert names == ["caseload/a.csv", "council.toml", "facts.csv", "finance/years.csv", "registers/risks.csv",
                     "sources/a/report.txt"]  # fmt: skip
    assert [name for name, _ in texts_of(files)] == names[1:]
    missing = [name for name, _ in what_is_missing(files)]
    assert not {"council.toml", "finance/years.csv", "caseload", "registers"} & set(missing)
    assert {"facts.csv", "agreement.yaml", "scenarios", "finance/spend.csv"} <= set(missing)
    assert inputs_fingerprint(files) != inputs_fingerprint(at({"council.toml": "x"}))


OUT = "or move it out."


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("fact.csv", f"fact.csv: Nothing reads this file. Call it facts.csv if that is meant; {OUT}"),
        ("programme/also.csv", "programme/also.csv: Nothing reads this file. "
         f"Known files are also_called.csv, level_definitions.csv; {OUT}"),
        ("programme/2025-07/level.csv", "programme/2025-07/level.csv: Nothing reads this file. "
         f"Call it levels.csv if that is meant; {OUT}"),
        ("Register/risks.csv", "Register: Nothing reads this folder. Call it registers if that is meant."),
        ("notes.md", None),
        (".hidden.csv", None),
        ("mine/x.csv", None),
        ("programme/2025-07/old/x.csv", None),
    ],
)  # fmt: skip
def test_a_file_that_nothing_reads_is_usually_a_slip(name, says):
    files = at({"council.toml": "x", "programme/2025-07/narrative.md": "x", name: "x"})
    if says is None:
        refuse_unknown_files(files)
    else:
        assert sentence(lambda: refuse_unknown_files(files)) == says


def council(**changes):
    text = COUNCIL
    for key, line in changes.items():
        text = "\n".join(line if one.startswith(f"{key} =") else one for one in text.split("\n"))
    return read_council(at({"council.toml": text}))


def test_a_council_that_says_little_and_one_that_says_much():
    plain = council()
    assert (plain.short_name, plain.region, plain.neighbours, plain.rollover_month, plain.synthetic) == (
        "Eastmoor", "", (), 9, False,
    )  # fmt: skip
    assert (plain.programme, plain.programme_is_given, plain.definitions, plain.roles) == (
        Programme.NONE,
        False,
        {},
        {},
    )
    more = (
        'name = " East "\nregion = "South"\nneighbours = ["301 West", " 302"]\nrollover_month = 8\nsynthetic = true\n'
    )
    rich = council(name=more + f'programme = "{list(Programme)[1].value}"')
    assert (rich.name, rich.region, rich.neighbours, rich.rollover_month, rich.synthetic) == (
        "East", "South", ("301", "302"), 8, True,
    )  # fmt: skip
    assert rich.programme is list(Programme)[1] and rich.programme_is_given
    assert (rich.report.number, rich.report.id, rich.report.submitted) == (1, "2025-07", date(2025, 7, 10))


@pytest.mark.parametrize(
    ("key", "line", "says"),
    [
        ("name", f'name = "{"x" * 101}"', "council.toml line 1: 'name' has 101 letters; a name of up to 100 can be a "
         "file's and a page's. Write the name as it stands on a letter's head."),
        ("name", 'name = " "', "council.toml line 1: 'name' holds no name. Write it as \"Example County Council\"."),
        ("name", "name = 5", "council.toml line 1: 'name' holds no name. Write it as \"Example County Council\"."),
        ("la_number", 'la_number = "88"', "council.toml line 2: '88' is not an LA number. "
         "Write its three digits in quotes."),
        ("last_year", 'last_year = "2023-24"', "council.toml line 4: The last year of the agreement, 2023-24, is "
         "before its first, 2024-25. Correct one of the two."),
        ("slots", "slots = []", "council.toml line 5: 'slots' must be a list of different names. "
         'Write it as ["April", "July", "December"].'),
        ("slots", 'slots = ["July", "July"]', "council.toml line 5: 'slots' must be a list of different names. "
         'Write it as ["April", "July", "December"].'),
        ("slots", 'slots = ["July"]\nrollover_month = 7', "council.toml line 6: '7' is no month of roll-over. "
         "Write 8 or 9."),
        ("slots", 'slots = ["July"]\nneighbours = ["30"]', "council.toml line 6: 'neighbours' must be a list of LA "
         'numbers. Write it as ["868", "869"].'),
        ("slots", 'slots = ["July"]\nsynthetic = "no"', "council.toml line 6: 'synthetic' is neither true nor false. "
         "Write true or false, without quotes."),
        ("slots", 'slots = ["July"]\nroles = 5', "council.toml line 6: 'roles' must be a section. "
         "Write [roles] on its own line."),
        ("slots", 'slots = ["July"]\ndefinitions = {six_weeks_days = 0}',
         "council.toml: '0' is no number of days. Write digits only."),
        ("number", "number = 0", "council.toml line 7: '0' stands where a number belongs. Write digits only."),
        ("number", "number = true", "council.toml line 7: 'True' stands where a number belongs. Write digits only."),
        ("id", 'id = "-x"', "council.toml line 8: '-x' cannot name a folder of programme/. "
         "Use letters, digits and hyphens, such as 2025-04."),
        ("slot", 'slot = "May"', "council.toml line 10: 'May' is not one of the slots. Use one of July."),
        ("slot", "", "council.toml: The key 'slot' is missing. Add it, as highneeds new writes it."),
    ],
)  # fmt: skip
def test_what_of_a_council_is_refused(key, line, says):
    assert sentence(lambda: council(**{key: line})) == says


def test_the_longest_name_and_one_day():
    assert len(council(name=f'name = "{"x" * 100}"').name) == 100
    found = council(slots='slots = ["July"]\ndefinitions = {six_weeks_days = 1, twenty_weeks_days = 1}')
    assert found.definitions == {"six_weeks_days": 1, "twenty_weeks_days": 1}
    words = "The folder says nowhere whose workspace it is. Write council.toml with name and la_number, or make a "
    assert sentence(lambda: read_council(at({}))) == f"council.toml: {words}workspace with highneeds new."
    toml = sentence(lambda: read_council(at({"council.toml": 'name = "x\n'})))
    assert toml.startswith("council.toml line 1: This is not readable as TOML (")
    assert toml.endswith("). Put text in double quotes.")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Bristol, City of", "Bristol City Council", True),
        ("London Borough of Barnet", "Barnet", True),
        ("Kent County Council", "Kent", True),
        ("City of London", "London Borough of Barnet", False),
        ("City Council", "Borough Council", False),
    ],
)
def test_two_names_of_one_council(one, other, alike):
    assert (one_name(one) == one_name(other)) is alike


def row(**cells):
    return CsvRow("f.csv", 2, cells)


@pytest.mark.parametrize(
    ("cells", "document", "period", "day"),
    [
        ({"known_on": "2025-05-01"}, "A", Month(2025, 1), date(2025, 5, 1)),
        ({}, "A", Month(2025, 1), date(2024, 3, 1)),
        ({}, "Cabinet 22 Jul 2025", None, date(2025, 7, 22)),
        ({}, "papers of January 2026", None, date(2026, 1, 1)),
        ({}, "1 Jan 2024, 2 Feb 2025", None, date(2025, 2, 2)),
        ({}, "30 Feb 2025", None, None),
        ({}, "x", Month(2025, 2), date(2025, 2, 28)),
        ({}, "x", FinancialYear(2024), date(2025, 3, 31)),
        ({}, "x", None, None),
    ],
)
def test_the_day_on_which_a_figure_became_known(cells, document, period, day):
    assert known_on(row(**cells), document, {"A": date(2024, 3, 1)}, period) == day
    assert day_in("x") is None


def test_the_days_of_documents():
    text = "documents:\n- {id: A, published: 2025-01-31}\n- {id: B, published: 2025-02}\n- {id: C}\n"
    assert document_days(at({"agreement.yaml": text})) == {"A": date(2025, 1, 31), "B": date(2025, 2, 1)}
    assert document_days(at({})) == {}
    wrong = at({"agreement.yaml": "documents:\n- id: A\n  published: soon\n"})
    assert sentence(lambda: document_days(wrong)) == (
        "agreement.yaml line 3: 'soon' is no day. Write it as 2025-01-31, or 2025-01."
    )


GOOD = ("2025", "2025-01", "2024-25", "2025-01-31", "2025-Q1", "2025-winter", "2024-01..2025-01", "2025..2025",
        "2026-01 vs 2025-01", "to 2024-08", "2025-26 transfer", "ongoing", "")  # fmt: skip
BAD = ("2025-13", "2025-00", "2024-26", "2025-02-30", "2025-Q5", "2025-01..2024-01", "2024 vs 2025 vs 2026",
       "to soon", "soon transfer", "2025-1", "x..2025", "vs")  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_a_period_as_it_is_stated(text):
    assert stated_period(row(period=text)) == text


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_period(text):
    assert (
        sentence(lambda: stated_period(row(period=text)))
        == f"f.csv line 2, column period: '{text}' is no period. {REMEDY}."
    )


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("on track: IN year.", "On track: in year"),
        ("On  track: end of the plan", "On track: end of the agreement"),
        ("Headlines: engagement:", "Headlines: stakeholder engagement"),
        ("Headlines: barrier", "Headlines: barriers"),
        ("CONDITION 2: reviews", "Condition 2"),
        ("Condition 9", "Condition 9"),
        ("Conditions", "Conditions"),
        ("Money", "Money"),
    ],
)
def test_a_heading_is_the_known_one_that_is_meant(written, heading):
    assert heading_of(written, {1, 2}) == heading
    assert known_headings({2, 1})[-2:] == ("Condition 1", "Condition 2") and len(known_headings(())) == 6


def test_paragraphs_stand_under_their_heading_with_their_lines():
    text = "Before\n# Report\nNot under a heading\n## One\nFirst line\nand more [REPORT 12]\n\n- item [see below]\n"
    text += "- other\n## Two\nx"
    assert narrative(text, "n.md") == (
        NarrativeParagraph(
            "One", "First line and more", "REPORT 12", False, "n.md", 5, 4, restates=RestatedLines("REPORT", 12, 12)
        ),
        NarrativeParagraph("One", "item [see below]", "", True, "n.md", 8, 4),
        NarrativeParagraph("One", "other", "", True, "n.md", 9, 4),
        NarrativeParagraph("Two", "x", "", False, "n.md", 11, 10),
    )


def observed(indicator, month, known=None, value="1"):
    cell = (Decimal(value), Unit.COUNT, State.REPORTED, "", "", Source("d"), "", Source("o.csv", 2))
    return Observation(indicator, Month(2025, month), *cell, known_on=known)


def test_of_a_cell_the_newest_version_counts():
    first, second = observed("a", 1, date(2025, 2, 1)), observed("a", 1, date(2025, 3, 1))
    undated, other, same = observed("a", 1), observed("b", 1), observed("a", 1, date(2025, 3, 1), "2")
    assert newest([second, first, undated, other]) == ((second, other), (first, undated))
    assert newest([second, same]) == ((same,), (second,)) and newest([]) == ((), ())


FULL = """agreement:
  la_number: "886"
  target_date: c
  local_authority: Eastmoor Council
  programme: {programme}
  first_year: 2024-25
  last_year: 2025-26
  plans_in_force: a
opening:
  accumulated: b
  year: 2023-24
monitoring:
  this: 2
  published: [a, c]
conditions:
- source: d
  number: 2
  title: Reviews on time
  short_title: Reviews
  note: cut off
  source_line: 14
  complete: false
- {number: 1, short_title: s, title: t, source: e}
same_thing:
- facts: [a, b]
  about: the deficit
documents:
- id: d
  title: The report
  called: report
  sections:
  - {from_line: 1, name: One}
  - {from_line: 9, name: Two, page: 3}
- {id: e, title: The plan}
locked: abc
"""


def agreement(text, facts=("a", "b", "c"), **of_council):
    own = council(**of_council)
    return read_agreement(at({"agreement.yaml": text}), set(facts), own)


def programme():
    return list(Programme)[1]


def test_everything_that_an_agreement_says():
    found = agreement(FULL.replace("{programme}", programme().value))
    assert found == Agreement(
        local_authority="Eastmoor Council",
        department="Department for Education",
        programme=programme(),
        first_year=FinancialYear(2024),
        last_year=FinancialYear(2025),
        opening_year=FinancialYear(2023),
        figures={"target_date": "c", "plans_in_force": "a", "accumulated": "b"},
        reports=("a", "c"),
        conditions=(
            Condition(2, "Reviews", "Reviews on time", Source("d", 14), False, "cut off"),
            Condition(1, "s", "t", Source("e"), True, ""),
        ),
        same_thing=(SameThing("the deficit", ("a", "b"), Source("agreement.yaml", 26)),),
        documents={"d": "The report", "e": "The plan"},
        called={"d": "report", "e": "The plan"},
        parts={"d": (DocumentPart(1, "One"), DocumentPart(9, "Two", 3)), "e": ()},
        locked="abc",
    )
    assert agreement(FULL.replace("{programme}", f"{programme().value}\n  department: DSG")).department == "DSG"
    none = read_agreement(at({}), set(), council())
    assert none == Agreement(
        "Eastmoor", "Department for Education", Programme.NONE, FinancialYear(2024), FinancialYear(2025)
    )


FACT = "has no source: it is no fact of this workspace. "
FACT += "Add it to facts.csv with its document and line, and name its id here."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("target_date: c", "target_date: x", f"agreement.yaml line 3: 'x' {FACT}"),
        ("accumulated: b", "accumulated: x", f"agreement.yaml line 10: 'x' {FACT}"),
        ("[a, c]", "[a, x]", f"agreement.yaml line 14: 'x' {FACT}"),
        ("[a, b]", "[a, x]", f"agreement.yaml line 25: 'x' {FACT}"),
        ("Eastmoor Council", "Westmoor", "agreement.yaml line 4: The agreement is of Westmoor and council.toml is of "
         "Eastmoor. Put this council's own agreement here, or write the same name in both files."),
        ('"886"', '"887"', "agreement.yaml line 2: The agreement is of council 887 and council.toml of 886. "
         "Put this council's own agreement here, or correct the number."),
        ("{programme}", "x", f"agreement.yaml line 5: 'x' is no programme. Write one of {', '.join(Programme)}."),
        ("first_year: 2024-25", "first_year: 2023-24", "agreement.yaml line 6: The first year of the agreement is "
         "2023-24 here and 2024-25 in council.toml. Write the same year in both files."),
        ("last_year: 2025-26", "last_year: 2026-27", "agreement.yaml line 7: The last year of the agreement is 2026-27 "
         "here and 2025-26 in council.toml. Write the same year in both files."),
        ("last_year: 2025-26", "last_year: 2023-24", "agreement.yaml line 7: The last year of the agreement, 2023-24, "
         "is before its first, 2024-25. Correct one of the two."),
        ("from_line: 9", "from_line: x", "agreement.yaml line 33: 'x' is no number. Write a whole number, such as 14."),
        ("page: 3", "page: x", "agreement.yaml line 33: 'x' is no number. Write a whole number, such as 14."),
    ],
)  # fmt: skip
def test_what_of_an_agreement_is_refused(old, new, says):
    text = FULL.replace(old, new).replace("{programme}", programme().value)
    assert sentence(lambda: agreement(text)) == says


def test_an_agreement_of_another_programme_than_the_councils_is_refused():
    other = f'slots = ["July"]\nprogramme = "{list(Programme)[2].value}"'
    said = sentence(lambda: agreement(FULL.replace("{programme}", programme().value), slots=other))
    words = f"The programme is {programme()} here and {list(Programme)[2]} in council.toml"
    assert said == f"agreement.yaml line 5: {words}. Write the same programme in both files."


def condition(number):
    return Condition(number, "s", "t", Source("d"), True, "")


AGREED = Agreement(
    "East", "DfE", Programme.NONE, FinancialYear(2024), FinancialYear(2026),
    figures={"target": "a", "share": "b"},
    reports=("a", "c"),
    conditions=(condition(1), condition(3)),
    same_thing=(SameThing("x", ("a", "b", "c"), Source("w")), SameThing("y", ("b", "c"), Source("w"))),
    parts={"d": (DocumentPart(1, "One"), DocumentPart(10, "Two", 3))},
)  # fmt: skip


def test_what_of_an_agreement_rests_on_known_facts():
    found = AGREED.of_known({"a", "b"})
    assert (found.figures, found.reports) == ({"target": "a", "share": "b"}, ("a",))
    assert found.same_thing == (SameThing("x", ("a", "b"), Source("w")),)
    assert AGREED.condition(3).number == 3 and [str(one) for one in AGREED.years] == ["2024-25", "2025-26", "2026-27"]
    lines = {line: AGREED.part_of(Source("d", line)) for line in (None, 1, 9, 10, 99)}
    assert [one and one.name for one in lines.values()] == [None, "One", "One", "Two", "Two"]
    assert AGREED.part_of(Source("e", 5)) is None


ONE = Acceptance("2025-02-01T10:00:00+00:00", "A", "f" * 64, "2025-01-16", {"a.csv": "x"}, {"R": 1}, 0, "k", 2)
TWO = replace(ONE, accepted_at="2025-03-01T10:00:00+00:00", by="B")
OLD = replace(ONE, reference_date="2024-01-18", accepted_at="2025-04-01T10:00:00+00:00", fingerprint="e" * 64)


def accepted(*entries):
    return at({"caseload/acceptances.jsonl": "".join(one.line for one in entries) + "\n", "council.toml": COUNCIL})


def test_of_a_day_the_last_acceptance_counts_and_what_was_accepted_by_a_day():
    kept = accepted(ONE, TWO, OLD)
    assert acceptances(kept) == (ONE, TWO, OLD) and current(kept) == (OLD, TWO) and acceptances(at({})) == ()
    days = {day: [one.by + one.reference_date for one in accepted_by(kept, day, strictly=True)] for day in (
        date(2025, 1, 31), date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1))}  # fmt: skip
    assert list(days.values()) == [[], ["A2025-01-16"], ["B2025-01-16"], ["A2024-01-18", "B2025-01-16"]]
    loosely = [
        [one.by for one in accepted_by(kept, day, strictly=False)] for day in (date(2025, 1, 15), date(2025, 1, 16))
    ]
    assert loosely == [["A"], ["A", "B"]]
    assert last_before(kept, date(2025, 1, 16)) == OLD and last_before(kept, date(2025, 1, 17)) == TWO
    assert last_before(kept, date(2024, 1, 18)) is None


def test_kept_caseloads_are_of_this_council():
    folder = f"caseload/accepted/{ONE.fingerprint}"
    kept = at({f"{folder}/b.parquet": "b", f"{folder}/caseload.json": '{"council": "886"}', "council.toml": COUNCIL})
    assert list(kept_files(kept, ONE.fingerprint)) == ["b.parquet", "caseload.json"]
    other = at({f"{folder}/caseload.json": '{"council": "887"}', "council.toml": COUNCIL})
    assert sentence(lambda: kept_files(other, ONE.fingerprint)) == (
        f"{folder}: The accepted caseload is of council 887, the workspace of 886. "
        "Take caseload/ out of this workspace, and accept this council's own returns."
    )
    assert sentence(lambda: kept_files(other, "x")) == (
        "caseload/accepted/x: The accepted caseload is missing. Accept the return again from its original files."
    )
    for about in ("", "no json", "{}"):
        assert kept_files(at({f"{folder}/caseload.json": about, "council.toml": COUNCIL}), ONE.fingerprint)
    assert kept_files(at({f"{folder}/caseload.json": '{"council": "887"}'}), ONE.fingerprint)
    wrong = at({"caseload/acceptances.jsonl": ONE.line + "\n{}\n"})
    assert sentence(lambda: acceptances(wrong)) == (
        "caseload/acceptances.jsonl line 3: This is not an acceptance. Bring the file back from a backup."
    )


MADE = Kept("2025-05-01", "abc" + "0" * 61, 2025, 5, 100, 7, "own SEN2", "2024-25 P6", "2023-24", "1.0")
LATER = replace(MADE, fingerprint="abd" + "0" * 61)


def test_a_kept_forecast_says_how_far_the_ledger_had_come():
    assert [replace(MADE, underway=one).ledger_to for one in ("2024-25 P6", "")] == [("2024-25", "P6"), ("", "")]


def test_forecasts_are_kept_once_and_found_by_how_they_begin():
    nothing = at({})
    files = to_keep(nothing, MADE, {"b.csv": b"b", "a.csv": b"a"})
    assert list(files) == [f"forecasts/{MADE.fingerprint}/{name}" for name in ("b.csv", "a.csv")] + [
        "forecasts/kept.jsonl"
    ]
    kept = documents(MemoryStore(files))
    assert kept_forecasts(kept) == (MADE,) and kept_forecasts(nothing) == () and MADE.name == "abc000000000"
    assert to_keep(kept, MADE, {}) == {} and files_of_forecast(kept, MADE) == {"a.csv": b"a", "b.csv": b"b"}
    both = documents(MemoryStore(files | to_keep(kept, LATER, {})))
    assert kept_forecasts(both) == (MADE, LATER) and forecast_named(both, "abc") == MADE
    known = "Those kept are: abc000000000, abd000000000."
    assert sentence(lambda: forecast_named(both, "ab")) == (
        f"forecasts/kept.jsonl: There is more than one forecast called 'ab'. {known}"
    )
    for name in ("x", ""):
        assert sentence(lambda name=name: forecast_named(both, name)) == (
            f"forecasts/kept.jsonl: There is no forecast called '{name}'. {known}"
        )
    assert sentence(lambda: forecast_named(nothing, "x")).endswith("Those kept are: none.")
    words = "A kept forecast is missing. Bring the folder back from a backup, or take its line out of kept.jsonl."
    assert sentence(lambda: files_of_forecast(both, LATER)) == f"forecasts/{LATER.fingerprint}: {words}"
    wrong = at({"forecasts/kept.jsonl": "\nx\n"})
    assert sentence(lambda: kept_forecasts(wrong)).startswith("forecasts/kept.jsonl line 2: ")


def draft(fingerprint, report="2025-04"):
    return KeptDraft(report, "2025-05-01", fingerprint, (("One", "é"), ("Two", "b")))


def test_of_a_report_two_drafts_that_differ_are_kept():
    one, two, three = map(draft, "abc")
    assert with_draft((one, two), three) == with_draft((two,), three) == with_draft((one, three, two), three)
    kept = documents(
        MemoryStore({place_of("2025-04"): with_draft((one,), two), place_of("2025-01"): with_draft((), three)})
    )
    assert drafts_of(kept, "2025-04") == (one, two) and drafts_of(kept, "2025-07") == ()
    assert "é" in with_draft((), one).decode() and place_of("2025-04") == "drafts/2025-04.json"
    assert earlier_draft(kept, "2025-04", "b") == one and earlier_draft(kept, "2025-04", "x") == two
    assert earlier_draft(kept, "2025-07", "x") == two and earlier_draft(kept, "2025-02", "x").fingerprint == "c"
    assert earlier_draft(kept, "2025-01", "c") is None and earlier_draft(at({}), "2025-01", "c") is None
    for wrong in ("x", "[{}]", "[1]"):
        assert sentence(lambda wrong=wrong: drafts_of(at({"drafts/2025-04.json": wrong}), "2025-04")) == (
            "drafts/2025-04.json: The kept drafts cannot be read. Remove the file: the next run keeps the draft afresh."
        )


def test_returns_as_they_were_received():
    names = "2025/a.CSV b.xml c.zip d.txt fit.csv ~$w.xlsx .h.csv accepted/x/p.csv accepted.csv e/establishments.csv"
    files = at({f"caseload/{name}": "x" for name in names.split()} | {"other/a.csv": "x"})
    assert [str(one) for one in received_files(files)] == [
        "caseload/2025/a.CSV", "caseload/accepted.csv", "caseload/b.xml", "caseload/c.zip",
    ]  # fmt: skip
    assert not said_synthetic(files) and synthetic_notes(files) == ()
    made = at({"caseload/SYNTHETIC.txt": "Invented.\n- one\n-two\n- three - four\n"})
    assert said_synthetic(made) and synthetic_notes(made) == ("one", "three - four")
    assert not said_fitted(files) and not said_fitted(made)
    assert said_fitted(at({"caseload/SYNTHETIC.txt": "Invented.\nFitted to: dashboard\n\n- one\n"}))
    assert not said_fitted(at({"caseload/SYNTHETIC.txt": "Invented.\n- The dashboard is not honoured.\n"}))


def test_a_return_that_was_invented_before_it_said_what_it_was_fitted_to():
    """It is invented all the same, and tells how. That it honours the dashboard is said only where its line says so."""
    head, note = (
        "SYNTHETIC: these records are invented.\nCouncil 886, seed 1.\n",
        "Months that the dashboard reports are met",
    )
    older = at({"caseload/SYNTHETIC.txt": f"{head}\n- {note}\n\nheader: 1 rows\n"})
    newer = at({"caseload/SYNTHETIC.txt": f"{head}Fitted to: dashboard\n\n- {note}\n\nheader: 1 rows\n"})
    for made in (older, newer):
        assert said_synthetic(made) and synthetic_notes(made) == (note,)
    assert (said_fitted(older), said_fitted(newer)) == (False, True)


def test_areas_by_postcode_and_school():
    table = "outward_part,urn,area,note\nab10,,North,x\nA B1,,South,\n,12345,East,\n,1234567,West,\n"
    found = localities_of(at({"localities.csv": table}))
    assert found == Localities({"AB10": "North", "AB1": "South"}, {"12345": "East", "1234567": "West"})
    assert localities_of(at({})) == Localities()
    codes = pl.Series("postcode", ["AB10 1AA", "AB1 1AA", "AB101AA", "AB2 1AA", "AB10", None])
    assert area_of_postcodes(codes, found).to_list() == ["North", "South", "North", None, None, None]
    assert area_of_postcodes(codes, Localities()).to_list() == [None] * 6
    people = pl.DataFrame({"person": [0, 1, 2, 3], "locality": ["North", None, None, None]})
    rows = [(0, 1, "12345", 1), (1, 1, "12345", 2), (1, 1, "1234567", 1), (1, 2, "1234567", 3), (2, 1, "9", 1),
            (3, 1, "12345", None), (None, 1, "12345", 1)]  # fmt: skip
    placed = pl.DataFrame(rows, schema=["person", "rank", "urn", "entry_date"], orient="row")
    assert with_areas_of_schools(people, placed, found)["locality"].to_list() == ["North", "East", None, "East"]
    assert with_areas_of_schools(people, placed, Localities({"AB10": "North"})).equals(people)


ROW = "localities.csv line 2"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("AB10,12345,North", f"{ROW}: The row needs an outward part or a URN, and one of them alone. "
         "Fill one column and leave the other empty."),
        (",,North", f"{ROW}: The row needs an outward part or a URN, and one of them alone. "
         "Fill one column and leave the other empty."),
        ("AB10 1AA,,North", f"{ROW}, column outward_part: This is not the outward part of a postcode. "
         "Give the first half alone, such as AB10; a whole postcode may stand for one child."),
        (",1234,North", f"{ROW}, column urn: This is not a URN. Give five to seven digits."),
        (",12345678,North", f"{ROW}, column urn: This is not a URN. Give five to seven digits."),
        ("AB10,,", f"{ROW}, column area: The area is empty or longer than 60 letters. Give its name."),
        (f"AB10,,{'x' * 61}", f"{ROW}, column area: The area is empty or longer than 60 letters. Give its name."),
        ("AB1,,North\nab 1,,South", "localities.csv line 3: The row stands there already. Keep one area for each."),
    ],
)  # fmt: skip
def test_what_of_the_table_of_areas_is_refused(line, says):
    assert sentence(lambda: localities_of(at({"localities.csv": f"outward_part,urn,area\n{line}\n"}))) == says
    assert localities_of(at({"localities.csv": f"outward_part,urn,area\nAB10,,{'x' * 60}\n"})).by_outward
