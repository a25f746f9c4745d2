"""From text to a `Return`: cells read, rows joined to their parents, personal data derived from and dropped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from highneeds.intake import privacy
from highneeds.intake.cells_said import form
from highneeds.intake.establishments import Establishments, classify
from highneeds.intake.localities import NO_LOCALITIES, Localities, with_areas_of_schools
from highneeds.intake.sen2.cells import DTYPES, read_cells
from highneeds.intake.sen2.corrections import Correction, corrected, correction_notes
from highneeds.intake.sen2.fields import BLADE, CellKind, Field
from highneeds.intake.sen2.header import read_header
from highneeds.intake.sen2.layouts import every_column, every_field
from highneeds.intake.sen2.match import Matched, match
from highneeds.intake.sen2.raw import RawReturn
from highneeds.intake.sen2.rows import FAMILY, MODULES, SCHEMAS, UNREADABLE_SCHEMA, ReadingNote, Return, ReturnHeader
from highneeds.intake.sen2.ssd import FORM
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.progress import Progress, no_progress
from highneeds.vocabulary.source import Source

# event date -> the age at it
AGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "requests": (("received_date", "age_at_received"), ("outcome_date", "age_at_outcome")),
    "assessments": (("outcome_date", "age_at_outcome"),),
    "named_plans": (("start_date", "age_at_start"), ("cease_date", "age_at_cease")),
    "active_plans": (("review_meeting", "age_at_review_meeting"), ("last_review", "age_at_last_review")),
    "placements": (("entry_date", "age_at_entry"), ("leaving_date", "age_at_leaving")),
}
MODULE_WORDS = {module: module.replace("_", " ") for module in MODULES}


@dataclass(frozen=True)
class Read:
    """One module with its cells read.

    frame        `line`, `reference` and our names, with their dtypes
    own, above   the row's own id and the id it hangs from, as text
    unreadable   row (its place in frame), field, shape, reason
    case_ids     the council's own ids of people; empty for other modules
    """

    frame: pl.DataFrame
    own: pl.Series
    above: pl.Series
    unreadable: pl.DataFrame
    notes: tuple[ReadingNote, ...]
    case_ids: pl.Series


def assemble(
    raw: RawReturn,
    *,
    key: bytes,
    establishments: Establishments | None,
    as_at: date | None = None,
    mark: str = "",
    corrections: Sequence[Correction] = (),
    localities: Localities = NO_LOCALITIES,
    progress: Progress = no_progress,
) -> tuple[Return, pl.DataFrame]:
    """The return, and apart from it the case ids (linkage_key, record, case_id), for the key file or for nothing.

    One module after the other, parents first: text in, values and keys out, the text let go.

    mark          of the files
    corrections   cells put right, of this very return; how many is among its notes
    localities    the council's areas by postcode or school
    """
    header, header_notes = read_header(raw, as_at)
    matched = match(raw, header.year)
    frames: dict[str, pl.DataFrame] = {}
    keys_by_id: dict[str, pl.DataFrame] = {}
    birth, case_ids = pl.Series("born", [], dtype=pl.Date), pl.DataFrame()
    unreadable: list[pl.DataFrame] = []
    notes = [*raw.notes, *header_notes, *matched.notes]
    rows = 0
    for done, module in enumerate(MODULES):
        progress(f"Reading {MODULE_WORDS[module]}, {rows:,} rows so far", done, len(MODULES))
        read = _read(module, matched, [one for one in corrections if one.module == module])
        rows += read.frame.height
        frame, keys_by_id[module] = _keyed(module, read, keys_by_id)
        if module == "persons":
            birth = frame["birth_date"]
            frame, case_ids = _without_names(frame, read, key, header.reference_date, localities)
        frames[module] = _finished(module, frame, birth, establishments)
        unreadable.append(_located(module, read.unreadable, frames[module]))
        notes.extend((*read.notes, *_repeated(module, frames[module])))
    frames["persons"] = with_areas_of_schools(frames["persons"], frames["placements"], localities)
    progress(f"Read {rows:,} rows", len(MODULES), len(MODULES))
    return _return_of(raw, header, matched, frames, pl.concat(unreadable), notes, mark), case_ids


def _without_names(
    frame: pl.DataFrame, read: Read, key: bytes, reference_date: date, localities: Localities
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of people with what may be kept of them in place of what names them, and their case ids apart."""
    people = frame.select(privacy.PERSONAL)
    kept = privacy.derive_person(people, key=key, reference_date=reference_date, localities=localities)
    records = frame["reference"].alias("record")
    case_ids = pl.DataFrame([kept["linkage_key"], records, read.case_ids]).drop_nulls("case_id")
    return pl.concat([frame.drop(privacy.PERSONAL), kept], how="horizontal"), case_ids


