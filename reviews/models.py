"""What every department's review has, whatever is reviewed (B3, O9)."""

from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Clock, Dated
from organization.models import Department
from organization.selectors import departments_of, reads_all
from reviews.enums import OPEN_REVIEW_STATES, ReviewState

USER = settings.AUTH_USER_MODEL
R = TypeVar("R", bound="DepartmentReview")


class DepartmentReviewQuerySet(models.QuerySet[R]):
    def visible_to(self, user: Any) -> Self:
        """Planning, executives and audit see all; a department sees its own."""
        if reads_all(user):
            return self
        return self.filter(department__in=departments_of(user))

    def open(self) -> Self:
        """Those waiting for an answer. The clock says the same, and has the index for it."""
        return self.filter(state__in=OPEN_REVIEW_STATES, clock__closed_on=None)

    def live(self) -> Self:
        return self.exclude(state=ReviewState.RECALLED)


class DepartmentReview(Dated):
    """One department's review of a subject: the field that `SUBJECT` names, a thing with `code`, `title` and page.
    What the rules said when it was sent (days, confirmation) is copied here.

    One of earlier years (`is_record`) has no clock and no day of notice (N1).
    """

    SUBJECT: ClassVar[str]

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("검토 부서"))
    department_name = models.CharField(_("검토 부서"), max_length=60)
    state = models.CharField(
        _("상태"), max_length=10, choices=ReviewState.choices, default=ReviewState.WAITING
    )
    clock: Any = models.OneToOneField(
        Clock, models.PROTECT, null=True, related_name="+", verbose_name=_("기한")
    )
    notified_on: Any = models.DateField(_("통보일"), null=True)
    needs_confirmation = models.BooleanField(_("부서장 확인"), default=True)
    reviewer: Any = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("검토자")
    )
    submitted_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("제출자")
    )
    submitted_on = models.DateField(_("제출일"), null=True)
    completed_on = models.DateField(_("완료일"), null=True)
    confirmed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("확인자")
    )
    in_time = models.BooleanField(_("기한 내"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def subject(self) -> Any:
        return getattr(self, self.SUBJECT)

    @property
    def subject_id(self) -> int:
        found: int = getattr(self, f"{self.SUBJECT}_id")
        return found

    @property
    def name(self) -> str:
        """What lists and reminders call it: its subject by number and title."""
        return f"{self.subject.code} {self.subject.title}"

    @property
    def is_record(self) -> bool:
        return self.clock_id is None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REVIEW_STATES

    @property
    def reviewer_here(self) -> bool:
        """A reviewer is named, and still serves in the department."""
        reviewer = self.reviewer
        return reviewer is not None and reviewer.is_active and reviewer.department_id == self.department_id
