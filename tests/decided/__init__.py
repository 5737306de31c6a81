"""A throw-away kind of decision, announced before it is confirmed, to try core.publishing by."""
