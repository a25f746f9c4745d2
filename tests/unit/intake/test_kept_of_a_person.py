"""What is kept of a person, worked out again in plain Python: keys, marks, forms and probable duplicates."""

import hashlib
import hmac
from datetime import date

import polars as pl
import pytest

from highneeds.intake import privacy
from highneeds.vocabulary.errors import InputError

KEY = b"k" * 32
DAY = date(2025, 1, 16)
COLUMNS = ("upn", "uln", "surname", "forename", "postcode", "ethnicity", "birth_date")


def digest(purpose, text):
    return hmac.new(KEY, purpose.encode() + b"\0" + text.encode(), hashlib.sha256).digest()


def mark(purpose, text, born):
    bits = digest(purpose, text)[16:]
    one, other = (int.from_bytes(bits[at : at + 8], "little") for at in (0, 8))
    days = (born - date(1970, 1, 1)).days % 2**64
    return (((one | 1) * days + other) % 2**64) >> 48


def derived(*rows):
    schema = {name: pl.Date if name == "birth_date" else pl.String for name in COLUMNS}
    people = pl.DataFrame([{name: row.get(name) for name in COLUMNS} for row in rows], schema=schema)
    return privacy.derive_person(people, key=KEY, reference_date=DAY).to_dicts()


BORN = date(2010, 5, 4)
UPN = "H801200001001"
ANN = {"surname": "O'Neíl", "forename": " ann ", "birth_date": BORN, "postcode": "zz1 1zz"}


def test_everything_that_is_kept_of_a_person():
    [one] = derived({**ANN, "upn": UPN.lower(), "uln": "1000000000", "ethnicity": "wbri"})
    assert one == {
        "linkage_key": digest("upn", UPN)[:16].hex(),
        "key_basis": "upn",
        "name_key": digest("name", "ONEIL|ANN|2010-05-04")[:16].hex(),
        "birth_mark": mark("upn", UPN, BORN),
        "upn_form": "valid",
        "uln_form": "valid",
        "ethnicity_form": "known code",
        "ethnicity_group": "white",
        "postcode_form": "valid",
        "locality": None,
        "names_given": True,
        "birth_month": date(2010, 5, 1),
        "school_cohort": 2009,
        "birth_in_future": False,
        "age_at_reference": 14,
        "probable_duplicate_of": None,
        "duplicate_reason": None,
    }


def test_without_a_upn_the_names_are_the_key_and_without_both_there_is_none():
    named, temporary, wrong, nobody = derived(ANN, {**ANN, "upn": "U80120000100A"}, {**ANN, "upn": UPN[:-1]}, {})
    by_name = digest("name", "ONEIL|ANN|2010-05-04")[:16].hex()
    assert (named["linkage_key"], named["key_basis"], named["name_key"]) == (by_name, "name", by_name)
    assert named["birth_mark"] == mark("name", "ONEIL|ANN|2010-05-04", BORN)
    assert (temporary["key_basis"], temporary["upn_form"]) == ("upn", "temporary")
    assert (wrong["key_basis"], wrong["upn_form"]) == ("name", "wrong length")
    assert {name for name, value in nobody.items() if value is not None} == {
        "upn_form", "uln_form", "ethnicity_form", "postcode_form", "names_given",
    }  # fmt: skip
    early = derived({"upn": UPN, "birth_date": date(1965, 1, 1)})[0]
    assert early["birth_mark"] == mark("upn", UPN, date(1965, 1, 1))


def test_why_somebody_is_probably_the_same():
    rows = derived(
        {**ANN, "upn": UPN},
        {"upn": UPN},
        ANN,
        {**ANN, "surname": "Smith"},
        {**ANN, "surname": "Smith", "postcode": "AB1 1AA"},
        {**ANN, "surname": "Jones", "postcode": None},
    )
    assert [(one["probable_duplicate_of"], one["duplicate_reason"]) for one in rows] == [
        (None, None),
        (0, "same UPN"),
        (0, "same names and birth date"),
        (0, "same forename, birth date and postcode"),
        (3, "same names and birth date"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("uln", "form"),
    [
        ("1000000000", "valid"),
        ("1000000009", "bad check digit"),
        ("0000000042", "wrong form"),
        ("100000000", "wrong form"),
        ("10000000000", "wrong form"),
        ("1.01E+09", "lost digits"),
        ("1e9", "lost digits"),
        ("1E-9", "wrong form"),
        ("9999999998", "valid"),
        ("1000000060", "bad check digit"),
        ("1000000019", "valid"),
        ("", "missing"),
    ],
)
def test_the_form_of_a_number_of_a_learner(uln, form):
    assert derived({"uln": uln})[0]["uln_form"] == form


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("A12345678901B", True),
        (" h801200001001 ", True),
        ("A1234567890", True),
        ("ME4", True),
        ("ME4 1XQ", True),
        ("ME41XQ", True),
        ("ME4 1X", False),
        ("case 1234", True),
        ("case 123", False),
        ("1/9/12", True),
        ("1-Sep-2012", True),
        ("1 SE 2012", True),
        ("1 SE 12", False),
        ("1.2", False),
        ("a@b", True),
        ("a\n1234", True),
        ("Year 7", False),
    ],
)
def test_what_has_the_form_of_something_personal(text, personal):
    assert privacy.looks_personal(text) is personal


def test_a_key_is_sixty_four_signs_and_told_by_its_mark(tmp_path):
    path = tmp_path / "keys" / "key"
    key = privacy.open_key(path)
    assert path.read_bytes() == key.hex().encode() and len(key) == 32
    assert privacy.key_mark(KEY) == hashlib.sha256(b"highneeds, which linkage key: " + KEY).hexdigest()[:12]
    for mode, right in ((0o600, True), (0o610, False), (0o601, False), (0o640, False)):
        path.chmod(mode)
        if right:
            assert privacy.open_key(path) == key
            continue
        with pytest.raises(InputError) as refused:
            privacy.open_key(path)
        words = f"Others can read the linkage key. Run: chmod 600 {path}, then try again."
        assert refused.value.sentence == f"{path}: {words}"
    path.chmod(0o600)
    for text in (b"0" * 63, b"0" * 65, b"G" * 64):
        path.write_bytes(text)
        with pytest.raises(InputError) as refused:
            privacy.open_key(path)
        assert refused.value.sentence == (
            f"{path}: This is not a linkage key. Give a key file of highneeds, or another name."
        )
    path.write_bytes(b" " + b"0" * 64 + b"\n")
    assert privacy.open_key(path) == bytes(32)
    with pytest.raises(InputError) as refused:
        privacy.open_key(path, away_from=tmp_path)
    words = f"A key must not lie with the data it protects. Choose a place outside {tmp_path}."
    assert refused.value.sentence == f"{path}: {words}"


def test_case_ids_are_written_whole_or_refused(tmp_path):
    (tmp_path / "c.csv.part").write_text("left over")
    privacy.write_case_ids(tmp_path / "c.csv", [("b", "2", 'x,"y"'), (None, "1", "a\nb"), ("b", "2", 'x,"y"')])
    assert (tmp_path / "c.csv").read_bytes() == b'linkage_key,record,case_id\n,1,"a\nb"\nb,2,"x,""y"""\n'
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.csv"]
    with pytest.raises(InputError) as refused:
        privacy.write_case_ids(tmp_path, [])
    assert refused.value.sentence == f"{tmp_path}: This is a folder. Name a file in it with --case-ids."
