"""The register of service transfers: a service comes in house."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, number, pounds, refers, text, yes_no
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, gap, pct, share, total, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import must, must_all, query
from highneeds.registers.mechanism.situation import Situation


def _not_decided(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    for row in rows:
        decision = at.row_of("decisions", row["decision"]) if row["decision"] else None
        if (
            row["state"] == "decided"
            and decision
            and (decision["effective_on"] is None or decision["effective_on"] > at.as_at)
        ):
            yield row


def _to_come(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    over = ("transferred", "cancelled")
    ahead = [(r["transfer_on"] - at.day).days for r in rows if r["transfer_on"] >= at.day and r["state"] not in over]
    return MeasureValue(min(ahead)) if ahead else gap("no transfer is to come")


_TRANSFER = dict(
    transfer="t1", service="Teaching", tupe="no", transfer_on="2025-09-01", sla_ends_on="2025-08-31", state="planned"
)

service_transfers = Register(
    name="service_transfers",
    title="Service transfers",
    unit="one agreement that ends, or a number alike",
    source="Service level agreements; TUPE Regulations 2006",
    key="transfer",
    named_by="service",
    help="Agreements that end when their service comes in house: when, at what cost, with which staff.",
    systems="F9",
    kept_by="programme_manager",
    decides="director",
    used="Weekly until the transfer",
    columns=(
        key("transfer"),
        text("service*+"),
        text("provider"),
        text("sla", "Agreement"),
        day("sla_ends_on", "Agreement ends on"),
        pounds("annual_gbp", "Cost now", unit="a year"),
        pounds("in_house_gbp", "Cost in house", unit="a year"),
        number("staff_fte", "Staff (full-time equivalent)"),
        yes_no("tupe*"),
        day("information_on", help="Employee liability information"),
        day("consulted_from"),
        day("transfer_on*"),
        day("transferred_on"),
        refers("decision", "decisions"),
        code("state*", "planned|decided|mobilising|transferred|cancelled"),
    ),
    ladder=ladder("planned < decided < mobilising < transferred(transferred_on)", side="cancelled", ends="transferred"),
    moves=moves("planned > decided D: decision"),
    clocks=(
        clock(
            "information",
            "transfer_on",
            days=-28,
            stops="information_on",
            basis="statutory",
            where=lambda r, at: bool(r["tupe"]),
            source="TUPE Regulations 2006, regulation 11",
        ),
        clock("transfer", "transfer_on", stops="transferred_on", basis="contract"),
    ),
    rules=(
        query(
            "02",
            "The agreement ends before the transfer, or runs on after it",
            lambda r: r["sla_ends_on"] + timedelta(days=1) != r["transfer_on"],
            _TRANSFER | dict(sla_ends_on="2025-08-30"),
            holds_for=dict(sla_ends_on="2025-08-31"),
            given="sla_ends_on transfer_on",
            fix="Close the gap in the service, or do not pay twice.",
        ),
        query(
            "03",
            "It costs more in house than now",
            lambda r: r["in_house_gbp"] > r["annual_gbp"],
            _TRANSFER | dict(annual_gbp="100.00", in_house_gbp="100.01"),
            holds_for=dict(in_house_gbp="100.00"),
            given="in_house_gbp annual_gbp",
            fix="Say what is gained for it.",
        ),
        must(
            "04",
            "It is transferred without its day",
            lambda r: r["state"] == "transferred" and r["transferred_on"] is None,
            _TRANSFER | dict(state="transferred"),
            fix="Give the day.",
        ),
        query(
            "05",
            "Staff transfer and their number is missing",
            lambda r: r["tupe"] and not r["staff_fte"],
            _TRANSFER | dict(tupe="yes"),
            fix="Give the full-time equivalents.",
        ),
    ),
    whole_rules=(
        must_all(
            "01",
            "It is decided and the decision is not yet in effect",
            _not_decided,
            (_TRANSFER | dict(state="decided", decision="d1"),),
            holds_for={"decisions.effective_on": "2025-04-02"},
            others={"decisions": (dict(decision="d1", effective_on="2025-04-03"),)},
            fix="Wait for the decision.",
        ),
    ),
    measures=(
        count("agreements", "agreements that end", "all; service, state"),
        pct(
            "transferred_pct",
            "transferred, of all but cancelled",
            "as_at; service",
            lambda r, at: at.reached(r, "transferred"),
            lambda r, at: r["state"] != "cancelled",
        ),
        total(
            "cost_change_gbp",
            "cost in house less cost now, a year",
            "all; service",
            lambda r, at: r["in_house_gbp"] - r["annual_gbp"],
            needs="in_house_gbp annual_gbp",
        ),
        share(
            "cost_change_pct",
            "the same, of cost now",
            "all; service",
            lambda r, at: r["in_house_gbp"] - r["annual_gbp"],
            lambda r, at: r["annual_gbp"],
            needs="in_house_gbp annual_gbp",
            money=True,
        ),
        worked("days_to_transfer", "days to the next transfer", "as_at; service", _to_come, unit="days"),
    ),
    headline=(
        "{agreements:agreement ends|agreements end}; "
        "{transferred_pct} are transferred, {days_to_transfer:day|days|0 days} to the next."
    ),
    feeds=(Feed("saving", "savings", "the change of cost"), Feed("report", "service_offer", "who gives it")),
    example=(
        dict(
            transfer="teaching-north",
            service="Specialist teaching",
            provider="North School Trust",
            sla="2023/14",
            sla_ends_on="2025-08-31",
            annual_gbp="400000.00",
            in_house_gbp="380000.00",
            staff_fte="6",
            tupe="yes",
            consulted_from="2025-02-10",
            transfer_on="2025-09-01",
            state="mobilising",
            source="worked example",
        ),
    ),
    expects="""
        agreements | | | | 1
        transferred_pct | | | 2025-04-02 | 0.0
        cost_change_gbp | | | | -20000.00
        cost_change_pct | | | | -5.0
        days_to_transfer | | | 2025-04-02 | 152.0
    """,
)
