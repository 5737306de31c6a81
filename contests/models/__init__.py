"""Contests and savings bonuses within the office (E5, E6)."""

from contests.models.bonus import Bonus, BonusShare
from contests.models.practice import Contest, Contributor, Practice

__all__ = ["Bonus", "BonusShare", "Contest", "Contributor", "Practice"]
