"""views of letters."""
