"""Pages of the knowledge board."""
