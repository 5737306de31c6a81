"""Reading field visits."""
