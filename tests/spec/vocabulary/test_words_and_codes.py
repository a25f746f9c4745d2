"""Every value of the closed lists, with what is shown for it; and the small functions of words, each whole."""

from decimal import Decimal
from enum import EnumType, StrEnum

import pytest

from highneeds import vocabulary
from highneeds.registers import definitions
from highneeds.vocabulary import printable as printables
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.harmless import as_written, harmless
from highneeds.vocabulary.money import pence
from highneeds.vocabulary.need import NEEDS
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.odds import in_odds
from highneeds.vocabulary.period import (
    FinancialYear,
    Month,
    SchoolYear,
    is_month,
    parse_day,
    parse_period,
)
from highneeds.vocabulary.printable import (
    CHOSEN_LOOK,
    SEPARATORS,
    Unprintable,
    printable,
    printable_values,
    shown_as,
    unprintable_in,
)
from highneeds.vocabulary.programme import Programme
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.registry import definitions_in, modules_in
from highneeds.vocabulary.rounding import millions, pounds, round_half_away, signed, with_commas
from highneeds.vocabulary.s251 import CODES, LINES, order
from highneeds.vocabulary.setting import MAINSTREAM, SETTINGS, SPECIALIST, setting_words
from highneeds.vocabulary.shipped import parse_shipped
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit
from highneeds.vocabulary.words import within

# closed lists


def test_the_assurance_levels():
    assert [(one.value, one.words, one.colour, one.is_given) for one in AssuranceLevel] == [
        ("B", "Complete", "blue", True),
        ("G", "On target", "green", True),
        ("A", "Off target with plans", "orange", True),
        ("R", "Off target", "red", True),
        ("not_yet", "Not yet due", "grey", False),
        ("unknown", "Not known", "grey", False),
    ]
    assert [one.worry for one in AssuranceLevel if one.is_given] == [0, 1, 2, 3]


def test_the_states_of_a_figure():
    assert [(one.value, one.has_value, one.words, one.mark) for one in State] == [
        ("reported", True, "", ""),
        ("computed", True, "", ""),
        ("provisional", True, "", ""),
        ("restated", True, "", ""),
        ("suppressed", False, "Suppressed, a small count", "c"),
        ("not_reported", False, "Not reported", "-"),
        ("blank", False, "Left blank", "blank"),
        ("unavailable", False, "Unavailable", "n/a"),
        ("not_published", False, "Not published", "n.p."),
    ]


def test_the_units():
    assert {one.value: one.decimals for one in Unit} == {
        "percent": 1,
        "percentage_points": 1,
        "count": 0,
        "places": 0,
        "gbp": 0,
        "per_100": 1,
        "per_1000": 1,
        "per_10000": 1,
        "weeks": 0,
        "years": 0,
        "plans": 0,
    }
    assert (Unit.COUNT.show(1.25, 1), Unit.PERCENT.show(-1), Unit.GBP.show(-1)) == ("1.3", "−1.0%", "−£1")
    assert Unit.GBP.show_change(0.25, 1) == "+£0.3"


def test_the_needs():
    assert [(one.code.name, one.code.value, one.words, one.pack) for one in NEEDS] == [
        ("ASD", "ASD", "autistic spectrum disorder", "asd"),
        ("SEMH", "SEMH", "social, emotional and mental health", "semh"),
        ("SLCN", "SLCN", "speech, language and communication needs", "slcn"),
        ("MLD", "MLD", "moderate learning difficulty", "mld"),
        ("SLD", "SLD", "severe learning difficulty", "sld"),
        ("PMLD", "PMLD", "profound and multiple learning difficulty", "pmld"),
        ("SPLD", "SPLD", "specific learning difficulty", "spld"),
        ("PD", "PD", "physical disability", "pd"),
        ("HI", "HI", "hearing impairment", "hi"),
        ("VI", "VI", "vision impairment", "vi"),
        ("MSI", "MSI", "multi-sensory impairment", "msi"),
        ("DS", "DS", "Down syndrome", "oth"),
        ("OTH", "OTH", "other difficulty", "oth"),
    ]


