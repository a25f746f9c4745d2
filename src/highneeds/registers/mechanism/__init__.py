"""The machinery of the registers: what a definition declares, and all that follows from it by itself."""
