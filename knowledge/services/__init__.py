"""The writes of the knowledge board."""
