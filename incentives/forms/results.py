"""Forms of results, of their bonus, of who stands behind them. The services check the rules."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.formats import won
from core.forms import DateInput, Form, WonField
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from incentives.enums import Behind, Money, Tier
from incentives.forms.projects import MOST_WON, WithParts
from incentives.models import Result, Share
from incentives.reckoning.bonus import Choice
from incentives.services.results import FIELDS, Other, Won
from incentives.services.rewards import Person
from organization.forms import StaffField, named

PRIZES, PEOPLE = 4, 8  # rows offered
MOST_OTHERS = 30
_BETWEEN = re.compile(r"[,\t;]|\s{2,}")
_RANK = re.compile(r"(\d{1,2})\s*위?")


def prize_fields(rows: Iterable[int]) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for n in rows:
        at = {"n": n}
        found[f"money{n}"] = forms.ChoiceField(
            label=_now("수상금 %(n)d 구분") % at,
            choices=[("", _("선택 안 함")), *Money.choices],
            required=False,
        )
        found[f"amount{n}"] = WonField(
            label=_now("금액(원)"), max_value=MOST_WON, min_value=1, required=False
        )
        found[f"received{n}"] = forms.DateField(label=_now("받은 날"), widget=DateInput(), required=False)
    return found


class WithPrizes(Form):
    """Rows of money: its kind, how much, the day on which it came in; `prizes`: how many there are."""

    def __init__(self, *args: Any, prizes: int = 0, **kwargs: Any) -> None:
        self.of_money = range(1, max(PRIZES, prizes + 1) + 1)
        self.base_fields = {  # type: ignore[misc]  # of this one form
            **self.base_fields,
            **prize_fields(self.of_money),
        }
        super().__init__(*args, **kwargs)

    def prize_rows(self) -> list[Any]:
        return [Div(f"money{n}", f"amount{n}", f"received{n}", css_class="form-row") for n in self.of_money]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for n in self.of_money:
            kind, amount = data.get(f"money{n}"), data.get(f"amount{n}")
            if kind and amount is None and f"amount{n}" not in self.errors:
                self.add_error(f"amount{n}", _now("금액을 입력해 주세요."))
            if amount and not kind:
                self.add_error(f"money{n}", _now("어떤 돈인지 골라 주세요."))
            if data.get(f"received{n}") and not amount and not kind:
                self.add_error(f"amount{n}", _now("금액을 입력해 주세요."))
        return data

    def prizes(self) -> list[Won]:
        data = self.cleaned_data
        return [
            Won(data[f"money{n}"], data[f"amount{n}"], data[f"received{n}"])
            for n in self.of_money
            if data[f"money{n}"]
        ]


def given_prizes(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for n, one in enumerate(result.prizes.all(), start=1):
        found |= {f"money{n}": one.money, f"amount{n}": one.amount, f"received{n}": one.received_on}
    return found


class OthersField(forms.CharField):
    """A line a district: name, grade, rank, score, kept apart by commas or as copied from a table."""

    widget = forms.Textarea({"rows": 4})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [self._line(line.strip()) for line in text.splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        if len(value) > MOST_OTHERS:
            raise forms.ValidationError(_now("%(most)d줄까지 적을 수 있습니다.") % {"most": MOST_OTHERS})

    def run_validators(self, value: Any) -> None:
        """It is no text."""

    def prepare_value(self, value: Any) -> Any:
        return lines_of(value) if isinstance(value, list) else value

    def _line(self, line: str) -> Other:
        cells = [cell.strip() for cell in _BETWEEN.split(line)]
        cells += [""] * (4 - len(cells))
        district, grade, rank, score = cells[:4]
        found = _RANK.fullmatch(rank) if rank else None
        try:
            points = Decimal(score) if score else None
        except InvalidOperation:
            points = None
        wrong = (rank and not found) or (score and points is None) or len(district) > 30 or len(grade) > 40
        if wrong or len(cells) > 4 or (points is not None and not 0 <= points < 100_000):
            raise forms.ValidationError(
                _now("‘%(line)s’을(를) 읽을 수 없습니다. ‘도봉구, 우수, 3, 91.5’와 같이 적어 주세요.")
                % {"line": line[:40]}
            )
        return Other(district, grade, int(found[1]) if found else None, points)


def lines_of(others: Iterable[Any]) -> str:
    """As the field reads them again."""
    lines = []
    for one in others:
        cells = [
            one.district,
            one.grade,
            one.rank or "",
            "" if one.score is None else f"{one.score.normalize():f}",
        ]
        lines.append(", ".join(map(str, cells)).rstrip(", "))
    return "\n".join(lines)


class ResultForm(WithParts):
    """What a division won. `known`: names of grades."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("평가 이름"), max_length=120)
    number = forms.IntegerField(label=_("연번(선택)"), min_value=1, max_value=999, required=False)
    grade = forms.CharField(label=_("평가 결과"), max_length=40)
    decided_on = forms.DateField(label=_("발표일"), widget=DateInput())
    rank = forms.IntegerField(label=_("순위(선택)"), min_value=1, max_value=999, required=False)
    score = forms.DecimalField(
        label=_("점수(선택)"), min_value=0, max_digits=8, decimal_places=3, required=False
    )
    others = OthersField(
        label=_("다른 자치구의 결과(선택)"),
        required=False,
        help_text=_("한 줄에 하나씩 ‘도봉구, 우수, 3, 91.5’와 같이 자치구, 결과, 순위, 점수를 적어 주세요."),
    )
    held = held_field()
    attachments = files_field(_("결과 문서"))

    def __init__(self, *args: Any, known: Sequence[str], held: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].help_text = _now("등급 이름: %(names)s") % {"names": ", ".join(known)}
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)

    def blocks(self) -> list[Any]:
        return [
            "version",
            Fieldset(
                _("평가 결과"),
                Div("title", "number", css_class="form-row"),
                Div("grade", "decided_on", css_class="form-row"),
                Div("rank", "score", css_class="form-row"),
            ),
            self.part_rows(),
            "others",
        ]

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(*self.blocks(), "held", "attachments")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*FIELDS, "grade")}


