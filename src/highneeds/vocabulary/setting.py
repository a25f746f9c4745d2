"""Where a child with a plan is placed: one table from codes to the words we show.

Sources: SEN2 code sets (SENsetting); the settings of the published statistics pack; domain definitions "Setting class".
"""

from dataclasses import dataclass
from enum import StrEnum


class SettingClass(StrEnum):
    """The 24 setting categories. The value is the code used in files."""

    EYP = "EYP"
    EYS = "EYS"
    MSMDA = "MsMdA"
    MSIN = "MsIn"
    RP = "RP"
    SENU = "SENU"
    SPMDA = "SpMdA"
    SPNM = "SpNm"
    SPIN = "SpIn"
    APRU = "APRU"
    SIXTH_FORM = "6FC"
    GFE = "GFE"
    SP16 = "SP16"
    SECU = "SECU"
    OTHE = "OTHE"
    OLA = "OLA"
    OPA = "OPA"
    EHE = "EHE"
    NEET = "NEET"
    NIEC = "NIEC"
    NIEO = "NIEO"
    OTH = "OTH"
    UKN = "UKN"
    UNCLASSED = "unclassed"


@dataclass(frozen=True)
class SettingWords:
    """One row of the table.

    words       what screens and reports say
    pack        the name in the published statistics pack; '' where the pack has no such column
    sensetting  True where SEN2 writes the code itself in SENsetting
    """

    code: SettingClass
    words: str
    pack: str
    sensetting: bool = False


SETTINGS: tuple[SettingWords, ...] = (
    SettingWords(SettingClass.EYP, "early years provider", "early_years_nm", sensetting=True),
    SettingWords(SettingClass.EYS, "nursery school", "early_years_nm"),
    SettingWords(SettingClass.MSMDA, "mainstream", "mainstream"),
    SettingWords(SettingClass.MSIN, "mainstream independent", "mainstream_independent"),
    SettingWords(SettingClass.RP, "resourced provision in mainstream", "mainstream_rp_unit"),
    SettingWords(SettingClass.SENU, "SEN unit in mainstream", "mainstream_rp_unit"),
    SettingWords(SettingClass.SPMDA, "state special", "special_state"),
    SettingWords(SettingClass.SPNM, "non-maintained special", "special_non_maintained"),
    SettingWords(SettingClass.SPIN, "independent special", "special_independent"),
    SettingWords(SettingClass.APRU, "alternative provision or pupil referral unit", "ap_pru"),
    SettingWords(SettingClass.SIXTH_FORM, "sixth-form college", "fe_general"),
    SettingWords(SettingClass.GFE, "further education", "fe_general"),
    SettingWords(SettingClass.SP16, "special post-16 institution", "specialist_post16"),
    SettingWords(SettingClass.SECU, "secure unit", "other"),
    SettingWords(SettingClass.OTHE, "other establishment", "other"),
    SettingWords(SettingClass.OLA, "arranged by the council otherwise than at school", "eotas_la", sensetting=True),
    SettingWords(SettingClass.OPA, "arranged by parents", "other_arrangements_parents", sensetting=True),
    SettingWords(SettingClass.EHE, "elective home education", "elective_home_education", sensetting=True),
    SettingWords(SettingClass.NEET, "not in education, employment or training", "neet", sensetting=True),
    SettingWords(SettingClass.NIEC, "not in education, notice to cease given", "other", sensetting=True),
    SettingWords(SettingClass.NIEO, "not in education, other reason", "other", sensetting=True),
    SettingWords(SettingClass.OTH, "other, or type named but no school", "other", sensetting=True),
    SettingWords(SettingClass.UKN, "no open placement", "placement_unknown"),
    SettingWords(SettingClass.UNCLASSED, "establishment not in the list", "placement_unknown"),
)

MAINSTREAM = frozenset({SettingClass.MSMDA, SettingClass.RP, SettingClass.SENU})
SPECIALIST = frozenset({SettingClass.SPMDA, SettingClass.SPNM, SettingClass.SPIN, SettingClass.MSIN})


COUNTED_TOGETHER = {
    "other": "elsewhere",
    "placement_unknown": "no placement recorded",
    "early_years_nm": "early years",
    "awaiting_provision_pre2023": "awaiting provision, as counted until 2022",
    "work_based_pre2019": "work-based learning, as counted until 2018",
}
"""Names of the published statistics under which they count several settings together, or did."""


def setting_words(name: str) -> str:
    """A setting of the published statistics in words; those that they count together are named together.

    >>> setting_words("special_state")
    'state special'
    """
    words = dict.fromkeys(row.words for row in SETTINGS if row.pack == name)
    return COUNTED_TOGETHER.get(name, " or ".join(words) or name.replace("_", " "))
