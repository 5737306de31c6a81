from typing import Any

from django.db import models
from django.urls import reverse

from reviews.models import DepartmentReview, DepartmentReviewQuerySet


class Question(models.Model):
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=100)
    answered = models.PositiveIntegerField(default=0)
    followed: Any = models.JSONField(default=list)  # what the hooks were told

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questions:question", args=[self.pk])


class QuestionReview(DepartmentReview):
    SUBJECT = "question"
    question = models.ForeignKey(Question, models.PROTECT, related_name="reviews")
    opinion = models.TextField(blank=True)

    objects = DepartmentReviewQuerySet["QuestionReview"].as_manager()

    def __str__(self) -> str:
        return f"{self.question} {self.department_name}"

    def get_absolute_url(self) -> str:
        return reverse("questions:review", args=[self.pk])
