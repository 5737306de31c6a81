"""Who did what (transitions) and who looked at whose data (accesses). Rows are only ever added."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.passes import by_pass, one_actor
from core.now import now

USER = settings.AUTH_USER_MODEL


class TransitionLog(models.Model):
    """One step of one thing. `principal` is set when a substitute acted (대결, O5)."""

    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.BigIntegerField()
    subject = GenericForeignKey()
    name = models.CharField(max_length=40)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    actor_pass = by_pass()
    principal = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "at"])]
        constraints = [one_actor("actor", "log_one_actor")]

    def __str__(self) -> str:
        return f"{self.name} {self.from_state}→{self.to_state}"

    @property
    def who(self) -> str:
        """Who acted, for people to read."""
        return str(self.actor or self.actor_pass or _("시스템"))

    @property
    def kind(self) -> ContentType:
        """From the kinds this process knows. Joined, they lead SQLite to read the log from its beginning."""
        return ContentType.objects.get_for_id(self.content_type_id)


class AccessLog(models.Model):
    """Who looked at whose personal data, when, from where, why (D3). Kept as long as its term says (core.retention)."""

    class Action(models.TextChoices):
        VIEW = "view", _("열람")
        DOWNLOAD = "download", _("내려받기")
        EXPORT = "export", _("엑셀 출력")

    actor = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("열람자"))
    actor_pass = by_pass()
    at = models.DateTimeField(_("일시"), default=now, editable=False, db_index=True)
    address = models.GenericIPAddressField(_("접속 주소"), null=True)
    action = models.CharField(_("행위"), max_length=10, choices=Action.choices)
    subject_kind = models.CharField(_("대상 구분"), max_length=60)
    subject_id = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("정보주체")
    )  # whose, where it is one person's
    subject_label = models.CharField(_("대상"), max_length=200)
    reason = models.CharField(_("사유"), max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [one_actor("actor", "look_one_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id or self.actor_pass_id} {self.action} {self.subject_label}"


class Destruction(models.Model):
    """That the rows of a log from before this moment were destroyed, because their term was over. The database lets
    nothing else destroy them (core.retention)."""

    log = models.CharField(_("기록"), max_length=60)  # the table
    of = models.ForeignKey(
        ContentType, models.PROTECT, null=True, related_name="+", verbose_name=_("대상 구분")
    )
    before = models.DateTimeField(_("이 일시보다 앞의 기록"))
    count = models.PositiveIntegerField(_("건수"))
    at = models.DateTimeField(_("파기 일시"), default=now, editable=False)

    class Meta:
        verbose_name = _("기록 파기")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.log} {self.count}"
