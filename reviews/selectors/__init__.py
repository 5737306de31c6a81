"""What is asked about departments' reviews."""
