"""What people do: one file a use case. Each is given a store, who does it and when, and nothing else writes."""
