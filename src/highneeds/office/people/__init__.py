"""Who may come in, what they are, and what they may do for which council."""
