"""The door at which names stop: what rules and measures need of them is derived here, then they are dropped.

Linkage keys are HMAC-SHA256, cut to 128 bits, under a key that lives outside the data (`open_key`). Sources: the UPN's
form and check letter, and the ULN's check digit, from the DfE and LRS rules for them (docs/explanation/privacy.md).
"""

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from highneeds.intake.localities import NO_LOCALITIES, Localities, area_of_postcodes
from highneeds.vocabulary.errors import InputError

KEY_BYTES = 32
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_ETHNICITIES = frozenset(
    [
        *("WBRI", "WIRI", "WIRT", "WROM", "WOTH", "MWBC", "MWBA", "MWAS", "MOTH", "AIND"),
        *("APKN", "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT"),
    ]
)


_ETHNIC_GROUPS = {
    "W": "white",
    "M": "mixed",
    "A": "asian",
    "B": "black",
    "CHNE": "asian",
    "OOTH": "other",
    "REFU": "unknown",
    "NOBT": "unknown",
}
"""A code, or its first letter -> its major group, as the ethnicity facts of the Department have them."""


def open_key(path: Path, *, away_from: Path | None = None) -> bytes:
    """The linkage key in `path`, made on the first call, readable by its owner alone.

    away_from   a folder of data the key must not lie in, for who has both can link children again
    """
    _refuse_inside(path, away_from)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_private(path, secrets.token_hex(KEY_BYTES).encode("ascii"))
    if path.stat().st_mode & 0o077:
        raise InputError(
            "Others can read the linkage key", where=str(path), remedy=f"Run: chmod 600 {path}, then try again"
        )
    text = path.read_bytes().strip()
    if not re.fullmatch(rb"[0-9a-f]{64}", text):
        raise InputError(
            "This is not a linkage key",
            where=str(path),
            remedy="Give a key file of highneeds, or another name",
        )
    return bytes.fromhex(text.decode("ascii"))


def write_case_ids(path: Path, cases: Iterable[tuple[str | None, str, str]], *, away_from: Path | None = None) -> None:
    """Keep the council's own case ids in a file of its own, readable by its owner alone.

    cases   linkage key (or None), the record as findings name it, case id
    """
    _refuse_inside(path, away_from)
    if not path.name or path.is_dir():
        raise InputError("This is a folder", where=str(path), remedy="Name a file in it with --case-ids")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows = sorted({(key or "", record, case) for key, record, case in cases})
    lines = ["linkage_key,record,case_id", *(f"{key},{record},{_cell(case)}" for key, record, case in rows)]
    beside = path.with_name(path.name + ".part")
    beside.unlink(missing_ok=True)
    _write_private(beside, ("\n".join(lines) + "\n").encode("utf-8"))
    beside.replace(path)


_PERSONAL_FORMS = (
    r"[A-Z]\d{11}[0-9A-Z]",  # a UPN
    r"[A-Z]{1,2}[0-9][0-9A-Z]?( ?[0-9][A-Z]{2})?",  # a postcode or its first half
    r".*\d{4,}.*",  # a ULN, a telephone number, a case number, a day without signs
    r".*\d{1,4}[-/. ](\d{1,2}|[A-Z]{3,9})[-/. ]\d{1,4}.*",  # a day
    r".*@.*",  # an address of e-mail
)


def looks_personal(text: str) -> bool:
    """Whether a text has the form of a UPN, another long number, a postcode, a day, or an e-mail address."""
    plain = text.strip().upper()
    return any(re.fullmatch(form, plain, re.DOTALL) for form in _PERSONAL_FORMS)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text


def _refuse_inside(path: Path, folder: Path | None) -> None:
    if folder is not None and path.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            "A key must not lie with the data it protects", where=str(path), remedy=f"Choose a place outside {folder}"
        )


