"""Pages of dashboard, statistics and reports."""
