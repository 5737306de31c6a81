"""Benchmarking: practices of others, reviewed by departments (B)."""

from core.apps import HouseApp


class BenchmarkingConfig(HouseApp):
    name = "benchmarking"
