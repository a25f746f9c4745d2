"""Are we doing what we agreed? How the indicators move, the levels they suggest, and whether the words are true."""
