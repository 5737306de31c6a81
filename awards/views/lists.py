"""The prize list, and one's own awards (A5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.documents import prize_list
from awards.enums import AwardState, Receiver
from awards.filters import AwardFilter
from awards.models import Award
from awards.selectors.lists import sums
from basis.documents.response import document_response
from basis.formats import NOTHING, counted, number, won
from core.access import Look
from core.cells import Cell, Column, badge_cell, choice, day, due_cell
from core.components import Action, Figure
from core.listed import BulkAction
from core.lists import ListView
from core.page import BaseView, Request
from core.permissions import can

HOME = (gettext_lazy("시상"), reverse_lazy("awards:list"))
TONES = {
    AwardState.GRANTED: "warning",
    AwardState.HANDED: "success",
    AwardState.WITHHELD: "neutral",
    AwardState.REVOKED: "danger",
}
MOST_PRINTED = 2_000


def code(year: int, number_: int) -> str:
    return f"{year}-{number_:04d}"


def who_cell(name: str, department: str, receiver: str, forgotten: date | None) -> Cell:
    if forgotten:
        return Cell(_("(파기)"), sub=str(Receiver(receiver).label))
    if receiver == Receiver.DEPARTMENT:
        return Cell(department, sub=str(Receiver(receiver).label))
    return Cell(name or NOTHING, sub=department or str(Receiver(receiver).label))


def title_cell(title: str, grade: str, work: str) -> Cell:
    return Cell(f"{title} {grade}".strip(), sub=work)


def won_text(amount: int) -> str:
    return number(amount) if amount else ""


def due_of(state: str, due: date, handed: date | None) -> Cell | str:
    """Only while it waits; when it was handed over stands beside it."""
    return due_cell(due, False, None) if state == AwardState.GRANTED else ""


NUMBER = Column(
    "number", gettext_lazy("번호"), ("year", "number"), code, sort=("year", "number"), excel=code, width=12
)
TITLE = Column(
    "title", gettext_lazy("상 이름"), ("title", "grade", "work"), title_cell, sort=("title", "grade"), primary=True,
    excel=lambda title, grade, _work: f"{title} {grade}".strip(), width=28,
)  # fmt: skip
AMOUNT = Column(
    "amount", gettext_lazy("시상금(원)"), ("amount",), won_text, sort=("amount",), align="right", kind="int",
    excel=lambda amount: amount, width=14,
)  # fmt: skip
DECIDED = Column(
    "decided", gettext_lazy("결정일"), ("decided_on",), day, sort=("decided_on",), kind="date", width=14
)
STATE = Column(
    "state", gettext_lazy("상태"), ("state",), badge_cell(AwardState, TONES), sort=("state",),
    excel=choice(AwardState), width=12,
)  # fmt: skip
HANDED = Column(
    "handed", gettext_lazy("지급일"), ("handed_on",), day, sort=("handed_on",), kind="date", width=14
)
RECEIPT = Column("receipt", gettext_lazy("수령 확인"), ("receipt",), width=16, hide_mobile=True)


class AwardList(ListView):
    permission = "awards.see_all"
    section = "evaluations"
    title = gettext_lazy("시상 대장")
    file_name = gettext_lazy("시상_대장")
    filter_class = AwardFilter
    default_order = ("-decided_on", "-number")
    bulk_url_name = "awards:bulk"
    crumbs = (HOME, (gettext_lazy("시상 대장"), None))
    empty_message = gettext_lazy(
        "조건에 맞는 시상이 없습니다. 심사 결과와 순위를 확정하면 여기에 나타납니다."
    )
    columns = (
        NUMBER,
        TITLE,
        Column(
            "who", gettext_lazy("받는 사람"), ("name", "department_name", "receiver", "forgotten_on"), who_cell,
            sort=("name",), excel=lambda name, *_rest: name, width=14,
        ),
        Column("department", gettext_lazy("부서"), ("department_name",), screen=False, width=18),
        Column("work", gettext_lazy("공적"), ("work",), screen=False, width=40),
        Column("kind", gettext_lazy("시상 구분"), ("kind",), screen=False, width=14),
        Column("division", gettext_lazy("부문"), ("division",), screen=False, width=12),
        Column("period", gettext_lazy("대상 기간"), ("period",), screen=False, width=14),
        Column("decision", gettext_lazy("결정 근거"), ("decision",), screen=False, width=30),
        AMOUNT,
        DECIDED,
        STATE,
        Column(
            "due", gettext_lazy("지급 기한"), ("state", "due_on", "handed_on"), due_of, sort=("due_on",),
            excel=lambda _state, due, _handed: due, kind="date", width=14,
        ),
        HANDED,
        RECEIPT,
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Award]:
        return Award.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return f"/awards/{pk}/"

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        found = [BulkAction("certificates", _("상장 인쇄")), BulkAction("hwpx", _("상장 한글(HWPX)"))]
        if can(self.request.user, "awards.hand_over"):
            found.insert(0, BulkAction("hand_over", _("시상 기록")))
        return found

    def get_figures(self, queryset: QuerySet) -> Sequence[Figure]:
        found = sums(queryset)  # type: ignore[arg-type]  # awards, as in all of this list
        shown = [
            Figure(_("시상"), number(found.count), _("건")),
            Figure(_("시상금"), number(found.given), _("원")),
            Figure(_("지급함"), number(found.handed), _("원")),
            Figure(_("지급 전·보류"), number(found.waiting), _("건"), delta=won(found.waiting_amount)),
        ]
        if found.owed:
            owed = f"{reverse('awards:list')}?owed=1"
            shown.append(Figure(_("환수할 금액"), number(found.owed), _("원"), url=owed, tone="danger"))
        return shown

    def get_tools(self) -> Sequence[Action]:
        return [Action(_("인쇄"), f"{reverse('awards:paper')}?{self.query()}", icon="print")]

    def get_context(self) -> dict[str, Any]:
        if not can(self.request.user, "awards.hand_over"):
            return {}
        return {"primary": Action(_("시상 기록"), reverse("awards:hand_over_many"))}


class AwardPaper(BaseView):
    """The prize list as it is filtered, for paper."""

    permission = "awards.see_all"
    section = "evaluations"

    def get_look(self) -> Look:
        return Look(_("시상 대장"))

    def get(self, request: Request) -> HttpResponse:
        view = AwardList()
        view.setup(request)
        rows, filterset = view.filtered(request.user, view.params)
        chips = [label for label, _url in view._chips(filterset)] if filterset else []
        count = view.count(rows)
        said = ", ".join(chips) or _("전체")
        if count > MOST_PRINTED:
            shown = {"count": number(count), "most": number(MOST_PRINTED)}
            said += " · " + _("%(count)s건 가운데 최근 %(most)s건") % shown
        awards = list(rows.order_by("-decided_on", "-number")[:MOST_PRINTED])
        back = f"{reverse('awards:list')}?{view.query()}"
        shown_count = counted(min(count, MOST_PRINTED), _("건"))
        document = prize_list(awards, f"{said} · {shown_count}")
        return document_response(document, request.GET.get("format", "html"), _("시상_대장"), back=back)


class MyAwards(ListView):
    """What one was given oneself."""

    permission = "awards.own"
    section = "my_awards"
    title = gettext_lazy("나의 시상")
    default_order = ("-decided_on", "-number")
    crumbs = ((gettext_lazy("나의 시상"), None),)
    empty_message = gettext_lazy("아직 받은 상이 없습니다.")
    columns = (NUMBER, TITLE, AMOUNT, DECIDED, STATE, HANDED)

    def get_look(self) -> Look | None:
        return None

    def get_queryset(self, user: Any) -> QuerySet[Award]:
        return Award.objects.filter(user=user)

    def row_url(self, pk: Any) -> str:
        return f"/awards/{pk}/"
