"""Pages of points and hours."""
