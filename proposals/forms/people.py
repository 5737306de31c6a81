"""Who proposes: one person, or several with their shares (P2, P3)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from core.now import today
from core.numbers import whole
from proposals.policies import JOINT_MOST
from proposals.services.receiving import TOLD_BY_SENDER, WHOLE, Person, faults

OTHER = "other"  # begins the names of the fields of one of the others: other1-name


class PersonForm(Form):
    """Who it is and how to reach them."""

    name = forms.CharField(label=_("이름"), max_length=40)
    phone = forms.CharField(
        label=_("전화번호"), max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.EmailField(label=_("전자우편"), required=False)
    address = forms.CharField(
        label=_("주소"), max_length=200, required=False, help_text=_("우편으로 답을 받으실 때 적어 주세요.")
    )

    on_paper: ClassVar[bool] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for field, message in faults(self.person(), on_paper=self.on_paper).items():
            if field not in self.errors and not (field == "phone" and "email" in self.errors):
                self.add_error(field, message)
        return data

    def person(self) -> Person:
        keys = ("name", "phone", "email", "address", "guardian_name", "guardian_phone")
        found: Any = {key: self.cleaned_data[key] for key in keys if self.cleaned_data.get(key)}
        return found


class OtherForm(Form):
    """One of those who propose with them: no more than a name and a share need be told."""

    name = forms.CharField(label=_("이름"), max_length=40)
    share = forms.DecimalField(
        label=_("기여도(%)"),
        min_value=1,
        max_value=WHOLE - 1,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages={
            "required": _("기여도를 입력해 주세요."),
            "max_decimal_places": _("소수점 아래 둘째 자리까지 입력해 주세요."),
        },
    )
    phone = forms.CharField(
        label=_("전화번호"), max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.EmailField(
        label=_("전자우편"), required=False, help_text=_("연락처를 적으면 이 사람에게도 소식을 알립니다.")
    )

    def person(self) -> Person:
        found: Any = {key: value for key, value in self.cleaned_data.items() if value}
        return found


class TogetherForm(Form):
    """What several agree on: who is main among equals, and that the others know of it."""

    main = forms.ChoiceField(
        label=_("주 제안자"),
        required=False,
        help_text=_("기여도가 가장 큰 사람이 둘 이상이면 서로 뜻을 모아 골라 주세요."),
    )
    agreed = forms.BooleanField(label=_("함께 제안하는 사람의 동의를 받았습니다"))

    def __init__(self, *args: Any, names: list[str], asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        main: Any = self.fields["main"]
        main.choices = [("", _("기여도가 가장 큰 사람")), *((str(n), name) for n, name in enumerate(names))]
        agreed = self.fields["agreed"]
        agreed.help_text = _(
            "모두 함께 제안하는 것과 기여도, 개인정보 안내 네 가지에 동의했습니다. 만 14세가 되지 않은 사람은 "
            "법정대리인이 동의했습니다."
        )
        agreed.error_messages["required"] = _("함께 제안하는 사람의 동의를 받은 뒤 골라 주세요.")
        if not asked:
            del self.fields["agreed"]


class JointForm(PersonForm):
    """Who sends it and those who propose with them; the sender's share is what the others' leave of the whole."""

    others = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.data if self.is_bound else self.initial
        count = others_of(given)
        self.initial["others"] = count
        self.joined = [
            OtherForm(**self._given(f"{OTHER}{number}", OtherForm.base_fields))
            for number in range(1, count + 1)
        ]
        typed = [str(given.get(f"{OTHER}{number}-name") or "").strip() for number in range(1, count + 1)]
        numbered = [_now("함께 제안하는 사람 %(number)d") % {"number": n} for n in range(1, count + 1)]
        names = [one or number for one, number in zip(typed, numbered, strict=True)]
        own = _now("대표로 적은 사람") if self.on_paper else _now("나")
        self.together = (
            TogetherForm(
                names=[own, *names],
                asked=not self.on_paper,
                **self._given("together", TogetherForm.base_fields),
            )
            if count
            else None
        )

    def _given(self, prefix: str, names: Iterable[str]) -> dict[str, Any]:
        """What was typed of a part, or what it begins with."""
        initial = {name: self.initial.get(f"{prefix}-{name}") for name in names}
        return {"data": self.data if self.is_bound else None, "prefix": prefix, "initial": initial}

    @property
    def parts(self) -> list[Form]:
        return [*self.joined, *([self.together] if self.together else [])]

    @property
    def may_add(self) -> bool:
        return len(self.joined) < JOINT_MOST.current()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if all(part.is_valid() for part in self.parts) and self.together:
            self._check_shares(self.together)
        if any(part.errors for part in self.parts):
            self.add_error(None, _("함께 제안하는 사람에서 표시된 곳을 고쳐 주세요."))
        return data

    def _check_shares(self, together: TogetherForm) -> None:
        shares = self.shares()
        if shares[0] < 1:
            self.joined[-1].add_error(
                "share", _("기여도의 합이 100%가 되도록, 대표로 보내는 사람의 몫을 1% 이상 남겨 주세요.")
            )
        elif shares.count(max(shares)) > 1 and self._chosen() not in _largest(shares):
            together.add_error("main", _("기여도가 가장 큰 사람이 둘 이상입니다. 그 가운데 골라 주세요."))

    def shares(self) -> list[Decimal]:
        """The sender's first."""
        others = [part.cleaned_data["share"] for part in self.joined]
        return [WHOLE - sum(others), *others]

    def _chosen(self) -> int | None:
        return whole(self.together.cleaned_data["main"]) if self.together else None

    def errors_of_parts(self) -> Iterable[tuple[str, str]]:
        for number, part in enumerate(self.parts, start=1):
            numbered = _now("사람 %(number)d: %(message)s") if part is not self.together else "%(message)s"
            for name, messages in part.errors.items():
                for message in messages:
                    yield part[name].auto_id, numbered % {"number": number, "message": message}

    def people(self) -> list[Person]:
        """All of them, the sender first; main is whoever has the largest share, among equals who was chosen."""
        shares = self.shares()
        largest = _largest(shares)
        main = largest[0] if len(largest) == 1 else self._chosen()
        agreed = {} if self.on_paper else {TOLD_BY_SENDER: today().isoformat()}
        people: list[Person] = [self.person()]
        people += [{**part.person(), "consents": agreed} for part in self.joined]
        return [
            {**one, "share": share, "is_main": number == main}
            for number, (one, share) in enumerate(zip(people, shares, strict=True))
        ]


def others_of(given: Any) -> int:
    """How many propose with who sends it."""
    return min(whole(given.get("others") or 0) or 0, JOINT_MOST.current())


def _largest(shares: list[Decimal]) -> list[int]:
    return [number for number, share in enumerate(shares) if share == max(shares)]


def turned(data: QueryDict) -> QueryDict:
    """What was typed, with a place for one more (`add`) or without one of them (`remove`: the number)."""
    typed, count = data.copy(), others_of(data)
    gone = whole(typed.get("remove", "")) or 0
    if "add" in typed:
        count = min(count + 1, JOINT_MOST.current())
    elif 1 <= gone <= count:
        for number in range(gone, count + 1):
            for name in OtherForm.base_fields:
                typed[f"{OTHER}{number}-{name}"] = typed.get(f"{OTHER}{number + 1}-{name}", "")
        main = whole(typed.get("together-main", ""))
        if main is not None and main >= gone:
            typed["together-main"] = "" if main == gone else str(main - 1)
        count -= 1
    typed["others"] = str(count)
    return typed
