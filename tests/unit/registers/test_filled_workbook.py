"""A filled template: a formula counts as what it comes to; one without a result, an error or a bomb is refused."""

import io
import re
import zipfile

import pytest

from highneeds.registers.mechanism.workbook import rows_workbook, workbook_rows
from highneeds.registers.registry import registers
from highneeds.vocabulary.errors import InputError

RISKS = registers()["risks"]
ROWS = "xl/worksheets/sheet2.xml"


def with_cell(written: bytes) -> bytes:
    """The filled template, its cell B2 (the title of the first risk) written by another program."""
    filled, out = rows_workbook(RISKS, RISKS.example), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(filled)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, re.sub(rb'<c r="B2".*?</c>', written, data, count=1) if name == ROWS else data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (b'<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        (b'<c r="B2" t="str"><f>A2</f><v>Late</v></c>', "Late"),
        (b'<c r="B2" t="inlineStr"><is><t>La\xc2\xadte</t></is></c>', "Late"),
    ],
)
def test_a_formula_counts_as_what_it_comes_to(written, title):
    (row,) = workbook_rows(with_cell(written), "risks.xlsx", RISKS)
    assert row["title"] == title


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b'<c r="B2"><f>1+1</f></c>', "Cell B2 holds a formula that has no result"),
        (b'<c r="B2"><f>1+1</f><v></v></c>', "Cell B2 holds a formula that has no result"),
        (b'<c r="B2"><f t="shared" si="0"/></c>', "Cell B2 holds a formula that has no result"),
        (b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "Cell B2 holds a formula that has no result"),
        (b'<c r="XFD1048576"><v>1</v></c>', "reaches to row 1,048,576"),
    ],
)
def test_what_would_read_as_empty_or_fill_the_memory_is_refused(written, says):
    with pytest.raises(InputError, match=says):
        workbook_rows(with_cell(written), "risks.xlsx", RISKS)