def _return_of(
    raw: RawReturn,
    header: ReturnHeader,
    matched: Matched,
    frames: Mapping[str, pl.DataFrame],
    unreadable: pl.DataFrame,
    notes: Sequence[ReadingNote],
    mark: str,
) -> Return:
    return Return(
        header=header,
        layout=str(matched.layout.year),
        form=raw.form,
        files={module: text.file for module, text in raw.modules.items()},
        absent=_absent(matched, raw.form),
        unreadable=unreadable,
        notes=tuple(notes),
        mark=mark,
        **frames,
    )


def _absent(matched: Matched, form: str) -> frozenset[tuple[str, str]]:
    """What the files do not carry, of all that rows can hold; of a form without names, names and birth dates too."""
    return frozenset(
        (module, name)
        for module, name in every_field() - matched.present
        if module in SCHEMAS and (name in SCHEMAS[module] or (form == FORM and name in privacy.PERSONAL))
    )


def _read(module: str, matched: Matched, corrections: Sequence[Correction]) -> Read:
    """The cells of one module as values; a field that the file lacks is a column of nulls."""
    _, own, parent = BLADE[module]
    text = corrected(_filled_rows(_text(module, matched), own), corrections)
    columns = [text["line"], _reference(text, module)]
    found = {field.name: field for field in matched.fields(module)}
    filled = [every_column(module)[one.item] for one in corrections if not one.stands]
    found |= {field.name: field for field in filled if field.name not in found}
    bad = [_bad_cells(pl.Series("x", [], dtype=pl.String), "", {})]
    for name, field in _wanted(module).items():
        if name not in found:
            columns.append(pl.Series(name, [None], dtype=_dtype(field)).new_from_index(0, text.height))
        elif field.kind is CellKind.PERSONAL:
            columns.append(text[found[name].column].alias(name))
        else:
            values, reasons = read_cells(text[found[name].column], found[name])
            columns.append(values.alias(name))
            bad.append(_bad_cells(text[found[name].column], name, reasons))
    return Read(
        frame=pl.DataFrame(columns),
        own=_id(text, own).alias("own_id"),
        above=_id(text, parent).alias("parent_id"),
        unreadable=pl.concat(bad),
        notes=(*_spellings(module, matched, text), *correction_notes(module, corrections)),
        case_ids=_id(text, _case_column(text) if module == "persons" else "").alias("case_id"),
    )


def _text(module: str, matched: Matched) -> pl.DataFrame:
    """The text of a module, its known columns under their Blade names."""
    names = matched.names.get(module)
    if names is None:
        return pl.DataFrame(schema={"line": pl.UInt32()})
    text = matched.modules[module]
    frame = text.load()
    if not set(names) <= set(frame.columns):
        raise InputError("The header row is damaged", where=Source(text.file, 1), remedy="Export the file again")
    return frame.select(*(pl.col(column).alias(name) for column, name in names.items()), "line")


def _spellings(module: str, matched: Matched, text: pl.DataFrame) -> Iterator[ReadingNote]:
    """Each spelling variant, with the number of cells it concerned."""
    for name, column in matched.spelt(module).items():
        filled = text.height - text[name].null_count()
        yield ReadingNote("spelling", module, name, f"{column[:40]} is read as {name}", filled)


def _wanted(module: str) -> dict[str, Field]:
    """name -> field for every field of the module in any year."""
    return {field.name: field for field in every_column(module).values()}


def _dtype(field: Field) -> pl.DataType:
    return pl.String() if field.kind is CellKind.PERSONAL else DTYPES[field.kind]


def _filled_rows(text: pl.DataFrame, own: str) -> pl.DataFrame:
    """Without rows in which nothing stands. Looked for only where a row has no id of its own."""
    if own in text.columns and text[own].null_count() == 0 and not (text[own] == "").any():
        return text
    cells = [pl.col(column).str.strip_chars().fill_null("") != "" for column in text.columns if column != "line"]
    return text.filter(pl.any_horizontal(cells)) if cells else text


