"""What happens to departments' reviews, whatever is reviewed."""
