"""Pages of panels and sessions."""
