"""services of proposals."""
