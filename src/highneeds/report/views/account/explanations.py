"""What the council says of its variances, and whether that is adequate."""

from decimal import Decimal

from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.account.pennies import decimal_pounds
from highneeds.intake.ledger.explanations import FILE
from highneeds.report.views.view import Group, absent, account_view
from highneeds.report.words.explanations import why
from highneeds.vocabulary.table import Table

COLUMNS = ("financial_year", "line", "variance_gbp", "explanation", "adequate", "explained_gbp", "why", "source")


@account_view(
    "explanations",
    "Explanations of variances",
    "What we say of each variance, and whether it is adequate.",
    Group.CAUSES,
    6,
)
def explanations(account: WorkspaceAccount) -> Table:
    """Each with whether named causes cover four fifths of it."""
    if not account.explanations:
        return absent(FILE, "is absent or has no rows", "explanations")
    rows = [
        (
            str(one.year),
            one.line,
            decimal_pounds(one.variance),
            one.explanation,
            judged.adequacy.value,
            sum((gbp for _, gbp in judged.causes), Decimal(0)),
            why(judged),
            one.where,
        )
        for one, judged in account.judged_explanations
    ]
    return Table.of(COLUMNS, rows, "Explanations of variances")
