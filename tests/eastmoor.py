"""An invented council of the tests: the smallest settings with which a workspace is read."""

COUNCIL = """name = "Eastmoor"
la_number = "886"
first_year = "2024-25"
last_year = "2025-26"
slots = ["July"]
[report]
number = 1
id = "2025-07"
submitted = "2025-07-10"
slot = "July"
current_year = "2025-26"
"""
