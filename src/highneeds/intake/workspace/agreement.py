"""agreement.yaml: what was promised. Figures are ids of facts, so that none stands twice."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from highneeds.intake.workspace.council import CouncilFile, in_order, one_name
from highneeds.intake.workspace.facts import FACT_FILES, once
from highneeds.intake.yamlfile import Located, read_yaml
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.programme import Programme
from highneeds.vocabulary.source import Source

FILE = "agreement.yaml"
TERM_KEYS = ("local_authority", "programme", "first_year", "last_year")
DEPARTMENT = "Department for Education"
"""Who the other party of an agreement is where the file does not say."""
TERM_FIGURES = (
    "printed_length",
    "department_contribution",
    "council_contribution",
    "target_date",
    "override_ends",
    "override_extended_to",
    "plans_in_force",
)
FURTHER_KEYS = (
    "conditions",
    "documents",
    "opening",
    "monitoring",
    "same_thing",
    "lengths",
    "budget_shares",
    "locked",
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

    @property
    def whole_clauses(self) -> str:
        """The title; of one that is cut off, as far as its last whole clause."""
        return self.title if self.complete else self.title.rpartition(",")[0] or self.title


@dataclass(frozen=True)
class SameThing:
    """Facts that state one and the same thing, to be held against each other."""

    about: str
    facts: tuple[str, ...]
    where: Source


@dataclass(frozen=True)
class DocumentPart:
    """A section of a document, from one line of its text to where the next begins; its page where that is known."""

    first_line: int
    name: str
    page: int | None = None


@dataclass(frozen=True)
class Agreement:
    """What a council has promised; without an agreement, its programme and years, and nothing else.

    figures     role (such as department_contribution) -> id of a fact
    reports     ids of facts that date the published monitoring reports, in their printed order
    documents   id -> title of what the figures come from
    called      id -> what a sentence calls it, such as 'monitoring report'; its title where nobody has said
    parts       id -> its sections in their order, where somebody has listed them
    locked      fingerprint of the agreed figures, as they were when somebody locked them; '' where nobody did
    lengths     ids of facts that say how many years it runs
    budget_shares   ids of facts that give an amount of the same place and period as a share of the whole budget
    """

    local_authority: str
    department: str
    programme: Programme
    first_year: FinancialYear
    last_year: FinancialYear
    opening_year: FinancialYear | None = None
    figures: dict[str, str] = field(default_factory=dict)
    reports: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    same_thing: tuple[SameThing, ...] = ()
    documents: dict[str, str] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    parts: dict[str, tuple[DocumentPart, ...]] = field(default_factory=dict)
    locked: str = ""
    lengths: tuple[str, ...] = ()
    budget_shares: tuple[str, ...] = ()

    def part_of(self, source: Source) -> DocumentPart | None:
        """The section of its document that a figure stands in."""
        before = [one for one in self.parts.get(source.document, ()) if source.line and one.first_line <= source.line]
        return max(before, key=lambda one: one.first_line, default=None)

    def placed(self, source: Source) -> Source:
        """The same source, which knows where a reader would look it up; one in another document stays as it is."""
        if source.document not in self.called or source.line is None:
            return source
        return replace(source, place=", ".join(filter(None, (self.called[source.document], self.place_in(source)))))

    def place_in(self, source: Source) -> str:
        """'programme overview, page 1'; '' where the sections of the document are not listed."""
        part = self.part_of(source)
        return ", ".join(filter(None, (part.name, f"page {part.page}" if part.page else ""))) if part else ""

    @classmethod
    def none(cls, council: CouncilFile) -> "Agreement":
        """That of a council without agreement.yaml: its programme and years as council.toml has them."""
        return cls(council.name, DEPARTMENT, council.programme, council.first_year, council.last_year)

    def of_known(self, facts: Collection[str]) -> "Agreement":
        """What of it rests on these facts, by their ids: a role whose figure is not known yet is nobody's."""
        same = [replace(one, facts=tuple(name for name in one.facts if name in facts)) for one in self.same_thing]
        return replace(
            self,
            figures={role: name for role, name in self.figures.items() if name in facts},
            reports=tuple(name for name in self.reports if name in facts),
            lengths=tuple(name for name in self.lengths if name in facts),
            budget_shares=tuple(name for name in self.budget_shares if name in facts),
            same_thing=tuple(one for one in same if len(one.facts) > 1),
        )

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        return self.first_year.through(self.last_year)

    def condition(self, number: int) -> Condition:
        return next(condition for condition in self.conditions if condition.number == number)


