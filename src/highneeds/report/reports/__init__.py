"""Whole reports: a title and a list of sections, one file each."""
