"""The only engine room that makes files: as bytes or text; the caller decides where they go."""
