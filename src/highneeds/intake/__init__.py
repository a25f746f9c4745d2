"""Files in, typed rows out. The only engine room that opens files."""
