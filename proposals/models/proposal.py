"""An idea of a citizen or of staff, and who made it (P1–P3)."""

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis import personal
from core import beside
from core.models import Attachment, Clock, OpenWork
from core.models.dated import Dated
from core.now import now, today
from core.numbers import year_and_number
from core.search import SoughtField
from evaluations.models import Entry
from evaluations.selectors.entries import closed_to
from organization.selectors import departments_of, reads_all
from proposals.enums import RECORDS, Channel, Field, Kind, Petition, State
from proposals.models.call import Call
from proposals.policies import RISE_DAYS
from reviews.enums import ReviewState

USER = settings.AUTH_USER_MODEL
TEXT = 4_000
ASKED = [state for state in ReviewState if state != ReviewState.RECALLED]
TAKEN_DOWN = _("신고로 가려진 제안")
# What a proposal mostly has none of.
PARTS = (
    "clock__adjustments", "supplements", "opinions", "interims", "objections", "complaints", "earlier_decisions",
    "credits", "credited", "reviews",
)  # fmt: skip


class Content(models.Model):
    """What a proposal says (P2). `similar`: what like ones were shown while it was written, as [key, state then,
    way taken]."""

    title = models.CharField(_("제목"), max_length=100, validators=[MinLengthValidator(4)])
    field = models.CharField(_("분야"), max_length=15, choices=Field.choices)
    problem = models.TextField(_("지금의 문제"), max_length=TEXT)
    improvement = models.TextField(_("이렇게 바꾸고 싶어요"), max_length=TEXT)
    effect = models.TextField(_("좋아지는 점"), max_length=TEXT, blank=True)
    difference = models.TextField(_("비슷한 제안과 다른 점"), max_length=1_000, blank=True)
    awarded = models.CharField(_("다른 곳에서 상을 받은 일"), max_length=200, blank=True)
    hidden = models.BooleanField(_("내용을 공개하지 않음"), default=False)
    similar: Any = models.JSONField(_("보여 드린 비슷한 제안"), default=list, editable=False)
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("공모")
    )

    class Meta:
        abstract = True

    @property
    def field_label(self) -> str:
        """For lists: `get_field_display` hashes every label each time it is asked, a quarter of a page."""
        return str(Field(self.field).label) if self.field else ""


CONTENT = (
    "title", "field", "problem", "improvement", "effect", "difference", "awarded", "hidden", "similar", "call",
)  # fmt: skip


