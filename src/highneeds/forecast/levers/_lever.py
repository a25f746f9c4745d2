"""What a lever is: from when, how fast, how strong, what it touches and what it rests on."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any, ClassVar, Self, get_type_hints

import numpy as np
from pydantic import ConfigDict, TypeAdapter, ValidationError

from highneeds.forecast.assumptions import Assumption, Assumptions
from highneeds.forecast.state import AGES, NEEDS, SETTINGS, Calendar, Floats, Term
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.source import Source

MOST = 100_000
"""More places or terms than a council can have: a slip of the pen."""


def said(help: str, default: Any = None, required: bool = False) -> Any:
    """A field of a lever with its help; the web form and the manual print it."""
    return field(metadata={"help": help}) if required else field(default=default, metadata={"help": help})


@dataclass(frozen=True, kw_only=True)
class Lever:
    """The part that all levers share. `apply` uses `central`; `at` gives the lever at another strength of its range."""

    low: float = said("Weakest believable strength, in the lever's unit", required=True)
    central: float = said("Strength expected", required=True)
    high: float = said("Greatest believable strength", required=True)
    starts: str = said("First month of effect, as 2025-09", required=True)
    terms_to_full: int = said("Terms from the first effect to the full one; 0 is at once", 0)
    equality_assessment: str = said("Reference of the equality impact assessment it rests on", "")
    consultation: str = said("Reference of the consultation it rests on", "")
    decision: str = said("Reference of the decision it rests on", "")

    kind: ClassVar["LeverKind"]

    def __post_init__(self) -> None:
        if not min(self.low, self.high) <= self.central <= max(self.low, self.high):
            raise InputError(
                f"Lever {self.kind.name}: central {self.central} is outside low {self.low} to high {self.high}",
                remedy="Give a central value between low and high",
            )
        least, most = self.kind.bounds
        if not all(least <= size <= most for size in (self.low, self.central, self.high)):
            raise InputError(
                f"Lever {self.kind.name}: its strength must lie between {least:g} and {most:g} ({self.kind.unit})",
                remedy="Give low, central and high inside that range",
            )
        Month.parse(self.starts)
        self._check_people()
        for text in (*getattr(self, "settings", ()), *filter(None, [getattr(self, "to", "")])):
            if text not in SETTINGS:
                raise InputError(
                    f"Lever {self.kind.name}: '{text}' is not a setting", remedy=f"Use one of {', '.join(SETTINGS)}"
                )

    def _check_people(self) -> None:
        """Ages, needs, places and terms that can be."""
        first, last = getattr(self, "first_age", 0), getattr(self, "last_age", AGES - 1)
        if not 0 <= first <= last < AGES:
            raise InputError(
                f"Lever {self.kind.name}: ages {first} to {last} are none",
                remedy=f"Give ages from 0 to {AGES - 1}, the youngest first",
            )
        for need in getattr(self, "needs", ()):
            if need not in NEEDS:
                raise InputError(
                    f"Lever {self.kind.name}: '{need}' is not a need", remedy=f"Use one of {', '.join(NEEDS)}"
                )
        counts = {"terms_to_full": (self.terms_to_full,)} | {
            name: value if isinstance(value, tuple) else (value,)
            for name in ("places", "funded", "others")
            if (value := getattr(self, name, None)) is not None
        }
        for name, sizes in counts.items():
            if any(not 0 <= size <= MOST for size in sizes if isinstance(size, int)):
                raise InputError(
                    f"Lever {self.kind.name}: {name} must lie between 0 and {MOST:,}", remedy="Correct the number"
                )

    def apply(self, assumptions: Assumptions) -> Assumptions:
        """The assumptions as this lever changes them, with its row in the register."""
        changed = self.change(assumptions)
        return replace(changed, rows=(*changed.rows, self.row()), changed=(*changed.changed, self.kind.name))

    def change(self, assumptions: Assumptions) -> Assumptions:
        raise NotImplementedError

    def touches(self) -> frozenset[str]:
        """Flows it changes: two levers that share one overlap."""
        return frozenset(self.kind.flows)

    def at(self, quantile: float) -> Self:
        """The lever at one strength of its range, read as a triangle from low over central to high."""
        size = triangle(self.low, self.central, self.high, quantile)
        return replace(self, low=size, central=size, high=size)

    @property
    def uncertain(self) -> bool:
        return self.low != self.high

    @property
    def confident(self) -> bool:
        """Only with equality assessment, consultation and decision may a lever be called confident."""
        return bool(self.equality_assessment and self.consultation and self.decision)

    @property
    def lacks(self) -> tuple[str, ...]:
        names = ("equality_assessment", "consultation", "decision")
        return tuple(name.replace("_", " ") for name in names if not getattr(self, name))

    def first_term(self) -> Term:
        return Term.of(Month.parse(self.starts).first_day)

    def first_financial_year(self) -> int:
        """The first calendar year of the first financial year that begins in or after its start."""
        month = Month.parse(self.starts)
        return month.year if month.number <= 4 else month.year + 1

    def ramp(self, calendar: Calendar) -> Floats:
        """(terms) part of the full effect: 0 before it starts, 1 when it is full."""
        since = np.array([term.since(self.first_term()) for term in calendar.terms])
        found: Floats = np.clip((since + 1) / (self.terms_to_full + 1), 0.0, 1.0)
        return found

    def row(self) -> Assumption:
        low, high = sorted((self.low, self.high))
        source = "; ".join(filter(None, (self.equality_assessment, self.consultation, self.decision)))
        words = self.kind.title + (" (an assumption about demand, not a target)" if self.kind.caps_demand else "")
        return Assumption(
            f"lever:{self.kind.name}",
            words,
            self.central,
            low,
            high,
            self.kind.unit,
            source or f"the scenario; without {', '.join(self.lacks)} it is not confident",
            self.starts,
            f"duty: {self.kind.duty}; affects {self.kind.affects}",
        )


def triangle(low: float, central: float, high: float, quantile: float) -> float:
    """The value at that quantile of a triangular distribution; low may be above high when the effect is a fall."""
    if low == high:
        return central
    turn = (central - low) / (high - low)
    width = high - low
    if quantile <= turn:
        return float(low + np.sign(width) * np.sqrt(quantile * width * (central - low)))
    return float(high - np.sign(width) * np.sqrt((1.0 - quantile) * width * (high - central)))


@dataclass(frozen=True)
class LeverKind:
    """What a person reads about a lever, and the class that does it.

    unit         of low, central and high; bounds: what is possible at all
    duty         the statutory duty it touches; affects: whom
    flows        what it changes, for the overlap of two levers
    caps_demand  True where it presumes fewer plans, requests or assessments: an assumption about demand, not a target
    example      fields of a worked example, as they stand in a scenario file
    """

    name: str
    title: str
    unit: str
    bounds: tuple[float, float]
    duty: str
    affects: str
    flows: tuple[str, ...]
    lever: type[Lever]
    example: dict[str, Any]
    caps_demand: bool = False

    def __post_init__(self) -> None:
        self.lever.kind = self

    def help(self) -> dict[str, str]:
        """Every field with its help, in order."""
        return {one.name: one.metadata["help"] for one in fields(self.lever)}

    def make(
        self, values: Mapping[str, Any], where: str | Source = "", line_of: Callable[[str], str | Source] | None = None
    ) -> Lever:
        """A lever from the fields of a scenario file. A missing, unknown or wrongly written field is refused.

        line_of   the place of a field, for the sentence that refuses it; `where` is the lever's own
        """
        place = line_of or (lambda name: where)
        known = self.help()
        required = {"low", "central", "high", "starts"} | {
            one.name
            for one in fields(self.lever)
            if one.metadata.get("required") or (one.default is MISSING and one.default_factory is MISSING)
        }
        wrong, missing = sorted(set(values) - set(known)), sorted(required - set(values))
        if wrong or missing:
            what = f"has no field {wrong[0]}" if wrong else f"lacks the field {missing[0]}"
            raise InputError(
                f"Lever {self.name} {what}",
                where=place(wrong[0]) if wrong else where,
                remedy=f"Its fields are {', '.join(known)}",
                lacks=() if wrong else tuple(missing),
            )
        read = {name: self._field(name, value, place(name)) for name, value in values.items()}
        try:
            return self.lever(**read)
        except InputError as problem:
            raise InputError(problem.what, where=where, remedy=problem.remedy) from None

    def _field(self, name: str, value: Any, where: str | Source) -> Any:
        """The value of a field by its type; what is of another is refused."""
        plain = tuple(value) if isinstance(value, list) else value
        try:
            return TypeAdapter(get_type_hints(self.lever)[name], config=AS_WRITTEN).validate_python(plain)
        except ValidationError:
            form = FORMS.get(get_type_hints(self.lever)[name], "a number")
            raise InputError(
                f"Lever {self.name}: {name} cannot be read", where=where, remedy=f"Write {form}: {known_as(self, name)}"
            ) from None

    def asked(self) -> tuple["LeverField", ...]:
        """Every field as a form asks for it, in order."""
        types = get_type_hints(self.lever)
        return tuple(
            LeverField(
                one.name,
                one.metadata["help"],
                "month" if one.name == "starts" else KINDS_OF_FIELD[types[one.name]],
                one.default is None or one.default is MISSING,
                "" if one.default in (None, MISSING) else one.default,
                AMONG.get(one.name, ()),
            )
            for one in fields(self.lever)
        )


@dataclass(frozen=True)
class LeverField:
    """kind: one of KINDS_OF_FIELD, or month; default: '' where there is none; choices: what may stand in it, if few."""

    name: str
    help: str
    kind: str
    required: bool
    default: Any
    choices: tuple[str, ...]


KINDS_OF_FIELD: dict[Any, str] = {
    float: "number",
    int: "whole number",
    str: "text",
    tuple[int, ...]: "whole numbers",
    tuple[str, ...]: "texts",
}
AMONG = {
    "settings": SETTINGS,
    "to": SETTINGS,
    "setting": SETTINGS,
    "instead_of": SETTINGS,
    "needs": NEEDS,
}
"""What is chosen from a list, by the name of the field, which every lever spells the same."""

AS_WRITTEN = ConfigDict(strict=True, allow_inf_nan=False)
FORMS: dict[Any, str] = {
    float: "a number such as 0.25",
    int: "a whole number",
    str: "a text",
    tuple[int, ...]: "a list of whole numbers such as [60, 120]",
    tuple[str, ...]: "a list of texts such as [special_independent]",
}


def known_as(kind: LeverKind, name: str) -> str:
    """What a field is, as a sentence goes on with it: 'places in each year after opening'."""
    help = kind.help()[name]
    return help[:1].lower() + help[1:]


def ages_between(first: int, last: int) -> np.ndarray:
    """(ages) True from first to last, both included."""
    ages = np.arange(AGES)
    return (ages >= first) & (ages <= last)


def needs_in(names: tuple[str, ...]) -> np.ndarray:
    """(needs) True for these needs, for all when none is named."""
    return np.array([not names or need in names for need in NEEDS])


def redirected(shares: Floats, sources: list[int], to: int, part: Floats) -> Floats:
    """`part` of the share that goes to each source goes to another column instead; rows keep their sum.

    shares  (..., provisions); part  broadcasts over all axes but the last
    """
    found = shares.copy()
    for source in sources:
        if source != to:
            moving = shares[..., source] * part
            found[..., source] -= moving
            found[..., to] += moving
    return found
