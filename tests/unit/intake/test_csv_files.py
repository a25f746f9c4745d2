"""What of a CSV file is refused, with its place, and which lines count."""

import pytest

from highneeds.intake.csvfile import parse_csv
from highneeds.vocabulary.errors import InputError


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b,a\n1,2,3\n", "f.csv line 1: The column a stands there twice"),
        ("b,a,b,a\n1,2,3,4\n", "f.csv line 1: The column a stands there twice"),
        ("b,c\n1,2\n", "f.csv line 1: The column a is missing"),
        ("c\n1\n", "f.csv line 1: The column a, b is missing"),
        ("a,b,x,c,y\n1,2,3,4,5\n", "f.csv line 1: The column x, y is not known here"),
    ],
)
def test_a_head_that_cannot_be_used_is_refused(text, says):
    with pytest.raises(InputError) as refused:
        parse_csv(text, "f.csv", ("a", "b"), optional=("c",))
    assert str(refused.value).startswith(says)


def test_empty_lines_and_remarks_do_not_count_and_lines_keep_their_numbers():
    rows = list(parse_csv('a,b\n\n # a remark,x\n1,2\n , \n"#",3\n4,# no remark\n', "f.csv", ("a", "b")))
    assert [(row.line, row["a"], row["b"]) for row in rows] == [(4, "1", "2"), (7, "4", "# no remark")]
