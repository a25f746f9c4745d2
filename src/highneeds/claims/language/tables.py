"""The lists of the language are data: `words.yaml` says what words mean, `forms.yaml` how figures are written."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from highneeds.vocabulary.shipped import parse_shipped


@cache
def table(name: str) -> dict[str, Any]:
    text = files("highneeds.claims.language").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = parse_shipped(text)
    return loaded


def values(name: str) -> Any:
    """A list of words, or words with their values."""
    return table("forms")["values"][name]


@cache
def form(name: str) -> str:
    """A written form as a regular expression, with the forms that it names put in."""
    text = str(table("forms")["forms"].get(name) or _made(name)).replace("\n", "")
    return re.sub(r"\{\{(\w+)\}\}", lambda hit: form(hit[1]), text)


def _made(name: str) -> str:
    """Forms made of lists: the longer words first, since the first that fits is taken."""
    lists = {
        "small": [*values("units"), *values("tens")],
        "multiples": [*values("multiples")],
        "count": [r"\d{1,2}", *values("units")[1:14]],
        "mon": [word for names in values("months") for word in names.split()],
    }
    words = lists[name] if name == "count" else sorted(lists[name], key=len, reverse=True)
    shape = {"small": "(?:{})", "multiples": "{}", "count": "(?:{})", "mon": r"(?P<mon>{})\b\.?"}[name]
    return shape.replace("{}", "|".join(words))


@cache
def pattern(name: str, flags: int = re.I) -> re.Pattern[str]:
    return re.compile(form(name), flags)
