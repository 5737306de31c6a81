"""Open work: what the states of things ask of whom, until when, kept as one table (R5)."""
