"""What is derived of a person at the door, and that nothing else passes it."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from highneeds.intake import privacy
from highneeds.intake.cells_said import cell_to_say, code_to_say
from highneeds.intake.file_names import file_name_to_keep, file_name_to_say
from highneeds.intake.privacy import keyed
from highneeds.vocabulary.errors import InputError

KEY = b"k" * 32
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def people(*rows: dict[str, object]) -> pl.DataFrame:
    """Persons as the reader hands them over; what a row leaves out is empty."""
    schema = {name: pl.Date() if name == "birth_date" else pl.String() for name in privacy.PERSONAL}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def derived(*rows: dict[str, object], key: bytes = KEY, reference_date: date = date(2025, 1, 16)) -> pl.DataFrame:
    return privacy.derive_person(people(*rows), key=key, reference_date=reference_date)


@pytest.mark.parametrize(
    ("upn", "form"),
    [
        ("H801200001001", "valid"),  # 8x2 + 1x4 + 2x5 + 1x10 + 1x13 = 53, remainder 7 by 23: H
        ("T801200001001", "bad check letter"),
        ("F80120000100A", "bad check letter"),
        ("H80120000100", "wrong length"),
        ("H8012000010O1", "wrong characters"),
        ("1801200001001", "wrong characters"),
        ("", "missing"),
        (None, "missing"),
    ],
)
def test_the_form_of_a_upn(upn: str | None, form: str) -> None:
    assert derived({"upn": upn})["upn_form"].to_list() == [form]


def test_a_temporary_upn_ends_in_a_letter_that_counts_by_its_place() -> None:
    # A counts 0: 8x2 + 1x4 + 2x5 + 1x10 = 40, remainder 17: U without I, O and S
    assert derived({"upn": "U80120000100A"})["upn_form"].to_list() == ["temporary"]


@given(st.integers(0, 10**12 - 1), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(number: int, place: int, more: int) -> None:
    digits = f"{number:012d}"
    letter = privacy.CHECK_LETTERS[sum(int(digit) * weight for weight, digit in enumerate(digits, 2)) % 23]
    changed = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    forms = privacy.upn_forms(pl.Series([letter + digits, letter + changed]))
    assert forms.to_list() == ["valid", "bad check letter"]


@pytest.mark.parametrize(
    ("uln", "form"),
    [("1000000009", "bad check digit"), ("1000000000", "valid"), ("0000000042", "wrong form"), (None, "missing")],
)
def test_the_form_of_a_uln(uln: str | None, form: str) -> None:
    assert derived({"uln": uln})["uln_form"].to_list() == [form]


@given(DAYS, DAYS)
def test_age_is_counted_in_whole_years(birth: date, day: date) -> None:
    frame = pl.DataFrame({"birth": [birth], "day": [day]}, schema={"birth": pl.Date, "day": pl.Date})
    age = frame.select(privacy.age_on(pl.col("birth"), pl.col("day"))).item()
    assert age == day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def test_the_school_cohort_turns_on_the_first_of_september() -> None:
    days = [date(2011, 8, 31), date(2011, 9, 1), date(2010, 12, 31), date(2011, 1, 1)]
    assert derived(*({"birth_date": day} for day in days))["school_cohort"].to_list() == [2010, 2011, 2010, 2010]


def test_the_same_person_has_the_same_key_however_written_and_another_under_another_key() -> None:
    born = date(2010, 5, 4)
    ways = (
        {"surname": "O'Néill-Smith", "forename": " Zoë ", "birth_date": born},
        {"surname": "ONEILL SMITH", "forename": "zoe", "birth_date": born},
        {"surname": "Oneill", "forename": "Zoe", "birth_date": born},
    )
    keys = derived(*ways)["linkage_key"].to_list()
    assert keys[0] == keys[1] != keys[2]
    assert derived(*ways, key=b"x" * 32)["linkage_key"].to_list()[0] != keys[0]
    assert derived(*ways)["key_basis"].to_list() == ["name"] * 3


def test_who_can_be_linked_by_nothing_has_no_key() -> None:
    found = derived({"surname": "Smith", "birth_date": date(2010, 1, 1)}, {"upn": "H80120000100"})
    assert found["linkage_key"].to_list() == [None, None]
    assert found["birth_mark"].to_list() == [None, None]


def test_a_changed_birth_date_changes_the_mark_and_nothing_else_of_the_day_is_kept() -> None:
    one, other = (derived({"upn": "H801200001001", "birth_date": date(2010, 5, day)}).to_dicts()[0] for day in (4, 5))
    assert one["linkage_key"] == other["linkage_key"]
    assert {name for name in one if one[name] != other[name]} == {"birth_mark"}


def test_probable_duplicates_are_found_before_the_names_go() -> None:
    born = date(2012, 3, 4)
    smith = {"surname": "Smith", "forename": "Ann", "birth_date": born, "postcode": "ZZ1 1ZZ"}
    found = derived(
        {**smith, "upn": "H801200001001"},
        smith,
        {**smith, "surname": "Jones", "postcode": "zz11zz"},
        {**smith, "forename": "Beth"},
        {"upn": "H801200001001"},
    )
    assert found["probable_duplicate_of"].to_list() == [None, 0, 0, None, 0]
    assert found["duplicate_reason"].to_list() == [
        None,
        "same names and birth date",
        "same forename, birth date and postcode",
        None,
        "same UPN",
    ]


def test_the_key_is_made_once_for_its_owner_alone_and_away_from_the_data(tmp_path) -> None:
    path = tmp_path / "keys" / "linkage.key"
    key = privacy.open_key(path)
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert privacy.open_key(path, away_from=tmp_path / "workspace") == key
    with pytest.raises(InputError, match="must not lie with the data"):
        privacy.open_key(path, away_from=tmp_path)
    path.chmod(0o644)
    with pytest.raises(InputError, match="Others can read the linkage key"):
        privacy.open_key(path)


def test_a_file_that_is_no_key_is_not_taken_for_one(tmp_path) -> None:
    path = tmp_path / "linkage.key"
    path.write_text("secret")
    path.chmod(0o600)
    with pytest.raises(InputError, match="not a linkage key"):
        privacy.open_key(path)


def test_a_folder_made_for_the_key_or_the_case_ids_is_its_owners_alone(tmp_path) -> None:
    privacy.open_key(tmp_path / "keys" / "key")
    privacy.write_case_ids(tmp_path / "ids" / "case_ids.csv", [])
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("keys", "ids")] == [0o700, 0o700]


def test_case_ids_stand_in_a_file_of_their_own(tmp_path) -> None:
    path = tmp_path / "cases.csv"
    for _ in range(2):
        privacy.write_case_ids(
            path, [("b", "8", "2"), ("a", "7", '1,"x"'), (None, "9", "3")], away_from=tmp_path / "workspace"
        )
    assert path.read_text() == 'linkage_key,record,case_id\n,9,3\na,7,"1,""x"""\nb,8,2\n'
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["", "folder"])
def test_case_ids_are_kept_in_a_file_and_not_in_a_folder(tmp_path, monkeypatch, name):
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="This is a folder"):
        privacy.write_case_ids(Path(name), [])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Ledger export 2024-25.csv", "Ledger export 2024-25.csv"),
        ("BladePersons2025.csv", "BladePersons2025.csv"),
        ("Aisha Khan top-ups.xlsx", "aaaaa aaaa top-ups.xlsx"),
        ("A123456789012.csv", "A999999999999.csv"),
        ("Khan", "aaaa"),
    ],
)
def test_of_a_files_name_only_words_that_tell_of_the_file_are_kept(name, kept):
    assert file_name_to_keep(name) == kept


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gl_p9.csv", "gl_p9.csv"),
        ("Blade-Export_18-01-2024_placementdetail.csv", "Blade-Export_18-01-2024_placementdetail.csv"),
        ("KHAN Aisha 2012-03-04.csv", "aaaa aaaaa 2012-03-04.csv"),
        ("our list Khan.xlsx", "our list aaaa.xlsx"),
        ("A123456789012.csv", "A999999999999.csv"),
    ],
)
def test_of_a_files_name_no_word_written_large_is_said_that_may_be_a_name(name, said):
    assert file_name_to_say(name) == said


