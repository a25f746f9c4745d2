"""What the measures of a condition do, beside the level that its owner gives: one word, by a rule anyone can check."""

from enum import StrEnum

from highneeds.assurance.levels import Suggestion


class MeasuresState(StrEnum):
    """Worst first."""

    WORSENING = "worsening"
    MIXED = "mixed"
    IMPROVING = "improving"
    TOO_LITTLE = "too little data"


def measures_state(found: Suggestion) -> MeasuresState:
    """Improving: some better and none worse. Worsening: some worse and none better. Mixed: both, or no clear change.

    A measure that went the wrong way three months in a row counts as worse.
    """
    worse, better = len(found.worse) + len(found.turning), len(found.better)
    if not worse + better + len(found.unchanged):
        return MeasuresState.TOO_LITTLE
    if better and not worse:
        return MeasuresState.IMPROVING
    if worse and not better:
        return MeasuresState.WORSENING
    return MeasuresState.MIXED
