"""The programme office: the pages. It shows what the engine wrote, and reaches it by one door, evidence/bridge.py."""
