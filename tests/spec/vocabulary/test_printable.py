"""Whatever an officer writes prints: by a shipped font, by a named mark, or, where it shows nothing, not at all."""

import importlib.util
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from highneeds.forecast.scenarios import parse_scenario
from highneeds.forecast.summary.in_background import scenario_texts
from highneeds.intake.yamlfile import parse_yaml
from highneeds.report import typesetting
from highneeds.vocabulary.printable import Unprintable, printable, printable_values, unprintable_in

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Plans rose to 7,765", "Plans rose to 7,765"),
        ("\uf0b7 first", "• first"),  # Word's bullet
        ("✓ ☎ ① → ≥ 😀 ✅ Łódź Ελλάδα مدرسة", "✓ ☎ ① → ≥ 😀 ✅ Łódź Ελλάδα مدرسة"),
        ("\ufeffAt last", "At last"),
        ("中", "(character U+4E2D)"),
        ("한", "(hangul syllable han)"),
        ("a\x07b\x00c", "abc"),
        ("a\x0bb\u2028c", "a b c"),
        ("a\u200bb", "ab"),  # a space without width
        ("a\tb\nc", "a\tb\nc"),
        ("\ue123", "(character U+E123)"),
        ("e\u0301 ☎\ufe0f 1\u20e3", "e\u0301 ☎\ufe0f 1\u20e3"),  # a mark that a font has with what it sits on
        ("؊💟\u064b", "؊💟(arabic fathatan)"),  # no font has both
        ("💟\ufe0f\u064b\u0301", "💟\ufe0f(arabic fathatan)\u0301"),
    ],
)
def test_what_is_written_and_what_is_printed(written, printed):
    assert printable(written) == printed


def test_what_does_not_print_as_written_is_told_with_its_line():
    assert list(unprintable_in("fine\n\uf0b7 a 中\nbell\x07")) == [
        Unprintable(2, "U+4E2D", "(character U+4E2D)"),
        Unprintable(3, "U+0007", ""),
    ]
    assert list(unprintable_in("fine\n💟\u064b")) == [Unprintable(2, "ARABIC FATHATAN", "(arabic fathatan)")]
    assert list(unprintable_in("\ufeffplain ✓ text")) == []


@given(st.text())
def test_printing_twice_changes_nothing_and_leaves_nothing_that_cannot_be_set(text):
    once = printable(text)
    assert printable(once) == once
    assert not list(unprintable_in(once))


def test_the_typesetter_sets_every_character_that_is_called_printable():
    ranges = (REPOSITORY / "src/highneeds/vocabulary/printable.txt").read_text().splitlines()
    points = [
        point
        for line in ranges
        for first, last in [line.split()[0].split("-")]
        for point in range(int(first, 16), int(last, 16) + 1)
    ]
    text = typesetting.quoted(" ".join(map(chr, points)))
    page = f'#set document(title: "x")\n#set text(lang: "en", font: "Liberation Sans")\n#text({text})\n*#text({text})*'
    assert typesetting.pdf(page, date(2025, 1, 1)).startswith(b"%PDF")


def test_the_list_is_what_the_fonts_can_set():
    spec = importlib.util.spec_from_file_location("write_printable", REPOSITORY / "scripts" / "write_printable.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.KEPT.read_text() == script.as_text(script.covered(script.FONTS))


def test_a_character_that_yaml_or_toml_names_by_its_number_is_made_printable_too(tmp_path):
    assert parse_yaml('title: "\\u4e2d"', "a.yaml")["title"] == "(character U+4E2D)"
    assert printable_values({"a": ["\u4e2d", 1, None]}) == {"a": ["(character U+4E2D)", 1, None]}


@pytest.mark.parametrize(("name", "said"), [("a.yaml", "title: 中\nlevers: []\n"), ("a.toml", 'title = "\\u4e2d"\n')])
def test_the_title_of_a_scenario_is_printable(tmp_path, name, said):
    """A title in Chinese ended the report: the scenario went to the forecast as it was written."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / name).write_text(said + ("levers = []\n" if name == "a.toml" else ""), "utf-8")
    assert "中" not in scenario_texts(tmp_path)[0][1]
    assert parse_scenario((tmp_path / "scenarios" / name).read_bytes(), name).title == "(character U+4E2D)"
