"""The evidence under the name that sections know it by."""

from highneeds.evidence import Evidence

__all__ = ["Evidence"]
