"""The programme's lists, one file a register, to be read like a list."""
