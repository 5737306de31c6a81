"""Texts, arithmetic and papers: what needs neither a table nor a page."""