def read_agreement(folder: Place, fact_ids: set[str], council: CouncilFile) -> Agreement:
    """Read agreement.yaml. `fact_ids` are the facts of the workspace; a figure that is none of them has no source.

    Its name and years must be those of `council`, which says them too. No file, no agreement.
    """
    if not (folder / FILE).exists():
        return Agreement.none(council)
    raw = read_yaml(folder / FILE, FILE)
    raw.check_keys(("agreement",), FURTHER_KEYS)
    term = raw.mapping("agreement")
    term.check_keys(TERM_KEYS, ("department", "la_number", *TERM_FIGURES))
    _same_council(term, council)
    opening = raw.mapping("opening") if "opening" in raw else None
    if opening is not None:
        opening.check_keys(("year",), OPENING_FIGURES)
    figures = _figures(term, TERM_FIGURES, fact_ids) | (_figures(opening, OPENING_FIGURES, fact_ids) if opening else {})
    monitoring = raw.mapping("monitoring") if "monitoring" in raw else None
    entries = raw.mappings("conditions")
    conditions = tuple(_condition(entry) for entry in entries)
    once(((one.number, entry.where("number")) for one, entry in zip(conditions, entries, strict=True)), "condition")
    first, last = _years(term, council)
    return Agreement(
        local_authority=term.text("local_authority"),
        department=term.text("department") or DEPARTMENT,
        programme=_programme(term, council),
        first_year=first,
        last_year=last,
        opening_year=FinancialYear.parse(opening.text("year"), opening.where("year")) if opening else None,
        figures=figures,
        reports=_reports(monitoring, fact_ids) if monitoring else (),
        conditions=conditions,
        same_thing=tuple(_same(entry, fact_ids) for entry in raw.mappings("same_thing")),
        documents={entry.text("id"): entry.text("title") for entry in raw.mappings("documents")},
        called={one.text("id"): one.text("called") or one.text("title") for one in raw.mappings("documents")},
        parts={entry.text("id"): _parts(entry) for entry in raw.mappings("documents")},
        locked=raw.text("locked"),
        lengths=_beside(figures.get("printed_length"), _listed(raw, "lengths", fact_ids)),
        budget_shares=_beside(figures.get("overspend_share"), _listed(raw, "budget_shares", fact_ids)),
    )


def _parts(document: Located) -> tuple[DocumentPart, ...]:
    """The sections of a document, as agreement.yaml lists them."""
    document.check_keys(("id", "title"), ("called", "published", "sections"))
    entries = document.mappings("sections")
    for entry in entries:
        entry.check_keys(("from_line", "name"), ("page",))
    return tuple(DocumentPart(_line(one, "from_line"), one.text("name"), _page(one)) for one in entries)


def _page(entry: Located) -> int | None:
    return _line(entry, "page") if "page" in entry else None


def _line(entry: Located, key: str) -> int:
    written = entry.text(key)
    if not written.isdigit():
        raise InputError(f"'{written}' is no number", where=entry.where(key), remedy="Write a whole number, such as 14")
    return int(written)


def _same_council(term: Located, council: CouncilFile) -> None:
    """An agreement of another council would give its figures to this one."""
    if one_name(term.text("local_authority")) not in {one_name(council.name), one_name(council.short_name)}:
        raise InputError(
            f"The agreement is of {term.text('local_authority')} and council.toml is of {council.name}",
            where=term.where("local_authority"),
            remedy="Put this council's own agreement here, or write the same name in both files",
        )
    number = term.text("la_number")
    if number and number != council.la_number:
        raise InputError(
            f"The agreement is of council {number} and council.toml of {council.la_number}",
            where=term.where("la_number"),
            remedy="Put this council's own agreement here, or correct the number",
        )


def _programme(term: Located, council: CouncilFile) -> Programme:
    found = Programme.parse(term.text("programme"))
    if found is None:
        raise InputError(
            f"'{term.text('programme')}' is no programme",
            where=term.where("programme"),
            remedy=f"Write one of {', '.join(Programme)}",
        )
    if council.programme_is_given and council.programme is not found:
        raise InputError(
            f"The programme is {found} here and {council.programme} in council.toml",
            where=term.where("programme"),
            remedy="Write the same programme in both files",
        )
    return found


def _years(term: Located, council: CouncilFile) -> tuple[FinancialYear, FinancialYear]:
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
            lacks=(name,),
            lacks_in=FACT_FILES,
        )
    return name


def _reports(monitoring: Located, fact_ids: set[str]) -> tuple[str, ...]:
    monitoring.check_keys((), ("per_year", "published", "this"))
    return _listed(monitoring, "published", fact_ids)


def _beside(first: str | None, others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((first, *others) if first else others))


def _listed(part: Located, key: str, fact_ids: set[str]) -> tuple[str, ...]:
    return tuple(_known(part, key, name, fact_ids) for name in part.texts(key))


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
