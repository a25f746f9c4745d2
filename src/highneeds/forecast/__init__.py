"""What happens next? Rates, kernels, levers, places, costs and odds: from a caseload to paths of plans and money."""

DRAWS = 1000
"""Futures drawn wherever nobody asks for another number: report, pages, notebook and commands alike (decision 335)."""
SEED = 1
"""The seed wherever nobody asks for another one."""