def _write_private(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def keyed(key: bytes, texts: pl.Series, purpose: str) -> tuple[pl.Series, np.ndarray]:
    """The keyed hash of each text: 128 bits to keep, as 32 hex digits, and 128 further bits (n, 16) never to be kept.

    `purpose` keeps hashes of different things apart. Where there is no text the hash is null and the bits are zero.
    """
    before, digest = purpose.encode("utf-8") + b"\x00", hmac.digest
    nothing = b"\x00" * 32
    hashes = [
        nothing if text is None else digest(key, before + text.encode("utf-8"), "sha256") for text in texts.to_list()
    ]
    kept = pl.Series([value[:16].hex() for value in hashes], dtype=pl.String)
    bits = np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(len(hashes), 32)[:, 16:]
    return kept.set(texts.is_null(), None), bits


def upn_forms(upns: pl.Series) -> pl.Series:
    """valid, temporary, wrong length, wrong characters, bad check letter or missing, for each UPN in capitals."""
    distinct = upns.unique().drop_nulls().to_list()
    right = [upn for upn in distinct if _UPN.fullmatch(upn)]
    forms = {upn: "wrong length" if len(upn) != 13 else "wrong characters" for upn in distinct}
    for upn, holds in zip(right, _check_letters_hold(right), strict=True):
        forms[upn] = "bad check letter" if not holds else ("valid" if upn[12].isdigit() else "temporary")
    return _mapped(upns, forms)


def _check_letters_hold(upns: list[str]) -> list[bool]:
    """Whether the first letter is the remainder by 23 of the digits, each times its place from 2 to 13.

    The last sign of a temporary UPN is a letter and counts as its place in the alphabet without I, O and S.
    """
    if not upns:
        return []
    values = np.full(256, -1, dtype=np.int64)
    values[[ord(digit) for digit in "0123456789"]] = range(10)
    values[[ord(letter) for letter in CHECK_LETTERS]] = range(len(CHECK_LETTERS))
    signs = values[np.frombuffer("".join(upns).encode("ascii"), dtype=np.uint8).reshape(len(upns), 13)]
    remainder = (signs[:, 1:] * np.arange(2, 14)).sum(axis=1) % 23
    return list((signs[:, 0] == remainder) & (signs[:, 12] >= 0))


def uln_forms(ulns: pl.Series) -> pl.Series:
    """valid, wrong form, lost digits, bad check digit or missing. The last digit is 10 less the weighted sum by 11."""
    forms = {}
    for uln in ulns.unique().drop_nulls().to_list():
        if not re.fullmatch(r"[1-9][0-9]{9}", uln):
            forms[uln] = "lost digits" if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?E\+?[0-9]+", uln) else "wrong form"
            continue
        rest = sum(int(digit) * weight for digit, weight in zip(uln, range(10, 1, -1), strict=False)) % 11
        forms[uln] = "valid" if int(uln[9]) == 10 - rest else "bad check digit"
    return _mapped(ulns, forms)


def postcode_forms(postcodes: pl.Series) -> pl.Series:
    """valid, wrong form or missing; only the form of the postcode is looked at."""
    right = postcodes.str.replace_all(" ", "").str.contains(r"^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$")
    return _words(postcodes, right, "valid", "wrong form")


def ethnicity_forms(codes: pl.Series) -> pl.Series:
    """known code, other code or missing: the code itself is not kept, its group is."""
    return _words(codes, codes.is_in(list(_ETHNICITIES)), "known code", "other code")


def ethnicity_groups(codes: pl.Series) -> pl.Series:
    """The major group of each known code, for internal breakdowns; null for another code and without one."""
    groups = {code: _ETHNIC_GROUPS.get(code, _ETHNIC_GROUPS.get(code[0], "")) for code in sorted(_ETHNICITIES)}
    return codes.replace_strict(list(groups), list(groups.values()), default=None, return_dtype=pl.String)


def _words(texts: pl.Series, right: pl.Series, yes: str, no: str) -> pl.Series:
    frame = pl.DataFrame({"text": texts, "right": right})
    chosen = pl.when(pl.col("text").is_null()).then(pl.lit("missing"))
    return frame.select(chosen.when(pl.col("right")).then(pl.lit(yes)).otherwise(pl.lit(no))).to_series()


def _mapped(texts: pl.Series, words: dict[str, str]) -> pl.Series:
    if not words:
        return pl.Series(["missing"] * len(texts), dtype=pl.String)
    return texts.replace_strict(list(words), list(words.values()), default="missing", return_dtype=pl.String)


def plain_name(column: str) -> pl.Expr:
    """A name for comparing: capitals and digits, no accents, spaces, hyphens; null when nothing is left."""
    letters = pl.col(column).str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    return pl.when(letters != "").then(letters)


def age_on(birth: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Age in whole years; someone born on 29 February has their birthday on 1 March in other years."""
    not_yet = _day_of_year(day) < _day_of_year(birth)
    return (day.dt.year() - birth.dt.year() - not_yet.cast(pl.Int32)).cast(pl.Int16)


def _day_of_year(day: pl.Expr) -> pl.Expr:
    """Month and day as one number, 228 for 28 February: one scale for leap and other years."""
    return day.dt.month().cast(pl.Int16) * 100 + day.dt.day().cast(pl.Int16)


def school_cohort(birth: pl.Expr) -> pl.Expr:
    """The year in which the school year of birth began: 2010 for 1 September 2010 to 31 August 2011."""
    return (birth.dt.year() - (birth.dt.month() < 9).cast(pl.Int32)).cast(pl.Int16)


def key_mark(key: bytes) -> str:
    """By which two linkage keys are told apart; nothing of the key can be had from it."""
    return hashlib.sha256(b"highneeds, which linkage key: " + key).hexdigest()[:12]


PERSONAL = ("upn", "uln", "surname", "forename", "postcode", "ethnicity", "birth_date")


def derive_person(
    personal: pl.DataFrame, *, key: bytes, reference_date: date, localities: Localities = NO_LOCALITIES
) -> pl.DataFrame:
    """What may be known of each person, in the order given.

    personal     columns of PERSONAL (text, and birth_date as a date), one row a person; a column may be all null
    localities   the areas that postcodes are in
    """
    known = _tidied(personal)
    upn_form = upn_forms(known["upn"])
    texts = known.select(
        pl.when(upn_form.is_in(["valid", "temporary"])).then("upn").alias("upn"),
        _name_text().alias("name"),
        _place_text().alias("place"),
    )
    both = pl.col("surname_plain").is_not_null() & pl.col("forename_plain").is_not_null()
    birth, today = pl.col("birth_date"), pl.lit(reference_date)
    return known.select(
        *_keys(texts, known["birth_date"], key),
        upn_form.alias("upn_form"),
        uln_forms(known["uln"]).alias("uln_form"),
        ethnicity_forms(known["ethnicity"]).alias("ethnicity_form"),
        ethnicity_groups(known["ethnicity"]).alias("ethnicity_group"),
        postcode_forms(known["postcode"]).alias("postcode_form"),
        area_of_postcodes(known["postcode"], localities).alias("locality"),
        both.alias("names_given"),
        birth.dt.truncate("1mo").alias("birth_month"),
        school_cohort(birth).alias("school_cohort"),
        (birth > today).alias("birth_in_future"),
        age_on(birth, today).alias("age_at_reference"),
        *_duplicates(texts),
    )


def _tidied(personal: pl.DataFrame) -> pl.DataFrame:
    text = [name for name in PERSONAL if name != "birth_date"]
    tidy = personal.with_columns(
        pl.when(pl.col(name).str.strip_chars() != "")
        .then(pl.col(name).str.strip_chars().str.to_uppercase())
        .alias(name)
        for name in text
    )
    return tidy.with_columns(
        plain_name("surname").alias("surname_plain"), plain_name("forename").alias("forename_plain")
    )


def _name_text() -> pl.Expr:
    """Null unless surname, forename and birth date are all there."""
    return pl.concat_str("surname_plain", "forename_plain", pl.col("birth_date").cast(pl.String), separator="|")


def _place_text() -> pl.Expr:
    postcode = pl.col("postcode").str.replace_all(" ", "")
    return pl.concat_str("forename_plain", pl.col("birth_date").cast(pl.String), postcode, separator="|")


def _keys(texts: pl.DataFrame, birth_date: pl.Series, key: bytes) -> list[pl.Series]:
    """linkage_key, key_basis, name_key and birth_mark. The linkage key is that of the UPN, else that of the names."""
    upn_key, upn_bits = keyed(key, texts["upn"], "upn")
    name_key, name_bits = keyed(key, texts["name"], "name")
    by_upn = upn_key.is_not_null()
    basis = (
        pl.when(pl.col("upn").is_not_null()).then(pl.lit("upn")).when(pl.col("name").is_not_null()).then(pl.lit("name"))
    )
    bits = np.where(by_upn.to_numpy()[:, None], upn_bits, name_bits)
    return [
        upn_key.fill_null(name_key).alias("linkage_key"),
        texts.select(basis.alias("key_basis")).to_series(),
        name_key.alias("name_key"),
        _birth_marks(bits, birth_date).set(by_upn.not_() & name_key.is_null(), None),
    ]


def _birth_marks(bits: np.ndarray, birth_date: pl.Series) -> pl.Series:
    """16 bits for each (person, birth date): enough to see that a birth date was changed.

    The day times one secret number of the person plus another, the highest 16 of 64 bits: without the linkage key
    nothing of the day can be told from it.
    """
    secret = np.ascontiguousarray(bits).view(np.uint64)
    days = birth_date.cast(pl.Int32).fill_null(0).to_numpy().astype(np.uint64)
    marks = ((secret[:, 0] | np.uint64(1)) * days + secret[:, 1]) >> np.uint64(48)
    return pl.Series("birth_mark", marks.astype(np.uint32)).set(birth_date.is_null(), None)


def _duplicates(texts: pl.DataFrame) -> list[pl.Series]:
    """The earlier person each one is probably the same as, and why; the strongest reason wins."""
    numbered = texts.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"))
    chosen = numbered.select(_first_with("upn"), _first_with("name"), _first_with("place"))
    reasons = (
        ("upn", "same UPN"),
        ("name", "same names and birth date"),
        ("place", "same forename, birth date and postcode"),
    )
    reason = pl.coalesce(pl.when(pl.col(column).is_not_null()).then(pl.lit(words)) for column, words in reasons)
    return [
        chosen.select(pl.coalesce("upn", "name", "place").alias("probable_duplicate_of")).to_series(),
        chosen.select(reason.alias("duplicate_reason")).to_series(),
    ]


def _first_with(column: str) -> pl.Expr:
    """The row number of the first with the same text, null for that first one itself and where there is no text."""
    first = pl.col("row").min().over(column)
    return pl.when(pl.col(column).is_not_null() & (first < pl.col("row"))).then(first).alias(column)
