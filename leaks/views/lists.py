"""The list of leaks, and of whom one concerns."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock import due_hour, hour_badge
from basis.formats import NOTHING, datetime_ko, number
from core.access import Look
from core.cells import Cell, Column, badge_cell, choice
from core.components import Action
from core.lists import ListView
from core.now import now
from core.page import Crumbs
from core.permissions import can
from leaks.enums import OPEN, TONES, State
from leaks.filters import LeakFilter, PersonFilter
from leaks.models import Leak, LeakPerson, leak_code, must_report
from leaks.selectors import contacts, source_text
from leaks.sockets import Key
from leaks.views.base import HOME, Officers, get_leak


def moment_text(at: datetime | None) -> str:
    return datetime_ko(at) if at else ""


def done_cell(found: datetime, hours: int, done: datetime | None, state: str) -> Cell:
    """How the clock stands for telling people."""
    if state == State.WITHDRAWN:
        return Cell(NOTHING)
    badge = hour_badge(due_hour(found, hours), now(), done)
    return Cell(badge.text, tone=badge.tone, sub=moment_text(done) or None)


def reported_cell(
    found: datetime, hours: int, done: datetime | None, state: str,
    sensitive: bool, intrusion: bool, log: int, typed: int,
) -> Cell:  # fmt: skip
    """The same for the authority, where it must be told."""
    if done is None and not must_report(log + typed, sensitive, intrusion, timezone.localdate(found)):
        return Cell(NOTHING)
    return done_cell(found, hours, done, state)


class LeakList(Officers, ListView):
    title = gettext_lazy("개인정보 유출")
    file_name = gettext_lazy("개인정보_유출")
    filter_class = LeakFilter
    default_order = ("-year", "-number")
    urgent_order = ("found_at",)
    open_states = OPEN
    crumbs = ((HOME[0], None),)
    empty_message = gettext_lazy("등록된 유출이 없습니다. 유출을 알게 되면 바로 등록해 주세요.")
    columns = (
        Column("code", gettext_lazy("번호"), ("year", "number"), leak_code, excel=leak_code,
               sort=("year", "number"), width=12),
        Column("title", gettext_lazy("유출 이름"), ("title",), primary=True, width=40),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(State, TONES), excel=choice(State),
               width=12),
        Column("found", gettext_lazy("안 때"), ("found_at",), moment_text, sort=("found_at",), kind="datetime",
               width=20),
        Column("told", gettext_lazy("정보주체 통지"), ("found_at", "hours", "told_at", "state"), done_cell,
               excel=lambda found, hours, told, state: told, kind="datetime", width=20),
        Column("reported", gettext_lazy("신고"),
               ("found_at", "hours", "reported_at", "state", "sensitive", "intrusion", "from_log", "from_groups"),
               reported_cell, excel=lambda found, hours, at, *_rest: at, kind="datetime", width=20),
        Column("people", gettext_lazy("인원"), ("from_log", "from_groups"), lambda log, typed: number(log + typed),
               excel=lambda log, typed: log + typed, align="right", kind="int", width=10),
        Column("items", gettext_lazy("항목"), ("items",), screen=False, width=40),
        Column("receipt", gettext_lazy("신고 접수번호"), ("receipt",), screen=False, width=20),
        Column("told_late", gettext_lazy("통지가 늦은 까닭"), ("told_late",), screen=False, width=30),
        Column("reported_late", gettext_lazy("신고가 늦은 까닭"), ("reported_late",), screen=False, width=30),
        Column("grounds", gettext_lazy("신고하지 않은 근거"), ("grounds",), screen=False, width=30),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Leak]:
        return Leak.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("leaks:leak", args=[pk])

    def get_context(self) -> dict[str, Any]:
        if not can(self.actor, "leaks.act"):
            return {}
        return {"primary": Action(_("유출 등록"), reverse("leaks:new"))}

    def get_look(self) -> None:
        """Cases, not people."""


class PersonList(Officers, ListView):
    """Names are read where they are kept: once destroyed there, they are gone here too."""

    file_name = gettext_lazy("유출_정보주체")
    unit = gettext_lazy("명")
    filter_class = PersonFilter
    default_order = ("pk",)
    empty_message = gettext_lazy(
        "열람 기록에서 찾은 사람이 없습니다. 유출 건에 열람 기록의 기간이 적혀 있는지 확인해 주세요."
    )
    columns = (
        Column("name", gettext_lazy("정보주체"), ("key",), primary=True, width=30),
        Column("source", gettext_lazy("구분"), ("source",), source_text, excel=source_text, sort=("source",),
               width=14),
        Column("looks", gettext_lazy("열람 횟수"), ("looks",), number, sort=("looks",), align="right", kind="int",
               width=10),
        Column("last", gettext_lazy("마지막 열람"), ("last_at",), moment_text, sort=("last_at",), kind="datetime",
               width=20),
        Column("contact", gettext_lazy("연락처"), ("user_id",), width=36),
        Column("told", gettext_lazy("안내를 보낸 때"), ("told_at",), moment_text, sort=("told_at",),
               kind="datetime", width=20),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[LeakPerson]:
        return LeakPerson.objects.filter(leak=get_leak(user, self.kwargs["pk"]))

    def get_title(self) -> str:
        return _("관련된 사람: %(leak)s") % {"leak": self.leak_text}

    @property
    def leak_text(self) -> str:
        return str(get_leak(self.actor, self.kwargs["pk"]).code)

    def get_crumbs(self) -> Crumbs:
        above = reverse("leaks:leak", args=[self.kwargs["pk"]])
        return [HOME, (self.leak_text, above), (_("관련된 사람"), None)]

    def get_look(self) -> Look:
        return Look(self.get_title(), self.kwargs["pk"])

    def enrich(self, rows: list[Any], paths: list[str]) -> list[Any]:
        """Names and contacts instead of keys."""
        at = {path: paths.index(path) for path in ("user_id", "source", "key")}
        keys: list[Key] = [(row[at["user_id"]], row[at["source"]], row[at["key"]]) for row in rows]
        who, found = contacts(keys), []
        for row, key in zip(rows, keys, strict=True):
            person, words = who.get(key), list(row)
            words[at["key"]] = person.name if person else _("파기됨")
            reached = filter(None, (person.email, person.phone, person.address)) if person else ()
            words[at["user_id"]] = ", ".join(reached) or _("모름")
            found.append(words)
        return found
