"""Who changed what, who did what, who looked at whose data; the work in the background (D3–D5)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.formats import NOTHING, date_ko, number
from core.cells import Cell, Column
from core.listed import BulkAction
from core.lists import ListView
from core.models import AccessLog, Destruction, Job, TransitionLog
from core.numbers import wholes
from core.page import BaseView, Request
from organization import history
from organization.enums import person_text
from organization.filters import AccessFilter, AuditFilter, JobFilter, TransitionFilter
from organization.services import jobs as services
from organization.views.tables import person_column, person_paths

SHOWN = 5  # differences of one change on the page
JOB_TONES = {"queued": "neutral", "running": "info", "done": "success", "failed": "danger"}


def actor_text(
    department: str | None, position: str | None, name: str | None, bearer: str | None = None
) -> str:
    return person_text(department, position, name) if name else bearer or _("시스템")


def _actor(prefix: str) -> tuple[str, str, str, str]:
    return *person_paths(prefix), f"{prefix}_pass__label"


def _for_whom(department: str | None, position: str | None, name: str | None) -> str | None:
    """Whose right a substitute used (대결, O5)."""
    return _("대결: %(person)s") % {"person": actor_text(department, position, name)} if name else None


def _who(key: str, label: Any, prefix: str, empty: bool = False, screen: bool = True) -> Column:
    def show(department: str | None, position: str | None, name: str | None) -> str:
        return "" if empty and name is None else actor_text(department, position, name)

    return person_column(key, label, prefix, show, width=28, screen=screen)


def _worded(key: str, label: Any, path: str, words: Callable[[Any], str], **options: Any) -> Column:
    """Says in words what a row holds as a key."""
    return Column(key, label, (path,), words, excel=words, **options)


def moment(at: datetime | None) -> Cell:
    """Day above time: narrow, and never broken in between."""
    return Cell(date_ko(at), sub=f"{timezone.localtime(at):%H:%M}") if at else Cell(NOTHING)


def _moment_column(label: Any, path: str, key: str = "at") -> Column:
    return Column(key, label, (path,), moment, sort=(path,), kind="datetime", width=20)


def differences_text(differences: list[history.Difference]) -> str:
    return " / ".join(map(str, differences)) or NOTHING


def differences_cell(differences: list[history.Difference]) -> Cell:
    """The first few; the file has all."""
    text = differences_text(differences[:SHOWN])
    more = len(differences) - SHOWN
    return Cell(text, sub=_("외 %(count)d개 항목") % {"count": more} if more > 0 else None)


KIND = _worded("kind", gettext_lazy("대상 구분"), "content_type_id", history.kind_name)


class LogList(ListView):
    """What the logs have in common: the newest first."""

    permission = "organization.view_logs"
    section = "manage"
    default_order: ClassVar[Any] = ("-at",)


class AuditList(LogList):
    """Every change of a row: before and after (D5)."""

    title = gettext_lazy("변경 기록")
    file_name = gettext_lazy("변경_기록")
    filter_class = AuditFilter
    default_order = ("-timestamp",)
    crumbs = ((gettext_lazy("변경 기록"), None),)
    empty_message = gettext_lazy("조건에 맞는 변경 기록이 없습니다. 기간이나 조건을 넓혀 주세요.")
    columns = (
        _moment_column(gettext_lazy("일시"), "timestamp"),
        KIND,
        Column("subject", gettext_lazy("대상"), ("object_repr",), primary=True, width=30),
        _worded("action", gettext_lazy("처리"), "action", lambda key: str(history.ACTIONS[key]), width=10),
        Column(
            "changes",
            gettext_lazy("바뀐 내용"),
            ("changes",),
            differences_cell,
            excel=differences_text,
            width=60,
        ),
        _who("actor", gettext_lazy("처리자"), "actor"),
        Column("address", gettext_lazy("접속 주소"), ("remote_addr",), hide_mobile=True, width=18),
    )

    def get_queryset(self, user: Any) -> QuerySet[LogEntry]:
        return history.entries_for(user)

    def enrich(self, rows: list[Any], paths: list[str]) -> list[Any]:
        kind, changes = paths.index("content_type_id"), paths.index("changes")
        found = history.differences([(row[kind], row[changes]) for row in rows])
        return [(*row[:changes], words, *row[changes + 1 :]) for row, words in zip(rows, found, strict=True)]


class AccessList(LogList):
    """Who looked at whose personal data, when, from where, why (D3)."""

    title = gettext_lazy("열람 기록")
    file_name = gettext_lazy("열람_기록")
    filter_class = AccessFilter
    crumbs = ((gettext_lazy("열람 기록"), None),)
    empty_message = gettext_lazy("조건에 맞는 열람 기록이 없습니다. 기간이나 조건을 넓혀 주세요.")
    columns = (
        _moment_column(gettext_lazy("일시"), "at"),
        Column("actor", gettext_lazy("열람자"), _actor("actor"), actor_text, excel=actor_text, width=28),
        _worded("action", gettext_lazy("행위"), "action", lambda key: str(AccessLog.Action(key).label)),
        Column("subject", gettext_lazy("대상"), ("subject_label",), primary=True, width=40),
        Column("reason", gettext_lazy("사유"), ("reason",), width=40),
        Column("address", gettext_lazy("접속 주소"), ("address",), hide_mobile=True, width=18),
    )

    def get_queryset(self, user: Any) -> QuerySet[AccessLog]:
        return AccessLog.objects.all()


class TransitionList(LogList):
    """Every step of every case: who, for whom, from which state to which, why."""

    permission = "organization.view_transitions"
    title = gettext_lazy("처리 기록")
    file_name = gettext_lazy("처리_기록")
    filter_class = TransitionFilter
    crumbs = ((gettext_lazy("처리 기록"), None),)
    empty_message = gettext_lazy("조건에 맞는 처리 기록이 없습니다. 기간이나 조건을 넓혀 주세요.")
    columns = (
        _moment_column(gettext_lazy("일시"), "at"),
        KIND,
        Column(
            "subject",
            gettext_lazy("대상"),
            ("object_id",),
            lambda named: Cell(named[0], url=named[1] or None),
            excel=lambda named: named[0],
            primary=True,
            width=40,
        ),
        Column("name", gettext_lazy("처리"), ("name",)),
        Column("state", gettext_lazy("상태"), ("to_state",)),
        Column(
            "actor",
            gettext_lazy("처리자"),
            (*_actor("actor"), *person_paths("principal")),
            lambda *values: Cell(actor_text(*values[:4]), sub=_for_whom(*values[4:])),
            excel=lambda *values: actor_text(*values[:4]),
            width=28,
        ),
        _who("principal", gettext_lazy("대결(원래 담당자)"), "principal", empty=True, screen=False),
        Column("reason", gettext_lazy("사유"), ("reason",), width=40, hide_mobile=True),
    )

    def get_queryset(self, user: Any) -> QuerySet[TransitionLog]:
        return TransitionLog.objects.all()

    def enrich(self, rows: list[Any], paths: list[str]) -> list[Any]:
        """Names of things, steps and states instead of keys."""
        at = {path: paths.index(path) for path in ("content_type_id", "object_id", "name", "to_state")}
        names = history.Names()
        for row in rows:
            if model := ContentType.objects.get_for_id(row[at["content_type_id"]]).model_class():
                names.want(model, row[at["object_id"]])
        names.fetch()
        return [self._words(list(row), at, names) for row in rows]

    @staticmethod
    def _words(row: list[Any], at: dict[str, int], names: history.Names) -> list[Any]:
        model = ContentType.objects.get_for_id(row[at["content_type_id"]]).model_class()
        if model is not None:
            pk = row[at["object_id"]]
            row[at["object_id"]] = names.name_of(model, pk), names.url_of(model, pk)
            row[at["name"]], row[at["to_state"]] = history.step_text(
                model, row[at["name"]], row[at["to_state"]]
            )
        else:
            row[at["object_id"]] = f"#{row[at['object_id']]}", ""
        return row


def log_name(table: str) -> str:
    """What the log in this table is called."""
    if table == LogEntry._meta.db_table:
        return str(AuditList.title)  # the library's own name says little
    found = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    return str(found._meta.verbose_name) if found else table


def _of(content_type_id: int | None) -> str:
    return history.kind_name(content_type_id) if content_type_id else _("전체")


class DestructionList(LogList):
    """What was destroyed because its term was over (D6)."""

    title = gettext_lazy("기록 파기")
    file_name = gettext_lazy("기록_파기")
    crumbs = ((gettext_lazy("기록 파기"), None),)
    empty_message = gettext_lazy("아직 파기한 기록이 없습니다. 보관 기간이 지난 기록은 매달 초에 파기합니다.")
    columns = (
        _moment_column(gettext_lazy("파기 일시"), "at"),
        _worded("log", gettext_lazy("기록"), "log", log_name, primary=True, width=24),
        _worded("of", gettext_lazy("대상 구분"), "of_id", _of, width=24),
        _moment_column(gettext_lazy("이 일시보다 앞의 기록"), "before", "before"),
        Column("count", gettext_lazy("건수"), ("count",), number, align="right", kind="int", width=12),
    )

    def get_queryset(self, user: Any) -> QuerySet[Destruction]:
        return Destruction.objects.all()

    def get_look(self) -> None:
        """Numbers alone."""


def job_state(state: str, error: str) -> Cell:
    return Cell(str(Job.State(state).label), tone=JOB_TONES[state], sub=error or None)


class JobList(ListView):
    """Work in the background; what failed can be tried again."""

    permission = "organization.view_jobs"
    section = "manage"
    title = gettext_lazy("작업 현황")
    file_name = gettext_lazy("작업_현황")
    filter_class = JobFilter
    default_order = ("-created_at",)
    crumbs = ((gettext_lazy("작업 현황"), None),)
    bulk_actions = (BulkAction("retry", gettext_lazy("다시 시도")),)
    bulk_url_name = "jobs_retry"
    empty_message = gettext_lazy("조건에 맞는 작업이 없습니다.")
    columns = (
        Column("label", gettext_lazy("작업"), ("label",), primary=True, width=40),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state", "error"),
            job_state,
            sort=("state",),
            excel=lambda state, _error: str(Job.State(state).label),
        ),
        Column("attempts", gettext_lazy("시도"), ("attempts",), align="right", kind="int", hide_mobile=True),
        _who("by", gettext_lazy("요청자"), "created_by"),
        _moment_column(gettext_lazy("등록 일시"), "created_at"),
        _moment_column(gettext_lazy("완료 일시"), "finished_at", "finished"),
    )

    def get_queryset(self, user: Any) -> QuerySet[Job]:
        return Job.objects.all()


class JobsRetry(BaseView):
    permission = "organization.view_jobs"

    def post(self, request: Request) -> HttpResponse:
        chosen = wholes(request.POST.getlist("pk"))
        count = services.retry(chosen, actor=request.user)
        if count:
            text = ngettext(
                "작업 %(count)d건을 다시 시도합니다.", "작업 %(count)d건을 다시 시도합니다.", count
            )
            messages.success(request, text % {"count": count})
        else:
            messages.error(request, _("다시 시도할 수 있는 작업이 없습니다. 실패한 작업을 선택해 주세요."))
        return HttpResponseRedirect(reverse("jobs"))
