"""Files of staff (정기인사): what they change, applied in one go, taken back (O2)."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import NOTHING, counted, date_weekday, datetime_ko, number
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Badge, Progress
from core.lists import ListView
from core.models import Job
from core.page import BaseView, Crumbs, Request
from core.steps import steps_for
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, StepPage
from organization.comparison import Change, Comparison, compare
from organization.enums import StaffChange, StaffListState
from organization.forms import StaffListForm
from organization.models import StaffList
from organization.services import stafflists as services
from organization.views.tables import table
from organization.workflow import STAFF_LIST

STAFF = (gettext_lazy("직원"), reverse_lazy("staff"))
HOME = (gettext_lazy("직원 명단"), reverse_lazy("staff_lists"))
TONES = {StaffListState.DRAFT: "info", StaffListState.APPLIED: "success", StaffListState.UNDONE: "neutral"}
SHOWN = 400  # rows of a kind


def state_cell(state: str) -> Cell:
    found = StaffListState(state)
    return Cell(str(found.label), tone=TONES[found])


class StaffLists(ListView):
    permission = "organization.manage"
    section = "manage"
    title = gettext_lazy("직원 명단")
    file_name = gettext_lazy("직원_명단")
    default_order = ("-made_at",)
    crumbs = (STAFF, (HOME[0], None))
    empty_message = gettext_lazy("올린 명단이 없습니다. 인사시스템에서 받은 직원 명단을 엑셀로 올려 주세요.")
    columns = (
        Column("title", gettext_lazy("이름"), ("title",), sort=("title",), primary=True, width=30),
        Column("day", gettext_lazy("발령일"), ("day",), date_weekday, sort=("day",), kind="date"),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            state_cell,
            excel=lambda state: str(StaffListState(state).label),
        ),
        Column(
            "made_at",
            gettext_lazy("올린 일시"),
            ("made_at",),
            datetime_ko,
            sort=("made_at",),
            kind="datetime",
        ),
    )

    def get_queryset(self, user: Any) -> QuerySet[StaffList]:
        return StaffList.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("staff_list", args=[pk])

    def get_empty_action(self) -> tuple[Any, str] | None:
        return _("엑셀로 올리기"), reverse("import_start", args=["staff"])

    def get_context(self) -> dict[str, Any]:
        return {"primary": Action(_("엑셀로 올리기"), reverse("import_start", args=["staff"]))}


def get_list(user: Any, pk: int) -> StaffList:
    return get_object_or_404(StaffList.objects.visible_to(user).select_related("job"), pk=pk)


class StaffListPage(BaseView):
    """Counts and rows of every kind of change, before it is done; after, what was done."""

    permission = "organization.manage"
    section = "manage"
    template_name = "organization/staff_list.html"

    def get_crumbs(self) -> Crumbs:
        return [STAFF, HOME, (self.found.title, None)]

    def get_look(self) -> Look:
        return Look(self.found.title, self.found.pk)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.found = found = get_list(request.user, pk)
        job = found.job
        running = job is not None and job.state in (Job.State.QUEUED, Job.State.RUNNING)
        applied = found.state == StaffListState.APPLIED
        comparison = None if running or applied else compare(found)
        primary, actions = (None, []) if running else steps_for(request.user, found)
        return self.render(
            {
                "title": found.title,
                "lead": _("발령일 %(day)s · %(count)s행")
                % {"day": date_weekday(found.day), "count": number(len(found.rows))},
                "badges": [Badge(str(found.get_state_display()), TONES[StaffListState(found.state)])],
                "primary": primary,
                "actions": actions,
                "progress": _progress(job) if job and running else None,
                "failed": job.error if job and not running else "",
                "left": job.result.get("left", []) if job and not running else [],
                "done_count": len(found.done) if applied else 0,
                "counts": counts(comparison) if comparison else [],
                "sections": sections(comparison) if comparison else [],
                "absent_count": len(comparison.absent) if comparison else 0,
                "ticked_count": len(found.leavers),
                "edit_url": reverse("staff_list_edit", args=[found.pk]),
                "events": [event_of(row) for row in latest_first(found)],
            }
        )


def _progress(job: Job) -> Progress:
    state = str(job.get_state_display())
    return Progress(job.label, job.done_units, job.total_units, state, reverse("job", args=[job.pk]))


def counts(comparison: Comparison) -> list[tuple[str, str]]:
    """How many of each kind, in words; binding before applying."""
    found = [(str(kind.label), counted(len(comparison.of(kind)), _("명"))) for kind in StaffChange]
    if comparison.faults:
        found.append((_("적용하지 않는 행"), counted(len(comparison.faults), _("명"))))
    return found


def sections(comparison: Comparison) -> list[dict[str, Any]]:
    heads = [_("행"), _("직원번호"), _("이름"), _("지금"), _("바뀐 뒤"), _("이유")]
    made = []
    faults = (_("적용하지 않는 행"), comparison.faults)
    changed = [(str(k.label), comparison.of(k)) for k in StaffChange if k != StaffChange.SAME]
    for label, changes in [faults, *changed]:
        if changes:
            rows = [_row(one) for one in changes[:SHOWN]]
            made.append(
                {
                    "label": f"{label} {number(len(changes))}",
                    "table": table(label, heads, rows, right=[0]),
                    "more": number(max(0, len(changes) - SHOWN)) if len(changes) > SHOWN else "",
                }
            )
    return made


def _row(one: Change) -> tuple[Cell | str, ...]:
    name = Cell(one.name, url=one.user.get_absolute_url() if one.user else None)
    line = number(one.row.line) if one.row else ""
    return line, one.number, name, one.before or NOTHING, one.after or NOTHING, one.fault


class _Step(StepPage):
    permission = "organization.manage"
    section = "manage"
    workflow, find = STAFF_LIST, staticmethod(get_list)
    above = (STAFF, HOME)


class StaffListEdit(_Step, FormPage):
    """Name, day, and who of those not in it has left."""

    step = "edit"
    form_class = StaffListForm
    submit = gettext_lazy("저장")
    lead = gettext_lazy(
        "명단에 없는 직원은 표시한 사람만 발령일에 퇴직·전출 처리합니다. 나머지는 그대로 둡니다."
    )
    binds = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"absent": compare(self.object).absent}

    def get_initial(self) -> dict[str, Any]:
        found = self.object
        return {"title": found.title, "day": found.day, "leavers": found.leavers}

    def act(self, form: StaffListForm) -> str:
        services.edit(self.object, actor=self.request.user, version=self.seen, **form.cleaned_data)
        messages.success(self.request, _("저장되었습니다. 바뀌는 내용을 확인해 주세요."))
        return self.get_cancel_url()


class StaffListApply(_Step, ConfirmStep):
    step = "apply"

    @staticmethod
    def service(found: StaffList, *, actor: Any, version: int | None) -> None:
        services.begin(found, "apply", actor=actor, version=version)

    def get_text(self) -> str:
        return _("%(day)s자로 한꺼번에 적용합니다. 적용한 뒤에도 되돌릴 수 있습니다.") % {
            "day": date_weekday(self.object.day)
        }

    def foresee(self) -> list[Any]:
        return [f"{label} {count}" for label, count in counts(compare(self.object))]


class StaffListUndo(_Step, ConfirmStep):
    step = "undo"

    @staticmethod
    def service(found: StaffList, *, actor: Any, version: int | None) -> None:
        services.begin(found, "undo", actor=actor, version=version)

    def get_text(self) -> str:
        return _("이 명단이 바꾼 부서·직위·이름을 적용하기 전으로 되돌립니다.")

    def foresee(self) -> list[Any]:
        changed = services.changed_since(self.object)
        lines = [_("되돌릴 직원 %(count)d명") % {"count": len(self.object.done) - len(changed)}]
        return lines + [
            _("그 뒤 다시 바뀌어 그대로 두는 직원: %(name)s") % {"name": one.full_label} for one in changed
        ]
