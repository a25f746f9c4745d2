"""What the pages show: the same evidence as the documents, in the shapes of results/."""
