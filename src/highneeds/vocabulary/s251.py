"""The high needs lines of the section 251 return: codes and names, as the return numbers them.

Source: DfE, section 251 budget and outturn statements. 1.2.10 and 1.2.12 are named by general knowledge of the return.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section251Line:
    """code: as the return numbers it; title: its name; benchmark: the row of DfE's benchmarking table it belongs to."""

    code: str
    title: str
    benchmark: str = ""


PLACES = "Place funding"
TOP_UP = "Top-up, maintained schools, academies and colleges"
TOP_UP_INDEPENDENT = "Top-up, non-maintained and independent"
SUPPORT = "SEN support and inclusion services"

LINES: tuple[Section251Line, ...] = (
    Section251Line("1.0.2", "High needs place funding", PLACES),
    Section251Line("1.2.1", "Top-up funding, maintained schools", TOP_UP),
    Section251Line("1.2.2", "Top-up funding, academies, free schools and colleges", TOP_UP),
    Section251Line("1.2.3", "Top-up and other funding, non-maintained and independent providers", TOP_UP_INDEPENDENT),
    Section251Line("1.2.4", "Additional high needs targeted funding for mainstream schools", TOP_UP),
    Section251Line("1.2.5", "SEN support services", SUPPORT),
    Section251Line("1.2.6", "Hospital education services", "Hospital education"),
    Section251Line("1.2.7", "Other alternative provision services", "Alternative provision"),
    Section251Line("1.2.8", "Support for inclusion", SUPPORT),
    Section251Line("1.2.9", "Special schools and pupil referral units in financial difficulty", SUPPORT),
    Section251Line("1.2.10", "Private finance and building costs at special schools and alternative provision"),
    Section251Line("1.2.11", "Direct payments", TOP_UP),
    Section251Line("1.2.12", "Carbon reduction commitment (historic)"),
    Section251Line("1.2.13", "Therapies and other health-related services", "Therapies and health"),
    Section251Line("1.4.11", "SEN transport from the grant"),
)
CODES = frozenset(line.code for line in LINES)


def order(code: str) -> tuple[int, ...]:
    """1.2.2 before 1.2.10."""
    return tuple(int(part) for part in code.split("."))