@pytest.mark.parametrize("text", ["1,234.5.6", "P13", "soon", "2024-26", "x", "1.234.56"])
def test_a_cell_that_is_a_number_gone_wrong_is_said(text):
    assert cell_to_say(text) == f"'{text}'"


@pytest.mark.parametrize(
    "text", ["KHAN", "ten", "ZQ9", "ME14 1XQ", "A123456789012", "07700 900982", "04/05/2012", "1.234.567"]
)
def test_a_cell_that_may_be_a_name_a_number_or_a_day_of_birth_is_said_by_its_form(text):
    assert cell_to_say(text).startswith("a value of the form") and code_to_say(text).startswith("of the form")


@pytest.mark.parametrize("code", ["7001", "E10245", "12-34"])
def test_a_cost_centre_is_said(code):
    assert code_to_say(code) == f"'{code}'"


def test_the_words_of_the_councils_own_name_are_no_childs():
    assert file_name_to_keep("Kent dashboard Khan.xlsx", also=["Kent"]) == "Kent dashboard aaaa.xlsx"


@pytest.mark.parametrize("text", ["A123456789012", "ME14 1XQ", "me4", "01/09/2012", "1 Sept 2012", "a@b.uk", "12345"])
def test_what_has_the_form_of_something_personal(text):
    assert privacy.looks_personal(text)


