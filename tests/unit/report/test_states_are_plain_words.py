"""'Not yet due' is no level: on paper and in Word it is plain grey words, and the levels keep their tags."""

from pathlib import Path

from docx.oxml.ns import qn

from highneeds.report.render import docx_parts
from highneeds.vocabulary.assurance_level import AssuranceLevel

RENDER = Path(docx_parts.__file__).parent


def test_in_word_a_level_has_a_ground_and_a_state_has_none():
    for level in AssuranceLevel:
        run = docx_parts.tag_run(level.words, level.colour)
        shaded, bold = run.find(f".//{qn('w:shd')}"), run.find(f".//{qn('w:b')}")
        assert (shaded is not None) == (bold is not None) == level.is_given, level
        if not level.is_given:
            assert run.find(f".//{qn('w:color')}").get(qn("w:val")) == docx_parts.QUIET


def test_on_the_page_and_on_paper_grey_is_no_box():
    [rule] = [line for line in (RENDER / "page.css").read_text().splitlines() if line.startswith(".tag-grey")]
    assert "background" not in rule and "font-weight: normal" in rule
    assert 'if level.colour == "grey" { text(fill: quiet, level.level) }' in (RENDER / "report.typ").read_text()
