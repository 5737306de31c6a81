"""Reading clubs."""
