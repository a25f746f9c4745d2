"""The pages. Views ask, templates show; neither calculates."""
