"""Pages of benchmarking."""
