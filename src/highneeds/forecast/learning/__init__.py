"""Learning: from published statistics (opening, borrowed rates, projection, fit) to assumptions an engine can run."""
