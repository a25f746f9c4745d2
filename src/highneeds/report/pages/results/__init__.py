"""What each page shows, as data: one file a page, named like its builder in the folder above."""
