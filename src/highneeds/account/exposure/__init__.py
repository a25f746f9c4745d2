"""What could still fall on the council: the override, its reserves, new demands."""
