"""Departments: list, page, founding, dated changes (O1)."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from basis.formats import NOTHING, date_weekday
from core.cells import Cell, Column
from core.components import Action, Badge, taking_in
from core.lists import ListView
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import NOBODY, can
from core.views.forms import ConfirmPage, FormPage, PreviewPage
from organization import foresight, history, selectors
from organization.enums import ENDING, ChangeType, DepartmentKind, DepartmentRole
from organization.filters import DepartmentFilter
from organization.forms import CHANGE_FORMS, DepartmentEditForm, DepartmentForm
from organization.models import Department, DepartmentChange
from organization.services import departments as services
from organization.views.tables import table

HOME = (pgettext_lazy("목록", "부서"), reverse_lazy("departments"))
CHANGE_LABELS = {
    ChangeType.RENAME: gettext_lazy("이름 바꾸기"),
    ChangeType.MOVE: gettext_lazy("소속 바꾸기"),
    ChangeType.MERGE: gettext_lazy("다른 부서와 통합"),
    ChangeType.ABOLISH: pgettext_lazy("단추", "폐지"),
}


def standing(valid_from: Any, valid_to: Any) -> Cell:
    """Whether the department exists today, in words."""
    if valid_to is not None and valid_to < today():
        return Cell(_("폐지"), tone="neutral", sub=date_weekday(valid_to))
    if valid_from > today():
        return Cell(_("설치 예정"), tone="info", sub=date_weekday(valid_from))
    return Cell(_("현재"))


def kind_text(kind: str) -> str:
    return str(DepartmentKind(kind).label)


def role_text(role: str) -> str:
    return str(DepartmentRole(role).label) if role else ""


class DepartmentList(ListView):
    permission = "organization.view_directory"
    section = "manage"
    title = pgettext_lazy("목록", "부서")
    unit = gettext_lazy("개")
    file_name = pgettext_lazy("목록", "부서")
    filter_class = DepartmentFilter
    template_name = "organization/departments.html"
    default_order = ("order", "code")
    crumbs = ((pgettext_lazy("목록", "부서"), None),)
    empty_message = gettext_lazy("조건에 맞는 부서가 없습니다. 조건을 줄이거나 부서를 등록해 주세요.")
    columns = (
        Column("name", gettext_lazy("부서명"), ("name",), sort=("name",), primary=True, width=24),
        Column("code", gettext_lazy("부서 코드"), ("code",), sort=("code",), hide_mobile=True, width=12),
        Column("kind", gettext_lazy("구분"), ("kind",), kind_text, sort=("kind",), excel=kind_text),
        Column("parent", gettext_lazy("상위 부서"), ("parent__name",), sort=("parent__order",), width=24),
        Column("role", gettext_lazy("기능"), ("role",), role_text, excel=role_text, hide_mobile=True),
        Column(
            "staff",
            gettext_lazy("직원"),
            ("staff_count",),
            lambda n: _("%(n)s명") % {"n": f"{n:,}"},
            sort=("staff_count",),
            align="right",
            kind="int",
            width=10,
        ),
        Column(
            "standing",
            gettext_lazy("상태"),
            ("valid_from", "valid_to"),
            standing,
            excel=lambda start, end: standing(start, end).text,
        ),
        Column("valid_from", gettext_lazy("설치일"), ("valid_from",), kind="date", screen=False),
        Column("valid_to", gettext_lazy("폐지일"), ("valid_to",), kind="date", screen=False),
    )

    def get_queryset(self, user: Any) -> QuerySet[Department]:
        return Department.objects.with_staff_count()

    def row_url(self, pk: Any) -> str:
        return reverse("department", args=[pk])

    def get_empty_action(self) -> tuple[Any, str] | None:
        if can(self.request.user, "organization.manage"):
            return _("부서 등록"), reverse("department_new")
        return None

    def get_context(self) -> dict[str, Any]:
        if not can(self.request.user, "organization.manage"):
            return {"blocked": []}
        return {
            "primary": Action(_("부서 등록"), reverse("department_new"), hotkey="n"),
            "actions": [
                *taking_in("departments"),
                *taking_in("departments-past", past=True),
            ],
            "blocked": list(
                DepartmentChange.objects.planned().exclude(blocked="").select_related("department")
            ),
        }


class DepartmentPage(BaseView):
    permission = "organization.view_directory"
    section = "manage"
    template_name = "organization/department.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.department.name, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        rows = Department.objects.select_related("parent", "successor")
        self.department = department = get_object_or_404(rows, pk=pk)
        changes = list(department.changes.select_related("new_parent", "old_parent", "successor", "made_by"))
        manager = can(request.user, "organization.manage")
        state = standing(department.valid_from, department.valid_to)
        open_now = department.valid_to is None
        children = list(department.department_set.filter(valid_to=None))
        staff = list(selectors.staff_of(department.pk).in_order())
        events = history.timeline(department) if can(request.user, "organization.view_logs") else []
        return self.render(
            {
                "title": department.name,
                "badges": [
                    Badge(department.get_kind_display()),
                    Badge(state.text, state.tone or "success"),
                    *([Badge(department.get_role_display(), "info")] if department.role else []),
                ],
                "primary": self.change_action(ChangeType.RENAME) if manager and open_now else None,
                "actions": self.actions() if manager and open_now else [],
                "facts": self.facts(),
                "planned": self.planned(changes) if manager else None,
                "past": self.past(changes),
                "children": table(
                    _("하위 부서"),
                    [_("부서명"), _("구분")],
                    [(Cell(c.name, url=c.get_absolute_url()), kind_text(c.kind)) for c in children],
                ),
                "staff": table(
                    _("직원"),
                    [_("직위"), _("이름"), _("전자우편")],
                    [(str(p.get_position_display()), p.name, p.email or NOTHING) for p in staff],
                ),
                "events": events,
            }
        )

    @staticmethod
    def planned(changes: list[DepartmentChange]) -> dict[str, Any]:
        """Changes that wait for their day, or for what still stands against them."""
        heads = [_("시행일"), _("변경"), _("근거 문서"), _("처리")]
        waiting = [c for c in changes if not c.applied_at and not c.withdrawn_at]
        return table(
            _("예정된 변경"),
            heads,
            [
                (
                    date_weekday(c.effective_on),
                    Cell(selectors.change_text(c), sub=c.blocked or None),
                    c.document or NOTHING,
                    Cell(_("예정 취소"), url=reverse("department_change_withdraw", args=[c.pk])),
                )
                for c in waiting
            ],
        )

    @staticmethod
    def past(changes: list[DepartmentChange]) -> dict[str, Any]:
        rows = [
            (date_weekday(c.effective_on), selectors.change_text(c), c.document or NOTHING)
            for c in reversed(changes)
            if c.applied_at
        ]
        return table(_("부서 연혁"), [_("시행일"), _("변경"), _("근거 문서")], rows)

    def change_action(self, kind: ChangeType) -> Action:
        style = "danger" if kind == ChangeType.ABOLISH else "tertiary"
        url = reverse("department_change", args=[self.department.pk, kind.value])
        return Action(CHANGE_LABELS[kind], url, style=style)

    def actions(self) -> list[Action]:
        edit = Action(_("코드·구분·기능 수정"), reverse("department_edit", args=[self.department.pk]))
        others = (ChangeType.MOVE, ChangeType.MERGE, ChangeType.ABOLISH)
        return [edit, *(self.change_action(kind) for kind in others)]

    def facts(self) -> list[tuple[Any, Any]]:
        d = self.department
        return [
            (_("부서 코드"), d.code),
            (_("구분"), d.get_kind_display()),
            (_("상위 부서"), d.parent.name if d.parent else ""),
            (_("기능"), d.get_role_display()),
            (_("설치일"), date_weekday(d.valid_from)),
            (_("폐지일"), date_weekday(d.valid_to) if d.valid_to else ""),
            (_("승계 부서"), d.successor.name if d.successor else ""),
        ]


class DepartmentNew(FormPage):
    permission = "organization.manage"
    reveals = NOBODY
    section = "manage"
    form_class = DepartmentForm
    title = gettext_lazy("부서 등록")
    submit = gettext_lazy("부서 등록")
    success = gettext_lazy("부서가 등록되었습니다.")
    crumbs = (HOME, (gettext_lazy("부서 등록"), None))

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": today(), "kind": DepartmentKind.DIVISION}

    def get_cancel_url(self) -> str:
        return reverse("departments")

    def act(self, form: DepartmentForm) -> str:
        return services.create(actor=self.request.user, **form.cleaned_data).get_absolute_url()


class _OfDepartment(FormPage):
    """A form about one department."""

    permission = "organization.manage"
    reveals = NOBODY
    section = "manage"

    def prepare(self) -> None:
        self.department = get_object_or_404(Department, pk=self.kwargs["pk"], valid_to=None)

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.department.name, self.department.get_absolute_url()), (self.get_title(), None)]

    def get_cancel_url(self) -> str:
        return self.department.get_absolute_url()


class DepartmentEdit(_OfDepartment):
    form_class = DepartmentEditForm
    title = gettext_lazy("코드·구분·기능 수정")
    lead = gettext_lazy("이름과 소속은 시행일이 있는 변경으로 바꿉니다.")
    submit = gettext_lazy("수정 내용 저장")
    success = gettext_lazy("수정되었습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.department, name) for name in (*services.EDITABLE, "version")}

    def act(self, form: DepartmentEditForm) -> str:
        values = {name: form.cleaned_data[name] for name in services.EDITABLE}
        version = form.cleaned_data["version"]
        services.edit(self.department, values, actor=self.request.user, version=version)
        return self.department.get_absolute_url()


TARGETS = {"name": "new_name", "parent": "new_parent", "successor": "successor"}  # by field of the form


class DepartmentChangePage(_OfDepartment, PreviewPage):
    """Rename, move, merge, abolish: at once or on a coming day. What goes over is shown before."""

    def prepare(self) -> None:
        super().prepare()
        if self.kwargs["kind"] not in CHANGE_FORMS:
            raise Http404
        self.kind = ChangeType(self.kwargs["kind"])

    def get_form_class(self) -> Any:
        return CHANGE_FORMS[self.kind]

    def get_title(self) -> Any:
        return f"{self.department.name}: {CHANGE_LABELS[self.kind]}"

    def get_initial(self) -> dict[str, Any]:
        return {"effective_on": today(), "name": self.department.name}

    def get_context(self) -> dict[str, Any]:
        return {"submit": CHANGE_LABELS[self.kind], "danger": self.kind in ENDING}

    def foresee(self, form: Any) -> list[str]:
        given = {TARGETS.get(name, name): value for name, value in form.cleaned_data.items()}
        change = services.planned(self.department, self.kind, actor=self.request.user, **given)
        return foresight.of_change(change)

    def act(self, form: Any) -> str:
        given = {"actor": self.request.user, **form.cleaned_data}
        match self.kind:
            case ChangeType.RENAME:
                change = services.rename(self.department, **given)
            case ChangeType.MOVE:
                change = services.move(self.department, **given)
            case ChangeType.MERGE:
                change = services.merge(self.department, **given)
            case _:
                change = services.abolish(self.department, **given)
        if change.applied_at:
            messages.success(self.request, _("시행되었습니다."))
        else:
            day = date_weekday(change.effective_on)
            messages.success(self.request, _("%(day)s에 시행되도록 예약되었습니다.") % {"day": day})
        return self.department.get_absolute_url()


class DepartmentChangeWithdraw(ConfirmPage):
    permission = "organization.manage"
    reveals = NOBODY
    section = "manage"
    title = gettext_lazy("예정된 변경 취소")
    success = gettext_lazy("예정된 변경이 취소되었습니다.")

    def prepare(self) -> None:
        rows = DepartmentChange.objects.select_related("department", "new_parent", "old_parent", "successor")
        self.change = get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        department = self.change.department
        return [HOME, (department.name, department.get_absolute_url()), (self.title, None)]

    def get_text(self) -> str:
        day, what = date_weekday(self.change.effective_on), selectors.change_text(self.change)
        return _("%(day)s 시행 예정인 변경(%(what)s)을 취소할까요?") % {"day": day, "what": what}

    def get_cancel_url(self) -> str:
        return self.change.department.get_absolute_url()

    def act(self) -> str:
        services.withdraw(self.change, actor=self.request.user)
        return self.change.department.get_absolute_url()
