"""highneeds audit verify"""

from highneeds.cli._command import command
from highneeds.cli._office import DEFAULT, OfficeOption, hand_over


@command("audit", "verify")
def prove_the_record(office: OfficeOption = DEFAULT) -> None:
    """Prove that nobody changed the record; ends with 1 and names the first altered entry where somebody did."""
    hand_over("audit_verify", office=office)
