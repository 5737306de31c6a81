"""Learning hours for general affairs: the list, handing over, what was handed over (M7)."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import counted, date_weekday, datetime_ko, number
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Badge
from core.listed import BulkAction
from core.lists import ListView
from core.now import today
from core.numbers import wholes
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.steps import steps_for
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ReasonStep
from mileage import catalogue
from mileage.documents import handover_report, points
from mileage.enums import HandoverState, Scheme
from mileage.filters import HandoverFilter, LearningFilter
from mileage.forms import HandoverForm
from mileage.models import Entry, Handover, HandoverLine
from mileage.rules import amount_text
from mileage.selectors import handover as selectors
from mileage.services import handover as services
from mileage.workflow import HANDOVER
from organization.enums import position_text

HOME = (gettext_lazy("마일리지"), reverse_lazy("mileage:statement"))
LEARNING = (gettext_lazy("상시학습 명단"), reverse_lazy("mileage:learning"))
LIST = (gettext_lazy("상시학습 인계"), reverse_lazy("mileage:handovers"))
TONES = {HandoverState.MADE: "success", HandoverState.WITHDRAWN: "neutral"}
MOST_CHOSEN = 200


def hours_text(amount: int) -> str:
    return amount_text(amount, Scheme.LEARNING)


def activity_cell(title: str, rule: str, reverses: int | None) -> Cell:
    what = str(catalogue.rule_of(rule).label)
    return Cell(title, sub=_("%(what)s 취소") % {"what": what} if reverses else what)


def handed_cell(number_: int | None, waiting: bool) -> Cell:
    if number_:
        return Cell(_("제%(number)d호") % {"number": number_}, tone="success")
    return Cell(_("인계 전"), tone="warning") if waiting else Cell(_("취소됨"), tone="neutral")


class LearningList(ListView):
    """Every line of learning hours: person, activity, date, hours, and whether handed over."""

    permission = "mileage.view_hours"
    section = "mileage"
    title = gettext_lazy("상시학습 명단")
    file_name = gettext_lazy("상시학습_명단")
    filter_class = LearningFilter
    default_order = ("-day",)
    bulk_url_name = "mileage:learning_bulk"
    crumbs = (HOME, (LEARNING[0], None))
    empty_message = gettext_lazy("조건에 맞는 상시학습 기록이 없습니다.")
    columns = (
        Column(
            "number", gettext_lazy("직원번호"), ("account__user__employee_number",),
            sort=("account__user__employee_number",), width=12, hide_mobile=True,
        ),
        Column("department", gettext_lazy("부서"), ("place",), sort=("place",), width=18),
        Column("position", gettext_lazy("직위"), ("position",), position_text, excel=position_text, width=10),
        Column("name", gettext_lazy("성명"), ("account__user__name",), sort=("account__user__name",), width=12),
        Column(
            "activity", gettext_lazy("학습활동"), ("title", "rule", "reverses"), activity_cell, primary=True, width=44
        ),
        Column("day", gettext_lazy("일자"), ("day",), date_weekday, sort=("day",), kind="date", width=14),
        Column(
            "hours", gettext_lazy("인정시간"), ("amount",), hours_text, sort=("amount",), align="right",
            kind="decimal", excel=points, width=10,
        ),
        Column(
            "handed", gettext_lazy("인계"), ("handed_number", "waiting"), handed_cell, sort=("handed_number",),
            excel=lambda n, waiting: handed_cell(n, waiting).text, width=10,
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Entry]:
        return selectors.with_handover(selectors.learning(user))

    def get_bulk_actions(self) -> list[BulkAction]:
        if can(self.request.user, "mileage.hand_over"):
            return [BulkAction("chosen", _("선택한 기록 인계"))]
        return []

    def get_tools(self) -> list[Action]:
        if not can(self.request.user, "mileage.hand_over"):
            return []
        url = f"{reverse('mileage:hand_over')}?{self.query()}"
        return [Action(_("조건에 맞는 기록 모두 인계"), url, style="secondary")]


class LearningBulk(BaseView):
    """What was chosen in the list, on to the page that hands it over."""

    permission = "mileage.hand_over"

    def get(self, request: Request) -> HttpResponse:
        return HttpResponseRedirect(reverse("mileage:learning"))

    def post(self, request: Request) -> HttpResponse:
        chosen = [("pk", pk) for pk in wholes(request.POST.getlist("pk"))][:MOST_CHOSEN]
        if not chosen:
            return HttpResponseRedirect(reverse("mileage:learning"))
        query = "&".join(f"{name}={value}" for name, value in chosen)
        return HttpResponseRedirect(f"{reverse('mileage:hand_over')}?{query}")


class HandOver(FormPage):
    """What was chosen (`pk`), or all that the conditions in the address leave, as far as not yet handed over."""

    permission = "mileage.hand_over"
    section = "mileage"
    form_class = HandoverForm
    template_name = "mileage/hand_over.html"
    title = gettext_lazy("상시학습 인계하기")
    submit = gettext_lazy("인계하기")
    success = gettext_lazy("인계를 기록했습니다. 명단을 엑셀로 내려받아 문서에 붙여 주세요.")
    crumbs = (HOME, LEARNING, (title, None))

    def prepare(self) -> None:
        user, params = self.request.user, self.request.GET
        rows = selectors.with_handover(selectors.learning(user))
        self.conditions: list[str] = []
        if "pk" in params:
            keys = wholes(params.getlist("pk"))[:MOST_CHOSEN]
            rows = rows.filter(pk__in=keys)
            self.conditions = [_("선택한 기록 %(count)d건") % {"count": len(keys)}]
        else:
            rows = self._filtered(rows, params)
        self.rows = selectors.waiting(rows)

    def _filtered(self, rows: QuerySet[Entry], params: QueryDict) -> QuerySet[Entry]:
        view = LearningList()
        view.setup(self.request)
        filterset = LearningFilter(params, queryset=rows, request=self.request)
        self.conditions = [label for label, _url in view._chips(filterset)] or [_("전체")]
        return filterset.qs if filterset.is_valid() else rows.none()

    def get_initial(self) -> dict[str, Any]:
        return {"handed_on": today()}

    def get_cancel_url(self) -> str:
        return reverse("mileage:learning")

    def get_context(self) -> dict[str, Any]:
        sums = self.rows.order_by().aggregate(
            count=Count("pk"), people=Count("account__user", distinct=True), hours=Sum("amount")
        )
        return {
            "count": sums["count"],
            "facts": [
                (_("대상"), ", ".join(self.conditions)),
                (_("인계할 기록"), _("%(count)s건") % {"count": number(sums["count"])}),
                (_("직원"), counted(sums["people"], _("명"))),
                (_("인정시간"), hours_text(sums["hours"] or 0)),
            ],
        }

    def act(self, form: HandoverForm) -> str:
        handover = services.hand_over(
            self.rows, **form.cleaned_data, actor=self.request.user, conditions=", ".join(self.conditions)
        )
        return handover.get_absolute_url()


class HandoverList(ListView):
    permission = "mileage.view_hours"
    section = "mileage"
    title = gettext_lazy("상시학습 인계")
    file_name = gettext_lazy("상시학습_인계")
    filter_class = HandoverFilter
    default_order = ("-number",)
    crumbs = (HOME, (LIST[0], None))
    empty_message = gettext_lazy("아직 인계한 기록이 없습니다. 상시학습 명단에서 인계합니다.")
    columns = (
        Column(
            "number", gettext_lazy("번호"), ("number",), lambda n: _("제%(number)d호") % {"number": n},
            sort=("number",), primary=True, kind="int", width=10,
        ),
        Column(
            "day", gettext_lazy("인계일"), ("handed_on",), date_weekday, sort=("handed_on",), kind="date", width=14
        ),
        Column("document", gettext_lazy("문서번호"), ("document",), width=22),
        Column(
            "state", gettext_lazy("상태"), ("state",),
            lambda state: Cell(str(HandoverState(state).label), tone=TONES[HandoverState(state)]),
            sort=("state",), excel=lambda state: str(HandoverState(state).label), width=12,
        ),
        Column(
            "count", gettext_lazy("건수"), ("count",), lambda n: _("%(count)s건") % {"count": number(n)},
            sort=("count",), align="right", kind="int", width=10,
        ),
        Column(
            "hours", gettext_lazy("인정시간"), ("amount",), hours_text, sort=("amount",), align="right",
            kind="decimal", excel=points, width=12,
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Handover]:
        return Handover.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("mileage:handover", args=[pk])

    def get_context(self) -> dict[str, Any]:
        url = f"{reverse('mileage:learning')}?handed=no"
        return {"primary": Action(_("인계 전 명단 보기"), url)}


def get_handover(user: Any, pk: int) -> Handover:
    later = Handover.objects.filter(state=HandoverState.MADE, number__gt=OuterRef("number"))
    rows = (
        Handover.objects.visible_to(user)
        .select_related("made_by__department")
        .annotate(is_latest=~Exists(later))
    )
    return get_object_or_404(rows, pk=pk)


class HandoverPage(ListView):
    """One handover with its lines; the file has the columns that general affairs needs and nothing else."""

    permission = "mileage.view_hours"
    section = "mileage"
    template_name = "mileage/handover.html"
    file_name = gettext_lazy("상시학습_인정시간_명단")
    default_order = ("employee_number", "entry")
    columns = (
        Column("number", gettext_lazy("직원번호"), ("employee_number",), sort=("employee_number",), width=12),
        Column("department", gettext_lazy("부서"), ("department_name",), sort=("department_name",), width=18),
        Column("position", gettext_lazy("직위"), ("position",), width=10),
        Column("name", gettext_lazy("성명"), ("name",), sort=("name",), width=12),
        Column(
            "activity", gettext_lazy("학습활동"),
            ("entry__title", "entry__reverses", "taken_back", "corrected", "stands"),
            lambda title, reverses, *after: Cell(
                title, sub=_("취소한 시간") if reverses else selectors.followed_text(*after) or None
            ),
            excel=lambda title, *_after: title, primary=True, width=44,
        ),
        Column(
            "day", gettext_lazy("일자"), ("entry__day",), date_weekday, sort=("entry__day",), kind="date", width=14
        ),
        Column(
            "hours", gettext_lazy("인정시간"), ("entry__amount",), hours_text, sort=("entry__amount",),
            align="right", kind="decimal", excel=points, width=10,
        ),
    )  # fmt: skip

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.handover: Handover | None = None

    def found(self) -> Handover:
        if self.handover is None:
            self.handover = get_handover(self.request.user, self.kwargs["pk"])
        return self.handover

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.found().title, None)]

    def get_title(self) -> str:
        return self.found().title

    def get_look(self) -> Look:
        return Look(self.found().title, self.found().pk)

    def get_queryset(self, user: Any) -> QuerySet[HandoverLine]:
        return selectors.with_what_followed(HandoverLine.objects.filter(handover=self.found()))

    def get_tools(self) -> list[Action]:
        report = reverse("mileage:handover_report", args=[self.found().pk])
        return [
            Action(_("인쇄"), report),
            Action(_("한글(HWPX)"), f"{report}?format=hwpx"),
        ]

    def get_context(self) -> dict[str, Any]:
        handover = self.found()
        withdrawn = handover.state == HandoverState.WITHDRAWN
        primary, actions = steps_for(self.request.user, handover)
        return {
            "title": handover.title,
            "badges": [Badge(handover.get_state_display(), TONES[HandoverState(handover.state)])],
            "actions": actions,
            "primary": primary,
            "withdrawn": withdrawn,
            "followed": self.followed(),
            "facts": [
                (_("인계일"), date_weekday(handover.handed_on)),
                (_("문서번호"), handover.document),
                (_("인계자"), f"{handover.made_by} · {datetime_ko(handover.made_at)}"),
                (_("건수"), _("%(count)s건") % {"count": number(handover.count)}),
                (_("인정시간"), hours_text(handover.amount)),
            ],
            "events": [
                event_of(row, detail="" if row.reason else row.data.get("conditions", ""))
                for row in latest_first(handover)
            ],
        }

    def followed(self) -> list[str]:
        """What has been taken back since, and whether general affairs will still hear of it."""
        since = selectors.taken_back_since(self.found())
        if not since.count:
            return []
        said = [
            _("인계한 기록 가운데 %(count)d건(%(hours)s)이 나중에 취소되었습니다.")
            % {"count": since.count, "hours": hours_text(since.hours)}
        ]
        if since.waiting:
            said.append(
                _("그 가운데 %(count)d건은 취소한 시간이 아직 인계 전이며, 다음 인계 명단에 들어갑니다.")
                % {"count": since.waiting}
            )
        return said


class HandoverReport(BaseView):
    """The list for paper and HWPX."""

    permission = "mileage.view_hours"

    def get_look(self) -> Look:
        return Look(self.handover.title, self.handover.pk)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.handover = handover = get_handover(request.user, pk)
        lines = list(handover.lines.select_related("entry"))
        name = f"상시학습_인정시간_명단_{handover.number}"
        document, back = handover_report(handover, lines), handover.get_absolute_url()
        return document_response(document, request.GET.get("format", "html"), name, back=back)


class HandoverWithdraw(ReasonStep):
    workflow = HANDOVER
    step = "withdraw"
    find = staticmethod(get_handover)
    permission = "mileage.hand_over"
    section = "mileage"
    above = (HOME, LIST)
    danger = True
    lead = gettext_lazy("이 인계의 기록은 다시 ‘인계 전’이 되어 다음 인계에 들어갑니다.")
    success = gettext_lazy("인계를 취소했습니다.")
    service = staticmethod(services.withdraw)

    def get_name(self) -> str:
        return str(self.object.title)
