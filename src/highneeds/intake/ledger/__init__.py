"""The money files in: years, spend, priced lines, a council's ledger export and its commitments, each row knowing its line."""
