"""The risk register."""

TITLE = "Levels and risks"
RISKS_ALONE = "Risks"
NO_REGISTER = "No risk register is kept."
BEHIND = "What is behind each risk"
NONE = "We have no risk on our register."
RISK, LEVEL, MITIGATION, PROGRESS = "Risk", "Level", "What we do about it", "Progress this quarter"
NO_MITIGATION, NO_PROGRESS = "nothing on record", "nothing reported"


def finding(counts: str) -> str:
    """'Our risk register: 1 off target, 2 off target with plans'."""
    return f"Our risk register: {counts}"
