"""What readers do with a post: read it, say something to it, rate it (K2, K5)."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.permissions import can
from knowledge.enums_activity import OpinionState
from knowledge.models.post import Post

USER = settings.AUTH_USER_MODEL
LONGEST_OPINION = 2_000
MOST_STARS = 5


class Reading(models.Model):
    """One person has read one post, once. There are more of them than of anything else: no log, and beside the key one
    index alone, from which bursts of one person are read without the rows."""

    post: Any = models.ForeignKey(Post, models.CASCADE, related_name="readings", db_index=False)
    user: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("지식 조회")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="a_post_is_read_once")]
        indexes = [models.Index(fields=["at", "user"], name="reading_bursts")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id}"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, user: Any) -> "OpinionQuerySet":
        """What stands, under posts that one may see; hidden ones also to who wrote them and to planning."""
        rows = self.filter(post__in=Post.objects.visible_to(user))
        standing = models.Q(state=OpinionState.STANDING)
        hidden = models.Q(state=OpinionState.HIDDEN)
        if not can(user, "knowledge.plan"):
            hidden &= models.Q(writer=user)
        return rows.filter(standing | hidden)

    def standing(self) -> "OpinionQuerySet":
        return self.filter(state=OpinionState.STANDING)


class Opinion(models.Model):
    """추가의견. Never changed: what is wrong is withdrawn and written anew, as points hang on what stood a day.

    `weight`: its characters without spaces and repetitions, `digest`: of its letters alone, by which pasted ones are
    found. `settled_on`: when it was looked at whether it earns.
    """

    post: Any = models.ForeignKey(
        Post, models.CASCADE, related_name="said", db_index=False, verbose_name=_("지식")
    )
    writer: Any = models.ForeignKey(
        USER, models.PROTECT, related_name="+", db_index=False, verbose_name=_("쓴 직원")
    )
    text = models.TextField(_("의견"), max_length=LONGEST_OPINION)
    state = models.CharField(
        _("상태"), max_length=10, choices=OpinionState.choices, default=OpinionState.STANDING
    )
    at = models.DateTimeField(_("쓴 때"))
    weight = models.PositiveSmallIntegerField(_("헤아린 글자"), default=0, editable=False)
    digest = models.CharField(_("글의 표시"), max_length=32, editable=False)
    settled_on = models.DateField(_("점수를 정한 날"), null=True, editable=False)
    reason = models.CharField(_("숨긴 까닭"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("추가의견")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["post", "-id"], name="opinions_of_post"),
            models.Index(fields=["at"], name="opinions_by_time"),
            models.Index(
                fields=["at"],
                condition=models.Q(settled_on=None, state=OpinionState.STANDING),
                name="opinions_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        return reverse("knowledge:opinion", args=[self.pk])

    @property
    def event(self) -> str:
        return f"knowledge.opinion:{self.pk}"


class Rating(models.Model):
    """One to five stars, once a person; changed as one likes. The sums are kept with the post."""

    post: Any = models.ForeignKey(Post, models.CASCADE, related_name="ratings", db_index=False)
    user: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", db_index=False)
    stars = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_STARS)],
    )

    class Meta:
        verbose_name = _("지식 평가")
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="a_post_is_rated_once"),
            models.CheckConstraint(
                condition=models.Q(stars__gte=1, stars__lte=MOST_STARS), name="one_to_five_stars"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id} {self.stars}"
