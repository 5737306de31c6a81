"""Every write of field visits."""
