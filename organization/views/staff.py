"""Staff: directory, first passwords, the page of a person (O2, O3, D3, D4)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import NOTHING, date_weekday, datetime_ko
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Badge, taking_in
from core.listed import BulkAction
from core.lists import ListView
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import NOBODY, can
from organization import history
from organization.enums import IssueWay, position_text
from organization.filters import DirectoryFilter, StaffFilter
from organization.models import Absence, Posting, RoleAssignment, User
from organization.selectors import coming_absences
from organization.views.tables import table

HOME = (gettext_lazy("직원"), reverse_lazy("staff"))


def account_state(is_active: bool, must_change: bool) -> Cell:
    if not is_active:
        return Cell(_("중지"), tone="neutral")
    if must_change:
        return Cell(_("비밀번호 변경 전"), tone="warning")
    return Cell(_("사용"))


DEPARTMENT = Column(
    "department", gettext_lazy("부서"), ("department__name",), sort=("department__order",), width=24
)
POSITION = Column(
    "position", gettext_lazy("직위"), ("position",), position_text, sort=("place",), excel=position_text
)
NAME = Column("name", gettext_lazy("이름"), ("name",), sort=("name",), primary=True)
EMAIL = Column("email", gettext_lazy("전자우편"), ("email",), width=30, hide_mobile=True)
ACCOUNT = (
    Column("employee_number", gettext_lazy("직원번호"), ("employee_number",), sort=("employee_number",)),
    Column("rank", gettext_lazy("직급"), ("rank",), sort=("rank",), hide_mobile=True),
    Column(
        "state",
        gettext_lazy("계정"),
        ("is_active", "must_change_password"),
        account_state,
        sort=("is_active",),
        excel=lambda active, change: account_state(active, change).text,
    ),
    Column(
        "last_login",
        gettext_lazy("마지막 로그인"),
        ("last_login",),
        lambda at: datetime_ko(at) if at else "–",
        sort=("last_login",),
        kind="datetime",
        hide_mobile=True,
    ),
)


class StaffList(ListView):
    """A directory for everybody; with the accounts for those who look after them."""

    permission = "organization.view_directory"
    section = "manage"
    title = gettext_lazy("직원")
    unit = gettext_lazy("명")
    file_name = gettext_lazy("직원")
    default_order = ("department__order", "place", "employee_number")
    crumbs = ((gettext_lazy("직원"), None),)
    bulk_url_name = "staff_passwords_chosen"
    empty_message = gettext_lazy("조건에 맞는 직원이 없습니다. 이름이나 부서를 줄여서 찾아 주세요.")

    @property
    def reveals(self) -> str:
        """The accounts, and whatever is taken along."""
        return "staff" if self.looks_after or "export" in self.request.GET else NOBODY

    @property
    def looks_after(self) -> bool:
        return can(self.request.user, "organization.view_staff")

    def get_filter_class(self) -> type[DirectoryFilter]:
        return StaffFilter if self.looks_after else DirectoryFilter

    def get_queryset(self, user: Any) -> QuerySet[User]:
        return User.objects.visible_to(user).with_place()

    def get_columns(self) -> tuple[Column, ...]:
        directory = (DEPARTMENT, POSITION, NAME, EMAIL)
        return (*directory, *ACCOUNT) if self.looks_after else directory

    def row_url(self, pk: Any) -> str | None:
        return reverse("staff_detail", args=[pk]) if self.looks_after else None

    def get_bulk_actions(self) -> list[BulkAction]:
        if not can(self.request.user, "organization.manage"):
            return []
        confirm = _("선택한 직원의 비밀번호가 새로 정해지고 지금 비밀번호는 쓸 수 없게 됩니다. 계속할까요?")
        invite = _("선택한 직원에게 비밀번호를 정하는 링크를 전자우편으로 보냅니다. 계속할까요?")
        return [
            BulkAction(IssueWay.PAPER, _("처음 비밀번호 발급"), confirm=confirm),
            BulkAction(IssueWay.MAIL, _("전자우편으로 초대"), confirm=invite),
        ]

    def get_empty_action(self) -> tuple[Any, str] | None:
        if can(self.request.user, "organization.manage"):
            return _("직원 등록"), reverse("staff_new")
        return None

    def get_context(self) -> dict[str, Any]:
        if not can(self.request.user, "organization.manage"):
            return {}
        return {
            "primary": Action(_("직원 등록"), reverse("staff_new"), hotkey="n"),
            "actions": [
                *taking_in("staff"),
                Action(_("직원 명단"), reverse("staff_lists")),
                Action(_("처음 비밀번호"), reverse("staff_passwords")),
            ],
        }


class StaffPage(BaseView):
    permission = "organization.view_staff"
    section = "manage"
    template_name = "organization/staff.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.person.full_label, None)]

    def get_look(self) -> Look | None:
        person = self.person
        return None if person == self.request.user else Look(person.full_label, person.pk, person)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.person = person = get_object_or_404(User, pk=pk)
        postings = list(person.postings.select_related("department").order_by("-valid_from", "-pk"))
        assignments = list(
            person.role_assignments.select_related("granted_by__department", "ended_by__department")
        )
        absences = coming_absences(person)
        manager = can(request.user, "organization.manage")
        state = account_state(person.is_active, person.must_change_password)
        primary, actions = self.actions() if manager else (None, [])
        return self.render(
            {
                "title": person.full_label,
                "lead": person.employee_number,
                "badges": [Badge(state.text, state.tone or "success")],
                "primary": primary,
                "actions": actions,
                "facts": self.facts(),
                "postings": self.postings(postings, manager),
                "assignments": self.assignments(assignments, manager),
                "absences": absence_table(absences),
                "events": history.timeline(person, *postings, *assignments, *absences),
            }
        )

    def actions(self) -> tuple[Action, list[Action]]:
        person = self.person

        def url(name: str) -> str:
            return reverse(name, args=[person.pk])

        if not person.is_active:
            again = _("%(name)s 계정을 다시 사용하게 할까요?") % {"name": person.full_label}
            return Action(_("사용 재개"), url("staff_enable"), confirm=again), []
        return Action(_("전보 발령"), url("staff_transfer")), [
            Action(_("내용 수정"), url("staff_edit")),
            Action(_("역할 부여"), url("staff_roles")),
            Action(_("부재 등록"), f"{reverse('absence_new')}?user={person.pk}"),
            Action(_("비밀번호 초기화"), url("staff_reset_password")),
            Action(_("사용 중지"), url("staff_disable"), style="danger"),
        ]

    def facts(self) -> list[tuple[Any, Any]]:
        p = self.person
        return [
            (_("직원번호"), p.employee_number),
            (_("이름"), p.name),
            (_("부서"), p.department.name if p.department else ""),
            (_("직위"), p.get_position_display()),
            (_("직급"), p.rank),
            (_("전자우편"), p.email),
            (_("등록 일시"), datetime_ko(p.created_at)),
            (_("마지막 로그인"), datetime_ko(p.last_login) if p.last_login else ""),
        ]

    def postings(self, postings: list[Posting], manager: bool) -> dict[str, Any]:
        """From when to when where; a coming one can be taken back."""
        withdraw = reverse("staff_transfer_withdraw", args=[self.person.pk]) if manager else ""

        rows = [
            (
                period(p.valid_from, p.valid_to),
                p.department.name,
                str(p.get_position_display()),
                p.rank or NOTHING,
                Cell(_("예정 취소"), url=withdraw) if withdraw and p.valid_from > today() else "",
            )
            for p in postings
        ]
        return table(_("발령 이력"), [_("기간"), _("부서"), _("직위"), _("직급"), _("처리")], rows)

    @staticmethod
    def assignments(rows: list[RoleAssignment], manager: bool) -> dict[str, Any]:
        heads = [_("역할"), _("기간"), _("상태"), _("사유"), _("부여자"), _("처리")]
        return table(_("역할"), heads, [_assignment(row, manager) for row in rows])


def period(start: date, end: date | None) -> str:
    return f"{date_weekday(start)} ~ {date_weekday(end) if end else ''}".strip()


def absence_table(absences: list[Absence], *, own: bool = False) -> dict[str, Any]:
    """With `own` those are the reader's, who may change them."""
    rows = [
        (
            period(a.start, a.end),
            a.substitute.full_label,
            a.reason,
            Cell(_("변경"), url=reverse("absence_change", args=[a.pk])) if own else "",
            Cell(_("취소"), url=reverse("absence_cancel", args=[a.pk])) if own else "",
        )
        for a in absences
    ]
    return table(_("부재·대직"), [_("기간"), _("대직자"), _("사유"), _("변경"), _("취소")], rows)


def duty_table(absences: list[Absence]) -> dict[str, Any]:
    """For whom the reader stands in, and when."""
    day = today()
    rows = [
        (
            a.user.full_label,
            period(a.start, a.end),
            Cell(_("대직 중"), tone="warning") if a.start <= day else Cell(_("예정"), tone="info"),
        )
        for a in absences
    ]
    return table(_("내가 대직하는 직원"), [_("직원"), _("기간"), _("상태")], rows)


def _assignment(row: RoleAssignment, manager: bool) -> tuple[Cell | str, ...]:
    day = today()
    over = row.valid_to is not None and row.valid_to < day
    state = Cell(_("부여됨"), tone="success")
    if over:
        state = Cell(_("종료"), tone="neutral")
    elif row.valid_from > day:
        state = Cell(_("예정"), tone="info")
    return (
        str(row.get_role_display()),
        period(row.valid_from, row.valid_to),
        state,
        " / ".join(filter(None, [row.reason, row.end_reason])) or NOTHING,
        str(row.granted_by) if row.granted_by else _("시스템"),
        Cell(_("해제"), url=reverse("staff_role_revoke", args=[row.pk])) if manager and not over else "",
    )
