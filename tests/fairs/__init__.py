"""A process whose contest exists in the tests alone: stalls of a fair, judged by `evaluations`."""
