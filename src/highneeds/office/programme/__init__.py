"""Running the programme: reporting slots, who writes what, levels, and what waits for whom."""