@pytest.mark.parametrize("text", ["Agreed", "Not agreed", "Year 7", "16-18", "3"])
def test_what_is_a_wording(text):
    assert not privacy.looks_personal(text)


def test_hashes_of_two_purposes_are_kept_apart_and_those_of_one_are_the_same():
    """The same number as a UPN and as anything else gives hashes that cannot be joined."""
    texts = pl.Series(["A123", None, "A123"])
    upn, bits = keyed(b"k" * 32, texts, "upn")
    other, _ = keyed(b"k" * 32, texts, "case")
    assert upn[0] == upn[2] != other[0] and upn[1] is None and len(upn[0]) == 32
    assert upn[0] != keyed(b"l" * 32, texts, "upn")[0][0]
    assert bits.shape == (3, 16) and not bits[1].any() and bits[0].any()


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("white", "WBRI WIRI WIRT WROM WOTH"),
        ("mixed", "MWBC MWBA MWAS MOTH"),
        ("asian", "AIND APKN ABAN AOTH CHNE"),
        ("black", "BCRB BAFR BOTH"),
        ("other", "OOTH"),
        ("unknown", "REFU NOBT"),
    ],
)
def test_the_major_group_of_a_code_of_ethnicity(group: str, codes: str) -> None:
    found = derived(*({"ethnicity": code} for code in codes.lower().split()))
    assert set(found["ethnicity_group"]) == {group} and set(found["ethnicity_form"]) == {"known code"}


def test_another_code_of_ethnicity_has_no_group() -> None:
    found = derived({"ethnicity": "WXYZ"}, {"ethnicity": " "}, {})
    assert found["ethnicity_form"].to_list() == ["other code", "missing", "missing"]
    assert found["ethnicity_group"].to_list() == [None, None, None]


@pytest.mark.parametrize(
    ("postcode", "form"),
    [
        ("ME14 1XQ", "valid"),
        ("m1 1ae", "valid"),
        ("W1A 1AA", "valid"),
        ("ME1411XQ", "wrong form"),
        ("ME14 1X", "wrong form"),
        ("MEX4 1XQ", "wrong form"),
        ("14 1XQ", "wrong form"),
        ("", "missing"),
    ],
)
def test_the_form_of_a_postcode(postcode: str, form: str) -> None:
    assert derived({"postcode": postcode})["postcode_form"].to_list() == [form]


def test_of_somebody_named_whole_what_is_kept_is_said() -> None:
    """Born on the day of the return she is nought and not in the future; a day later she is."""
    day = date(2025, 1, 16)
    found = derived(
        {"surname": "Khan", "forename": "A", "birth_date": day},
        {"surname": "Khan", "birth_date": date(2025, 1, 17)},
        {"surname": "-", "forename": "A"},
    )
    assert found["names_given"].to_list() == [True, False, False]
    assert found["birth_in_future"].to_list() == [False, True, None]
    assert found["age_at_reference"].to_list() == [0, -1, None]
    assert found["birth_month"].to_list() == [date(2025, 1, 1), date(2025, 1, 1), None]
    assert found["key_basis"].to_list() == ["name", None, None]
