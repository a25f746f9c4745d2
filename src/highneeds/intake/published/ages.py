"""Ages as the department's tables name them, each with the ages that it holds."""

from collections.abc import Mapping

AGE_OF: Mapping[str, int] = {"under 3": 2, "age 2 and under": 2} | {f"age {age}": age for age in range(26)}
"""Rows of one age: the youngest are published together and count as 2."""

AGED_20_AND_OVER = "age 20 and over"
"""The one row of several ages, up to 25."""
