"""What do we say? One document from the evidence, then the same numbers in every format."""