class Writing(Content):
    """A proposal that is still being written, without an account: who holds its pass writes on. Nothing of who that is
    stands here; what is not sent goes after some days (policy)."""

    title = models.CharField(_("제목"), max_length=100, blank=True)
    field = models.CharField(_("분야"), max_length=15, choices=Field.choices, blank=True)
    problem = models.TextField(_("지금의 문제"), max_length=TEXT, blank=True)
    improvement = models.TextField(_("이렇게 바꾸고 싶어요"), max_length=TEXT, blank=True)
    begun_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("쓰는 중인 제안")
        indexes = [models.Index(fields=["begun_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:writing", args=[self.pk])


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def public(self) -> "ProposalQuerySet":
        """What everybody may know: all that came in (P11). Of a hidden one title and result alone."""
        return self.exclude(state=State.HELD)

    def shown(self) -> "ProposalQuerySet":
        """Of which everybody may read more than the title."""
        return self.public().filter(hidden=False, taken_down=False)

    def whole(self) -> "ProposalQuerySet":
        """With all that its page reads of it in one row, and whether there is what it asks for beside that."""
        one = ("clock", "petition_clock", "linked_to", "decision__department", "call", "undertaking__effect")
        files, work = Attachment.objects.filter(removed_at=None), OpenWork.objects.all()
        return beside.asking(
            self.select_related(*one), *PARTS, files=files, work=work, entries=Entry.objects.all()
        )

    def risen(self) -> "ProposalQuerySet":
        """Those whose support rose all at once in these days (P15)."""
        return self.filter(rose_on__gt=today() - timedelta(days=RISE_DAYS.current()))

    def of_code(self, code: str) -> "ProposalQuerySet":
        """Of the receipt number as it is written."""
        found = year_and_number(code)
        return self.filter(year=found[0], number=found[1]) if found else self.none()

    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """Planning, executives and audit see all; staff see their own, what their department is asked about or carries
        out, and what is not hidden from everybody."""
        if reads_all(user):
            return self
        if not (departments := departments_of(user)):
            return self.none()
        shown = models.Q(hidden=False, taken_down=False) & ~models.Q(state=State.HELD)
        return self.filter(shown | _own_or_asked(user, departments))

    def concerning(self, user: Any) -> "ProposalQuerySet":
        """Those of which one sees all there is: others' are read as everybody reads them, without what is covered,
        files, and what the office writes to itself. Who is asked to judge one has to sign before (E3)."""
        if reads_all(user):
            return self.exclude(pk__in=closed_to(user, Proposal))
        departments = departments_of(user)
        return self.filter(_own_or_asked(user, departments)) if departments else self.none()


def _own_or_asked(user: Any, departments: Collection[int]) -> models.Q:
    own = Proposer.objects.filter(user=user).values("proposal")
    asked = Proposal.objects.filter(reviews__department__in=departments, reviews__state__in=ASKED)
    carried = Proposal.objects.filter(undertaking__department__in=departments)
    return models.Q(pk__in=own) | models.Q(pk__in=asked.values("pk")) | models.Q(pk__in=carried.values("pk"))


class Proposal(Dated, Content):
    """`year` and `number` are its receipt number (2026-제안-0012), public as it is handled (P11). A record of earlier
    years has no clock: it was dealt with before it came here (N1)."""

    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveIntegerField(_("번호"))
    kind = models.CharField(_("구분"), max_length=10, choices=Kind.choices)
    channel = models.CharField(_("접수 경로"), max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField(_("접수 일시"), default=now, editable=False)
    received_on = models.DateField(_("접수일"))
    received_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("접수한 직원")
    )
    state = models.CharField(_("상태"), max_length=12, choices=State.choices, default=State.RECEIVED)
    outside_number = models.CharField(_("국민신문고 신청번호"), max_length=40, blank=True)
    clock: Any = models.OneToOneField(
        Clock, models.PROTECT, null=True, related_name="proposal", verbose_name=_("결정 기한")
    )
    petition_clock: Any = models.OneToOneField(
        Clock, models.PROTECT, null=True, related_name="petition", verbose_name=_("민원 처리 기한")
    )
    closed_on = models.DateField(_("마친 날"), null=True, blank=True)
    in_time = models.BooleanField(_("기한 내"), null=True)
    linked_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links",
        verbose_name=_("먼저 접수된 제안"),
    )
    petition = models.CharField(_("전환한 민원"), max_length=15, choices=Petition.choices, blank=True)
    passed_to = models.CharField(_("이송한 기관"), max_length=60, blank=True)
    taken_down = models.BooleanField(_("신고로 가림"), default=False, editable=False)
    covered: Any = models.JSONField(_("가린 말"), default=list, editable=False)
    sought = SoughtField(_("찾을 수 있는 글"), default="", editable=False)
    supports = models.PositiveIntegerField(_("공감"), default=0, editable=False)
    rose_on = models.DateField(_("공감이 갑자기 늘어난 날"), null=True, editable=False)
    code_seal = models.CharField(_("확인번호"), max_length=128, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("제안")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="proposal_number"),
            models.UniqueConstraint(
                fields=["outside_number"], condition=~models.Q(outside_number=""), name="came_once"
            ),
            models.CheckConstraint(
                condition=models.Q(clock__isnull=False) | models.Q(state__in=RECORDS),
                name="clock_or_record",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.LINKED, linked_to__isnull=False)
                | ~models.Q(state=State.LINKED) & models.Q(linked_to=None),
                name="linked_to_the_first",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-received_at"]),
            models.Index(fields=["-received_at", "-id"], include=["state"], name="proposal_newest"),
            models.Index(
                fields=["-supports", "-received_at", "-id"], include=["state"], name="proposal_supported"
            ),
            models.Index(
                fields=["-closed_on", "-id"],
                condition=models.Q(state=State.ADOPTED, hidden=False),
                name="proposal_stories",
            ),
            models.Index(fields=["rose_on"], condition=~models.Q(rose_on=None), name="proposal_rose"),
            models.Index(fields=["received_on", "kind"]),
        ]

    def __str__(self) -> str:
        """As logs name it, which nobody can forget."""
        return f"{self.code} {self.public_title}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:desk_page", args=[self.pk])

    @property
    def code(self) -> str:
        return proposal_code(self.year, self.number)

    @property
    def is_record(self) -> bool:
        """Of earlier years, as the office's records have it: nothing is to be done with it here."""
        return self.clock_id is None

    @property
    def public_url(self) -> str:
        return reverse("proposals:public", args=[self.year, self.number])

    @property
    def is_shown(self) -> bool:
        """Whether everybody may read more of it than its title (P11)."""
        return not (self.hidden or self.taken_down)

    @property
    def covered_title(self) -> str:
        """As notices and mails name it, which nobody takes back: without a person's numbers (P17)."""
        return self.cover(self.title)

    @property
    def public_title(self) -> str:
        """As everybody reads it."""
        return str(TAKEN_DOWN) if self.taken_down else self.cover(self.title)

    def cover(self, text: str, kinds: Collection[personal.Kind] = tuple(personal.Kind)) -> str:
        """Numbers that look like a person's (P17) and what was decided to be covered, as stars."""
        masked = personal.mask(text, kinds)
        for word in self.covered:
            masked = masked.replace(word, "*" * len(word))
        return masked

    def told_words(self) -> str:
        """What of it may be searched by everybody: nothing of what they may not read."""
        if self.taken_down:
            return ""
        parts = [self.title] if self.hidden else [self.title, self.problem, self.improvement]
        return "\n".join(map(self.cover, parts))


