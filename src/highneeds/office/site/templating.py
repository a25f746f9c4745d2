"""The Jinja environment of the pages: our templates beside those of GOV.UK Frontend, and the few words they may use."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from highneeds.office.evidence.bridge import AssuranceLevel, Outcome, Severity, Verdict
from highneeds.office.site.links import address
from highneeds.office.site.on_one_line import together

TAG_OF_LEVEL = {
    level.value: "" if level is AssuranceLevel.COMPLETE else f"govuk-tag--{level.colour}" for level in AssuranceLevel
}
"""GOV.UK's plain tag is the blue one."""
TAG_OF_ANSWER = {"Yes": "govuk-tag--green", "No": "govuk-tag--red"}
TAG_OF_DIRECTION = {"better": "govuk-tag--green", "worse": "govuk-tag--orange"}
TAG_OF_SEVERITY: Mapping[str, str] = {Severity.MUST_FIX: "govuk-tag--red", Severity.QUERY: "govuk-tag--orange"}
GREY = "govuk-tag--grey"

WORDS: Mapping[str, str] = {
    Severity.MUST_FIX: "Must be fixed",
    Severity.QUERY: "Query",
    Severity.NOTE: "Note",
    Outcome.FOUND: "Found something",
    Outcome.CLEAR: "Clear",
    Outcome.COULD_NOT_CHECK: "Could not be checked",
    Verdict.HOLDS: "Hold",
    Verdict.FAILS: "Fail",
    Verdict.CANNOT_CHECK: "Cannot be checked",
}


def environment(**options: Any) -> Environment:
    """Autoescape is on (Django's default); a name that a view did not give is empty, as GOV.UK's own macros expect."""
    ours = PackageLoader("highneeds.office.site", "templates")
    theirs = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([ours, theirs])
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(url=link_to, static=static, address=address, words=WORDS.get, tag=tag)
    made.filters.update(size=file_size, together=together, capital=capital, day=day, moment=moment)
    made.filters.update(capitals=capitals, named=named, written_moment=written_moment, many=many, rounded=rounded)
    return made


def link_to(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def tag(kind: str, value: str) -> str:
    """The colour of a tag. It is an extra: the tag always carries its word."""
    colours = {
        "level": TAG_OF_LEVEL,
        "answer": TAG_OF_ANSWER,
        "direction": TAG_OF_DIRECTION,
        "severity": TAG_OF_SEVERITY,
    }
    return colours[kind].get(value, GREY)


def day(when: date) -> str:
    """'4 July 2025', of a day or of a moment as the clock here shows it."""
    local = localtime(when) if isinstance(when, datetime) else when
    return f"{local.day} {local:%B %Y}"


def moment(when: datetime) -> str:
    """'4 July 2025 at 09:05', as the clock here shows it."""
    return f"{day(when)} at {localtime(when):%H:%M}"


def written_moment(when: str) -> str:
    """The moment of an entry of the record, which keeps it in universal time, as the clock here shows it."""
    return moment(datetime.fromisoformat(when))


def file_size(count: int) -> str:
    """'840 bytes', '12 KB', '1.4 MB'."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def many(count: int, one: str, more: str, none: str = "") -> str:
    """'1 check', '3,204 checks'; for nought the words given for it, else '0 checks'."""
    return none if none and not count else f"{count:,} {one if count == 1 else more}"


def rounded(figure: str) -> str:
    """'-291.107' -> '−291', '0.00899999' -> '0.009': whole from a hundred on, one place from ten on, else three."""
    if not figure:
        return ""
    value = float(figure)
    places = 1 if abs(value) >= 10 else 3
    return (f"{value:,.0f}" if abs(value) >= 100 else f"{round(value, places):g}").replace("-", "−")


def capital(text: str) -> str:
    """'no date on record' -> 'No date on record', and nothing else changed."""
    return text[:1].upper() + text[1:]


def capitals(choice: tuple[str, str]) -> tuple[str, str]:
    """A choice of a form with its words as a line of their own: ('special_state', 'State special')."""
    code, words = choice
    return code, capital(words)


def named(one: Any) -> tuple[str, str]:
    """Something with a name and a title as a choice of a form."""
    return one.name, one.title
