"""Who may do what. This is the one place: pages, the command line and the tests read it.

A role is held for one council. What a role may do is a set of permissions, each a thing that people do.
"""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """The value is what is typed and kept; WORDS is what is shown."""

    ANALYST = "analyst"
    FINANCE = "finance"
    MANAGER = "manager"
    OWNER = "owner"
    CASEWORKER = "caseworker"
    SECTION_151 = "section-151"
    DIRECTOR = "director"
    MEMBER = "member"
    DFE = "dfe"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    SEE_FIGURES = "see the figures and the pages"
    SEE_RECORD = "see who changed what"
    LOAD_DATA = "upload, check, accept and work out"
    EXPLAIN = "say why the money differs from the plan"
    USE_REGISTERS = "see the registers, and keep or decide those that name the role"
    OPEN_SLOT = "open a reporting slot, assign its sections, and prepare it for signature"
    WRITE = "write sections and give levels"
    SEE_REVIEW = "read the review file and the signing sheet"
    SIGN = "sign a submission"
    UNLOCK = "take a submission back to drafting"
    SUBMIT = "send a signed submission, publish it, and record the answer"
    SEE_PACKS = "read the packs of boards and members"
    SEE_SUBMITTED = "read submitted reports and returns"
    MANAGE_PEOPLE = "manage people, roles and tokens"


P = Permission
_STAFF = {P.SEE_FIGURES, P.SEE_RECORD, P.SEE_PACKS, P.SEE_SUBMITTED}

MAY: dict[Role, frozenset[Permission]] = {
    Role.ANALYST: frozenset(_STAFF | {P.LOAD_DATA, P.USE_REGISTERS, P.WRITE, P.SEE_REVIEW}),
    Role.FINANCE: frozenset(_STAFF | {P.LOAD_DATA, P.EXPLAIN, P.USE_REGISTERS, P.WRITE, P.SEE_REVIEW}),
    Role.MANAGER: frozenset(
        _STAFF | {P.LOAD_DATA, P.USE_REGISTERS, P.OPEN_SLOT, P.WRITE, P.SEE_REVIEW, P.UNLOCK, P.SUBMIT}
    ),
    Role.OWNER: frozenset(_STAFF | {P.USE_REGISTERS, P.WRITE}),
    Role.CASEWORKER: frozenset({P.SEE_FIGURES, P.USE_REGISTERS}),
    Role.SECTION_151: frozenset(_STAFF | {P.SEE_REVIEW, P.SIGN, P.USE_REGISTERS}),
    Role.DIRECTOR: frozenset(_STAFF | {P.SEE_REVIEW, P.SIGN, P.USE_REGISTERS}),
    Role.MEMBER: frozenset({P.SEE_PACKS, P.SEE_SUBMITTED}),
    Role.DFE: frozenset({P.SEE_SUBMITTED}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_PEOPLE}),  # people and roles, never data
}

CERTIFIERS = (Role.SECTION_151, Role.DIRECTOR)
"""A submission carries one signature in each of these roles, of two different people (monitoring report, lines 5-6)."""

WORDS = {
    Role.ANALYST: "Analyst",
    Role.FINANCE: "Finance partner",
    Role.MANAGER: "Programme manager",
    Role.OWNER: "Condition owner",
    Role.CASEWORKER: "Caseworker",
    Role.SECTION_151: "Section 151 officer",
    Role.DIRECTOR: "Director of children’s services",
    Role.MEMBER: "Scrutiny or board member",
    Role.DFE: "Reader at the Department for Education",
    Role.ADMINISTRATOR: "Administrator",
}

IN_REGISTERS = {
    Role.ANALYST: "analyst",
    Role.FINANCE: "finance_partner",
    Role.MANAGER: "programme_manager",
    Role.OWNER: "condition_owner",
    Role.CASEWORKER: "condition_owner",
    Role.SECTION_151: "section_151",
    Role.DIRECTOR: "director",
}
"""What the registers' definitions call a role, where they say who keeps and who decides."""


def in_registers(held: Iterable[Role]) -> frozenset[str]:
    """These roles as the registers call them; some have nothing to do there."""
    return frozenset(IN_REGISTERS[role] for role in held if role in IN_REGISTERS)
