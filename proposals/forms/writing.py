"""What a citizen fills in: four short steps; and what planning and staff fill in at once (P2, P3)."""

import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from basis.errors import Rejected
from core.attachments import ACCEPT
from core.forms import ChoiceCards, ModelForm
from core.now import today
from core.numbers import in_line
from organization.roster import Roster
from proposals.enums import BY_HAND, Channel, Field, Kind
from proposals.enums import Notice as Consent
from proposals.forms.calls import call_field
from proposals.forms.files import FilesForm, PicturesForm
from proposals.forms.people import JointForm
from proposals.models import Call, Proposal, Writing
from proposals.policies import GUARDIAN_AGE
from proposals.services.receiving import Person

SHARE = re.compile(r"\d{1,3}(\.\d{1,2})?%?", re.ASCII)


class IdeaForm(ModelForm):
    """1: what it is about."""

    field = forms.ChoiceField(label=_("분야"), choices=Field.choices, widget=ChoiceCards)

    class Meta:
        model = Writing
        fields = ("title", "field", "problem")
        widgets = {"problem": forms.Textarea({"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "problem"):
            self.fields[name].required = True
        self.fields["title"].help_text = _("한 줄로 적어 주세요. 예: 공원 화장실에 비상벨을 달아 주세요")
        self.fields["problem"].help_text = _("어디에서 무엇이 불편한지 적어 주세요.")
        self.fields["title"].validators += Proposal._meta.get_field("title").validators

    def clean_title(self) -> str:
        return in_line(self.cleaned_data["title"])


class ChangeForm(PicturesForm, ModelForm):
    """2: what should become of it, with pictures and papers."""

    class Meta:
        model = Writing
        fields = ("improvement", "effect", "awarded", "hidden")
        widgets = {"improvement": forms.Textarea({"rows": 6}), "effect": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["improvement"].required = True
        # Of pictures by their kind phones offer the camera; iPhones hand over JPEG then.
        self.fields["attachments"].widget.attrs["accept"] = f"{ACCEPT},image/jpeg,image/png"
        self.fields["effect"].help_text = _("몰라도 괜찮습니다.")
        self.fields["awarded"].help_text = _("같은 내용으로 다른 기관에서 상을 받았다면 적어 주세요.")
        self.fields["hidden"].help_text = _("제목과 채택 여부만 공개됩니다.")


class DifferenceForm(ModelForm):
    """3: what is different from earlier ones; asked only where there are any."""

    class Meta:
        model = Writing
        fields = ("difference",)
        widgets = {"difference": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked:
            del self.fields["difference"]
        else:
            self.fields["difference"].required = True
            self.fields["difference"].help_text = _("위의 제안과 무엇이 다른지 적어 주세요.")


class SendForm(JointForm):
    """4: who it is, and the four notices agreed to (P3)."""

    on_paper = False
    young = forms.BooleanField(label="", required=False)
    guardian_name = forms.CharField(label=_("법정대리인 이름"), max_length=40, required=False)
    guardian_phone = forms.CharField(
        label=_("법정대리인 전화번호"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "tel"}),
    )
    consents = forms.MultipleChoiceField(
        label=_("개인정보 수집·이용 안내"),
        choices=Consent.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("네 가지를 읽고 모두 골라 주세요."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["young"].label = _("만 %(age)d세가 되지 않았습니다") % {"age": GUARDIAN_AGE.current()}
        self.fields["young"].help_text = _("법정대리인이 함께 읽고 아래에 적어 주세요.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("young"):
            for name in ("guardian_name", "guardian_phone"):
                if not data.get(name):
                    self.add_error(name, _("법정대리인의 이름과 전화번호를 입력해 주세요."))
        return data

    def person(self) -> Person:
        day = today().isoformat()
        return {**super().person(), "consents": dict.fromkeys(self.cleaned_data.get("consents", ()), day)}


class WholeForm(FilesForm, ModelForm):
    """All parts of a proposal on one page, as the office enters it."""

    kind: ClassVar[str] = Kind.STAFF

    class Meta:
        model = Proposal
        fields = (
            "call",
            "title",
            "field",
            "problem",
            "improvement",
            "effect",
            "difference",
            "awarded",
            "hidden",
        )
        widgets = {
            name: forms.Textarea({"rows": 4}) for name in ("problem", "improvement", "effect", "difference")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hidden"].help_text = _("제목과 채택 여부만 공개됩니다.")
        self.fields["call"] = call_field(self.calls())
        self.order_fields(self.field_order)

    def clean_title(self) -> str:
        return in_line(self.cleaned_data["title"])

    def calls(self) -> Any:
        """Those that may be chosen."""
        return Call.objects.open_on(today()).for_kind(self.kind)

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WholeForm.Meta.fields}


class EntryForm(JointForm, WholeForm):
    """What came by post, fax, visit or 국민신문고, with who sent it."""

    channel = forms.ChoiceField(
        label=_("접수 경로"), choices=[(c.value, c.label) for c in BY_HAND], initial=Channel.POST
    )
    kind = Kind.CITIZEN
    field_order = ("channel", *WholeForm.Meta.fields, "held", "attachments")

    def calls(self) -> Any:
        """A letter may have come in time and be entered later."""
        return Call.objects.begun_by(today()).for_kind(self.kind)


class StaffForm(WholeForm):
    """What staff propose; colleagues with their shares, one a line."""

    field_order = (*WholeForm.Meta.fields, "held", "attachments", "colleagues")

    colleagues = forms.CharField(
        label=_("함께 제안하는 직원"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("한 줄에 한 명씩 이름이나 직원번호와 기여도(%)를 적어 주세요. 예: 홍길동 30"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_colleagues(self) -> list[Person]:
        found: list[Person] = []
        for line in filter(None, map(str.strip, self.cleaned_data["colleagues"].splitlines())):
            name, _space, share = line.rpartition(" ")
            if not name or not SHARE.fullmatch(share):
                raise forms.ValidationError(
                    _("‘%(line)s’: 이름과 기여도를 띄어 적어 주세요.") % {"line": line}
                )
            try:
                person = Roster.of(name.strip()).read(name.strip())
            except Rejected as error:
                raise forms.ValidationError(error.message) from error
            found.append({"user": person, "share": Decimal(share.rstrip("%")), "is_main": False})
        return found

    def people(self) -> list[Person]:
        """All of them; the main proposer is whoever has the largest share, oneself among equals."""
        others = self.cleaned_data["colleagues"]
        own: Person = {
            "user": self.user,
            "share": 100 - sum(one["share"] for one in others),
            "is_main": False,
        }
        people = [own, *others]
        max(people, key=lambda one: one["share"])["is_main"] = True
        return people
