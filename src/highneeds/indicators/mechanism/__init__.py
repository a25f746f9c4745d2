"""How indicators are found, measured, held beside what is reported, and made fit to leave the council."""
