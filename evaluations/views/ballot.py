"""The residents' panel on its phones: a slip and the number on the wall open a ballot, which is sent once (E3)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from core import passes
from core.addresses import client_address
from core.codes import Slowed
from core.forms import Form
from core.numbers import whole
from core.page import Request
from core.permissions import NOBODY
from core.views.bearer import BearerPage, NoPass, hand_over
from core.views.forms import FormPage
from core.views.seen import SeenPage
from evaluations.enums import SheetState, StageState
from evaluations.models import Judge
from evaluations.selectors import judging as reading
from evaluations.services import sheets, slips


class EnterForm(Form):
    code = forms.CharField(label=gettext_lazy("쪽지 번호"), max_length=20)
    wall = forms.CharField(label=gettext_lazy("화면의 숫자 6자리"), max_length=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters"}
        self.fields["wall"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}


class BallotEnter(FormPage):
    """Wrong tries are slowed down."""

    public = True
    reveals = NOBODY
    base = "base_public.html"
    form_class = EnterForm
    title = gettext_lazy("구민 평가단 채점")
    lead = gettext_lazy("나누어 드린 쪽지의 번호와 지금 화면에 보이는 숫자를 입력해 주세요.")
    submit = gettext_lazy("시작")
    token = ""
    wait = 0

    def admit(self) -> None:
        """Everybody may try."""

    def get_cancel_url(self) -> str:
        return ""

    def once(self, make: Callable[[], str]) -> HttpResponse:
        """In no transaction: a wrong try stays counted though it is refused."""
        return self.done(make(), fresh=True)

    def act(self, form: EnterForm) -> str:
        data = form.cleaned_data
        try:
            _judge, self.token = slips.enter(data["code"], data["wall"], client_address(self.request) or "")
        except Slowed as slowed:
            self.wait = slowed.seconds
            raise
        bearer = passes.bearer_of(self.token)
        assert bearer is not None
        return passes.page_of(bearer)

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        response = super().done(target, fresh=fresh)
        if self.token and (bearer := passes.bearer_of(self.token)):
            hand_over(response, self.request, self.token, bearer)
        return response

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        response = super().page(form, status, **extra)
        if self.wait:
            response.status_code = 429
            response["Retry-After"] = str(self.wait)
        return response


class Ballot(BearerPage, SeenPage):
    """All finalists on one page; sent once, after that it thanks."""

    permission = "evaluations.score"
    template_name = "evaluations/ballot.html"

    def get_subject(self) -> Any:
        return None  # a sheet has its own version

    def prepare(self) -> None:
        judge: Judge = self.subject
        if judge.stage.state != StageState.SCORING:
            raise NoPass
        self.judge = judge
        self.rows = list(reading.own_sheets(judge))

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.prepare()
        return self.show()

    def show(self, problem: str = "", status: int = 200) -> HttpResponse:
        stage = self.judge.stage
        criteria = list(stage.criteria.order_by("order"))
        sent = self.request.POST
        entries = [row.entry for row in self.rows]
        for entry in entries:
            entry.round = stage.round
        contents = reading.contents_of(entries) if entries else {}
        kept = {
            (sheet, criterion): f"{value.normalize():f}"
            for row in self.rows
            for sheet, criterion, value in row.marks.values_list("sheet", "criterion", "value")
        }
        finalists = [
            {
                "sheet": row,
                "content": contents[row.entry_id],
                "criteria": [
                    {
                        "of": one,
                        "name": f"s{row.pk}c{one.pk}",
                        "value": sent.get(f"s{row.pk}c{one.pk}") or kept.get((row.pk, one.pk), ""),
                        "choices": [str(mark) for mark in range(one.most + 1)],
                    }
                    for one in criteria
                ],
            }
            for row in self.rows
        ]
        return self.render(
            {
                "title": stage.round.title,
                "lead": str(self.judge),
                "finalists": finalists,
                "finished": slips.is_done(self.judge),
                "problem": problem,
                **self.carried(),
            },
            status=status,
        )

    def post(self, request: Request, pk: int) -> HttpResponse:
        if answer := self.sent_before():
            return answer
        self.prepare()
        try:
            return self.once(self.act)
        except Rejected as error:
            return self.show(error.message, 422)

    def act(self) -> str:
        sent = self.request.POST
        for row in self.rows:
            if row.state != SheetState.OPEN:
                raise Rejected(_("이미 채점을 마쳤습니다."))
            start = f"s{row.pk}c"
            values = {
                pk: value
                for name, value in sent.items()
                if name.startswith(start) and (pk := whole(name.removeprefix(start)))
            }
            try:
                sheets.finish(row, values, actor=self.actor)
            except Rejected as error:
                raise Rejected(f"{row.entry}: {error.message}") from None
        messages.success(self.request, _("채점했습니다. 고맙습니다."))
        return self.root
