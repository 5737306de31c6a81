"""The knowledge board (K1–K6)."""

from knowledge.models.field import Field
from knowledge.models.post import Edition, Post

__all__ = ["Edition", "Field", "Post"]
