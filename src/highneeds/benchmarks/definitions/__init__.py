"""How do others do? One file a comparison."""
