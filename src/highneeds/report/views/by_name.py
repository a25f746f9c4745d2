"""The tables of a workspace's account that can be asked for by name."""

from functools import cache

from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.report.views import account as account_views
from highneeds.report.views.view import AccountView, Group
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.registry import definitions_in
from highneeds.vocabulary.table import Table


@cache
def views() -> tuple[AccountView, ...]:
    """Every view, in the order of the headings; those without a title, for programs alone, at the end."""
    order = list(Group)
    found = definitions_in(account_views, AccountView)
    return tuple(sorted(found, key=lambda one: (not one.title, order.index(one.group), one.place, one.name)))


def view(account: WorkspaceAccount, name: str) -> Table:
    """The table of that name; one that does not exist is refused with those that do."""
    found = {one.name: one for one in views()}
    if name not in found:
        raise InputError(f"There is no view '{name}'", where="--view", remedy=f"Use one of {', '.join(found)}")
    return found[name].table(account)
