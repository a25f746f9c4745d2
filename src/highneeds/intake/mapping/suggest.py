"""What a value of a case system may mean in SEN2: a suggestion for whoever keeps the mapping, never used to read."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from highneeds.vocabulary.need import Need

ALIKE = 0.72  # below this two words are not taken for one another

# SEN2 column -> code -> words that case systems use for it, the first of them the meaning
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "requestoutcome": {
        "Y": ("proceed to assess", "agreed", "agree to assess", "yes to assess", "approved"),
        "N": ("decided not to assess", "not agreed", "refused", "refuse to assess", "declined", "no to assess"),
        "A": ("decision yet to be made", "pending", "awaiting decision", "deferred", "in progress", "open"),
        "W": ("withdrawn or ceased before the decision", "withdrawn", "ceased", "cancelled"),
        "H": ("historic, decided before the period", "historic", "historical"),
    },
    "assessmentoutcome": {
        "Y": ("plan to be issued", "issued", "agreed to issue", "plan agreed", "yes to issue"),
        "N": ("plan not to be issued", "not issued", "refuse to issue", "no plan", "declined to issue"),
        "A": ("decision yet to be made", "pending", "in progress", "awaiting decision"),
        "W": ("withdrawn", "ceased", "cancelled"),
        "H": ("historic, decided before the period", "historic", "historical", "transferred in"),
    },
    "requestsource": {
        "1": ("young person or parent", "parent", "parental request", "carer", "young person", "family"),
        "2": ("school or other education setting", "school", "college", "nursery", "educational setting"),
        "3": ("health", "health service", "paediatrician", "nhs"),
        "4": ("social care", "social worker", "childrens services"),
        "5": ("other",),
    },
    "ceasereason": {
        "1": ("maximum age", "reached 25", "over age", "aged out"),
        "2": ("needs met without a plan", "needs met", "no longer needed", "no longer necessary"),
        "3": ("higher education", "university"),
        "4": ("paid employment", "employment", "work", "employed"),
        "5": ("transferred to another council", "transferred", "moved to another authority", "moved la"),
        "6": ("no longer wishes to engage", "disengaged", "young person declined"),
        "7": ("left England", "moved abroad", "emigrated", "moved to wales", "moved to scotland"),
        "8": ("deceased", "died", "death"),
        "9": ("other",),
    },
    "sensetting": {
        "OLA": ("other arrangements by the council", "eotas", "section 61", "alternative package", "tuition"),
        "OPA": ("other arrangements by parents", "parental arrangements"),
        "EHE": ("elective home education", "home educated", "home education"),
        "EYP": ("early years provider", "private nursery", "childminder", "pre-school"),
        "OTH": ("other",),
        "NEET": ("not in education, employment or training", "neet"),
        "NIEC": ("not in education, notice to cease", "notice to cease"),
        "NIEO": ("not in education, other", "not in education", "awaiting placement", "no placement"),
    },
    "sentype": {
        Need.SPLD: ("specific learning difficulty", "dyslexia"),
        Need.MLD: ("moderate learning difficulty",),
        Need.SLD: ("severe learning difficulty",),
        Need.PMLD: ("profound and multiple learning difficulty",),
        Need.SEMH: ("social, emotional and mental health", "behaviour", "mental health"),
        Need.SLCN: ("speech, language and communication needs", "speech and language", "communication"),
        Need.HI: ("hearing impairment", "deaf"),
        Need.VI: ("visual impairment", "vision impairment", "blind"),
        Need.MSI: ("multi-sensory impairment",),
        Need.PD: ("physical disability",),
        Need.ASD: ("autistic spectrum disorder", "autism", "asc", "autistic"),
        Need.DS: ("Down syndrome", "downs"),
        Need.OTH: ("other difficulty or disability", "other"),
    },
    "sex": {"M": ("male", "boy"), "F": ("female", "girl")},
}
_YES_NO = {"1": ("yes", "ticked", "applies"), "0": ("no", "not ticked", "does not apply", "none")}
_OF_FLAGS = ("rya", "week20", "pb", "oa", "requestmediation", "requesttribunal")
FLAGS: Mapping[str, Mapping[str, tuple[str, ...]]] = dict.fromkeys(_OF_FLAGS, _YES_NO)


def suggested(column: str, value: str, known: Mapping[str, str]) -> tuple[str, str]:
    """The likely code of a value and what speaks for it, or ('', '').

    known   what the council's own mapping says of the other values of the column
    """
    choices = [(code, words, words) for words, code in known.items() if code]
    for code, names in {**WORDS, **FLAGS}.get(column, {}).items():
        choices += [(code, words, names[0]) for words in names]
    likeness = [(_alike(value, words), code, meaning) for code, words, meaning in choices]
    best = max(likeness, default=(0.0, "", ""))
    rivals = {code for alike, code, _ in likeness if alike > best[0] - 0.05}
    return (best[1], best[2]) if best[0] >= ALIKE and len(rivals) == 1 else ("", "")


def _alike(value: str, words: str) -> float:
    """How alike two wordings are, from 0 to 1: as they stand, or as their words in any order."""
    one, other = _plain(value), _plain(words)
    as_sets = SequenceMatcher(None, " ".join(sorted(one.split())), " ".join(sorted(other.split()))).ratio()
    return max(SequenceMatcher(None, one, other).ratio(), as_sets)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))
