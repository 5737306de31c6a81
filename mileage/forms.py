"""Forms of points and hours. They check shape; the services check the rules."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from basis.official import check_document_number
from basis.periods import Period, parse
from core.forms import ChoiceTree, DateInput, FilesField, Form
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from core.now import today
from mileage import catalogue
from mileage.contests import Contest, contest_of, ended
from mileage.models import Ranking
from mileage.rules import hundredths
from organization.enums import Position
from organization.models import User

MOST = Decimal(1000)  # of one person at once; more is a slip of the finger
YEARS_BACK = 3  # older ones are of no use to anybody


class DraftForm(Form):
    """A period that is over and has no ranking yet."""

    which = forms.ChoiceField(label=_("순위"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = set(Ranking.objects.values_list("kind", "period"))
        day = today()
        over = ended(date(day.year - YEARS_BACK, 1, 1), day)
        open_ = [(c, p) for c, p in over if (c.kind.value, p.key) not in made]
        open_.sort(key=lambda one: one[1].end, reverse=True)
        which = self.fields["which"]
        assert isinstance(which, forms.ChoiceField)
        which.choices = [(f"{c.kind}:{p.key}", c.title(p)) for c, p in open_]

    def chosen(self) -> tuple[Contest, Period]:
        kind, _colon, key = self.cleaned_data["which"].partition(":")
        return contest_of(kind), parse(key)


class HandoverForm(Form):
    handed_on = forms.DateField(label=_("인계일"), widget=DateInput())
    document = forms.CharField(
        label=_("문서번호"),
        max_length=60,
        validators=[check_document_number],
        help_text=_("명단을 붙여 보내는 문서의 번호입니다. 예: 총무과-1131"),
    )
    layout = Layout(Row("handed_on", "document"))


def people_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All staff by department."""
    positions = dict(Position.choices)
    rows = (
        User.objects.filter(is_active=True, department__isnull=False)
        .order_by("department__order", "department__code", "employee_number")
        .values_list("pk", "department__name", "position", "name")
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    for pk, department, position, name in rows:
        groups.setdefault(department, []).append((str(pk), f"{name} {positions[position]}"))
    return list(groups.items())


def evidence() -> FilesField:
    return files_field(
        _("근거 자료"),
        required=True,
        error_messages={"required": _("근거 자료를 한 개 이상 첨부해 주세요.")},
    )


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("사유"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("확인하는 사람과 점수를 받는 사람이 함께 봅니다."),
    )


def document_field() -> forms.CharField:
    return forms.CharField(
        label=_("근거 문서번호"),
        required=False,
        max_length=60,
        validators=[check_document_number],
        help_text=_("예: 기획예산과-1131"),
    )


class EvidenceForm(Form):
    """With `held`, files put to the draft; where there are some, none need be chosen now. The service asks for one."""

    def __init__(self, *args: Any, held: Sequence[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)
        self.fields["attachments"].required = not held


class GrantForm(EvidenceForm):
    """To whom, for what, how much."""

    people = forms.MultipleChoiceField(label=_("받는 사람"), widget=ChoiceTree(counted=_("%s명 선택")))
    rule = forms.ChoiceField(label=_("기준"))
    amount = forms.DecimalField(
        label=_("한 사람 점수·시간"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=MOST,
        decimal_places=2,
        error_messages={"min_value": _("0보다 큰 점수를 입력해 주세요. 예: 0.5")},
        help_text=_("비워 두면 그날의 기준대로 드립니다. 직접 등록과 정기모임은 꼭 입력해 주세요."),
    )
    day = forms.DateField(
        label=_("일어난 날"), widget=DateInput(), help_text=_("그날의 기준과 소속으로 셉니다.")
    )
    title = forms.CharField(label=_("내용"), max_length=200, help_text=_("내역에 이대로 보입니다."))
    reason = reason_field()
    document = document_field()
    held = held_field()
    attachments = evidence()
    layout = Layout(
        "people",
        Fieldset(_("무엇을 얼마나"), Div("rule", "amount", "day", css_class="form-row"), "title"),
        Fieldset(_("근거"), "reason", "document", "held", "attachments"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.choices = people_choices()
        rule: Any = self.fields["rule"]
        rule.choices = [("", _("선택해 주세요")), *catalogue.choices(without=catalogue.OPENINGS)]

    def values(self) -> dict[str, Any]:
        """As the service takes them, but for the files."""
        data = self.cleaned_data
        amount = data["amount"]
        return {
            "people": list(User.objects.filter(pk__in=data["people"])),
            "rule": catalogue.rule_of(data["rule"]),
            "amount": None if amount is None else hundredths(amount),
            **{name: data[name] for name in ("day", "title", "reason", "document")},
        }


class ReversalForm(EvidenceForm):
    """Why an entry is to be taken back."""

    reason = reason_field()
    document = document_field()
    held = held_field()
    attachments = evidence()
