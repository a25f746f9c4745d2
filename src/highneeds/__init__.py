"""highneeds: steers a council's special educational needs money back into balance."""

__version__ = "0.1.0"
