"""The charts of the reports, each from the evidence; sections and pages show the same ones."""
