"""Files for people: text that a spreadsheet would run is marked as text; figures are left alone."""

import pytest

from highneeds.report.render.harmless import harmless


@pytest.mark.parametrize(
    ("written", "in_the_file"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+cmd", "'+cmd"),
        ("-1+cmd", "'-1+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tlate", "'\tlate"),
        ("\rlate", "'\rlate"),
        ("-12.5", "-12.5"),
        ("+3.1%", "+3.1%"),
        ("-£4.2m", "-£4.2m"),
        ("-", "-"),
        ("1,234", "1,234"),
        ("a = b", "a = b"),
        ("", ""),
    ],
)
def test_text_that_would_run_gets_an_apostrophe(written, in_the_file):
    assert harmless(written) == in_the_file
