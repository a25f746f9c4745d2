"""The tables of the account that can be asked for by name: a view added in a file here is found by itself."""
