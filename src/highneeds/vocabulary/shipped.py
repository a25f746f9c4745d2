"""YAML files that are part of the program: read by the fast parser of the library, where it has one.

What a council writes goes through `intake.yamlfile`, which keeps lines, refuses what is doubtful and bears any nesting.
"""

from typing import Any

import yaml


def parse_shipped(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
