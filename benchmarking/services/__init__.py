"""Every write of benchmarking."""
