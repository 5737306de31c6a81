"""The knowledge board (K1–K6)."""

from knowledge.models.activity import Opinion, Rating, Reading
from knowledge.models.awaited import Awaited
from knowledge.models.campaign import Campaign
from knowledge.models.field import Field
from knowledge.models.flaw import Flaw
from knowledge.models.miss import Miss
from knowledge.models.oddity import Cleared
from knowledge.models.post import Edition, Post
from knowledge.models.question import Answer, Question

__all__ = [
    "Answer",
    "Awaited",
    "Campaign",
    "Cleared",
    "Edition",
    "Field",
    "Flaw",
    "Miss",
    "Opinion",
    "Post",
    "Question",
    "Rating",
    "Reading",
]