class ResultNewForm(ResultForm, WithPrizes):
    """With the money it brought."""

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(*self.blocks(), Fieldset(_("수상금"), *self.prize_rows()), "held", "attachments")


class CorrectForm(ResultForm):
    reason = forms.CharField(label=_("정정 사유"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(*self.blocks(), "reason", "held", "attachments")


class PrizesForm(WithPrizes):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout("version", *self.prize_rows())


class ChooseForm(Form):
    """By which rule, where the plan is silent: a fixed sum of a tier, or nothing."""

    choice = forms.ChoiceField(label=_("포상금 기준"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("정한 사유"), max_length=500, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, sums: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["choice"]
        field.choices = [
            *(
                (
                    tier,
                    _now("%(tier)s 금액 %(amount)s 지급") % {"tier": Tier(tier).label, "amount": won(amount)},
                )
                for tier, amount in sums.items()
            ),
            (Choice.NOTHING.value, _("지급하지 않음")),
        ]

    def said(self) -> dict[str, str]:
        choice, reason = self.cleaned_data["choice"], self.cleaned_data["reason"]
        if choice == Choice.NOTHING:
            return {"choice": choice, "reason": reason}
        return {"choice": Choice.FIXED.value, "tier": choice, "reason": reason}


class PercentField(forms.IntegerField):
    unit = "%"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, **kwargs)


class PlanForm(Form):
    """What each department gets, in percent."""

    basis = forms.CharField(
        label=_("분담 근거(선택)"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("업무 비중과 기여도를 적으면 지급계획서에 실립니다."),
    )

    def __init__(self, *args: Any, shares: Sequence[Share], **kwargs: Any) -> None:
        self.rows = list(shares)
        own = {f"share-{one.pk}": PercentField(label=f"{one} (%)") for one in self.rows}
        self.base_fields = {**own, **type(self).base_fields}  # type: ignore[misc]  # of this one form
        super().__init__(*args, **kwargs)

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(Div(*(f"share-{one.pk}" for one in self.rows), css_class="form-row"), "basis")

    def percents(self) -> dict[int, int]:
        return {one.pk: self.cleaned_data[f"share-{one.pk}"] for one in self.rows}


class ApprovalForm(Form):
    document = forms.CharField(
        label=_("지급계획 문서번호"),
        max_length=60,
        help_text=_("결재가 끝난 문서의 번호입니다. 예: 세무과-1234"),
    )
    on = forms.DateField(label=_("부구청장 결재일"), widget=DateInput())
    layout = Layout(Div("document", "on", css_class="form-row"))


class AskForm(Form):
    document = forms.CharField(
        label=_("지급요청 문서번호"), max_length=60, help_text=_("기획예산과에 보낸 공문의 번호입니다.")
    )


class PayForm(Form):
    on = forms.DateField(label=_("지급일"), widget=DateInput())


class RepayForm(Form):
    amount = WonField(label=_("환수액(원)"), min_value=1, max_value=MOST_WON)
    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea({"rows": 4}))


class PeopleForm(Form):
    """Who is behind a result, in the order of what they gave; `people`: how many there are."""

    def __init__(self, *args: Any, people: int = 0, **kwargs: Any) -> None:
        self.places = range(1, max(PEOPLE, people + 2) + 1)
        own: dict[str, forms.Field] = {}
        for n in self.places:
            at = {"n": n}
            own[f"person{n}"] = StaffField(label=_now("직원 %(n)d") % at, required=False)
            own[f"part{n}"] = forms.ChoiceField(label=_now("구분"), choices=Behind.choices, required=False)
            own[f"known{n}"] = forms.BooleanField(label=_now("평가기관에서 표창"), required=False)
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # of this one form
        super().__init__(*args, **kwargs)

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(
            *(Div(f"person{n}", f"part{n}", f"known{n}", css_class="form-row") for n in self.places)
        )

    def people(self) -> list[Person]:
        data = self.cleaned_data
        return [
            Person(data[f"person{n}"], data[f"part{n}"] or Behind.FURTHER.value, data[f"known{n}"])
            for n in self.places
            if data[f"person{n}"]
        ]

    @staticmethod
    def given(result: Result) -> dict[str, Any]:
        rows = list(result.rewards.select_related("user"))
        found: dict[str, Any] = {
            f"part{n}": Behind.FURTHER.value for n in range(1, max(PEOPLE, len(rows) + 2) + 1)
        }
        for n, one in enumerate(rows, start=1):
            found |= {f"person{n}": named(one.user), f"part{n}": one.part, f"known{n}": one.known}
        return found


class ConfirmForm(Form):
    document = forms.CharField(
        label=_("결정 문서번호"), max_length=60, help_text=_("표창과 특별휴가를 정한 문서의 번호입니다.")
    )


class GradeForm(Form):
    """A name of a grade and which tier it is."""

    name = forms.CharField(label=_("등급 이름"), max_length=30)
    tier = forms.ChoiceField(label=_("급"), choices=[("", _("정하지 않음")), *Tier.choices], required=False)
    layout = Layout(Div("name", "tier", css_class="form-row"))
