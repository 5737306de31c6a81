from typing import Any

from django.db import models

from core.publishing.models import Announced, state_field


class DecisionState(models.TextChoices):
    DRAFT = "draft", "초안"
    ANNOUNCED = "announced", "예정"
    CONFIRMED = "confirmed", "확정"


class Decision(Announced):
    """Who gets a grade: one a year."""

    state = state_field(DecisionState)
    year = models.PositiveIntegerField(unique=True)
    grade = models.CharField(max_length=20)

    objections: Any

    def __str__(self) -> str:
        return f"{self.year} {self.grade}"

    def open_objections(self) -> int:
        return int(self.objections.filter(answer="").count())


class Sheet(models.Model):
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="sheets")
    judge = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.judge


class Score(models.Model):
    """Two steps from the head."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scores")
    points = models.IntegerField()

    def __str__(self) -> str:
        return str(self.points)


class Objection(models.Model):
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="objections")
    answer = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.answer


class Handed(models.Model):
    """What was handed over for a sheet."""

    sheet = models.ForeignKey(Sheet, models.CASCADE)

    def __str__(self) -> str:
        return str(self.sheet)
