"""The programme's lists: one file per register. Template, checks, pages and export come from its definition."""
