"""Forms: of cases, of dispatch, of reviews and follow-ups."""
