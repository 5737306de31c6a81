"""Pages of Excel intake."""
