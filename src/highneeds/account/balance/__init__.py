"""Where the balance stands: opened, carried from year to year, promised beside actual."""
