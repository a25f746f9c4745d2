"""What the checks beside a return's rules say, whole: each question, each place, each word."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from highneeds.checks.council_number import CODE, FIX, check_council, refuse_another_council
from highneeds.checks.dashboard_text import SAME, SURE, WHOLE, check_dashboard
from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity, findings_table
from highneeds.checks.identities._kind import IdentityPromise, half_unit_of, one_month
from highneeds.checks.identities._run import NONE_NAMED, check_identities, kinds
from highneeds.checks.published_figures._run import check_published, questions
from highneeds.checks.rule import Rule, cases, last_allowed, rule, title_of
from highneeds.checks.sen2._rule import FindingRows
from highneeds.checks.sen2.check import rules
from highneeds.intake.dashboard import Confidence, DashboardCell, DashboardRow, LeftOut, ReadDashboard
from highneeds.intake.published import Published
from highneeds.intake.workspace import CouncilFile, DashboardIndicator, Identity, Observation
from highneeds.intake.workspace.council import ReportSlot
from highneeds.intake.workspace.dashboard import Direction
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

JULY, AUGUST = Month(2024, 7), Month(2024, 8)
HERE = Source("somewhere", 1)


def indicator(name: str, title: str = "", unit: Unit = Unit.PERCENT, decimals: int | None = None) -> DashboardIndicator:
    return DashboardIndicator(
        name, None, title or name, title or name, unit, "", "monthly", Direction.UP, HERE, "", HERE, decimals
    )


def observed(name: str, value: str | None, period=JULY, state=State.REPORTED) -> Observation:
    number = None if value is None else Decimal(value)
    return Observation(name, period, number, Unit.PERCENT, state, "", value or "", HERE, "high", HERE)


def cell(value: str | None, period=JULY, state=State.REPORTED, line=7, column=2, sure=Confidence.HIGH) -> DashboardCell:
    return DashboardCell(period, None if value is None else Decimal(value), state, value or "", line, column, sure)


def row(title: str, *cells: DashboardCell, line: int = 7) -> DashboardRow:
    return DashboardRow(None, title, "", cells, line)


def test_a_dashboard_of_a_text_is_held_against_the_observations():
    plans, reviews = "Plans in force altogether", "Annual reviews that are overdue"
    catalogue = [indicator("plans", plans), indicator("overdue", reviews)]
    dashboard = ReadDashboard(
        (
            row(plans, cell("10"), cell("12", AUGUST, line=7, column=3)),
            row(
                reviews,
                cell("5", sure=Confidence.MEDIUM, line=8),
                cell(None, AUGUST, State.BLANK, 8, 3, Confidence.LOW),
            ),
            row("Nobody knows this", cell("1"), line=9),
        ),
        (LeftOut(11, "debris", "no figure in it"),),
    )
    stored = [
        observed("plans", "10"),
        observed("plans", "13", AUGUST),
        observed("overdue", "5", state=State.COMPUTED),
        observed("overdue", None, AUGUST, State.REPORTED),
        observed("overdue", "4", Month(2024, 9)),
    ]
    found = {one.rule: one for one in check_dashboard(dashboard, "report.txt", catalogue, stored).results}
    assert list(found) == [SAME, SURE, WHOLE] == ["DASHBOARD-same", "DASHBOARD-sure", "DASHBOARD-whole"]
    assert [one.looked_at for one in found.values()] == [5, 4, 4]
    correct = "Look at the report and correct observations.csv, or keep it and say why."

    def different(record, line, column, said):
        message = f"observations.csv has {said[0]}, the text {said[1]}"
        return Finding(SAME, Severity.QUERY, "report.txt", line, record, column, message, correct)

    assert list(found[SAME].findings) == [
        different("plans 2024-08", 7, "column 3", ("'13 reported'", "'12 reported'")),
        different("overdue 2024-07", 8, "column 2", ("'5 computed'", "'5 reported'")),
        different("overdue 2024-08", 8, "column 3", ("'reported'", "'blank'")),
        Finding(SAME, Severity.QUERY, "report.txt", None, "overdue 2024-09", "", "The text has no such cell", correct),
    ]
    read = "Read as {} with {} confidence, inferred from neighbouring cells"
    assert list(found[SURE].findings) == [
        Finding(
            SURE, Severity.NOTE, "report.txt", 8, "overdue 2024-07", "column 2", read.format("5", "medium"), correct
        ),
        Finding(
            SURE, Severity.NOTE, "report.txt", 8, "overdue 2024-08", "column 3",
            read.format(State.BLANK.words.lower(), "low"), correct,
        ),
    ]  # fmt: skip
    assert list(found[WHOLE].findings) == [
        Finding(
            WHOLE, Severity.QUERY, "report.txt", 9, "", "", "No indicator is called 'Nobody knows this'",
            "Add it to indicators.csv, or correct the title there.",
        ),
        Finding(
            WHOLE, Severity.NOTE, "report.txt", 11, "", "", "Left out: no figure in it",
            "Look at the line in the report; if it is a row of the dashboard, add it by hand.",
        ),
    ]  # fmt: skip


def test_a_finding_of_several_figures_is_about_the_same_whichever_comes_first():
    of_one = Finding("A", Severity.NOTE, "facts.csv", None, "one two", "", "m", "f")
    of_two, turned = (replace(of_one, of_each=ids) for ids in (("one", "two"), ("two", "one")))
    assert of_two.about == turned.about == {"one", "two"}
    assert of_one.about == {"one two"}


def test_findings_of_several_are_put_together_by_rule():
    one = Finding("A-1", Severity.MUST_FIX, "a.csv", 3, "7", "x", "wrong", "right it")
    other = replace(one, rule="B-1", severity=Severity.NOTE, line=None)
    results = (
        RuleResult.of("A-1", (one,), 4),
        RuleResult.of("A-1", (), 0),
        RuleResult.of("A-1", (), 3, "not said"),
        RuleResult.of("A-1", (), 0, "no list"),
        RuleResult.of("B-1", (), 0),
        RuleResult.of("B-1", (), 0),
        RuleResult.of("C-1", (), 0, "no list"),
        RuleResult.of("C-1", (), 2),
    )
    found = Findings(results) + Findings((RuleResult.of("D-1", (other,), 1),))
    assert results[0] == RuleResult("A-1", Outcome.FOUND, (one,), "", 4)
    assert results[1] == RuleResult("A-1", Outcome.COULD_NOT_CHECK, (), "there is nothing to look at", 0)
    assert results[2] == RuleResult("A-1", Outcome.CLEAR, (), "", 3)
    assert found.by_rule() == (
        RuleResult("A-1", Outcome.FOUND, (one,), "there is nothing to look at; no list", 7),
        RuleResult("B-1", Outcome.COULD_NOT_CHECK, (), "there is nothing to look at", 0),
        RuleResult("C-1", Outcome.CLEAR, (), "no list", 2),
        RuleResult("D-1", Outcome.FOUND, (other,), "", 1),
    )
    assert found.all == (one, other) and found.must_fix == (one,)
    assert [result.rule for result in found.of_outcome(Outcome.CLEAR)] == ["A-1", "C-1"]
    table = found.table()
    assert table.columns == ("rule", "severity", "file", "line", "record", "field", "message", "fix")
    assert table.rows == (
        ("A-1", "must_fix", "a.csv", 3, "7", "x", "wrong", "right it"),
        ("B-1", "note", "a.csv", None, "7", "x", "wrong", "right it"),
    )
    assert table.title == "Findings" and findings_table([other]).rows == table.rows[1:]


def test_rows_of_a_rule_are_made_into_findings_one_by_one():
    asked = next(one for one in rules() if one.module == "named_plans")
    frame = pl.DataFrame(
        {
            "line": [4, None],
            "record": ["1", "2"],
            "message": ["first", "second"],
            "row": [0, None],
            "file": ["", "b.csv"],
        }
    )
    found = FindingRows(asked, "a.csv", frame)
    first = Finding(asked.code, asked.severity, "a.csv", 4, "1", asked.field, "first", asked.fix)
    second = Finding(asked.code, asked.severity, "b.csv", None, "2", asked.field, "second", asked.fix)
    assert (len(found), list(found)) == (2, [first, second])
    assert [one.row for one in found] == [("named_plans", 0), None]
    assert (found[0], found[-1], list(found[1:])) == (first, second, [second])
    bare = FindingRows(asked, "a.csv", frame.drop("row", "file"))[1]
    assert (bare.file, bare.row) == ("a.csv", None)


def test_a_rule_knows_its_first_refused_and_its_last_allowed():
    @rule(
        "X-1",
        severity=Severity.QUERY,
        fix="Right it.",
        broken_by={"age": 26, "sex": "M"},
        holds_for=[{"age": 25}, {"sex": "F"}],
        also_broken_by={"age": 30},
        source="the guide",
    )
    def an_sen_place_is_for_the_young(thing: dict) -> str | None:
        return "too old" if thing["age"] > 25 and thing["sex"] == "M" else None

    made: Rule = an_sen_place_is_for_the_young
    assert (made.code, made.severity, made.fix, made.source) == ("X-1", Severity.QUERY, "Right it.", "the guide")
    assert (made.title, made.subject) == ("An SEN place is for the young", dict)
    assert made.refused == ({"age": 26, "sex": "M"}, {"age": 30, "sex": "M"})
    assert made.allowed == ({"age": 25, "sex": "M"}, {"age": 26, "sex": "F"})
    assert [made(case) for case in (*made.refused, *made.allowed)] == ["too old", "too old", None, None]
    asked = rule("X-2", severity=Severity.NOTE, fix="", broken_by={}, holds_for={"a": 1}, title="Said by hand")
    plain = asked(lambda thing: None)
    assert (plain.title, plain.subject, plain.also_broken_by, plain.source) == ("Said by hand", object, (), "")
    assert cases({"a": 1}) == ({"a": 1},) and cases([{"a": 1}, {"b": 2}]) == ({"a": 1}, {"b": 2})
    assert last_allowed("X-3", {"a": 1}) == ({"a": 1},)
    for none in ((), {}, [{"a": 1}, {}]):
        with pytest.raises(TypeError, match="X-3 says what breaks it and not what is just allowed: give holds_for"):
            last_allowed("X-3", none)
    assert title_of("a_upn_and_urn") == "A UPN and URN"


def identity(kind: str, result: str, *terms: str) -> Identity:
    return Identity(kind, result, terms, "", Source("identities.csv", 3))


SHARES = [indicator("first", decimals=1), indicator("second", decimals=1), indicator("count", unit=Unit.COUNT)]


def test_identities_are_found_clear_or_could_not_be_checked():
    seen = [observed("first", "45.7"), observed("second", "54.5"), observed("first", "50", AUGUST)]
    seen += [observed("second", "1", FinancialYear(2024)), observed("second", None, AUGUST)]
    known = [one for one in SHARES if one.id != "count"] + [SHARES[2]]
    found = check_identities(
        known, seen, [identity("adds_to_100", "", "first", "second"), identity("at_most_100", "", "first", "count")]
    )
    fix = "Check that every percentage uses the same whole and the same day."
    message = "Jul 2024: 45.7 + 54.5 is 100.2, not 100"
    code = "IDENTITY-adds_to_100"
    problem = Finding(
        code,
        Severity.QUERY,
        "observations.csv",
        None,
        "first second",
        "2024-07",
        message,
        fix,
        of_each=("first", "second"),
    )
    assert found.results == (
        RuleResult(code, Outcome.FOUND, (problem,), "", 2),
        RuleResult("IDENTITY-at_most_100", Outcome.COULD_NOT_CHECK, (), "first count has no values", 0),
    )
    clear = [observed("first", "45.7"), observed("second", "54.4")]
    assert check_identities(known, clear, [identity("adds_to_100", "", "first", "second")]).results == (
        RuleResult(code, Outcome.CLEAR, (), "", 1),
    )
    none = check_identities(known, clear, [])
    assert {(one.outcome, one.why, one.looked_at) for one in none.results} == {(Outcome.COULD_NOT_CHECK, NONE_NAMED, 0)}
    assert [one.rule for one in none.results] == [f"IDENTITY-{name}" for name in kinds()]


def test_a_share_names_its_result_and_counts_are_exact():
    seen = [observed("first", "45.8"), observed("count", "166"), observed("other", "196")]
    known = [*SHARES, indicator("other", unit=Unit.COUNT)]
    (found,) = check_identities(known, seen, [identity("share_of_pair", "first", "count", "other")]).results
    (problem,) = found.findings
    said = "Jul 2024: 45.8 is printed, but 166 of 362 is 45.9"
    assert (problem.record, problem.message, found.looked_at) == ("first", said, 1)
    missing = check_identities(known, seen[1:], [identity("share_of_pair", "first", "count", "other")]).results
    assert missing[0].why == "count other has no values"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (identity("adds_to_99", "", "first"), f"'adds_to_99' is no kind of identity|Use one of {', '.join(kinds())}"),
        (
            identity("share_of_pair", "", "first", "second"),
            "'share_of_pair' says no result, and needs one"
            "|Write the id of a row of indicators.csv, or leave the cell empty",
        ),
        (
            identity("adds_to_100", "first", "second"),
            "'adds_to_100' has no result, and one is given"
            "|Write the id of a row of indicators.csv, or leave the cell empty",
        ),
        (
            identity("share_of_pair", "first", "second"),
            "'share_of_pair' takes 2 of the dashboard's rows as terms, and 1 are named"
            "|Name each by its id, with a space between two",
        ),
    ],
)
def test_an_identity_of_another_shape_is_refused(given, said):
    with pytest.raises(InputError) as refused:
        check_identities(SHARES, [observed("first", "1")], [given])
    assert f"{refused.value.what}|{refused.value.remedy}" == said
    assert str(refused.value.where) == "identities.csv line 3"


def test_the_months_of_an_identity_are_those_in_which_every_side_has_a_value():
    one = {JULY: Decimal(1), AUGUST: Decimal(2), FinancialYear(2024): Decimal(3)}
    assert IdentityPromise(one, (one, {AUGUST: Decimal(2)}), ()).months() == [AUGUST]
    assert IdentityPromise({}, (dict(reversed(one.items())),), ()).months() == [JULY, AUGUST]
    assert IdentityPromise({}, (one,), (Decimal("0.05"), Decimal("0.5"))).slack == Decimal("0.55")
    assert [half_unit_of(Decimal(text)) for text in ("45.7", "166", "0.25")] == [
        Decimal(t) for t in ("0.05", "0", "0.005")
    ]
    made = one_month("45.8", "166", month=AUGUST)
    assert made == IdentityPromise({AUGUST: Decimal("45.8")}, ({AUGUST: Decimal(166)},), (Decimal("0.05"), Decimal(0)))
    assert one_month(None, "1.0") == IdentityPromise({}, ({JULY: Decimal("1.0")},), (Decimal("0.05"),))


def test_each_question_of_published_figures_is_asked_or_says_why_not():
    for one in questions():
        (found,) = [result for result in check_published(one.broken_by).results if result.rule == one.code]
        problem = found.findings[0]
        answer = next(one.ask(one.broken_by))
        assert (found.outcome, found.looked_at, found.why) == (Outcome.FOUND, 1, "")
        assert problem == Finding(
            one.code, one.severity, answer.file, answer.line, answer.record, "", one.example, one.fix,
            of_each=answer.of_each,
        )  # fmt: skip
        (clear,) = [result for result in check_published(one.holds_for[0]).results if result.rule == one.code]
        assert (clear.outcome, clear.looked_at, clear.findings) == (Outcome.CLEAR, 1, ())
        for result in check_published(one.broken_by).results:
            assert (result.outcome is Outcome.COULD_NOT_CHECK) == bool(result.why)


class _Listed(Published):
    def __init__(self, *rows: tuple[str, str]) -> None:
        listed = pl.DataFrame(list(rows), schema=["la_number", "la_name"], orient="row")
        super().__init__("by hand", {"la_lookup": None} if rows else {}, _read={"la_lookup": listed})


LISTED = _Listed(("810", "Kingston upon Hull, City of"), ("330", "Birmingham"), ("334", "Solihull"), ("335", "Hull"))


def council(number: str, name: str, short: str = "", synthetic: bool = False) -> CouncilFile:
    year = FinancialYear(2024)
    report = ReportSlot(1, "2025-07", date(2025, 7, 1), "July", year)
    return CouncilFile(name, short or name, number, year, year, ("July",), 9, synthetic, report)


def test_a_council_is_one_that_the_published_list_knows():
    def told(one, published=LISTED):
        (result,) = check_council(one, published).results
        return result

    problem = Finding(
        CODE, Severity.QUERY, "council.toml", None, "999", "la_number", "No published council has the number 999", FIX
    )
    assert told(council("330", "Birmingham")) == RuleResult(CODE, Outcome.CLEAR, looked_at=1)
    assert told(council("999", "Nowhere")) == RuleResult(CODE, Outcome.FOUND, (problem,), looked_at=1)
    could_not = Outcome.COULD_NOT_CHECK
    assert told(council("999", "N", synthetic=True)) == RuleResult(CODE, could_not, why="the council is invented")
    nothing = "there is no published list of councils"
    assert told(council("330", "Birmingham"), _Listed()) == RuleResult(CODE, could_not, why=nothing)


@pytest.mark.parametrize(
    ("number", "name", "short", "refused"),
    [
        ("330", "Birmingham City Council", "", False),
        ("330", "Birmingham", "", False),
        ("330", "Solihull", "", True),
        ("330", "Solihull", "Birmingham", False),
        ("810", "Kingston upon Hull", "", False),
        ("810", "Hull", "", True),  # another council's whole name
        ("999", "Solihull", "", False),
    ],
)
def test_a_number_of_another_council_is_refused(number, name, short, refused):
    one = council(number, name, short)
    if not refused:
        refuse_another_council(one, LISTED)
        return
    listed = dict(LISTED.table("la_lookup").iter_rows())[number]
    with pytest.raises(InputError) as error:
        refuse_another_council(one, LISTED)
    assert (error.value.what, str(error.value.where), error.value.remedy) == (
        f"{number} is the number of {listed}, and the council is called {name}",
        "council.toml",
        f'Correct la_number, or write short_name = "{listed}" where that is this council',
    )
    refuse_another_council(replace(one, synthetic=True), LISTED)
    refuse_another_council(one, _Listed())
