"""The evidence behind the pages: the results of one run, read and never changed."""
