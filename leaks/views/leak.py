"""One leak: its clock, whom it concerns, what is told; registering and putting right."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock import DeadlineBadge, explain_hours, hour_badge, hour_text
from basis.documents.response import document_response
from basis.formats import counted, date_weekday, number
from core.access import Look
from core.cells import Cell
from core.components import Action, Badge
from core.now import now
from core.page import Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from leaks import documents, letters
from leaks.enums import TONES, State
from leaks.forms import LeakForm, initial_of
from leaks.models import Leak
from leaks.selectors import grounds, waiting
from leaks.services import leaks as services
from leaks.views.base import HOME, Officers, Step, get_leak
from notifications.bar import bar_of
from organization.views.tables import table


def clock_rows(leak: Leak) -> list[tuple[str, DeadlineBadge | None, str]]:
    """Whom to tell, how the time stands, and what is known of it."""
    if leak.state == State.WITHDRAWN:
        return []
    told = [hour_text(leak.told_at)] if leak.told_at else []
    told += filter(None, [leak.told_how, _late(leak.told_late)])
    rows: list[tuple[str, DeadlineBadge | None, str]] = []
    rows.append((_("정보주체 통지"), hour_badge(leak.due_at, now(), leak.told_at), "\n".join(told)))
    if leak.reported_at:
        said = [
            _("%(at)s · 접수번호 %(receipt)s") % {"at": hour_text(leak.reported_at), "receipt": leak.receipt}
        ]
        said += filter(None, [_late(leak.reported_late)])
        rows.append((_("신고"), hour_badge(leak.due_at, now(), leak.reported_at), "\n".join(said)))
    elif leak.must_report:
        why = _("신고해야 합니다: %(why)s") % {"why": ", ".join(grounds(leak))}
        rows.append((_("신고"), hour_badge(leak.due_at, now()), why))
    else:
        rows.append((_("신고"), DeadlineBadge(_("의무 없음"), "neutral"), _why_not(leak)))
    return rows


def _late(reason: str) -> str:
    return _("늦은 까닭: %(reason)s") % {"reason": reason} if reason else ""


def _why_not(leak: Leak) -> str:
    if leak.grounds:
        return leak.grounds
    return _(
        "%(many)s보다 적고, 민감정보·고유식별정보와 외부의 불법적인 접근이 없습니다. "
        "인원이 늘면 다시 판단합니다."
    ) % {"many": counted(leak.many, _("명"))}


class LeakPage(Officers):
    template_name = "leaks/leak.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.leak.code, None)]

    def get_look(self) -> Look:
        return Look(self.leak, self.leak.pk)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.leak = leak = get_leak(request.user, pk)
        return self.render(
            {
                "title": str(leak),
                "leak": leak,
                "badges": [Badge(leak.get_state_display(), TONES[State(leak.state)])],
                **bar_of(request.user, leak),
                "arithmetic": explain_hours(leak.found_at, leak.hours, _("안 때")),
                "clocks": clock_rows(leak),
                "home": self._home(),
                "counts": self._counts(),
                "groups": self._groups(),
                "unknown": leak.groups.filter(people=None).count(),
                "waiting": waiting(leak).count(),
                "unreachable": leak.persons.filter(reachable=False).count(),
                "parts": documents.parts(leak),
                "papers": self._papers(),
                "facts": self._facts(),
                "events": [event_of(row) for row in latest_first(leak)],
            }
        )

    def _home(self) -> str:
        leak = self.leak
        if leak.home_from is None or leak.home_until is None:
            return ""
        return _("누리집 공지: %(start)s ~ %(end)s") % {
            "start": date_weekday(leak.home_from),
            "end": date_weekday(leak.home_until),
        }

    def _counts(self) -> list[tuple[str, str]]:
        leak, unit = self.leak, _("명")
        return [
            (_("모두"), counted(leak.people, unit)),
            (_("열람 기록에서 찾은 사람"), counted(leak.from_log, unit)),
            (_("따로 적은 사람"), counted(leak.from_groups, unit)),
        ]

    def _groups(self) -> dict[str, Any]:
        may = self.leak.is_open and can(self.actor, "leaks.act", self.leak)
        rows: list[list[Cell | str]] = []
        for group in self.leak.groups.all():
            count = Cell(_("확인 필요"), tone="warning") if group.people is None else number(group.people)
            kind = _("열람 기록의 목록") if group.from_log else _("직접 적음")
            notes = [_("어림한 인원") if group.estimated else "", group.note]
            url = reverse("leaks:group", args=[group.pk]) if may else None
            title = Cell(group.title, url=url, sub=", ".join(filter(None, notes)) or None)
            rows.append([title, kind, count])
        return table(_("따로 적은 사람"), [_("누구의 정보"), _("구분"), _("인원(명)")], rows, right=(2,))

    def _papers(self) -> list[Action]:
        notice, report = (
            reverse(f"leaks:{name}", args=[self.leak.pk]) for name in ("notice", "report_paper")
        )
        return [
            Action(_("통지문 인쇄"), f"{notice}?format=html", icon="print"),
            Action(_("통지문 한글"), f"{notice}?format=hwpx", icon="down"),
            Action(_("신고서 내용 인쇄"), f"{report}?format=html", icon="print"),
            Action(_("신고서 내용 한글"), f"{report}?format=hwpx", icon="down"),
        ]

    def _facts(self) -> list[tuple[str, str]]:
        leak, yes, no = self.leak, _("예"), _("아니요")
        period = ""
        if leak.looks_from and leak.looks_to:
            period = f"{hour_text(leak.looks_from)} ~ {hour_text(leak.looks_to)}"
        return [
            (_("안 때"), hour_text(leak.found_at)),
            (_("유출된 때"), letters.happened_text(leak)),
            (_("민감정보·고유식별정보"), yes if leak.sensitive else no),
            (_("외부의 불법적인 접근"), yes if leak.intrusion else no),
            (_("유출에 쓰인 계정"), leak.account.full_label if leak.account else ""),
            (_("찾은 열람 기록의 기간"), period),
        ]


class Paper(Officers):
    """`made` gives the document."""

    made: Any
    label: Any

    def get(self, request: Request, pk: int) -> HttpResponse:
        leak = get_leak(request.user, pk)
        self.looked = name = f"{leak.code}_{self.label}"
        fmt = request.GET.get("format", "html")
        return document_response(type(self).made(leak), fmt, name, back=leak.get_absolute_url())


class NoticePaper(Paper):
    made = staticmethod(documents.notice)
    label = gettext_lazy("개인정보_유출_통지문")


class ReportPaper(Paper):
    made = staticmethod(documents.report)
    label = gettext_lazy("개인정보_유출_신고_내용")


class LeakNew(Officers, FormPage):
    permission = "leaks.act"
    form_class = LeakForm
    title = gettext_lazy("유출 등록")
    submit = gettext_lazy("유출 등록")
    lead = gettext_lazy(
        "유출을 안 때부터 시간이 갑니다. 아는 것부터 적고 나중에 고칠 수 있습니다. "
        "등록하면 담당자와 그 부서장에게 바로 알립니다."
    )
    success = gettext_lazy("유출을 등록했습니다. 관련된 사람과 알릴 내용을 확인해 주세요.")
    crumbs = (HOME, (gettext_lazy("유출 등록"), None))

    def get_look(self) -> None:
        """Nobody yet."""

    def get_draft_key(self) -> str:
        return "leaks.new"

    def get_initial(self) -> dict[str, Any]:
        return {"found_at": now()}

    def get_cancel_url(self) -> str:
        return reverse("leaks:list")

    def act(self, form: LeakForm) -> str:
        return services.register(form.facts, actor=self.actor).get_absolute_url()


class LeakEdit(Step, FormPage):
    step = "edit"
    form_class = LeakForm
    submit = gettext_lazy("저장")
    success = gettext_lazy("유출 내용을 고치고 관련된 사람을 다시 찾았습니다.")

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.object)

    def act(self, form: LeakForm) -> str:
        services.edit(self.object, form.facts, actor=self.actor, version=form.cleaned_data.get("version"))
        return self.get_success_url()
