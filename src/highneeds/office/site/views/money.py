"""The account: a sum to be read from top to bottom, and why it differs from what was promised."""

from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
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
        charts=queries.charts(account.charts),
    )
