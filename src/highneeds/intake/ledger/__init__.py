"""The money files in: years, spend, priced lines, a ledger export, commitments; each row knows its line."""
