"""Every write of an intake."""
