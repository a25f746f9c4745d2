"""From text to a `Return`: cells read, rows joined to their parents, personal data derived from and dropped."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from highneeds.intake import privacy
from highneeds.intake.establishments import Establishments, classify
from highneeds.intake.sen2.cells import DTYPES, read_cells, shape_of
from highneeds.intake.sen2.fields import BLADE, Field, Kind
from highneeds.intake.sen2.header import read_header
from highneeds.intake.sen2.layouts import every_column, every_field
from highneeds.intake.sen2.match import Matched, match
from highneeds.intake.sen2.raw import RawReturn
from highneeds.intake.sen2.rows import FAMILY, MODULES, SCHEMAS, UNREADABLE_SCHEMA, Note, Return

# event date -> the age at it
AGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "requests": (("received_date", "age_at_received"), ("outcome_date", "age_at_outcome")),
    "assessments": (("outcome_date", "age_at_outcome"),),
    "named_plans": (("start_date", "age_at_start"), ("cease_date", "age_at_cease")),
    "active_plans": (("review_meeting", "age_at_review_meeting"), ("last_review", "age_at_last_review")),
    "placements": (("entry_date", "age_at_entry"), ("leaving_date", "age_at_leaving")),
}


@dataclass(frozen=True)
class Read:
    """One module with its cells read.

    frame        our names and dtypes, beside `line`, `reference`, own_id and parent_id (text) and, for people, case_id
    unreadable   row (its place in frame), field, shape, reason
    """

    frame: pl.DataFrame
    unreadable: pl.DataFrame


def assemble(raw: RawReturn, *, key: bytes, establishments: Establishments | None) -> tuple[Return, pl.DataFrame]:
    """The return, and apart from it the case ids (linkage_key, case_id), for the key file or for nothing."""
    header, header_notes = read_header(raw)
    matched = match(raw, header.year)
    modules = {module: _read(module, matched) for module in MODULES}
    frames, notes = _joined({module: read.frame for module, read in modules.items()})
    unreadable = pl.concat([_located(module, read.unreadable, frames[module]) for module, read in modules.items()])
    people = frames["persons"]
    personal = privacy.derive_person(people.select(privacy.PERSONAL), key=key, reference_date=header.reference_date)
    birth, case_ids = people["birth_date"], _case_ids(people, personal)
    frames["persons"] = pl.concat([people.drop(privacy.PERSONAL), personal], how="horizontal")
    finished = {module: _finished(module, frames.pop(module), birth, establishments) for module in MODULES}
    return_ = Return(
        header=header,
        layout=str(matched.layout.year),
        form=raw.form,
        files={module: text.file for module, text in raw.modules.items()},
        absent=_absent(matched),
        unreadable=unreadable,
        notes=(*raw.notes, *header_notes, *matched.notes, *notes),
        **finished,
    )
    return return_, case_ids


def _absent(matched: Matched) -> frozenset[tuple[str, str]]:
    """What the files do not carry, of all that rows can hold."""
    return frozenset(
        (module, name)
        for module, name in every_field() - matched.present
        if module in SCHEMAS and name in SCHEMAS[module]
    )


def _read(module: str, matched: Matched) -> Read:
    """The cells of one module as values; a field that the file lacks is a column of nulls."""
    _, own, parent = BLADE[module]
    text = matched.modules[module].frame if module in matched.modules else _no_rows(module)
    text = _filled_rows(text, own)
    columns = [
        text["line"],
        _reference(text, module),
        _id(text, own).alias("own_id"),
        _id(text, parent).alias("parent_id"),
    ]
    if module == "persons":
        columns.append(_id(text, _case_column(text)).alias("case_id"))
    found = {field.name: field for field in matched.fields(module)} if module in matched.modules else {}
    bad: list[pl.DataFrame] = []
    for name, field in _wanted(module).items():
        if name not in found:
            columns.append(pl.Series(name, [None], dtype=_dtype(field)).extend_constant(None, text.height)[1:])
        elif field.kind is Kind.PERSONAL:
            columns.append(text[found[name].column].alias(name))
        else:
            values, reasons = read_cells(text[found[name].column], found[name])
            columns.append(values.alias(name))
            bad.append(_bad_cells(text[found[name].column], name, reasons))
    unreadable = pl.concat(bad) if bad else _bad_cells(pl.Series("x", [], dtype=pl.String), "", {})
    return Read(pl.DataFrame(columns), unreadable)


def _wanted(module: str) -> dict[str, Field]:
    """name -> field for every field of the module in any year."""
    return {field.name: field for field in every_column(module).values()}


def _dtype(field: Field) -> pl.DataType:
    return pl.String() if field.kind is Kind.PERSONAL else DTYPES[field.kind]


def _no_rows(module: str) -> pl.DataFrame:
    return pl.DataFrame(schema={BLADE[module][1]: pl.String(), "line": pl.UInt32()})


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
    if text.height and text[column].str.ends_with(".0").any():
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
    """Where the council's own case id stands: a mapped case id, the source id, else the table id."""
    return next((name for name in ("caseid", "sourceid", "persontableid") if name in text.columns), "")


