"""What is said of an explanation of a variance."""

from highneeds.account.variance.adequacy import AT_MOST, Adequacy, ExplanationJudged


def why(judged: ExplanationJudged) -> str:
    """Why it is adequate or not, for the person who will write it again."""
    if judged.adequacy is Adequacy.NO:
        return "no cause with a size; nothing of it is accounted for"
    if not judged.causes:
        return "a change of coverage: it needs its size and the restated figure"
    if judged.adequacy is Adequacy.YES:
        return f"causes with a size cover {judged.explained:.0%} of it"
    if judged.explained > AT_MOST:
        return "causes with a size cover more than the whole of it"
    return f"causes with a size cover {judged.explained:.0%} of it; at least 80% is needed"
