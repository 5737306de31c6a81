"""Reading benchmarking."""
