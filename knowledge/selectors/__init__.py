"""What is read of the knowledge board."""