def test_the_settings():
    assert setting_words("special_independent") == "independent special"
    assert [(one.code.value, one.words, one.pack, one.sensetting) for one in SETTINGS] == [
        ("EYP", "early years provider", "early_years_nm", True),
        ("EYS", "nursery school", "early_years_nm", False),
        ("MsMdA", "mainstream", "mainstream", False),
        ("MsIn", "mainstream independent", "mainstream_independent", False),
        ("RP", "resourced provision in mainstream", "mainstream_rp_unit", False),
        ("SENU", "SEN unit in mainstream", "mainstream_rp_unit", False),
        ("SpMdA", "state special", "special_state", False),
        ("SpNm", "non-maintained special", "special_non_maintained", False),
        ("SpIn", "independent special", "special_independent", False),
        ("APRU", "alternative provision or pupil referral unit", "ap_pru", False),
        ("6FC", "sixth-form college", "fe_general", False),
        ("GFE", "further education", "fe_general", False),
        ("SP16", "special post-16 institution", "specialist_post16", False),
        ("SECU", "secure unit", "other", False),
        ("OTHE", "other establishment", "other", False),
        ("OLA", "arranged by the council otherwise than at school", "eotas_la", True),
        ("OPA", "arranged by parents", "other_arrangements_parents", True),
        ("EHE", "elective home education", "elective_home_education", True),
        ("NEET", "not in education, employment or training", "neet", True),
        ("NIEC", "not in education, notice to cease given", "other", True),
        ("NIEO", "not in education, other reason", "other", True),
        ("OTH", "other, or type named but no school", "other", True),
        ("UKN", "no open placement", "placement_unknown", False),
        ("unclassed", "establishment not in the list", "placement_unknown", False),
    ]
    assert (sorted(MAINSTREAM), sorted(SPECIALIST)) == (["MsMdA", "RP", "SENU"], ["MsIn", "SpIn", "SpMdA", "SpNm"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("other", "elsewhere"),
        ("placement_unknown", "no placement recorded"),
        ("early_years_nm", "early years"),
        ("awaiting_provision_pre2023", "awaiting provision, as counted until 2022"),
        ("work_based_pre2019", "work-based learning, as counted until 2018"),
        ("special_state", "state special"),
        ("mainstream_rp_unit", "resourced provision in mainstream or SEN unit in mainstream"),
        ("of_their_own", "of their own"),
    ],
)
def test_a_setting_of_the_statistics_in_words(name, words):
    assert setting_words(name) == words


def test_the_lines_of_the_section_251_return():
    assert [(one.code, one.title, one.benchmark) for one in LINES] == [
        ("1.0.2", "High needs place funding", "Place funding"),
        ("1.2.1", "Top-up funding, maintained schools", "Top-up, maintained schools, academies and colleges"),
        (
            *("1.2.2", "Top-up funding, academies, free schools and colleges"),
            "Top-up, maintained schools, academies and colleges",
        ),
        (
            *("1.2.3", "Top-up and other funding, non-maintained and independent providers"),
            "Top-up, non-maintained and independent",
        ),
        (
            *("1.2.4", "Additional high needs targeted funding for mainstream schools"),
            "Top-up, maintained schools, academies and colleges",
        ),
        ("1.2.5", "SEN support services", "SEN support and inclusion services"),
        ("1.2.6", "Hospital education services", "Hospital education"),
        ("1.2.7", "Other alternative provision services", "Alternative provision"),
        ("1.2.8", "Support for inclusion", "SEN support and inclusion services"),
        (
            *("1.2.9", "Special schools and pupil referral units in financial difficulty"),
            "SEN support and inclusion services",
        ),
        ("1.2.10", "Private finance and building costs at special schools and alternative provision", ""),
        ("1.2.11", "Direct payments", "Top-up, maintained schools, academies and colleges"),
        ("1.2.12", "Carbon reduction commitment (historic)", ""),
        ("1.2.13", "Therapies and other health-related services", "Therapies and health"),
        ("1.4.11", "SEN transport from the grant", ""),
    ]
    assert {one.code for one in LINES} == CODES and sorted(CODES, key=order) == [one.code for one in LINES]


