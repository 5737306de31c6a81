"""Reading points and hours."""
