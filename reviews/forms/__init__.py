"""Forms of reviews: of their steps, and of sending."""
