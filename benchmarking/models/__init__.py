"""Cases, their review rounds, department reviews, what became of adopted ones; visits and their budget."""

from benchmarking.models.budget import BudgetEntry, TravelBudget
from benchmarking.models.case import Case
from benchmarking.models.follow_up import FollowUp
from benchmarking.models.review import Review, ReviewRound
from benchmarking.models.visit import (
    FieldVisit,
    VisitDay,
    VisitExpense,
    VisitLine,
    VisitMember,
    VisitReport,
)

__all__ = [
    "BudgetEntry",
    "Case",
    "FieldVisit",
    "FollowUp",
    "Review",
    "ReviewRound",
    "TravelBudget",
    "VisitDay",
    "VisitExpense",
    "VisitLine",
    "VisitMember",
    "VisitReport",
]