def proposal_code(year: int, number: int) -> str:
    return f"{year}-{number:05d}"


class Proposer(models.Model):
    """One of those who made it. All that says who a citizen is stands here alone, so that it can be destroyed in one
    place (D3). Shares sum to 100; the largest is the main proposer's, `is_main` says who that is among equals (P2)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="proposers")
    user = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("이름"), max_length=40, blank=True)
    phone = models.CharField(_("전화번호"), max_length=20, blank=True)
    email = models.EmailField(_("전자우편"), blank=True)
    address = models.CharField(_("주소"), max_length=200, blank=True)
    guardian_name = models.CharField(_("법정대리인 이름"), max_length=40, blank=True)
    guardian_phone = models.CharField(_("법정대리인 전화번호"), max_length=20, blank=True)
    share = models.DecimalField(_("기여도(%)"), max_digits=5, decimal_places=2, default=Decimal(100))
    is_main = models.BooleanField(_("주 제안자"), default=True)
    consents: Any = models.JSONField(_("동의한 안내"), default=dict, editable=False)
    anonymised_on = models.DateField(_("파기일"), null=True, blank=True)

    class Meta:
        verbose_name = _("제안자")
        ordering = ["-is_main", "-share", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(is_main=True), name="one_main_proposer"
            ),
            models.CheckConstraint(condition=models.Q(share__gte=1, share__lte=100), name="share_in_percent"),
        ]

    def __str__(self) -> str:
        return str(self.user or self.name or _("파기된 제안자"))

    @property
    def share_text(self) -> str:
        """`30%`, `33.34%`."""
        return f"{self.share.normalize():f}%"
