"""forms of proposals."""
