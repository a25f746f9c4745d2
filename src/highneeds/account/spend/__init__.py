"""What is spent: by line and period, and what one placement costs."""