def test_the_programmes():
    assert [(one.value, one.words, one.is_agreed_with_department) for one in Programme] == [
        ("safety-valve", "Safety Valve", True),
        ("management-plan", "DSG management plan", False),
        ("reform-plan", "Local SEND reform plan", False),
        ("none", "", False),
    ]
    names = {
        Programme.SAFETY_VALVE: ("safety-valve", "Safety Valve agreement", "_DSG safety valve_"),
        Programme.MANAGEMENT_PLAN: ("management plan", "DSG management plan", "deficit-management-plan"),
        Programme.REFORM_PLAN: ("reform-plan", "Local SEND reform plan", "SEND reform plan", " LSRP "),
        Programme.NONE: ("none", "no agreement", "", " - "),
    }
    assert all(Programme.parse(name) is one for one, all_of_it in names.items() for name in all_of_it)


def test_three_columns_hold_a_month_and_a_table_gives_its_rows_by_name():
    names = ("starts", "first_month", "last_month", "month")
    assert [ColumnName(name).is_month for name in names] == [True, True, True, False]
    table = Table.of(["a", "b_gbp"], [[1, None], (2, 3)], "Two rows")
    assert table == Table(("a", "b_gbp"), ((1, None), (2, 3)), "Two rows")
    assert Table.of(["a"], []).title == Table((), ()).title == ""
    assert table.names == (ColumnName("a"), ColumnName("b_gbp"))
    assert table.records() == [{"a": 1, "b_gbp": None}, {"a": 2, "b_gbp": 3}]


# numbers in words


def test_a_number_with_its_noun():
    found = [counted(number, "finding") for number in (0, 1, 2, 1234)]
    assert found == ["0 findings", "1 finding", "2 findings", "1,234 findings"]
    assert [counted(number, "is", "are") for number in (1, 2)] == ["1 is", "2 are"]


@pytest.mark.parametrize(
    ("chance", "draws", "words"),
    [
        (0.0, 0, "less than 1 in 2"),
        (0.5, 0, "about 1 in 2 (50%)"),
        (0.51, 5, "more than 1 in 2"),
        (0.32, 9, "less than 1 in 3"),
        (0.34, 9, "about 1 in 3 (34%)"),
        (0.67, 9, "more than 2 in 3"),
        (0.66, 9, "about 2 in 3 (66%)"),
        (0.01, 300, "about 1 in 100 (1%)"),
        (0.0099, 300, "less than 1 in 100"),
        (0.0099, 3000, "less than 1 in 100"),
        (0.01, 299, "less than 1 in 99"),
        (0.12, 300, "about 1 in 8 (12%)"),
        (0.5, 300, "about 1 in 2 (50%)"),
        (0.505, 300, "about 1 in 2 (51%)"),
        (0.88, 300, "about 7 in 8 (88%)"),
        (0.985, 300, "about 66 in 67 (99%)"),
        (0.995, 300, "more than 99 in 100"),
        (1.0, 60, "more than 19 in 20"),
    ],
)
def test_a_chance_is_told_no_finer_than_the_draws_can_tell(chance, draws, words):
    assert in_odds(chance, draws) == words


def test_halves_go_away_from_zero():
    cases = ((2.25, 1), (-2.25, 1), (2.675, 2), (Decimal("0.5"), 0), (-0.5, 0), (1250, -2))
    assert [str(round_half_away(*case)) for case in cases] == ["2.3", "-2.3", "2.68", "1", "-1", "1.3E+3"]
    assert str(round_half_away(1.5)) == "2"


@pytest.mark.parametrize(
    ("value", "decimals", "commas", "change"),
    [
        (7765, 0, "7,765", "+7,765"),
        (-1234.56, 1, "−1,234.6", "−1,234.6"),
        (0.04, 1, "0.0", "0.0"),
        (-0.04, 1, "0.0", "0.0"),
        (0.05, 1, "0.1", "+0.1"),
    ],
)
def test_figures_with_commas_and_with_their_sign(value, decimals, commas, change):
    assert (with_commas(value, decimals), signed(value, decimals)) == (commas, change)


