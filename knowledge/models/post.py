"""A post of the knowledge board, with all it said before (K1, K2, K6)."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.enums import SHOWN, Area, PostState, Type, Validity
from knowledge.models.field import Field
from organization.models import Department
from organization.selectors import departments_of, reads_all

USER = settings.AUTH_USER_MODEL
LONGEST = 20_000


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: Any) -> "PostQuerySet":
        """What stands or stood, to all staff; what is being written, to who writes and owns it; what somebody has asked
        approval for, whatever was said to it, also to who reads all, and in a field to its keeper."""
        if not departments_of(user) and not reads_all(user):
            return self.none()
        known = models.Q(state__in=SHOWN)
        mine = models.Q(writer=user) | models.Q(owner=user)
        asked = models.Q(submitted_on__isnull=False) & ~models.Q(state=PostState.DROPPED)
        if not reads_all(user):
            asked &= models.Q(field__keeper=user)
        return self.filter(known | mine | asked)

    def standing(self) -> "PostQuerySet":
        return self.filter(state=PostState.STANDING)


class Post(models.Model):
    """`writer` wrote it and earned for it, `owner` answers for it today. `review_on`: the day to look again. `edition`
    counts what it has said. `alike`: an earlier post with the same text, for which it earns nothing.

    `source`: what it is the result of, in another process; such a post is kept up by itself (`source_version`) and
    earns only by its source's event (B8, K5). The counts are kept beside their rows.
    """

    title = models.CharField(_("제목"), max_length=120)
    text = models.TextField(_("내용"), max_length=LONGEST)
    area = models.CharField(_("영역"), max_length=10, choices=Area.choices, default=Area.WORK)
    type = models.CharField(_("유형"), max_length=10, choices=Type.choices, default=Type.WORK)
    field: Any = models.ForeignKey(
        Field, models.PROTECT, null=True, related_name="posts", verbose_name=_("분야")
    )
    tags = models.CharField(_("꼬리표"), max_length=200, blank=True)
    state = models.CharField(_("상태"), max_length=10, choices=PostState.choices, default=PostState.DRAFT)
    validity = models.CharField(
        _("유효 여부"), max_length=10, choices=Validity.choices, default=Validity.VALID
    )
    old_reason = models.CharField(_("옛 자료인 까닭"), max_length=500, blank=True)
    writer: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("작성자"))
    owner: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("담당자"))
    department: Any = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("부서"))
    department_name = models.CharField(_("부서"), max_length=60)
    submitted_on = models.DateField(_("승인 요청일"), null=True, blank=True)
    due_on = models.DateField(_("승인 기한"), null=True, blank=True)
    approved_on = models.DateField(_("게시일"), null=True, blank=True)
    approved_by: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("승인한 직원")
    )
    review_on = models.DateField(_("다시 볼 날"), null=True, blank=True)
    pinned = models.BooleanField(_("맨 위 고정"), default=False)
    alike: Any = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name=_("먼저 등록된 같은 지식")
    )
    is_past = models.BooleanField(_("지난 자료"), default=False)
    grade = models.CharField(_("시상"), max_length=20, blank=True, editable=False)
    edition = models.PositiveIntegerField(_("판"), default=1)
    source_type: Any = models.ForeignKey(
        ContentType, models.PROTECT, null=True, related_name="+", verbose_name=_("출처 종류")
    )
    source_id = models.PositiveBigIntegerField(_("출처"), null=True)
    source_mark = models.CharField(_("출처의 표시"), max_length=40, blank=True, editable=False)
    source = GenericForeignKey("source_type", "source_id")
    views = models.PositiveIntegerField(_("조회"), default=0, editable=False)
    opinions = models.PositiveIntegerField(_("의견"), default=0, editable=False)
    stars = models.PositiveIntegerField(_("평가 합계"), default=0, editable=False)
    raters = models.PositiveIntegerField(_("평가한 직원"), default=0, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("지식")
        ordering = ["-pinned", "-approved_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_type", "source_id"], name="one_post_of_a_source"),
        ]
        indexes = [
            models.Index(fields=["state", "-pinned", "-approved_on", "-id"], name="post_listed"),
            models.Index(
                fields=["review_on"], condition=models.Q(state=PostState.STANDING), name="post_to_look_at"
            ),
            models.Index(fields=["owner", "state"], name="post_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:post", args=[self.pk])

    @property
    def tag_list(self) -> list[str]:
        return self.tags.split()

    @property
    def is_mirror(self) -> bool:
        """It stands by itself, as the result of something."""
        return self.source_id is not None and bool(self.source_mark)

    @property
    def event(self) -> str:
        """What its points are given for: its source's event, so that both together earn once (K5)."""
        if self.source_type_id is None:
            return f"knowledge.post:{self.pk}"
        kind = ContentType.objects.get_for_id(self.source_type_id)
        return f"{kind.app_label}.{kind.model}:{self.source_id}"


class Edition(models.Model):
    """What a post said before it was changed."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="editions", verbose_name=_("지식"))
    number = models.PositiveIntegerField(_("판"))
    title = models.CharField(_("제목"), max_length=120)
    text = models.TextField(_("내용"))
    tags = models.CharField(_("꼬리표"), max_length=200, blank=True)
    note = models.CharField(_("바꾼 까닭"), max_length=300, blank=True)
    by: Any = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("바꾼 직원"))
    at = models.DateTimeField(_("바꾼 때"))

    class Meta:
        verbose_name = _("지식의 이전 판")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="an_edition_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


TEXTS = ("title", "text", "area", "type", "field", "tags")
SAID = ("title", "text", "tags")  # what an edition keeps
