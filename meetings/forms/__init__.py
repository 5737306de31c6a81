"""Forms of panels and sessions."""
