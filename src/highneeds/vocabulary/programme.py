"""The programmes under which a council brings its high needs money back into balance."""

import re
from enum import StrEnum


class Programme(StrEnum):
    """What a council has agreed, and with whom. NONE: it follows its own plan, or none."""

    SAFETY_VALVE = "safety-valve"
    MANAGEMENT_PLAN = "management-plan"
    REFORM_PLAN = "reform-plan"
    NONE = "none"

    @property
    def words(self) -> str:
        """As it stands on a cover: 'Safety Valve', 'DSG management plan'; '' where there is none."""
        return _WORDS[self]

    @property
    def is_agreed_with_department(self) -> bool:
        """True where the Department for Education is a party, so that there are conditions and instalments."""
        return self is Programme.SAFETY_VALVE

    @classmethod
    def parse(cls, text: str) -> "Programme | None":
        """'Safety Valve', 'safety_valve', 'DSG management plan' as the programme; None where it names none of them."""
        word = re.sub(r"[\W_]+", "-", text.strip().lower()).strip("-")
        return next((one for one, names in _NAMES.items() if word in names), None)


_WORDS = {
    Programme.SAFETY_VALVE: "Safety Valve",
    Programme.MANAGEMENT_PLAN: "DSG management plan",
    Programme.REFORM_PLAN: "Local SEND reform plan",
    Programme.NONE: "",
}
_NAMES = {
    Programme.SAFETY_VALVE: ("safety-valve", "safety-valve-agreement", "dsg-safety-valve"),
    Programme.MANAGEMENT_PLAN: ("management-plan", "dsg-management-plan", "deficit-management-plan"),
    Programme.REFORM_PLAN: ("reform-plan", "local-send-reform-plan", "send-reform-plan", "lsrp"),
    Programme.NONE: ("none", "no-agreement", ""),
}
