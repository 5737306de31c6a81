"""Cases, their review rounds, department reviews, and what became of adopted ones."""

from benchmarking.models.case import Case, CaseGram
from benchmarking.models.follow_up import FieldVisit, FollowUp
from benchmarking.models.review import Review, ReviewRound

__all__ = ["Case", "CaseGram", "FieldVisit", "FollowUp", "Review", "ReviewRound"]