def test_figures_are_whole_where_nobody_says_otherwise():
    assert (with_commas(1.5), signed(1.5), millions(1_250_000)) == ("2", "+2", "£1.3m")


@pytest.mark.parametrize(("value", "text"), [(53252, "£53,252"), (-4.5, "−£5"), (0, "£0"), (-0.4, "£0")])
def test_pounds_in_full(value, text):
    assert pounds(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (29_900_000, 1, "£29.9m"),
        (53_000_000, 1, "£53m"),
        (100_000_000, 0, "£100m"),
        (-1_250_000, 2, "−£1.25m"),
        (1_200_000_000, 1, "£1,200m"),
        (-40_000, 1, "£0m"),
        (50_000, 1, "£0.1m"),
    ],
)
def test_pounds_in_millions(value, decimals, text):
    assert millions(value, decimals) == text


def test_a_ratio_needs_a_whole():
    assert [Ratio(*pair).percent() for pair in ((1, 3), (0, 3), (3, 0))] == [Decimal("33.3"), Decimal("0.0"), None]
    assert Ratio(1, 8).percent(2) == Decimal("12.50")


# texts


def test_a_refusal_is_a_sentence_with_its_place_and_its_remedy():
    found = InputError("It is no month.", where="a.csv line 2", remedy="Write 2025-01.")
    assert (found.what, str(found.where), found.remedy) == ("It is no month", "a.csv line 2", "Write 2025-01")
    assert str(found) == found.sentence == "a.csv line 2: It is no month. Write 2025-01."
    assert str(InputError("It is late")) == "It is late."
    assert (InputError("x").where, InputError("x").remedy, InputError("x").lacks) == (Source(""), "", ())


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (pence, "ten", "a.csv: 'ten' is not an amount of money. Write pounds and pence as 1234.50."),
        (pence, "1000000000000", "a.csv: An amount of £1,000,000,000,000 or more is a slip. Correct the amount."),
        (parse_day, "1 May", "a.csv: '1 May' is not a date. Write it as 2025-01-31."),
        (Month.parse, "May", "a.csv: 'May' is not a month. Write it as 2025-01."),
        (FinancialYear.parse, "2025", "a.csv: '2025' is not a financial year. Write it as 2024-25."),
        (SchoolYear.parse, "2025", "a.csv: '2025' is not a school year. Write it as 2024/25."),
        (
            *(parse_period, "2025"),
            "a.csv: '2025' is no period. Write a month as 2025-01 or a financial year as 2024-25.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(read, text, sentence):
    for where, place in (("a.csv", ""), ("", "a.csv: ")):
        with pytest.raises(InputError) as refused:
            read(text, where)
        assert refused.value.sentence == sentence.removeprefix(place)
    with pytest.raises(InputError) as refused:
        read(text)
    assert str(refused.value.where) == ""


def test_a_month_of_files_and_the_periods_at_their_limits():
    texts = ("2025-01", "2025-12", "2025-00", "2025-13", "2024-25", "2025", "2025-010")
    assert [is_month(text) for text in texts] == [True, True, False, False, False, False, False]
    assert parse_period(" 2025-01 ") == Month(2025, 1) and parse_period("2011-12") == Month(2011, 12)
    with pytest.raises(InputError, match="is no period"):
        parse_period("2025-00")
    with pytest.raises(InputError, match="is not a month"):
        parse_period("1899-12")
    assert SchoolYear.of(SchoolYear(2024).last_day) == SchoolYear(2024)
    assert str(Month(987, 5)) == "0987-05"


def test_a_note_is_a_code_its_parameters_and_where_they_are_from():
    note = Note.of("unit_cost.no_line", sources=("REPORT line 3",), phase="post-16", places=2)
    assert note == Note("unit_cost.no_line", (("phase", "post-16"), ("places", 2)), ("REPORT line 3",))
    assert (note.topic, note["places"], note.values) == ("unit_cost", 2, {"phase": "post-16", "places": 2})
    assert (Note("a.b").parameters, Note("a.b").sources, Note.of("a.b").sources) == ((), (), ())
    for code in ("cost", "Cost.a", "cost.", ".a", "1a.b", "a.b.c", "a.b c"):
        with pytest.raises(
            ValueError, match=r"is no code of a note; write a topic and what is so: 'cost\.estimate'\.$"
        ):
            Note(code)
    with pytest.raises(ValueError, match=r"^a\.b: two parameters have one name\.$"):
        Note("a.b", (("x", 1), ("x", 2)))


def test_a_title_within_a_sentence_keeps_its_initials():
    titles = ("SEN support", "Place funding", "A", "Ab", "AB", "")
    assert [within(one) for one in titles] == ["SEN support", "place funding", "A", "ab", "AB", ""]


def test_a_source_says_its_line_where_it_has_one():
    assert [str(one) for one in (Source("REPORT", 3), Source("REPORT"))] == ["REPORT line 3", "REPORT"]


@pytest.mark.parametrize("figure", ["-12.5", "+3.1%", "-£4.2", "+1,234", "-", "-0", "+£5"])
def test_a_figure_with_a_sign_stays_a_figure(figure):
    assert harmless(figure) == figure


@pytest.mark.parametrize(
    "text", ["=1", "+1+1", "-£", "--1", "@a", "\ta", "\ra", "\na", "-1.", "+1 m", "-£4.2m", "+1,234 points"]
)
def test_what_a_spreadsheet_would_run_is_marked_and_comes_back(text):
    assert harmless(text) == f"'{text}" and as_written(f"'{text}") == text


@pytest.mark.parametrize("text", ["'a", "'5", "a", "", "''=1"])
def test_an_apostrophe_that_was_written_stays(text):
    assert as_written(text) == text


def test_what_a_word_processor_leaves_behind_prints():
    """What is kept of the shipped fonts is read anew, so that this holds how it is read."""
    for kept in (printables._ranges, printables._fonts, printables._marked, printables._unprintable):
        kept.cache_clear()
    assert printable("中 e\u0301 1\u20e3 ؊💟\u064b é") == "(character U+4E2D) e\u0301 1\u20e3 ؊💟(arabic fathatan) é"
    assert list(unprintable_in("é\n💟\u064b 中")) == [
        Unprintable(2, "U+4E2D", "(character U+4E2D)"),
        Unprintable(2, "ARABIC FATHATAN", "(arabic fathatan)"),
    ]
    assert len(printables._fonts()) == sum(last - first + 1 for first, last, _ in printables._ranges())
    assert printables._ranges()[:2] == ((0x20, 0x20, "LDE"), (0x21, 0x22, "LD"))
    signs = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "▫", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0fb": "✗", "\uf0e0": "→"}
    assert {sign: printable(f"{sign} é") for sign in signs} == {sign: f"{shown} é" for sign, shown in signs.items()}
    assert set(SEPARATORS) == set("\u2028\u2029\x0b\x0c\x85\u1680") and set(SEPARATORS.values()) == {" "}
    assert [shown_as(one) for one in ("\x07", "\u200b", "\ud800", "\U000e0080")] == ["", "", "", ""]
    assert CHOSEN_LOOK == "\ufe0e\ufe0f"
    nested = {"a": ["\uf0b7", 1, {"b": "\x07"}], "\x07": None}
    assert printable_values(nested) == {
        "a": ["•", 1, {"b": ""}],
        "\x07": None,
    }


def test_a_file_of_the_program_is_read():
    assert parse_shipped("a: [1, x]\n") == {"a": [1, "x"]}


def test_every_module_of_a_package_is_found_and_every_definition_once_in_the_order_of_files():
    names = [one.__name__ for one in modules_in(vocabulary)]
    assert names == sorted(names) and names[0] == "highneeds.vocabulary.assurance_level" and len(names) > 20
    private = [one.__name__ for one in modules_in(definitions) if "._" in one.__name__]
    found = definitions_in(vocabulary, EnumType)
    assert private == [] and found[:3] == (StrEnum, AssuranceLevel, Unit) and len(set(found)) == len(found)
