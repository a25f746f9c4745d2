"""Is the data fit to use? The checks and what they found. The filters are in the address."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import Crumb, show
from highneeds.office.site.templating import WORDS

PER_PAGE = 50
FILTERS = ("outcome", "severity", "rule")


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    all_of_it = queries.results().findings
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    rules = [rule for rule in all_of_it.rules if fits(rule, chosen, FILTERS)]
    rows = [row for row in all_of_it.rows if fits(row, chosen, ("severity", "rule"))]
    rows = [row for row in rows if row.rule in {rule.rule for rule in rules}]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "findings.html",
        trail=(Crumb("Data quality"),),
        findings=all_of_it,
        rules=rules,
        page=page,
        chosen=chosen,
        titles={f"indicator:{one.id}": one.short_title for one in queries.results().indicators},
        options=options(all_of_it, chosen),
        pagination=pagination(page, chosen),
    )


OUTCOMES = ("found", "clear", "could_not_check")
SEVERITIES = ("must_fix", "query", "note")


def fits(thing: Any, chosen: dict[str, str], names: tuple[str, ...]) -> bool:
    """True when the rule or finding has what was chosen, wherever something was."""
    return all(chosen[name] in ("", getattr(thing, name)) for name in names)


def options(findings: Any, chosen: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """What each filter offers, with the chosen one marked."""
    offered = {
        "outcome": [(value, WORDS[value]) for value in OUTCOMES],
        "severity": [(value, WORDS[value]) for value in SEVERITIES],
        "rule": [(rule.rule, f"{rule.rule}: {rule.question}") for rule in findings.rules],
    }
    return {
        name: [
            {"value": value, "text": text, "selected": chosen[name] == value} for value, text in [("", "Any"), *pairs]
        ]
        for name, pairs in offered.items()
    }


def pagination(page: Any, chosen: dict[str, str]) -> dict[str, object]:
    """Previous and next, keeping the filters."""
    kept = {name: value for name, value in chosen.items() if value}

    def link(number: int) -> dict[str, str]:
        return {"href": f"{reverse('findings')}?{urlencode({**kept, 'page': number})}"}

    made: dict[str, object] = {"landmarkLabel": "Pages of findings"}
    if page.has_previous():
        made["previous"] = link(page.previous_page_number())
    if page.has_next():
        made["next"] = link(page.next_page_number())
    return made
