"""All that changes contests within the office."""
