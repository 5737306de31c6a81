"""A workbook being taken in, and what an office's words have been found to mean."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Job
from core.now import now
from imports.enums import IntakeState, Step

WRITTEN = 200  # characters of a word that is remembered


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: Any) -> "IntakeQuerySet":
        """One's own: what a file holds is nobody else's before it is saved."""
        return self.filter(person=user)


class Intake(models.Model):
    """One file on its way in. `answers`: what the person has said of it (tables, heads, columns, values, constants,
    confirmed, rows); `result`: what the last check found, with these answers; `made`: the rows that saving has made
    ([label, key] in their order), `hung`: those that hung on them then, `logged`: the last log rows of that moment."""

    kind = models.CharField(max_length=60)
    file_name = models.CharField(_("파일"), max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("등록자")
    )
    state = models.CharField(_("상태"), max_length=10, choices=IntakeState.choices, default=IntakeState.OPEN)
    version = models.PositiveIntegerField(default=1)
    answers = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    step = models.CharField(_("다음 단계"), max_length=10, choices=Step.choices, default=Step.FILE)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    total = models.PositiveIntegerField(_("행"), default=0)
    saved = models.PositiveIntegerField(_("저장한 행"), default=0)
    made = models.JSONField(default=list)
    hung = models.JSONField(default=dict)
    logged = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("올린 때"), default=now, editable=False)
    changed_at = models.DateTimeField(default=now)
    saved_at = models.DateTimeField(_("저장한 때"), null=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("엑셀 등록")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["person", "-created_at"])]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("import_result", args=[self.kind, self.pk])


class Word(models.Model):
    """What a head (`column` empty) or a value of a column means in files of this kind, as somebody said once. `written`
    as it is compared, `shown` as it stood; `means`: the column's key or the value's code; empty: it is left out."""

    kind = models.CharField(_("자료"), max_length=60)
    column = models.CharField(_("열"), max_length=60, blank=True)
    written = models.CharField(_("견주는 말"), max_length=WRITTEN)
    shown = models.CharField(_("적힌 말"), max_length=WRITTEN, blank=True)
    means = models.CharField(_("뜻"), max_length=200, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("답한 사람")
    )
    said_at = models.DateTimeField(_("답한 때"), default=now)

    class Meta:
        verbose_name = _("기억한 말")
        constraints = [models.UniqueConstraint(fields=["kind", "column", "written"], name="word_once")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("import_known_word", args=[self.pk])

    @property
    def text(self) -> str:
        return self.shown or self.written
