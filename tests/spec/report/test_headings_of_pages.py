"""What a page says first: its heading, and what follows under it."""

import pytest

from highneeds.report.pages.results.parts import PageFinding


@pytest.mark.parametrize(
    ("sentences", "heading", "rest", "said"),
    [
        (["2 of 62 registers are kept"], "2 of 62 registers are kept", "", "2 of 62 registers are kept."),
        (["There is no forecast."], "There is no forecast", "", "There is no forecast."),
        (["We had 5 plans.", "We owe £1m.", "So be it."], "We had 5 plans", "We owe £1m. So be it.", None),
        (["Most fees went to Acme Ltd.."], "Most fees went to Acme Ltd.", "", None),  # a name keeps its own
        (["St. Mary's opened late.", "It has 5 places."], "St. Mary's opened late", "It has 5 places.", None),
    ],
)
def test_the_first_sentence_is_the_heading_and_no_text_is_cut(sentences, heading, rest, said):
    found = PageFinding.of(*sentences)
    assert (found.heading, found.rest) == (heading, rest)
    assert found.said == (said or " ".join(sentences))
