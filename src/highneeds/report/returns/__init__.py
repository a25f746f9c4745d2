"""What the returns of the Department for Education need beyond words: rounding that adds up, its tables, its checks."""
