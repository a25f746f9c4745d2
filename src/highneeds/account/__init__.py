"""Where the money stands: the agreement, the account of the dedicated schools grant, and why plan and fact differ."""
