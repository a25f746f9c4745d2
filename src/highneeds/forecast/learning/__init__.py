"""Learning: from published statistics (opening, borrowed rates, guide, fit) to assumptions that an engine can run."""
