"""The words everyone shares. No input, no output, no clock."""
