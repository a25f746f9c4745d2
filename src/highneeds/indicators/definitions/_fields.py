"""The fields of SEN2 that indicators rest on. A return whose layout lacks one gives `unavailable`, never a zero."""

PLANS = (("named_plans", "start_date"), ("named_plans", "cease_date"))
AGES = (("persons", "birth_date"),)
PLACED = tuple(("placements", name) for name in ("rank", "entry_date", "leaving_date", "sensetting"))
REQUESTED = (("requests", "received_date"), ("requests", "outcome"))
REQUESTS = (*REQUESTED, ("requests", "outcome_date"))
ASSESSED = (("assessments", "outcome"), ("assessments", "outcome_date"))
