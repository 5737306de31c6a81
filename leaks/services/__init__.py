"""services of letters."""
