"""Money in whole pence, and months, financial years and school years: what is read, what is refused, what is shown."""

from datetime import date

import pytest

from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pence, pounds_text
from highneeds.vocabulary.need import NEEDS
from highneeds.vocabulary.period import (
    FinancialYear,
    Month,
    SchoolYear,
    is_month,
    parse_day,
    parse_period,
)
from highneeds.vocabulary.programme import Programme
from highneeds.vocabulary.setting import SETTINGS, setting_words
from highneeds.vocabulary.unit import Unit
from highneeds.vocabulary.words import listed, qualified, short_name


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("£1,234.50", 123450),
        ("-12", -1200),
        ("−12", -1200),
        ("(45.00)", -4500),
        ("(1,000)", -100000),
        (" 0.5 ", 50),
        ("1 000", 100000),
        ("999999999999.99", 99999999999999),
        ("-0.01", -1),
    ],
)
def test_money_is_read_to_the_penny(text, whole):
    assert pence(text) == whole


@pytest.mark.parametrize("text", ["", "()", "1.234", "12,34", "1e3", "--5", "ten", "(5", "1000000000000", "(-5)x"])
def test_money_is_never_guessed(text):
    with pytest.raises(InputError) as refused:
        pence(text, "a.csv line 2")
    assert str(refused.value.where) == "a.csv line 2" and refused.value.remedy


@pytest.mark.parametrize(
    ("whole", "text"), [(123450, "1234.50"), (-5, "-0.05"), (0, "0.00"), (100, "1.00"), (-100, "-1.00")]
)
def test_pence_in_files(whole, text):
    assert pounds_text(whole) == text


def test_months_by_name_and_number():
    names = [Month(2024, number).label for number in range(1, 13)]
    assert " ".join(names) == (
        "Jan 2024 Feb 2024 Mar 2024 Apr 2024 May 2024 Jun 2024 Jul 2024 Aug 2024 Sep 2024 Oct 2024 Nov 2024 Dec 2024"
    )
    assert str(Month(2024, 1)) == "2024-01" and Month.parse(" 2024-12 ") == Month(2024, 12)
    assert Month(2024, 12).plus(1) == Month(2025, 1) and Month(2024, 1).plus(-1) == Month(2023, 12)
    assert Month(2024, 2).last_day == date(2024, 2, 29) and Month(2024, 12).last_day == date(2024, 12, 31)
    assert Month(2024, 11).months_until(Month(2025, 2)) == 3
    assert Month(2024, 12).through(Month(2025, 1)) == (Month(2024, 12), Month(2025, 1))
    assert Month.of(date(2024, 5, 31)) == Month(2024, 5) and Month(2024, 5).first_day == date(2024, 5, 1)


@pytest.mark.parametrize("text", ["2024-00", "2024-13", "1899-12", "2200-01", "24-01", "2024-1", "2024/01", ""])
def test_what_is_no_month_is_refused(text):
    assert not is_month(text) or text[:4] in ("1899", "2200")
    with pytest.raises(InputError):
        Month.parse(text)


@pytest.mark.parametrize(("year", "read"), [("1900-01", True), ("2199-12", True)])
def test_the_first_and_the_last_year_are_read(year, read):
    assert (Month.parse(year).label != "") is read


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024-12", Month(2024, 12)),
        ("2024-25", FinancialYear(2024)),
        ("2011-12", Month(2011, 12)),
        ("2012-13", FinancialYear(2012)),
        ("1999-00", FinancialYear(1999)),
    ],
)
def test_a_period_is_a_month_or_a_financial_year(text, period):
    if text == "1999-00":
        with pytest.raises(InputError):
            parse_period(text)
        assert FinancialYear.parse(text) == period and str(period) == text
    else:
        assert parse_period(text) == period and str(period) == text


