"""Of the name of a file, what may be kept, and what may be said of it: any word may be somebody's name."""

import re
from collections.abc import Callable, Collection

WORDS = frozenset(
    (
        "accepted", "active", "activeplans", "actual", "actuals", "agreement", "all", "analysis", "and", "annual",
        "april", "assessment", "assessments", "august", "authority", "autumn", "awaiting", "balance", "blade", "block",
        "board", "book", "budget", "budgets", "by", "cabinet", "calendar", "capital", "care", "case", "caseload",
        "cases", "census", "child", "children", "cin", "code", "collection",
        "columns", "commitment", "commitments", "copy", "corrections", "cost",
        "costs", "council", "county", "dashboard", "data", "date", "day", "december", "detail", "details", "draft",
        "dsg", "education", "ehc", "ehcp", "ehcps", "end", "establishments", "exclusions", "export", "extract",
        "february", "figures", "file", "final", "finance", "financial", "findings", "first", "for", "forecast", "form",
        "forum", "from", "full", "funding", "gias", "gl", "header", "health", "high", "highneeds", "in", "independent",
        "indicators", "invoices", "jan", "january", "july", "june", "kpi", "kpis", "la", "last", "ledger", "line",
        "lines", "list", "mainstream", "management", "mapping", "march", "may", "measures", "milestones", "module",
        "monitor", "monitoring", "month", "monthly", "months", "named", "namedplan", "need", "needs", "new",
        "november", "october", "of", "officer", "old", "other",
        "outturn", "part", "payments", "performance", "period", "person",
        "persons", "placement", "placementdetail", "placements", "plan", "plandetail", "plans", "postings", "programme",
        "quarter", "register", "report", "reports", "request", "requests", "resource", "return", "returns", "review",
        "reviews", "risk", "risks", "sample", "savings", "school", "schools", "section", "sen", "send", "senneed",
        "september", "sheet", "snapshot", "special", "spend", "spring", "statutory", "summary", "summer", "suppliers",
        "support", "synthetic", "table", "tables", "team", "term", "test", "the", "to", "top", "topup", "topups",
        "transport", "up", "ups", "update", "updated", "version", "week", "with", "workbook",
        "workforce", "xml", "year", "years",
    )
)  # fmt: skip
"""Words that say what is in a file. `may` is also a month, and no surname is among them that is not a word as well."""


def file_name_to_keep(name: str, also: Collection[str] = ()) -> str:
    """A file's name as it may stand in what is kept: words that tell of the file stay, others are shapes.

    also   further words that stay, such as those of the council's own name

    'Ledger export 2024-25.csv' stays; 'top ups Aisha Khan.csv' is 'top ups aaaaa aaaa.csv'. Numbers of up to four
    digits stay, longer ones are as many 9.
    """
    known = WORDS | {part.lower() for word in also for part in _parts(word)}
    return _each_word(name, lambda word: word if _is_known(word, known) else "a" * len(word))


def file_name_to_say(name: str) -> str:
    """A file's name as a finding or a refusal may say it, to somebody who has to find the file.

    Words that begin small stay as well, since names are written large: 'ours p9.csv' stays, 'ours Khan.csv' is
    'ours aaaa.csv'.
    """
    return _each_word(name, lambda word: word if word[0].islower() or _is_known(word, WORDS) else "a" * len(word))


def _each_word(name: str, said: Callable[[str], str]) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 5:
        stem, dot, ending = name, "", ""

    def one(found: re.Match[str]) -> str:
        word = found[0]
        return said(word) if not word.isdigit() else word if len(word) <= 4 else "9" * len(word)

    return re.sub(r"[^\W\d_]+|\d+", one, stem) + dot + ending


def _is_known(word: str, known: Collection[str]) -> bool:
    return len(word) == 1 or all(part.lower() in known for part in _parts(word))


def _parts(word: str) -> list[str]:
    """BladePersons -> Blade, Persons."""
    return re.findall(r"[A-Z]?[a-z]+|[A-Z]+", word) or [word]
