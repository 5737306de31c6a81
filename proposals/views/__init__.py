"""views of proposals."""
