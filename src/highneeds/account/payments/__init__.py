"""What DfE and the council pay towards the deficit, and what share of it that is."""