def _id(text: pl.DataFrame, column: str) -> pl.Series:
    """An id as text, trimmed, without Excel's '.0'; null where there is none."""
    if not column or column not in text.columns:
        return pl.Series(column, [None], dtype=pl.String).extend_constant(None, text.height)[1:]
    trimmed = pl.col(column).str.strip_chars()
    if text[column].str.ends_with(".0").any():
        trimmed = trimmed.str.replace(r"^([0-9]+)\.0$", "$1")
    return text.select(pl.when(trimmed != "").then(trimmed).alias(column)).to_series()


def _reference(text: pl.DataFrame, module: str) -> pl.Series:
    """Order number (people) or table id where it is a plain number, else the place in the file: safe to show."""
    blade, own, _ = BLADE[module]
    order = f"{blade}orderseqcolumn"
    chosen = order if module == "persons" and order in text.columns else own
    shown = _id(text, chosen).alias("reference")
    plain = pl.when(pl.col("reference").str.contains(r"^[0-9]{1,9}$")).then("reference")
    place = pl.int_range(1, pl.len() + 1).cast(pl.String)
    return pl.DataFrame([shown]).select(pl.coalesce(plain, place).alias("reference")).to_series()


def _case_column(text: pl.DataFrame) -> str:
    """Where the council's own case id stands: a mapped case id, the source id where it is filled, else the table id."""
    held = [name for name in ("caseid", "sourceid", "persontableid") if name in text.columns]
    return next((name for name in held if text[name].str.strip_chars().str.len_chars().sum()), "")


def _bad_cells(column: pl.Series, name: str, reasons: Mapping[str, str]) -> pl.DataFrame:
    cells = pl.DataFrame({"row": pl.int_range(len(column), eager=True, dtype=pl.UInt32), "text": column})
    cells = cells.filter(pl.col("text").is_in(list(reasons))) if reasons else cells.clear()
    shapes = {text: form(text) for text in reasons}
    return cells.select(
        "row",
        field=pl.lit(name),
        shape=pl.col("text").replace_strict(shapes, default="", return_dtype=pl.String),
        reason=pl.col("text").replace_strict(reasons, default="", return_dtype=pl.String),
    )


def _keyed(module: str, read: Read, keys_by_id: Mapping[str, pl.DataFrame]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every row with its own key and those of all it hangs from, and id -> keys for the rows that will hang from it.

    What points to no row has null there. Of rows with the same id the first is pointed to.
    """
    own, parent, _, _ = FAMILY[module]
    number = pl.int_range(read.frame.height, dtype=pl.UInt32, eager=True).alias(own)
    repeated = (read.own.is_not_null() & ~read.own.is_first_distinct()).alias("id_repeated")
    keys = [number]
    if parent:
        above = pl.DataFrame([read.above]).join(keys_by_id[parent], on="parent_id", how="left", maintain_order="left")
        keys.extend(above.drop("parent_id").get_columns())
    by_id = pl.DataFrame([read.own.alias("parent_id"), *keys])
    by_id = by_id.filter(read.own.is_not_null() & ~repeated)
    return read.frame.with_columns(*keys, repeated), by_id


def _repeated(module: str, frame: pl.DataFrame) -> Iterator[ReadingNote]:
    count = int(frame["id_repeated"].sum()) if "id_repeated" in frame.columns else 0
    if count:
        words = f"{count:,} rows carry an id that an earlier row has; what points to it hangs from the earlier one"
        yield ReadingNote("duplicate id", module, BLADE[module][1], words, count)


def _located(module: str, bad: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """Unreadable cells with the line and key of their row."""
    located = bad.rename({"row": "key"}).join(
        frame.select("line", key=FAMILY[module][0]), on="key", how="left", maintain_order="left"
    )
    located = located.with_columns(module=pl.lit(module))
    return located.select(pl.col(name).cast(dtype) for name, dtype in UNREADABLE_SCHEMA.items())


def _finished(
    module: str, frame: pl.DataFrame, birth: pl.Series, establishments: Establishments | None
) -> pl.DataFrame:
    """Ages at events and class of setting added; the columns of the row type, in its order."""
    if ages := AGES.get(module):
        born = birth.gather(frame["person"]).alias("born")
        frame = frame.with_columns(
            pl.DataFrame([born, frame[event]])
            .select(privacy.age_on(pl.col("born"), pl.col(event)).alias(age))
            .to_series()
            for event, age in ages
        )
    if "setting_class" in SCHEMAS[module]:
        frame = frame.with_columns(classify(frame, establishments))
    return frame.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS[module].items())
