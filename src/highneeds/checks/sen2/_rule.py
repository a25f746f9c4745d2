"""How a SEN2 rule is written: a predicate over a view, or a question across records; with its cases at the limit."""

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, overload

import polars as pl

from highneeds.caseload import from_return
from highneeds.checks.finding import Finding, Outcome, RuleResult, Severity
from highneeds.checks.rule import Case, Cases, Rule, cases, last_allowed, title_of
from highneeds.checks.sen2._book import ABOVE, ReturnUnderCheck
from highneeds.intake.sen2.layouts import columns_of_fields
from highneeds.intake.sen2.rows import FAMILY, MODULES, UNREADABLE_SCHEMA, from_people

REFERENCE_DATE = date(2025, 1, 16)
ESTABLISHMENTS = "establishments"
BEFORE = "before"
WHY_NOT = {
    ESTABLISHMENTS: "no list of establishments was given",
    BEFORE: "there is no accepted return before this one to compare with",
}
# column derived at the door -> the item of the return it was derived from
DERIVED = {
    "upn_form": "upn",
    "uln_form": "uln",
    "ethnicity_form": "ethnicity",
    "postcode_form": "postcode",
    "school_cohort": "birth_date",
    "birth_in_future": "birth_date",
    "age_at_reference": "birth_date",
    "names_given": "surname",
}

Predicate = Callable[[], pl.Expr]
Finder = Callable[[ReturnUnderCheck], pl.DataFrame]


@dataclass(frozen=True)
class Sen2Rule(Rule):
    """A rule about a SEN2 return; what all rules have, and:

    module      whose rows it objects to
    field       the item to look at, by its SEN2 name
    message     the problem in words, {columns} filled in from the row
    predicate   a row rule: true for the rows it objects to
    finder      a rule across records: the rows of the module's view it objects to, with further columns for the message
    needs       'establishments', 'before': what must be at hand
    fields      (module, item) pairs that the layout must carry
    presence    True for a mere presence or code-list check
    """

    module: str = ""
    field: str = ""
    message: str = ""
    predicate: Predicate | None = None
    finder: Finder | None = None
    needs: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    presence: bool = False

    @property
    def across(self) -> bool:
        return self.finder is not None

    def why_not(self, book: ReturnUnderCheck) -> str:
        """Why it cannot be checked on this return; '' when it can."""
        at_hand = {ESTABLISHMENTS: book.establishments is not None, BEFORE: book.before is not None}
        missing = [WHY_NOT[name] for name in self.needs if not at_hand[name]]
        lacking = [sen2_name(*pair) for pair in self.fields if not book.return_.carries(*pair)]
        if lacking:
            missing.append(f"{book.return_.layout_words} does not carry {', '.join(lacking)}")
        return "; ".join(missing)

    def result(self, book: ReturnUnderCheck, bad: pl.DataFrame, looked_at: int) -> RuleResult:
        if bad.is_empty():
            nothing = f"there are no rows of {BLADE_NAMES.get(self.module, self.module)}"
            return RuleResult.of(self.code, (), looked_at, nothing)
        rows = bad.select(
            pl.col("line").alias("line"),
            pl.coalesce(pl.col("person_reference"), pl.col("reference"), pl.lit("")).alias("record"),
            self._message(bad.schema).alias("message"),
        )
        if "of_module" in bad.columns:  # a rule over the whole return names the file in which each row stands
            files = {name: book.return_.files.get(name, BLADE_NAMES.get(name, name)) for name in BLADE_NAMES}
            rows = rows.with_columns(bad["of_module"].replace(files).alias("file"))
        elif (own := FAMILY[self.module][0]) in bad.columns:
            rows = rows.with_columns(bad[own].alias("row"))
        file = book.return_.files.get(self.module, BLADE_NAMES.get(self.module, self.module))
        return RuleResult(self.code, Outcome.FOUND, FindingRows(self, file, rows), looked_at=looked_at)

    def _message(self, schema: pl.Schema) -> pl.Expr:
        """The message of every row at once, its {columns} filled in."""
        names = [name for _, name, _, _ in string.Formatter().parse(self.message) if name]
        if not names:
            return pl.lit(self.message)
        return pl.format(_PLACE.sub("{}", self.message), *(shown(name, schema[name]) for name in names))


