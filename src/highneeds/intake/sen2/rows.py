"""One SEN2 return: eight modules of typed rows, held as columns and, on asking, as nested people.

A module is a polars frame (England is 3 million rows). Its columns are the fields of its row type below, in that order:
`Return.requests` has the columns of `Request`, and so on. The types of the columns stand in the annotations:

    Key     UInt32    our own number of a row within this return; 0, 1, 2 ... in the order of the file
    Day     Date      Flag  Boolean      Code  String, as in the SEN2 code sets, upper case      Whole  Int16

A null is an empty cell or one that could not be read; the latter is listed in `Return.unreadable`.
`reference` is a local reference that may be shown: order number or table id where that is a plain number, else the
row's place in the file. `id_repeated` is true where an earlier row has the same table id (what points to it hangs from
the earlier one). A parent's key is null where a row hangs from nothing (an orphan): it is in its frame, in no person.
Names, UPNs, ULNs, postcodes, free text and the day of birth are not here: what rules and measures need of them was
derived by `intake.privacy` before they were dropped.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, get_args, get_type_hints

import polars as pl

PersonKey = Annotated[int | None, pl.UInt32()]
Whole = Annotated[int | None, pl.Int16()]
Day = Annotated[date | None, pl.Date()]
Flag = Annotated[bool | None, pl.Boolean()]
Code = Annotated[str | None, pl.String()]


@dataclass(frozen=True, kw_only=True)
class SenNeed:
    """A need of an active plan. need_type: SEN2 SENtype; rank: 1 primary, 2 secondary."""

    need: PersonKey = None
    active: PersonKey = None
    request: PersonKey = None
    person: PersonKey = None
    line: PersonKey = None
    reference: Code = None
    need_type: Code = None
    rank: Whole = None


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where the child is or was placed, from `entry_date` to `leaving_date`, both days included.

    rank                 1 primary, 2 secondary
    sensetting           the SEN2 code used where there is no URN or UKPRN
    setting_text_given   whether free text explains the setting (the text itself is not kept)
    setting_class        a SettingClass code; 'unclassed' where the establishment is not in the list, or no list was
                         given; null where neither URN, UKPRN nor SENsetting says anything
    establishment_known  whether the list of establishments holds the URN or UKPRN; null without either or without list
    residential          A 38-51 weeks, B 52 weeks (SEN2 Res; on the active plan until 2023)
    """

    placement: PersonKey = None
    active: PersonKey = None
    request: PersonKey = None
    person: PersonKey = None
    line: PersonKey = None
    reference: Code = None
    urn: Code = None
    ukprn: Code = None
    sensetting: Code = None
    setting_text_given: Flag = None
    rank: Whole = None
    entry_date: Day = None
    leaving_date: Day = None
    attendance_pattern: Code = None
    sen_unit: Flag = None
    resourced_provision: Flag = None
    residential: Code = None
    work_based: Code = None
    age_at_entry: Whole = None
    age_at_leaving: Whole = None
    setting_class: Code = None
    establishment_known: Flag = None


@dataclass(frozen=True, kw_only=True)
class PlanDetail:
    """A placement *named* in a plan; never used as the placement. Fields as in `Placement`."""

    plan_detail: PersonKey = None
    plan: PersonKey = None
    assessment: PersonKey = None
    request: PersonKey = None
    person: PersonKey = None
    line: PersonKey = None
    reference: Code = None
    urn: Code = None
    ukprn: Code = None
    sensetting: Code = None
    setting_text_given: Flag = None
    rank: Whole = None
    sen_unit: Flag = None
    resourced_provision: Flag = None
    setting_class: Code = None
    establishment_known: Flag = None


