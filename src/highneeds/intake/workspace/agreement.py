"""agreement.yaml: what was promised. Figures are ids of facts, so that none stands twice."""

from dataclasses import dataclass
from pathlib import Path

from highneeds.intake.workspace.council import Council, in_order
from highneeds.intake.workspace.facts import once
from highneeds.intake.yamlfile import Located, read_yaml
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

FILE = "agreement.yaml"
TERM_KEYS = ("local_authority", "department", "programme", "first_year", "last_year")
TERM_FIGURES = (
    "printed_length",
    "department_contribution",
    "council_contribution",
    "target_date",
    "override_ends",
    "override_extended_to",
    "plans_in_force",
)
OPENING_FIGURES = ("overspend", "overspend_share", "accumulated")


@dataclass(frozen=True)
class Condition:
    """One condition of the agreement. `complete` is False where its title is cut off in the source."""

    number: int
    short_title: str
    title: str
    source: Source
    complete: bool
    note: str


@dataclass(frozen=True)
class SameThing:
    """Facts that state one and the same thing, to be held against each other."""

    about: str
    facts: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Agreement:
    """figures     role (such as department_contribution) -> id of a fact
    reports     ids of facts that date the published monitoring reports, in their printed order
    locked      fingerprint of the agreed figures, as they were when somebody locked them; '' where nobody did
    """

    local_authority: str
    department: str
    programme: str
    first_year: FinancialYear
    last_year: FinancialYear
    opening_year: FinancialYear | None
    figures: dict[str, str]
    reports: tuple[str, ...]
    conditions: tuple[Condition, ...]
    same_thing: tuple[SameThing, ...]
    documents: dict[str, str]
    locked: str = ""

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        return self.first_year.through(self.last_year)

    def condition(self, number: int) -> Condition:
        return next(condition for condition in self.conditions if condition.number == number)


def read_agreement(folder: Path, fact_ids: set[str], council: Council) -> Agreement:
    """Read agreement.yaml. `fact_ids` are the facts of the workspace; a figure that is none of them has no source.

    Its years must be those of `council`, which says them too.
    """
    raw = read_yaml(folder / FILE, FILE)
    raw.check_keys(("agreement", "conditions"), ("documents", "opening", "monitoring", "same_thing", "locked"))
    term = raw.mapping("agreement")
    term.check_keys(TERM_KEYS, TERM_FIGURES)
    opening = raw.mapping("opening") if "opening" in raw else None
    if opening is not None:
        opening.check_keys(("year",), OPENING_FIGURES)
    figures = _figures(term, TERM_FIGURES, fact_ids) | (_figures(opening, OPENING_FIGURES, fact_ids) if opening else {})
    monitoring = raw.mapping("monitoring") if "monitoring" in raw else None
    entries = raw.mappings("conditions")
    if not entries:
        raise InputError(
            "The agreement has no condition", where=raw.where("conditions"), remedy="Write number and title"
        )
    conditions = tuple(_condition(entry) for entry in entries)
    once(((one.number, entry.where("number")) for one, entry in zip(conditions, entries, strict=True)), "condition")
    first, last = _years(term, council)
    return Agreement(
        local_authority=term.text("local_authority"),
        department=term.text("department"),
        programme=term.text("programme"),
        first_year=first,
        last_year=last,
        opening_year=FinancialYear.parse(opening.text("year"), opening.where("year")) if opening else None,
        figures=figures,
        reports=_reports(monitoring, fact_ids) if monitoring else (),
        conditions=conditions,
        same_thing=tuple(_same(entry, fact_ids) for entry in raw.mappings("same_thing")),
        documents={entry.text("id"): entry.text("title") for entry in raw.mappings("documents")},
        locked=raw.text("locked"),
    )


def _years(term: Located, council: Council) -> tuple[FinancialYear, FinancialYear]:
    first, last = (FinancialYear.parse(term.text(key), term.where(key)) for key in ("first_year", "last_year"))
    in_order(first, last, term.where("last_year"))
    for key, here, there in (("first_year", first, council.first_year), ("last_year", last, council.last_year)):
        if here != there:
            raise InputError(
                f"The {key.replace('_', ' ')} of the agreement is {here} here and {there} in council.toml",
                where=term.where(key),
                remedy="Write the same year in both files",
            )
    return first, last


def _figures(part: Located, roles: tuple[str, ...], fact_ids: set[str]) -> dict[str, str]:
    return {role: _known(part, role, part.text(role), fact_ids) for role in roles if part.get(role)}


def _known(part: Located, key: str, name: str, fact_ids: set[str]) -> str:
    if name not in fact_ids:
        raise InputError(
            f"'{name}' has no source: it is no fact of this workspace",
            where=part.where(key),
            remedy="Add it to facts.csv with its document and line, and name its id here",
        )
    return name


def _reports(monitoring: Located, fact_ids: set[str]) -> tuple[str, ...]:
    monitoring.check_keys((), ("per_year", "published", "this"))
    return tuple(_known(monitoring, "published", name, fact_ids) for name in monitoring.texts("published"))


def _condition(entry: Located) -> Condition:
    entry.check_keys(("number", "short_title", "title", "source"), ("source_line", "complete", "note"))
    line = entry.whole("source_line") if "source_line" in entry else None
    return Condition(
        entry.whole("number"),
        entry.text("short_title"),
        entry.text("title"),
        Source(entry.text("source"), line),
        entry.yes_or_no("complete", True),
        entry.text("note"),
    )


def _same(entry: Located, fact_ids: set[str]) -> SameThing:
    entry.check_keys(("about", "facts"))
    facts = tuple(_known(entry, "facts", name, fact_ids) for name in entry.texts("facts"))
    return SameThing(entry.text("about"), facts, entry.where("about"))
