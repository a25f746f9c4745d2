"""The tables of an account that can be asked for by name."""
