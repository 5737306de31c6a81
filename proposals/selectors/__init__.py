"""selectors of proposals."""
