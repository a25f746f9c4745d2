"""finance/published.yaml: which published fact plays which part in the account. It holds ids of facts, no figures."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from highneeds.intake.workspace.facts import FACT_FILES
from highneeds.intake.workspace.known_on import COLUMN, Days, entry_known_on
from highneeds.intake.yamlfile import Located, read_yaml
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

FILE = "finance/published.yaml"


@dataclass(frozen=True)
class SharePart:
    """A sum that is said to be a percentage of a base in a year."""

    about: str
    base: str
    year: str
    sum: str
    percent: str


@dataclass(frozen=True)
class DriverPart:
    """A named cause of the variance.

    effect    id of the fact that states what it cost, or ''
    uplift    id of the fact that states by how much prices rose above plan, or ''
    reason    why there is no figure
    source    where the cause is named
    """

    name: str
    kind: str
    effect: str
    uplift: str
    reason: str
    source: str


@dataclass(frozen=True)
class DelayPart:
    """What is published of the cost of late schools."""

    this_year: str
    total: str
    other_total: str
    first: FinancialYear
    last: FinancialYear


@dataclass(frozen=True)
class ReturnPart:
    """The deficit as one return states it; `figure` is a fact, or '' where nothing is published."""

    name: str
    figure: str
    explained: bool


@dataclass(frozen=True)
class GrantPart:
    """The high needs stability grant: share, returns, state of the local plan, overspend outside high needs."""

    share: str
    year: FinancialYear
    approval: str
    ineligible: str
    returns: tuple[ReturnPart, ...]


@dataclass(frozen=True)
class PublishedParts:
    """Everything the file says; what it leaves out is empty."""

    promised: tuple[tuple[str, str], ...] = ()
    shares: tuple[SharePart, ...] = ()
    drivers: tuple[DriverPart, ...] = ()
    delay: DelayPart | None = None
    grant: GrantPart | None = None
    savings_needed: str = ""
    over_forecast: tuple[tuple[str, str], ...] = ()
    where: str = FILE

    def of_known(self, facts: Collection[str]) -> "PublishedParts":
        """The parts whose figures are known: the others are left out, as if nobody had published them."""

        def known(name: str) -> str:
            return name if name in facts else ""

        grant = self.grant if self.grant and known(self.grant.share) else None
        delay = self.delay if self.delay and known(self.delay.this_year) and known(self.delay.total) else None
        return replace(
            self,
            promised=tuple((payer, figure) for payer, figure in self.promised if known(figure)),
            shares=tuple(one for one in self.shares if known(one.sum) and known(one.percent)),
            drivers=tuple(replace(one, effect=known(one.effect), uplift=known(one.uplift)) for one in self.drivers),
            delay=delay and replace(delay, other_total=known(delay.other_total)),
            grant=grant
            and replace(
                grant,
                ineligible=known(grant.ineligible),
                returns=tuple(replace(one, figure=known(one.figure)) for one in grant.returns),
            ),
            savings_needed=known(self.savings_needed),
            over_forecast=tuple((about, percent) for about, percent in self.over_forecast if known(percent)),
        )


def read_published_parts(
    path: Place, fact_ids: Collection[str], days: Days | None = None, day: date | None = None
) -> PublishedParts:
    """Read the file. An id that is no fact of the workspace is refused with its line.

    days   when each document of the agreement was published
    day    entries that became known later are left out; every entry counts where it is not given
    """
    raw = read_yaml(path, FILE)
    _parts(raw, fact_ids)
    return _parts(_known_of(raw, days or {}, day or date.max), fact_ids)


def _known_of(entry: Located, days: Days, day: date) -> Located:
    """The same keys without the entries, at any depth, that became known after the day."""
    found = Located(entry)
    found.file, found.line, found.lines = entry.file, entry.line, entry.lines
    for key, value in entry.items():
        if isinstance(value, list):
            found[key] = [_known_of(one, days, day) for one in value if _is_known(one, days, day)]
        elif isinstance(value, Located) and not _is_known(value, days, day):
            del found[key]
        elif isinstance(value, Located):
            found[key] = _known_of(value, days, day)
    return found


def _is_known(entry: Located, days: Days, day: date) -> bool:
    known_on = entry_known_on(entry, days)
    return known_on is None or known_on <= day


def _parts(raw: Located, fact_ids: Collection[str]) -> PublishedParts:
    raw.check_keys((), ("promised", "shares", "drivers", "delay", "stability_grant", "savings_needed", "over_forecast"))
    return PublishedParts(
        tuple(_named(entry, "payer", "figure", fact_ids) for entry in raw.mappings("promised")),
        tuple(_share(entry, fact_ids) for entry in raw.mappings("shares")),
        tuple(_driver(entry, fact_ids) for entry in raw.mappings("drivers")),
        _delay(raw.mapping("delay"), fact_ids) if "delay" in raw else None,
        _grant(raw.mapping("stability_grant"), fact_ids) if "stability_grant" in raw else None,
        _fact(raw, "savings_needed", fact_ids),
        tuple(_named(one, "about", "percent", fact_ids) for one in raw.mappings("over_forecast")),
    )


def _fact(entry: Located, key: str, fact_ids: Collection[str]) -> str:
    """The id of a fact, or '' where the key is left out."""
    name = entry.text(key)
    if name and name not in fact_ids:
        raise InputError(
            f"'{name}' has no source: it is no fact of this workspace",
            where=entry.where(key),
            remedy="Add it to facts.csv with its document and line, or correct the id",
            lacks=(name,),
            lacks_in=FACT_FILES,
        )
    return name


def _named(entry: Located, of: str, figure: str, fact_ids: Collection[str]) -> tuple[str, str]:
    entry.check_keys((of, figure), (COLUMN,))
    return entry.text(of), _fact(entry, figure, fact_ids)


def _share(entry: Located, fact_ids: Collection[str]) -> SharePart:
    entry.check_keys(("about", "base", "sum", "percent"), ("year", COLUMN))
    sum_, percent = _fact(entry, "sum", fact_ids), _fact(entry, "percent", fact_ids)
    return SharePart(entry.text("about"), entry.text("base"), entry.text("year"), sum_, percent)


def _driver(entry: Located, fact_ids: Collection[str]) -> DriverPart:
    entry.check_keys(("name", "kind", "source"), ("effect", "uplift", "reason", COLUMN))
    effect, uplift = _fact(entry, "effect", fact_ids), _fact(entry, "uplift", fact_ids)
    name, kind = entry.text("name"), entry.text("kind")
    return DriverPart(name, kind, effect, uplift, entry.text("reason"), entry.text("source"))


def _delay(entry: Located, fact_ids: Collection[str]) -> DelayPart:
    entry.check_keys(("this_year", "total", "first_year", "last_year"), ("other_total", COLUMN))
    return DelayPart(
        _fact(entry, "this_year", fact_ids),
        _fact(entry, "total", fact_ids),
        _fact(entry, "other_total", fact_ids),
        _year(entry, "first_year"),
        _year(entry, "last_year"),
    )


def _grant(entry: Located, fact_ids: Collection[str]) -> GrantPart:
    entry.check_keys(("share", "year", "approval", "returns"), ("ineligible", COLUMN))
    returns = []
    for one in entry.mappings("returns"):
        one.check_keys(("name",), ("figure", "explained", COLUMN))
        returns.append(ReturnPart(one.text("name"), _fact(one, "figure", fact_ids), bool(one.get("explained", False))))
    share, ineligible = (_fact(entry, key, fact_ids) for key in ("share", "ineligible"))
    return GrantPart(share, _year(entry, "year"), entry.text("approval"), ineligible, tuple(returns))


def _year(entry: Located, key: str) -> FinancialYear:
    return FinancialYear.parse(entry.text(key), entry.where(key))
