"""The narrative out of an edited Word file: what changed is seen, sources and tables of what did not stay."""

import copy
import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from highneeds.intake.workspace.programme import narrative
from highneeds.report.narrative_back import changed_parts, parts_in, rewritten
from highneeds.vocabulary.errors import InputError

QUESTIONS = ("This year?", "At the end?", "Schools?")
FILE = """# Narrative

## On track: in year

The position is as before. [REPORT 11]

## Condition 2

Plans rose by 10%
in the year. [REPORT 131]

[table: places]

These are the causes:

- one cause [REPORT 140]
- another cause
"""


def word_file(*lines: tuple[str, str]) -> bytes:
    document = docx.Document()
    for style, text in lines:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


AS_MADE = (
    ("Heading 2", "This year?"),
    ("Normal", "No. About £53m is forecast."),
    ("Normal", "The position is as before."),
    ("Heading 2", "Condition 2: Early years"),
    ("Normal", "Plans rose by 10% in the year."),
    ("Caption", "Table 1. Places"),
    ("Normal", "These are the causes:"),
    ("List Bullet", "one cause"),
    ("List Bullet", "another cause"),
    ("Heading 1", "7. Money"),
    ("Normal", "Not a part of the narrative."),
)


def changes(*lines):
    return changed_parts(narrative(FILE, "narrative.md"), parts_in(word_file(*lines), "r.docx", QUESTIONS))


def test_an_untouched_file_changes_nothing():
    assert changes(*AS_MADE) == []


def test_a_changed_line_is_shown_and_put_in_place_of_the_old_one():
    edited = [(style, text.replace("by 10%", "by 12%")) for style, text in AS_MADE]
    (change,) = changes(*edited)
    assert change.part == "Condition 2"
    assert change.difference == ("-Plans rose by 10% in the year.", "+Plans rose by 12% in the year.")
    text = rewritten(FILE, [change])
    assert "Plans rose by 12% in the year.\n" in text and "by 10%" not in text
    assert "[table: places]" in text and "- one cause [REPORT 140]" in text
    assert "The position is as before. [REPORT 11]" in text


def test_a_line_that_is_gone_goes_and_one_that_came_comes():
    edited = [one for one in AS_MADE if one[1] != "another cause"]
    edited.insert(-2, ("Normal", "A last word."))
    (change,) = changes(*edited)
    assert change.difference == ("-- another cause", "+A last word.")
    assert rewritten(FILE, [change]).rstrip().endswith("- one cause [REPORT 140]\n\nA last word.")


def test_what_is_no_report_is_refused():
    with pytest.raises(InputError, match="none of the report's headings"):
        parts_in(word_file(("Normal", "A letter.")), "letter.docx", QUESTIONS)
    with pytest.raises(InputError, match="no Word file"):
        parts_in(b"nothing", "x.docx", QUESTIONS)


def edited(change):
    """The changes of the file as made, after `change` did to its paragraphs what Word does."""
    document = docx.Document(io.BytesIO(word_file(*AS_MADE)))
    change({one.text: one for one in document.paragraphs})
    out = io.BytesIO()
    document.save(out)
    found = changed_parts(narrative(FILE, "narrative.md"), parts_in(out.getvalue(), "r.docx", QUESTIONS))
    return [line for part in found for line in part.difference]


def tracked(run, kind, text):
    """A tracked change after a run: 'ins', 'del' or 'moveFrom'."""
    change, moved = OxmlElement(f"w:{kind}"), copy.deepcopy(run._r)
    words = moved.find(qn("w:t"))
    words.text = text
    if kind == "del":
        words.tag = qn("w:delText")
    change.append(moved)
    run._r.addnext(change)


def split(one):
    """One sentence in three runs with a spelling mark between, as Word saves what was typed at two times."""
    first = one.runs[0]
    whole, first.text = first.text, first.text[:5]
    first._r.addnext(OxmlElement("w:proofErr"))
    one.add_run(whole[5:9]).bold = True
    one.add_run(whole[9:])


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda at: split(at["Plans rose by 10% in the year."]), []),
        (
            lambda at: tracked(at["one cause"].runs[0], "ins", " more"),
            ["-- one cause", "+- one cause more"],
        ),
        (lambda at: tracked(at["one cause"].runs[0], "del", " more"), []),
        (lambda at: tracked(at["one cause"].runs[0], "moveFrom", " more"), []),
        (
            lambda at: at["another cause"].insert_paragraph_before("a third", style="List Number"),
            ["+- a third"],
        ),
        (
            lambda at: at["These are the causes:"].insert_paragraph_before("So it is.", style="Body Text"),
            ["+So it is."],
        ),
        (lambda at: at["one cause"].insert_paragraph_before("", style="Normal"), []),
        (
            lambda at: at["These are the causes:"].runs[0].__setattr__("text", "These are “the” causes…"),
            ["-These are the causes:", "+These are “the” causes…"],
        ),
        (
            lambda at: at["another cause"]._p.getparent().remove(at["another cause"]._p),
            ["-- another cause"],
        ),
    ],
)
def test_what_word_does_to_a_paragraph_is_read_as_it_is_seen(change, difference):
    assert edited(change) == difference