def _bad_cells(column: pl.Series, name: str, reasons: Mapping[str, str]) -> pl.DataFrame:
    cells = pl.DataFrame({"row": pl.int_range(len(column), eager=True, dtype=pl.UInt32), "text": column})
    cells = cells.filter(pl.col("text").is_in(list(reasons))) if reasons else cells.clear()
    shapes = {text: shape_of(text) for text in reasons}
    return cells.select(
        "row",
        pl.lit(name).alias("field"),
        pl.col("text").replace_strict(shapes, default="", return_dtype=pl.String).alias("shape"),
        pl.col("text").replace_strict(reasons, default="", return_dtype=pl.String).alias("reason"),
    )


def _joined(read: dict[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], tuple[Note, ...]]:
    """Every row with its own key and those of all it hangs from; what points to no row has null there."""
    frames: dict[str, pl.DataFrame] = {}
    notes: list[Note] = []
    for module in MODULES:
        own, parent, _, _ = FAMILY[module]
        frame = read.pop(module).with_columns(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias(own),
            (pl.col("own_id").is_not_null() & pl.col("own_id").is_duplicated()).alias("id_repeated"),
        )
        frame = frame.with_columns(pl.col("id_repeated") & ~_is_first("own_id", frame))
        if repeated := int(frame["id_repeated"].sum()):
            words = (
                f"{repeated:,} rows carry an id that an earlier row has; what points to it hangs from the earlier one"
            )
            notes.append(Note("duplicate id", module, BLADE[module][1], words, repeated))
        if parent:
            frame = frame.join(_keys_by_id(parent, frames[parent]), on="parent_id", how="left", maintain_order="left")
        frames[module] = frame.drop("parent_id")
    return {module: frame.drop("own_id") for module, frame in frames.items()}, tuple(notes)


def _is_first(column: str, frame: pl.DataFrame) -> pl.Expr:
    """True on the first row of each id."""
    return pl.lit(frame[column].is_first_distinct())


def _keys_by_id(module: str, frame: pl.DataFrame) -> pl.DataFrame:
    """id -> the keys a child takes over: the parent's own and those above it."""
    keys = [name for name in SCHEMAS[module] if name in _KEYS and name in frame.columns]
    first = frame.filter(pl.col("own_id").is_not_null() & ~pl.col("id_repeated"))
    return first.select(pl.col("own_id").alias("parent_id"), *keys)


_KEYS = frozenset(own for own, _, _, _ in FAMILY.values())


def _located(module: str, bad: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """Unreadable cells with the line and key of their row."""
    lines = frame.select(pl.col(FAMILY[module][0]).alias("key"), "line")
    return (
        bad.join(lines, left_on="row", right_on="key", how="left", maintain_order="left")
        .select(pl.lit(module).alias("module"), pl.col("row").alias("key"), "line", "field", "shape", "reason")
        .select(pl.col(name).cast(dtype) for name, dtype in UNREADABLE_SCHEMA.items())
    )


def _case_ids(people: pl.DataFrame, personal: pl.DataFrame) -> pl.DataFrame:
    pairs = pl.DataFrame([personal["linkage_key"], people["case_id"]])
    return pairs.drop_nulls()


def _finished(
    module: str, frame: pl.DataFrame, birth: pl.Series, establishments: Establishments | None
) -> pl.DataFrame:
    """Ages at events and class of setting added; the columns of the row type, in its order."""
    if ages := AGES.get(module):
        born = pl.DataFrame({"person": pl.int_range(len(birth), eager=True, dtype=pl.UInt32), "born": birth})
        frame = frame.join(born, on="person", how="left", maintain_order="left")
        frame = frame.with_columns(privacy.age_on(pl.col("born"), pl.col(event)).alias(age) for event, age in ages)
    if "setting_class" in SCHEMAS[module]:
        frame = classify(frame, establishments)
    return frame.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS[module].items())
