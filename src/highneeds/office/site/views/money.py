"""The account: a sum to be read from top to bottom, and why it differs from what was promised."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import Account, MoneyPage
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show


@named_page("Money", "The account as a sum, promised, latest and achieved")
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    account = queries.results().account
    return show(
        request,
        "money.html",
        place="money",
        trail=(Crumb("Money"),),
        account=account,
        reasons=numbered_reasons(account),
        charts=queries.charts(account.charts),
        groups=grouped(account),
    )


def grouped(account: Account) -> dict[str, list[MoneyPage]]:
    """Heading -> the pages under it, both in their order."""
    found: dict[str, list[MoneyPage]] = {}
    for page in account.pages:
        found.setdefault(page.group, []).append(page)
    return found


def numbered_reasons(account: Account) -> dict[str, int]:
    """Each reason once, numbered in the order of reading; those that stand in the table itself are left out."""
    rows = (row for line in account.lines for row in line.rows if not row.all_one_gap)
    reasons = dict.fromkeys(cell.reason for row in rows for cell in row.cells if cell.reason not in ("", cell.text))
    return {reason: number for number, reason in enumerate(reasons, 1)}
