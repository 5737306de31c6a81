"""Forms of the knowledge board."""
