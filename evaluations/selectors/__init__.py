"""Reads of judging."""
