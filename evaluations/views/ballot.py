"""The residents' panel on its phones: a slip and the number on the wall open a ballot, which is sent once (E3)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from core.addresses import client_address
from core.forms import Form
from core.numbers import whole
from core.views.bearer import BearerPage, NoPass
from core.views.coded import CodePage
from evaluations.enums import SheetState, StageState
from evaluations.models import Judge, Mark
from evaluations.selectors import judging as reading
from evaluations.services import sheets, slips
from evaluations.views.asking import AskingPage, told
from evaluations.views.marks import row_of


class EnterForm(Form):
    code = forms.CharField(label=gettext_lazy("쪽지 번호"), max_length=20)
    wall = forms.CharField(label=gettext_lazy("화면의 숫자 6자리"), max_length=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters"}
        self.fields["wall"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}


class BallotEnter(CodePage):
    form_class = EnterForm
    title = gettext_lazy("구민 평가단 채점")
    lead = gettext_lazy("나누어 드린 쪽지의 번호와 지금 화면에 보이는 숫자를 입력해 주세요.")
    submit = gettext_lazy("시작")

    def enter(self, form: EnterForm) -> str:
        data = form.cleaned_data
        address = client_address(self.request) or ""
        return slips.enter(data["code"], data["wall"], address)[1]


class Ballot(BearerPage, AskingPage):
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

    def show(self, error: Rejected | None = None, status: int = 200) -> HttpResponse:
        stage, sent = self.judge.stage, self.request.POST
        criteria = list(stage.criteria.order_by("order"))
        entries = [row.entry for row in self.rows]
        for entry in entries:
            entry.round = stage.round
        contents = reading.contents_of(entries) if entries else {}
        marks = Mark.objects.filter(sheet__in=self.rows).values_list("sheet", "criterion", "value")
        kept = {(sheet, criterion): value for sheet, criterion, value in marks}
        finalists = [
            {
                "sheet": row,
                "content": contents[row.entry_id],
                "criteria": [
                    row_of(one, f"s{row.pk}c{one.pk}", sent, kept.get((row.pk, one.pk)), error)
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
                **told(error),
                **self.carried(),
            },
            status=status,
        )

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
                field = error.field and f"s{row.pk}{error.field}"
                raise Rejected(f"{row.entry}: {error.message}", field=field) from None
        messages.success(self.request, _("채점했습니다. 고맙습니다."))
        return self.root
