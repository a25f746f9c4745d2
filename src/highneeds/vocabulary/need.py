"""Primary needs: SEN2 codes, the names of the published statistics, and the words we show.

Source: SEN2 code set SENtype (DS since 2025; the published tables fold it into other).
"""

from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    ASD = "ASD"
    SEMH = "SEMH"
    SLCN = "SLCN"
    MLD = "MLD"
    SLD = "SLD"
    PMLD = "PMLD"
    SPLD = "SPLD"
    PD = "PD"
    HI = "HI"
    VI = "VI"
    MSI = "MSI"
    DS = "DS"
    OTH = "OTH"


@dataclass(frozen=True)
class NeedWords:
    """code: SEN2; words: what we show; pack: the name in the published shares."""

    code: Need
    words: str
    pack: str


NEEDS: tuple[NeedWords, ...] = (
    NeedWords(Need.ASD, "autistic spectrum disorder", "asd"),
    NeedWords(Need.SEMH, "social, emotional and mental health", "semh"),
    NeedWords(Need.SLCN, "speech, language and communication needs", "slcn"),
    NeedWords(Need.MLD, "moderate learning difficulty", "mld"),
    NeedWords(Need.SLD, "severe learning difficulty", "sld"),
    NeedWords(Need.PMLD, "profound and multiple learning difficulty", "pmld"),
    NeedWords(Need.SPLD, "specific learning difficulty", "spld"),
    NeedWords(Need.PD, "physical disability", "pd"),
    NeedWords(Need.HI, "hearing impairment", "hi"),
    NeedWords(Need.VI, "vision impairment", "vi"),
    NeedWords(Need.MSI, "multi-sensory impairment", "msi"),
    NeedWords(Need.DS, "Down syndrome", "oth"),
    NeedWords(Need.OTH, "other difficulty", "oth"),
)
