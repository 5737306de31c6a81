"""Every write of panels, seats and sessions."""
