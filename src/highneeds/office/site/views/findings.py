"""Is the data fit to use? The checks by how they ended, and what each found. What is chosen is in the address."""

from collections import Counter
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import Outcome, SeverityCode
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show
from highneeds.office.site.paged import paged, pagination
from highneeds.office.site.templating import WORDS

PER_PAGE = 25  # findings or checks; on a telephone about ten screens
FILTERS = ("outcome", "severity", "rule")
OUTCOMES = (Outcome.FOUND, Outcome.COULD_NOT_CHECK, Outcome.CLEAR)
SEVERITIES = get_args(SeverityCode)
TITLE = "Data quality"


@named_page("Data quality", "The checks and what they found")
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """The checks, those that found something first; with ?rule= what one of them found."""
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    return _one_check(request, chosen) if chosen["rule"] else _checks(request, chosen)


def _checks(request: HttpRequest, chosen: dict[str, str]) -> HttpResponse:
    found = queries.results().findings
    severities = _severities(found)
    outcome = chosen["outcome"] if chosen["outcome"] in OUTCOMES else OUTCOMES[0]
    ended = [rule for rule in found.rules if rule.outcome == outcome]
    wanted = chosen["severity"] if outcome == "found" else ""
    fitting = [rule for rule in ended if not wanted or severities.get(rule.rule, Counter())[wanted]]
    page = paged(request, sorted(fitting, key=lambda rule: _worst_first(severities, rule)), PER_PAGE)
    return show(
        request,
        "findings.html",
        trail=(Crumb(TITLE),),
        findings=found,
        outcome=outcome,
        severity=wanted,
        page=page,
        severities=severities,
        outcomes=_choices("outcome", OUTCOMES, outcome, Counter(rule.outcome for rule in found.rules)),
        narrower=_choices("severity", SEVERITIES, wanted, _of_severity(severities)) if outcome == "found" else [],
        pagination=pagination(page, reverse("findings"), chosen, "Pages of checks"),
    )


def _severities(found: Any) -> dict[str, Counter[str]]:
    """Rule -> how many findings it has of each severity."""
    counted: dict[str, Counter[str]] = {}
    for row in found.rows:
        counted.setdefault(row.rule, Counter())[row.severity] += 1
    return counted


def _of_severity(severities: dict[str, Counter[str]]) -> Counter[str]:
    """Severity -> how many checks have a finding of it."""
    return Counter(severity for counts in severities.values() for severity in counts)


def _worst_first(severities: dict[str, Counter[str]], rule: Any) -> tuple[int, int]:
    """What must be fixed first, then by how much was found; checks without findings stay in their order."""
    counts = severities.get(rule.rule, Counter())
    worst = min((SEVERITIES.index(severity) for severity in counts), default=len(SEVERITIES))
    return worst, -rule.found


def _choices(name: str, values: tuple[str, ...], chosen: str, counts: Counter[str]) -> list[dict[str, object]]:
    """Links that narrow the list, with how many checks each leaves; the first of the outcomes is shown unasked."""
    address = reverse("findings")
    return [
        {
            "text": WORDS[value],
            "count": counts[value],
            "url": f"{address}?{urlencode({name: value})}",
            "current": value == chosen,
        }
        for value in values
        if counts[value]
    ]


def _one_check(request: HttpRequest, chosen: dict[str, str]) -> HttpResponse:
    """A check: its question, how it ended, and each of its findings."""
    found = queries.results().findings
    rule = next((rule for rule in found.rules if rule.rule == chosen["rule"]), None)
    page = paged(request, [row for row in found.rows if rule and row.rule == rule.rule], PER_PAGE)
    return show(
        request,
        "finding.html",
        trail=(Crumb(TITLE, reverse("findings")), Crumb(rule.rule if rule else "No such check")),
        rule=rule,
        page=page,
        titles={f"indicator:{one.id}": one.short_title for one in queries.results().indicators},
        pagination=pagination(page, reverse("findings"), {"rule": chosen["rule"]}, "Pages of findings"),
    )
