"""A spreadsheet that people keep for themselves: merged heads, notes between the rows, months as they come."""