@dataclass(frozen=True, kw_only=True)
class ActivePlan:
    """An active plan in the year, with its last review.

    transfer_la         the council it was taken over from
    review_meeting      date of the review meeting
    review_draft        date the draft amended plan was sent
    last_review         date the council wrote with its decision to retain, cease or amend
    phase_transfer_due, phase_transfer_final   the date by which the final plan was due, and when it was sent
    """

    active: PersonKey = None
    request: PersonKey = None
    person: PersonKey = None
    line: PersonKey = None
    reference: Code = None
    id_repeated: Flag = None
    transfer_la: Code = None
    residential: Code = None
    work_based: Code = None
    review_meeting: Day = None
    review_outcome: Code = None
    review_draft: Day = None
    phase_transfer_due: Day = None
    phase_transfer_final: Day = None
    last_review: Day = None
    age_at_review_meeting: Whole = None
    age_at_last_review: Whole = None
    placements: tuple[Placement, ...] = ()
    needs: tuple[SenNeed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NamedPlan:
    """A plan in force from `start_date` to `cease_date`, both days included.

    cease_date         the day the plan ended or passed to another council, not the day of the decision
    personal_budget    SEN2 PB; organised_arrangements: OA; direct_payments: DP
    """

    plan: PersonKey = None
    assessment: PersonKey = None
    request: PersonKey = None
    person: PersonKey = None
    line: PersonKey = None
    reference: Code = None
    id_repeated: Flag = None
    start_date: Day = None
    residential: Code = None
    work_based: Code = None
    personal_budget: Flag = None
    organised_arrangements: Flag = None
    direct_payments: Code = None
    cease_date: Day = None
    cease_reason: Code = None
    age_at_start: Whole = None
    age_at_cease: Whole = None
    details: tuple[PlanDetail, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """An assessment. outcome: Y plan, N no plan, A not yet, W withdrawn, H before the period.

    outcome_date   the day the plan was issued, or the decision not to issue was sent
    week20         True where exceptions to the 20 weeks apply
    """

    assessment: PersonKey = None
    request: PersonKey = None
    person: PersonKey = None
    line: PersonKey = None
    reference: Code = None
    id_repeated: Flag = None
    outcome: Code = None
    outcome_date: Day = None
    mediation: Flag = None
    tribunal: Flag = None
    other_mediation: Flag = None
    other_tribunal: Flag = None
    week20: Flag = None
    age_at_outcome: Whole = None
    plans: tuple[NamedPlan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request for an assessment. outcome: Y assess, N not, A not yet, W withdrawn, H before the period.

    received_date  starts the 20 weeks
    source         1 parent or young person, 2 education, 3 health, 4 social care, 5 other (from 2025)
    rya            SEN2 RYA: the child was in relevant youth accommodation (detained)
    """

    request: PersonKey = None
    person: PersonKey = None
    line: PersonKey = None
    reference: Code = None
    id_repeated: Flag = None
    received_date: Day = None
    source: Code = None
    rya: Flag = None
    outcome_date: Day = None
    outcome: Code = None
    mediation: Flag = None
    tribunal: Flag = None
    exported: Code = None
    age_at_received: Whole = None
    age_at_outcome: Whole = None
    assessments: tuple[Assessment, ...] = ()
    active_plans: tuple[ActivePlan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class YoungPerson:
    """A child or young person, without anything that names them.

    reference              the local reference findings show: the person order number, else the table id
    linkage_key            keyed hash of the UPN where its form is right, else of names and birth date; null without
    key_basis              'upn' or 'name': what the linkage key was made of
    name_key               keyed hash of names and birth date; finds a changed UPN. Null where a part is missing
    upn_form               valid, temporary, wrong length, wrong characters, bad check letter, missing
    uln_form               valid, wrong form, bad check digit, missing
    upn_unknown            SEN2 UPNunknown (UN1 ...): why there is no UPN
    birth_month            first day of the month of birth
    school_cohort          the year in which the school year of birth began: 2010 for 1 Sep 2010 to 31 Aug 2011
    birth_mark             16 bits of a keyed hash of person and birth date: differs when the birth date was changed
    birth_in_future        birth date after the reference date
    age_at_reference       age in whole years on the reference date
    sex                    SEN2 sex (until 2023 gender)
    ethnicity_form         known code, other code, missing
    ethnicity_group        white, mixed, asian, black, other; unknown where it is refused or not obtained; null without
    postcode_form          valid, wrong form, missing
    locality               the area of postcode or school by the council's own table; the postcode itself is not kept
    names_given            whether surname and forename are both there
    probable_duplicate_of  key of an earlier person who is probably the same, found before the names were dropped
    duplicate_reason       why: 'same UPN', 'same names and birth date', 'same forename, birth date and postcode'
    """

    person: PersonKey = None
    line: PersonKey = None
    reference: Code = None
    id_repeated: Flag = None
    linkage_key: Code = None
    key_basis: Code = None
    name_key: Code = None
    upn_form: Code = None
    uln_form: Code = None
    upn_unknown: Code = None
    birth_month: Day = None
    school_cohort: Whole = None
    birth_mark: PersonKey = None
    birth_in_future: Flag = None
    age_at_reference: Whole = None
    sex: Code = None
    ethnicity_form: Code = None
    ethnicity_group: Code = None
    postcode_form: Code = None
    locality: Code = None
    names_given: Flag = None
    probable_duplicate_of: PersonKey = None
    duplicate_reason: Code = None
    requests: tuple[Request, ...] = ()


ROW_TYPES: Mapping[str, type] = {
    "persons": YoungPerson,
    "requests": Request,
    "assessments": Assessment,
    "named_plans": NamedPlan,
    "plan_details": PlanDetail,
    "active_plans": ActivePlan,
    "placements": Placement,
    "needs": SenNeed,
}
MODULES = tuple(ROW_TYPES)

# module -> (its own key, its parent's module, the parent's key, the field of the parent that holds it)
FAMILY: Mapping[str, tuple[str, str, str, str]] = {
    "persons": ("person", "", "", ""),
    "requests": ("request", "persons", "person", "requests"),
    "assessments": ("assessment", "requests", "request", "assessments"),
    "named_plans": ("plan", "assessments", "assessment", "plans"),
    "plan_details": ("plan_detail", "named_plans", "plan", "details"),
    "active_plans": ("active", "requests", "request", "active_plans"),
    "placements": ("placement", "active_plans", "active", "placements"),
    "needs": ("need", "active_plans", "active", "needs"),
}


def schema_of(module: str) -> dict[str, pl.DataType]:
    """The columns and dtypes of a module's frame, from its row type."""
    hints = get_type_hints(ROW_TYPES[module], include_extras=True)
    return {name: get_args(hint)[1] for name, hint in hints.items() if hasattr(hint, "__metadata__")}


SCHEMAS: Mapping[str, dict[str, pl.DataType]] = {module: schema_of(module) for module in MODULES}

# One row per cell that is filled but means nothing to us. `shape` is safe to show: digits as 9, letters as a.
UNREADABLE_SCHEMA: dict[str, pl.DataType] = {
    "module": pl.String(),
    "key": pl.UInt32(),
    "line": pl.UInt32(),
    "field": pl.String(),
    "shape": pl.String(),
    "reason": pl.String(),
}


@dataclass(frozen=True)
class ReadingNote:
    """Something handled openly while reading: a spelling variant, an unknown column, a swap put right.

    kind    'spelling', 'unknown column', 'swap', 'layout', 'duplicate id', 'no such module', ...
    count   how many cells, rows or columns it concerned
    """

    kind: str
    module: str
    field: str
    text: str
    count: int


@dataclass(frozen=True)
class ReturnHeader:
    """What the return says of itself. council: the three-digit LA number."""

    reference_date: date
    year: int
    council: str = ""
    collection: str = "SEN2"
    software: str = ""
    release: str = ""
    serial_no: str = ""
    created: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Return:
    """One SEN2 return or monthly extract.

    layout       the year of the layout it was read by: '2024'; form: 'csv', 'xml', 'template', 'workbook' or 'extract'
    files        module -> the file (and sheet) its rows came from
    absent       (module, field) pairs that this layout does not carry at all, so that a measure can say `unavailable`
    unreadable   cells that could not be read (UNREADABLE_SCHEMA)
    notes        what was handled openly, counted
    mark         of the files it was read from: the same bytes have the same mark; '' of one made by hand
    """

    header: ReturnHeader
    layout: str
    form: str
    persons: pl.DataFrame
    requests: pl.DataFrame
    assessments: pl.DataFrame
    named_plans: pl.DataFrame
    plan_details: pl.DataFrame
    active_plans: pl.DataFrame
    placements: pl.DataFrame
    needs: pl.DataFrame
    files: Mapping[str, str] = field(default_factory=dict)
    absent: frozenset[tuple[str, str]] = frozenset()
    unreadable: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=UNREADABLE_SCHEMA))
    notes: tuple[ReadingNote, ...] = ()
    mark: str = ""

    @property
    def reference_date(self) -> date:
        return self.header.reference_date

    @property
    def council(self) -> str:
        return self.header.council

    @property
    def synthetic(self) -> bool:
        """Whether the return says it was invented by `highneeds synthesise`."""
        return self.header.software.upper().startswith("SYNTHETIC")

    @property
    def layout_words(self) -> str:
        """What to call the layout in a sentence: 'the 2024 csv layout'."""
        return f"the {self.layout} {self.form} layout"

    def module(self, name: str) -> pl.DataFrame:
        frame: pl.DataFrame = getattr(self, name)
        return frame

    def carries(self, module: str, field_name: str) -> bool:
        """Whether this return's layout has the field at all."""
        return (module, field_name) not in self.absent

    def place(self, module: str, line: int | None) -> str:
        """'placementdetail.csv line 12': where a row stands, for a finding."""
        return f"{self.files.get(module, module)} line {line}"

    def people(self) -> Iterator[YoungPerson]:
        """Every person with all that hangs from them, nested, in the order of the file. Orphans are left out."""
        nested: dict[str, dict[int, list[Any]]] = {}
        for module in reversed(MODULES):
            nested[module] = self._by_parent(module, nested)
        yield from nested["persons"].get(-1, [])

    def rows(self, module: str) -> Iterator[Any]:
        """The rows of one module, flat, orphans included."""
        kind = ROW_TYPES[module]
        yield from (kind(**row) for row in self.module(module).iter_rows(named=True))

    def _by_parent(self, module: str, below: Mapping[str, Mapping[int, list[Any]]]) -> dict[int, list[Any]]:
        key, _, parent_key, _ = FAMILY[module]
        children = [(child, held) for child, (_, parent, _, held) in FAMILY.items() if parent == module]
        kind, rows = ROW_TYPES[module], dict[int, list[Any]]()
        for row in self.module(module).iter_rows(named=True):
            held = {name: tuple(below[child].get(row[key], ())) for child, name in children}
            parent = row[parent_key] if parent_key else -1
            if parent is not None:
                rows.setdefault(parent, []).append(kind(**row, **held))
        return rows


def from_people(
    people: Iterable[YoungPerson],
    *,
    reference_date: date,
    council: str = "",
    layout: str = "2025",
    absent: frozenset[tuple[str, str]] = frozenset(),
) -> Return:
    """A Return of nested people made by hand. Keys are given anew, in order; all else is taken as it stands."""
    rows: dict[str, list[dict[str, Any]]] = {module: [] for module in MODULES}
    for person in people:
        _flatten("persons", person, {}, rows)
    frames: dict[str, Any] = {
        module: pl.DataFrame(rows[module], schema=SCHEMAS[module], orient="row") for module in MODULES
    }
    header = ReturnHeader(reference_date=reference_date, year=reference_date.year, council=council)
    return Return(header=header, layout=layout, form="csv", absent=absent, **frames)


def _flatten(module: str, row: Any, above: Mapping[str, int], rows: dict[str, list[dict[str, Any]]]) -> None:
    key = FAMILY[module][0]
    keys = {**above, key: len(rows[module])}
    cells = {name: getattr(row, name) for name in SCHEMAS[module]}
    cells.update(keys)
    if cells["line"] is None:
        cells["line"] = keys[key] + 2
    if cells["reference"] is None:
        cells["reference"] = str(keys[key] + 1)
    rows[module].append(cells)
    for child, (_, parent, _, held) in FAMILY.items():
        if parent == module:
            for below in getattr(row, held):
                _flatten(child, below, keys, rows)
