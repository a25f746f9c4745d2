"""How are we doing? One file an indicator; those that differ in one word alone share a file."""
