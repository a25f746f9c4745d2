"""Where a `to` of the results leads: the one place that knows both its forms and the addresses of the pages."""

from urllib.parse import urlencode

from django.urls import reverse

PAGES = {"money", "forecast", "dashboard", "findings", "conditions", "changes", "risks", "registers", "comparisons"}
PAGES |= {"claims", "caseload", "differences", "report"}


def address(to: str) -> str:
    """'indicator:no_place_count' -> '/indicators/no_place_count/'. '' for nothing to link to."""
    kind, _, name = to.partition(":")
    if not kind:
        return ""
    if kind in PAGES:
        return reverse(kind)
    if kind in ("indicator", "chart", "condition", "register", "comparison"):
        return reverse(kind, args=[name])
    if kind == "rule":
        return f"{reverse('findings')}?{urlencode({'rule': name})}"
    page = {"source": "sources", "risk": "risks"}[kind]
    return f"{reverse(page)}#{kind}-{name}"
