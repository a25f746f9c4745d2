"""The sections of reports: one file each, a function from evidence to a Section, named in a report's list."""
