"""How are we doing? One file per indicator; `measure` gives the table of the dashboard.

measure(Given(Caseloads.of([from_return(return_)])), Month(2024, 1).through(Month(2025, 1)))
"""
