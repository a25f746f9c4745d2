"""A case system's monthly extract as a SEN2 return, by a saved mapping of its columns and codes."""
