"""Is the data fit to use? One small rule per question; the outcome is found, clear, or could not check."""
