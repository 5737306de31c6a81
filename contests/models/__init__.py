"""Contests within the office (E5)."""

from contests.models.practice import Contest, Contributor, Practice

__all__ = ["Contest", "Contributor", "Practice"]
