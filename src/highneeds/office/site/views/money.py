"""The account: a sum to be read from top to bottom, and why it differs from what was promised."""

from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import Account
from highneeds.office.site.page import Crumb, show


@require_safe
def money(request):
    account = queries.results().account
    return show(
        request,
        "money.html",
        place="money",
        trail=(Crumb("Money"),),
        account=account,
        reasons=numbered_reasons(account),
        charts=queries.charts(account.charts),
    )


def numbered_reasons(account: Account) -> dict[str, int]:
    """Each reason once, numbered in the order of reading; those that stand in the table itself are left out."""
    rows = (row for line in account.lines for row in line.rows if not row.all_one_gap)
    reasons = dict.fromkeys(cell.reason for row in rows for cell in row.cells if cell.reason not in ("", cell.text))
    return {reason: number for number, reason in enumerate(reasons, 1)}
