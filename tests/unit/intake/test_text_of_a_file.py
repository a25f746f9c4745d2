"""Text as councils' programmes write it: encodings, marks at the beginning, and lines that a quoted cell breaks."""

import pytest

from highneeds.intake.csvfile import parse_csv
from highneeds.intake.text import decode, encoding_of
from highneeds.vocabulary.errors import InputError

TEXT = "the council’s “plan”, £5 – café"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("cp1252", "cp1252"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")],
)
def test_curly_quotes_and_pounds_survive_every_encoding(encoding, name):
    data = TEXT.encode(encoding)
    assert encoding_of(data) == name
    assert decode(data, "a.txt") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_beginning_is_no_part_of_the_text(encoding):
    assert decode(TEXT.encode(encoding), "a.txt") == TEXT


def test_what_is_no_text_is_refused_by_name():
    with pytest.raises(InputError, match="not a text file") as refused:
        decode(b"\x81\xff\x8d", "a.bin")
    assert str(refused.value.where) == "a.bin"


def test_a_row_is_named_by_its_first_line_in_the_file_whatever_breaks_lines_before_it():
    file = parse_csv('name,words\na,"one\ntwo"\n\nb,three\n', "a.csv", ["name", "words"])
    assert [(row["name"], row.line) for row in file.rows] == [("a", 2), ("b", 5)]