@pytest.mark.parametrize("text", ["2024-26", "2024-00", "x", "2024", "2024-13"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(InputError):
        parse_period(text)


def test_years_begin_and_end():
    year, school = FinancialYear(2024), SchoolYear(2024)
    assert (year.first_day, year.last_day) == (date(2024, 4, 1), date(2025, 3, 31))
    assert (school.first_day, school.last_day) == (date(2024, 9, 1), date(2025, 8, 31))
    assert FinancialYear.of(date(2025, 3, 31)) == year == FinancialYear.of(date(2024, 4, 1))
    assert SchoolYear.of(date(2025, 8, 31)) == school == SchoolYear.of(date(2024, 9, 1))
    assert SchoolYear.of(date(2024, 8, 31), 8) == school and SchoolYear.of(date(2024, 8, 30), 8) == school.plus(-1)
    assert (str(year), year.label, str(school)) == ("2024-25", "2024-25", "2024/25")
    assert SchoolYear.parse("2024/25") == school and str(SchoolYear(1999)) == "1999/00"
    assert FinancialYear(2023).through(year) == (FinancialYear(2023), year) and year.plus(2) == FinancialYear(2026)
    for wrong in ("2024/26", "2024-25", "1899/00"):
        with pytest.raises(InputError):
            SchoolYear.parse(wrong)


@pytest.mark.parametrize(
    ("kind", "first", "last", "wrong"),
    [
        (FinancialYear, "1900-01", "2199-00", ("1899-00", "2200-01", "2024-2025", "24-25", "2024/25", "2024-24", "")),
        (SchoolYear, "1900/01", "2199/00", ("1899/00", "2200/01", "2024/2025", "24/25", "2024-25", "2024/24", "")),
    ],
)
def test_the_first_and_the_last_year_of_each_kind_are_read_and_no_other(kind, first, last, wrong):
    assert [str(kind.parse(f" {one} ")) for one in (first, last)] == [first, last]
    for text in wrong:
        with pytest.raises(InputError, match=r"is not a (financial|school) year") as refused:
            kind.parse(text, "a.csv line 2")
        assert str(refused.value.where) == "a.csv line 2"


def test_a_year_of_several_begins_and_ends_with_the_years_themselves():
    assert FinancialYear(2024).through(FinancialYear(2023)) == () and Month(2024, 2).through(Month(2024, 1)) == ()
    assert FinancialYear.of(date(2024, 12, 31)) == FinancialYear(2024) == FinancialYear.of(date(2025, 1, 1))
    assert SchoolYear(2024).plus(1) == SchoolYear(2025) and SchoolYear.of(date(2024, 9, 1), 9) == SchoolYear(2024)
    assert Month(2025, 1).months_until(Month(2024, 11)) == -2


def test_a_day_is_read_as_files_write_it():
    assert parse_day(" 2025-01-31 ") == date(2025, 1, 31)
    for wrong in ("2025-02-30", "1899-12-31", "31/01/2025", ""):
        with pytest.raises(InputError, match="is not a date"):
            parse_day(wrong)


@pytest.mark.parametrize(
    ("unit", "figure", "change"),
    [
        (Unit.PERCENT, "1,234.5%", "−1,234.5 points"),
        (Unit.PERCENTAGE_POINTS, "1,234.5", "−1,234.5"),
        (Unit.COUNT, "1,235", "−1,235"),
        (Unit.GBP, "£1,235", "−£1,235"),
        (Unit.PER_1000, "1,234.5", "−1,234.5"),
        (Unit.WEEKS, "1,235", "−1,235"),
    ],
)
def test_each_unit_shows_a_figure_and_a_change(unit, figure, change):
    value = 1234.54 if unit.decimals else 1234.6
    assert (unit.show(value), unit.show_change(-value)) == (figure, change)


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        ("exact", "£5m"),
        ("range", "£5m"),
        ("about", "about £5m"),
        ("at_least", "at least £5m"),
        ("over", "over £5m"),
        ("almost", "almost £5m"),
        ("up_to", "up to £5m"),
    ],
)
def test_how_rough_a_figure_is_stands_before_it(qualifier, words):
    assert qualified(qualifier, "£5m") == words


def test_words_put_together():
    assert [listed(one) for one in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a and b", "a, b and c"]
    assert (short_name("north-unit"), short_name("old_school"), short_name("")) == ("North unit", "Old school", "")


def test_codes_are_told_apart_and_settings_have_words():
    assert len({one.code for one in NEEDS}) == len(NEEDS) == 13
    assert len({one.code for one in SETTINGS}) == len(SETTINGS) == 24
    assert setting_words("fe_general") == "sixth-form college or further education"
    assert setting_words("mainstream_rp_unit") == "resourced provision in mainstream or SEN unit in mainstream"
    assert setting_words("nobody_knows_it") == "nobody knows it"


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("Safety Valve", Programme.SAFETY_VALVE),
        ("DSG safety-valve", Programme.SAFETY_VALVE),
        ("deficit_management plan", Programme.MANAGEMENT_PLAN),
        ("LSRP", Programme.REFORM_PLAN),
        ("", Programme.NONE),
        ("No agreement", Programme.NONE),
        ("something else", None),
    ],
)
def test_a_programme_is_known_by_its_usual_names(text, programme):
    assert Programme.parse(text) is programme
