"""A question to a field, its answers, and the post that the best one becomes (K1)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.enums import QuestionState
from knowledge.models.field import Field
from knowledge.models.post import Post
from organization.models import Department
from organization.selectors import departments_of, reads_all

USER = settings.AUTH_USER_MODEL


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Any) -> "QuestionQuerySet":
        """All that was asked, to all staff."""
        return self if departments_of(user) or reads_all(user) else self.none()


class Question(models.Model):
    """`post`: what the best answer became. `answers` counts them, kept beside the rows."""

    title = models.CharField(_("질문"), max_length=120)
    text = models.TextField(_("자세한 내용"), max_length=4_000, blank=True)
    field: Any = models.ForeignKey(
        Field, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("분야")
    )
    asker: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("물은 직원"))
    department: Any = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("부서"))
    department_name = models.CharField(_("부서"), max_length=60)
    asked_on = models.DateField(_("물은 날"))
    due_on = models.DateField(_("기한"), null=True, blank=True)
    state = models.CharField(
        _("상태"), max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN
    )
    answers_count = models.PositiveIntegerField(_("답"), default=0, editable=False)
    post: Any = models.OneToOneField(
        Post, models.PROTECT, null=True, related_name="question", verbose_name=_("답으로 등록한 지식")
    )
    version = models.PositiveIntegerField(default=1)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("질문")
        ordering = ["-asked_on", "-pk"]
        indexes = [models.Index(fields=["state", "-asked_on", "-id"], name="question_listed")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:question", args=[self.pk])


class Answer(models.Model):
    """One of each person, which they may change until one is chosen."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("질문"))
    writer: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("답한 직원"))
    text = models.TextField(_("답"), max_length=10_000)
    at = models.DateTimeField(_("답한 때"))
    chosen = models.BooleanField(_("고른 답"), default=False)

    class Meta:
        verbose_name = _("질문의 답")
        ordering = ["-chosen", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "writer"], name="one_answer_a_person"),
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(chosen=True), name="one_answer_chosen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.text[:30]}"