@dataclass(frozen=True, eq=False)
class FindingRows(Sequence[Finding]):
    """The findings of one rule, kept as columns and made one by one when asked for: a national return has a million."""

    rule: Sen2Rule
    file: str
    rows: pl.DataFrame

    def __len__(self) -> int:
        return self.rows.height

    def __iter__(self) -> Iterator[Finding]:
        return (self._finding(row) for row in self.rows.iter_rows(named=True))

    @overload
    def __getitem__(self, at: int) -> Finding: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Finding]: ...

    def __getitem__(self, at: int | slice) -> Finding | Sequence[Finding]:
        if isinstance(at, slice):
            return FindingRows(self.rule, self.file, self.rows[at])
        return self._finding(self.rows.row(at, named=True))

    def _finding(self, row: Mapping[str, Any]) -> Finding:
        rule, key = self.rule, row.get("row")
        place = None if key is None else (rule.module, key)
        where, record, message = row["line"], row["record"], row["message"]
        file = row.get("file") or self.file
        return Finding(rule.code, rule.severity, file, where, record, rule.field, message, rule.fix, place)


_PLACE = re.compile(r"\{[a-z_]+\}")


def shown(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column as a sentence shows it: dates as 03 Jan 2025, nothing as (empty)."""
    column = pl.col(name).dt.strftime("%d %b %Y") if dtype == pl.Date else pl.col(name).cast(pl.String)
    return column.fill_null("(empty)")


def sen2_name(module: str, name: str) -> str:
    """The SEN2 name of one of our fields: ('named_plans', 'cease_date') -> ceasedate."""
    return columns_of_fields().get((module, DERIVED.get(name, name)), name)


BLADE_NAMES = {
    "persons": "person",
    "requests": "requests",
    "assessments": "assessment",
    "named_plans": "namedplan",
    "plan_details": "plandetail",
    "active_plans": "activeplans",
    "placements": "placementdetail",
    "needs": "senneed",
}


def is_no_number(urn: pl.Expr, ukprn: pl.Expr) -> pl.Expr:
    """Either of the two is given and has not its digits."""
    wrong_urn = ~urn.str.contains(r"^[0-9]{6}$").fill_null(True)
    return wrong_urn | ~ukprn.str.contains(r"^[0-9]{8}$").fill_null(True)


def row_rule(
    module: str,
    code: str,
    *,
    field: str,
    fix: str,
    broken_by: Case,
    source: str,
    holds_for: Cases,
    also_broken_by: Cases = (),
    severity: Severity = Severity.MUST_FIX,
    needs: tuple[str, ...] = (),
    presence: bool = False,
) -> Callable[[Predicate], Sen2Rule]:
    """A rule about one row of a module. The function gives the predicate, its docstring the message."""

    def make(predicate: Predicate) -> Sen2Rule:
        def ask(row: Mapping[str, Any]) -> str | None:
            return _ask_row(made, row)

        columns = predicate().meta.root_names()
        made = Sen2Rule(
            **_common(code, predicate, severity, fix, broken_by, source, ask),
            holds_for=last_allowed(code, holds_for),
            also_broken_by=cases(also_broken_by),
            module=module,
            field=sen2_name(module, field),
            message=_message(predicate),
            predicate=predicate,
            needs=needs,
            fields=tuple(pair for column in columns for pair in carried(module, column)),
            presence=presence,
        )
        return made

    return make


def across_rule(
    module: str,
    code: str,
    *,
    field: str,
    fix: str,
    broken_by: Case,
    source: str,
    holds_for: Cases,
    also_broken_by: Cases = (),
    severity: Severity = Severity.MUST_FIX,
    needs: tuple[str, ...] = (),
    fields: tuple[tuple[str, str], ...] = (),
) -> Callable[[Finder], Sen2Rule]:
    """A rule across records. The function gives the rows it objects to, its docstring the message.

    broken_by   people, and where needed: before (the people of the return before), establishments, reference_date,
                before_date (the day of the return before; a year earlier if left out)
    """

    def make(finder: Finder) -> Sen2Rule:
        def ask(case: Mapping[str, Any]) -> str | None:
            return _ask_case(made, case)

        made = Sen2Rule(
            **_common(code, finder, severity, fix, broken_by, source, ask),
            holds_for=last_allowed(code, holds_for),
            also_broken_by=cases(also_broken_by),
            module=module,
            field=sen2_name(module, field),
            message=_message(finder),
            finder=finder,
            needs=needs,
            fields=fields,
        )
        return made

    return make


def carried(module: str, column: str) -> list[tuple[str, str]]:
    """The (module, item) that a column of a view rests on; nothing for what every return has."""
    if (module, DERIVED.get(column, column)) in columns_of_fields():
        return [(module, DERIVED.get(column, column))]
    if module in ABOVE and column in ABOVE[module][2]:
        parent, _, columns = ABOVE[module]
        return carried(parent, columns[column])
    return []


def _message(function: Callable[..., Any]) -> str:
    return " ".join((function.__doc__ or "").split())


def _common(
    code: str,
    function: Callable[..., Any],
    severity: Severity,
    fix: str,
    broken_by: Case,
    source: str,
    ask: Callable[[Any], str | None],
) -> dict[str, Any]:
    title = title_of(function.__name__)
    return dict(
        code=code, title=title, severity=severity, fix=fix, broken_by=broken_by, source=source, subject=dict, ask=ask
    )


@cache
def _empty_views() -> Mapping[str, Mapping[str, pl.DataType]]:
    book = ReturnUnderCheck(from_people([], reference_date=REFERENCE_DATE))
    return {module: dict(book.view(module).schema) for module in MODULES}


def _ask_row(rule: Sen2Rule, row: Mapping[str, Any]) -> str | None:
    """The rule's answer about one row, given by the columns of the view that matter."""
    schema = _empty_views()[rule.module]
    unknown = set(row) - set(schema)
    assert not unknown, f"{rule.code}: {unknown} is no column of the view of {rule.module}"
    book = _empty_book(row.get("ends", REFERENCE_DATE))
    days = {"line": 2, "ends": book.ends, "begins": book.begins}
    frame = pl.DataFrame([{name: {**days, **row}.get(name) for name in schema}], schema=schema, orient="row")
    assert rule.predicate is not None
    findings = rule.result(book, frame.filter(rule.predicate()), 1).findings
    return findings[0].message if findings else None


@cache
def _empty_book(ends: date) -> ReturnUnderCheck:
    return ReturnUnderCheck(from_people([], reference_date=ends))


def _ask_case(rule: Sen2Rule, case: Mapping[str, Any]) -> str | None:
    """The rule's answer about a small council, and where given the return before it."""
    book = book_of_case(case)
    assert rule.finder is not None
    findings = rule.result(book, rule.finder(book), 1).findings
    return findings[0].message if findings else None


LISTED = {
    "urn": pl.String(),
    "ukprn": pl.String(),
    "type": pl.String(),
    "resourced_provision": pl.String(),
    "capacity": pl.Int64(),
    "opens": pl.Date(),
    "closes": pl.Date(),
    "setting_class": pl.String(),
    "line": pl.UInt32(),
    "unreadable": pl.List(pl.String()),
}


def book_of_case(case: Mapping[str, Any]) -> ReturnUnderCheck:
    """A small council as a book. Further keys: council, notes, files and unreadable of the return."""
    day = case.get("reference_date", REFERENCE_DATE)
    before = case.get("before")
    then = case.get("before_date", day.replace(year=day.year - 1))
    earlier = from_people(before or (), reference_date=then)
    listed = case.get("establishments")
    return_ = from_people(case["people"], reference_date=day, council=case.get("council", ""))
    if "unreadable" in case:
        return_ = replace(return_, unreadable=pl.DataFrame(case["unreadable"], UNREADABLE_SCHEMA, orient="row"))
    return ReturnUnderCheck(
        replace(return_, notes=case.get("notes", ()), files=case.get("files", {})),
        None if listed is None else pl.DataFrame(listed, schema=LISTED, orient="row"),
        None if before is None else from_return(earlier),
    )
