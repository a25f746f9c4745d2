"""What the account has to ask of the forecast: from which balance, against which promises."""

from highneeds.account.layers import Layers
from highneeds.account.pennies import decimal_pounds
from highneeds.account.published_account import BEFORE, CLOSING
from highneeds.account.stated import Stated, of_fact
from highneeds.forecast.brief import Asked, Balance
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.workspace import Workspace

CONTRIBUTIONS = ("dfe_payment_gbp", "council_contribution_gbp")
PROMISED = ("department_contribution", "council_contribution")


def forecast_question(workspace: Workspace, layers: Layers, draws: int, seed: int) -> Asked:
    """The question for one workspace. Only figures with a source go in; what nobody published is left out."""
    end = workspace.agreement.last_year
    opening = newest_balance(layers)
    return Asked(
        la_number=workspace.council.la_number,
        end=str(end),
        draws=draws,
        seed=seed,
        opening=opening,
        promised_gbp=sum(_gbp(of_fact(fact)) for role in PROMISED if (fact := workspace.figure(role))),
        paid_gbp=_due_by(layers, opening),
        targets=_agreed(layers, BEFORE),
        closing_targets=_agreed(layers, CLOSING),
        published=tuple(
            Balance(str(year), _gbp(found), found.evidence)
            for year in layers.years
            if (found := layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST))
        ),
    )


def newest_balance(layers: Layers) -> Balance | None:
    """The newest accumulated deficit that came true."""
    achieved = [(year, found) for year in layers.years if (found := layers.one(year, CLOSING, Layer.ACHIEVED))]
    if not achieved:
        return None
    year, found = achieved[-1]
    return Balance(str(year), _gbp(found), found.evidence)


def _due_by(layers: Layers, opening: Balance | None) -> float:
    """Contributions published for the years up to the opening balance; the rest of the promise may still come."""
    if opening is None:
        return 0.0
    years = [year for year in layers.years if str(year) <= opening.year]
    found = [layers.one(year, name, Layer.ACHIEVED, Layer.AGREED) for year in years for name in CONTRIBUTIONS]
    return sum(_gbp(one) for one in found if one)


def _agreed(layers: Layers, measure: str) -> tuple[tuple[str, float], ...]:
    return tuple(
        (str(year), _gbp(found)) for year in layers.years if (found := layers.one(year, measure, Layer.AGREED))
    )


def _gbp(found: Stated) -> float:
    return float(decimal_pounds(found.pence))
