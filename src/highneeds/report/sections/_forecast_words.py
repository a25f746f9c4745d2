"""The settings of the published statistics in words."""

from highneeds.vocabulary.setting import SETTINGS

GROUPED = {"other": "elsewhere", "placement_unknown": "no placement recorded", "early_years_nm": "early years"}


def setting_words(name: str) -> str:
    """'special_state' -> 'State special'; settings that the statistics count together are named together."""
    words = list(dict.fromkeys(row.words for row in SETTINGS if row.pack == name))
    kept = GROUPED.get(name, " or ".join(words) or name.replace("_", " "))
    return kept[:1].upper() + kept[1:]


def plain_settings(words: str) -> str:
    """'bound for special_independent' -> 'bound for independent special'."""
    for name in sorted({row.pack for row in SETTINGS if "_" in row.pack}, key=len, reverse=True):
        words = words.replace(name, setting_words(name)[:1].lower() + setting_words(name)[1:])
    return words


def with_settings_in_words(note: str) -> str:
    """'cost of eotas_la: no line' -> 'cost of “Arranged by the council ...”: no line'."""
    for name in {row.pack for row in SETTINGS if row.pack} | set(GROUPED):
        note = note.replace(f" {name}:", f" “{setting_words(name)}”:")
    return note
