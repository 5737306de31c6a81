"""All that changes awards."""
