"""A character that cannot be printed costs nobody a report: it is marked, and found with its file and line."""

from highneeds.checks.characters import characters_found
from highneeds.checks.finding import Outcome


def test_each_character_is_found_once_a_line_with_what_is_printed_instead():
    found = characters_found([("narrative.md", "fine\nall 中中 well\nbell\x07"), ("facts.csv", "a,b\n✓,1\n")])
    assert [(one.file, one.line, one.message) for one in found.findings] == [
        ("narrative.md", 2, "The character U+4E2D cannot be printed; '(character U+4E2D)' is printed in its place"),
        ("narrative.md", 3, "The character U+0007 cannot be printed; it is left out"),
    ]
    assert found.looked_at == 2


def test_what_prints_is_clear():
    result = characters_found([("narrative.md", "\ufeff\uf0b7 £5m – “done” ✓ 😀")])
    assert (result.outcome, result.findings) == (Outcome.CLEAR, ())
