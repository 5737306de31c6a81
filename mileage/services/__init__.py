"""Writing points and hours."""
