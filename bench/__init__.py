"""Speed of the main pages and of Excel with many cases: `make bench`, or `python -m bench --help`."""
