"""How comparisons are found and worked out for every council."""
