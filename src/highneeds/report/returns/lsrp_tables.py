"""The tables of a local SEND reform plan: which rows each has, and which settings and needs stand in which row.

Source: the plan's template as far as it is public (tables 5.1, 6, 7, 7.1 to 7.7, 10 to 12), calendar years to 2029; the
census of January 2026 is calendar year 2025.
"""

from dataclasses import dataclass

from highneeds.report.words.returns import NOT_TOLD_APART

FIRST_YEAR, LAST_YEAR = 2025, 2029
AGE_ROWS = ("Under 5", "Age 5 to 10", "Age 11 to 15", "Age 16 to 19", "Age 20 to 25")


@dataclass(frozen=True)
class ProvisionRow:
    """A row of table 6.

    settings   names of the published statistics that it counts
    group      the table 7.x that it belongs to; '' for none
    note       why a row stays empty, or what it leaves out
    """

    title: str
    settings: tuple[str, ...]
    group: str
    note: str = ""


PROVISION_ROWS: tuple[ProvisionRow, ...] = (
    ProvisionRow("Early years, including private, voluntary and independent", ("early_years_nm",), "7.1"),
    ProvisionRow("Mainstream", ("mainstream", "mainstream_independent"), "7.2"),
    ProvisionRow("Support bases in mainstream", (), "7.2", NOT_TOLD_APART),
    ProvisionRow("Specialist bases in mainstream", ("mainstream_rp_unit",), "7.3"),
    ProvisionRow("Maintained special school or special academy", ("special_state",), "7.4"),
    ProvisionRow(
        "Non-maintained or independent special school, funded by the council",
        ("special_non_maintained", "special_independent"),
        "7.5",
    ),
    ProvisionRow("Non-maintained or independent, other suitable arrangements", (), "7.5", NOT_TOLD_APART),
    ProvisionRow("Alternative provision", ("ap_pru",), "7.6"),
    ProvisionRow("Mainstream post-16", ("fe_general",), "7.7"),
    ProvisionRow("Mainstream post-16, specialist", (), "7.7", NOT_TOLD_APART),
    ProvisionRow("Specialist post-16 institution", ("specialist_post16",), "7.7"),
    ProvisionRow("Elective home education", ("elective_home_education",), ""),
    ProvisionRow(
        "Other arrangements (education otherwise than at school)", ("eotas_la", "other_arrangements_parents"), ""
    ),
    ProvisionRow("Other, including hospital", ("neet", "other", "placement_unknown"), ""),
)

NEED_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Autistic Spectrum Disorder", ("asd",)),
    ("Social, Emotional and Mental Health", ("semh",)),
    ("Speech, Language and Communication Needs", ("slcn",)),
    ("Moderate Learning Difficulty", ("mld",)),
    ("Severe Learning Difficulty", ("sld",)),
    ("Profound and Multiple Learning Difficulty", ("pmld",)),
    ("Specific Learning Difficulty", ("spld",)),
    ("Physical Disability", ("pd",)),
    ("Hearing Impairment", ("hi",)),
    ("Vision Impairment", ("vi",)),
    ("Multi-Sensory Impairment", ("msi",)),
    ("Other Difficulty/Disability", ("oth",)),
    ("SEN support but no specialist assessment of type of need", ("need_unknown",)),
)

NEED_TABLES: tuple[tuple[str, str], ...] = (
    ("7.1", "Early years"),
    ("7.2", "Mainstream with support bases"),
    ("7.3", "Specialist bases in mainstream"),
    ("7.4", "Maintained special schools and special academies"),
    ("7.5", "Non-maintained and independent special schools"),
    ("7.6", "Alternative provision or hospital"),
    ("7.7", "Post-16"),
)
TABLES = ("5.1", "6", "7", *(number for number, _ in NEED_TABLES), "10", "11", "12")
"""Every table that the plan asks for; the completeness check goes through them."""
