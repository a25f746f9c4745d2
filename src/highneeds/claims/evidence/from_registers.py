"""Measures of the council's registers as evidence. They confirm a sentence that names one, and accuse none: a register
may be kept later or more narrowly than a text means. Registers of casework stay out, since their counts are small."""

from collections.abc import Iterator
from decimal import Decimal

from highneeds.claims.evidence.model import EvidenceFact, period_of
from highneeds.registers.mechanism.measuring import TOTAL, Measured
from highneeds.registers.of_workspace import CouncilRegisters
from highneeds.registers.register import Register
from highneeds.registers.registry import registers
from highneeds.vocabulary.rounding import pounds, with_commas
from highneeds.vocabulary.source import Source


def register_facts(known: CouncilRegisters) -> Iterator[EvidenceFact]:
    """Each total that is known; one of a single day stands for the day of the report and has no period."""
    kept = {name: registers()[name] for name in known.entries if registers()[name].klass != "casework"}
    for name, register in kept.items():
        for one in known.measures(name):
            if one.cut in ("", TOTAL) and one.shown and Decimal(one.shown):
                yield _fact(one, register)


def _fact(one: Measured, register: Register) -> EvidenceFact:
    value, period = Decimal(one.shown), one.period if period_of(one.period) and len(one.period) < 10 else ""
    title = register.measure(one.measure).title
    printed = pounds(value) if one.unit == "gbp" else with_commas(value, one.decimals)
    return EvidenceFact(
        f"{one.register}_{one.measure}_{one.period}", value, None, one.shown, one.unit, period, "exact",
        f"{printed}%" if one.unit == "percent" else printed, f"{register.title}: {title}",
        Source(f"registers/{one.register}.csv"), kind="register", firm=False,
    )  # fmt: skip
