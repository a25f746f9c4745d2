"""Pages to see and change every register, made from the registers' own definitions."""
