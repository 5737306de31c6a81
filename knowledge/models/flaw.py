"""A passage of a post that somebody says is wrong, and what was answered (K6)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Clock
from knowledge.enums import FlawState
from knowledge.models.post import Post

USER = settings.AUTH_USER_MODEL


class FlawQuerySet(models.QuerySet["Flaw"]):
    def visible_to(self, user: Any) -> "FlawQuerySet":
        return self.filter(post__in=Post.objects.visible_to(user))

    def open(self) -> "FlawQuerySet":
        return self.filter(state=FlawState.OPEN)


class Flaw(models.Model):
    """`passage` is quoted from the edition that was read; `remark` says what is wrong with it."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="flaws", verbose_name=_("지식"))
    edition = models.PositiveIntegerField(_("읽은 판"))
    passage = models.CharField(_("잘못된 대목"), max_length=500)
    remark = models.TextField(_("무엇이 잘못되었나요?"), max_length=2_000)
    reporter: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("알린 직원"))
    reported_on = models.DateField(_("알린 날"))
    clock: Any = models.OneToOneField(
        Clock, models.PROTECT, related_name="knowledge_flaw", verbose_name=_("답변 기한")
    )
    state = models.CharField(_("상태"), max_length=10, choices=FlawState.choices, default=FlawState.OPEN)
    answer = models.TextField(_("답변"), max_length=2_000, blank=True)
    answered_by: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("답한 직원")
    )
    answered_on = models.DateField(_("답한 날"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FlawQuerySet.as_manager()

    class Meta:
        verbose_name = _("잘못 알림")
        ordering = ["-reported_on", "-pk"]
        indexes = [models.Index(fields=["post", "state"], name="flaw_of_post")]

    def __str__(self) -> str:
        return f"{self.post}: {self.passage[:30]}"

    def get_absolute_url(self) -> str:
        return reverse("knowledge:flaw", args=[self.pk])

    # as the post's, for whoever leads that department
    @property
    def department_id(self) -> int:
        return int(self.post.department_id)
