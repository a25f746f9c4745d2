"""How long `make soak` goes on, and with which seed.

HIGHNEEDS_SOAK_MINUTES  how long each part goes on, 60 without it; a part that counts its cases tries so many the fewer
HIGHNEEDS_SOAK_SEED     the seed that a failure named
"""

import os
import secrets


def fresh_seed() -> int:
    """Another one each time, and the one that is named when a failure is looked for again."""
    return int(os.environ.get("HIGHNEEDS_SOAK_SEED") or secrets.randbelow(2**31))


def soak_seconds() -> float:
    return 60 * float(os.environ.get("HIGHNEEDS_SOAK_MINUTES") or 60)


def soak_share(whole: int, fewest: int = 50) -> int:
    """So many cases of `whole`, which are tried in an hour."""
    return max(fewest, round(whole * soak_seconds() / 3600))
