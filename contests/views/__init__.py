"""Pages of contests within the office."""
