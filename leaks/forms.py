"""Forms of leaks. They check the shape; the services check the rules."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from leaks.models import Leak
from organization.models import User

LONG = {"rows": 4}
MOST_PEOPLE = 10_000_000  # more than any district has


class LeakForm(Form):
    title = forms.CharField(
        label=_("유출 이름"), max_length=100, help_text=_("예: 제안자 명단을 다른 사람에게 보냄")
    )
    found_at = forms.DateTimeField(
        label=_("안 때"), help_text=_("통지와 신고의 기한을 이때부터 셉니다. 밤과 휴일에도 멈추지 않습니다.")
    )
    happened_from = forms.DateTimeField(
        label=_("유출이 시작된 때"), required=False, help_text=_("모르면 비워 둡니다.")
    )
    happened_to = forms.DateTimeField(label=_("유출이 끝난 때"), required=False)
    what = forms.CharField(label=_("유출된 경위"), max_length=2000, widget=forms.Textarea(LONG))
    items = forms.CharField(
        label=_("유출된 개인정보의 항목"),
        required=False,
        max_length=300,
        help_text=_("예: 이름, 전화번호, 주소"),
    )
    sensitive = forms.BooleanField(
        label=_("민감정보나 고유식별정보가 있음"),
        required=False,
        help_text=_("건강, 사상·신념 따위의 민감정보, 주민등록번호·여권번호 따위의 고유식별정보"),
    )
    intrusion = forms.BooleanField(label=_("외부의 불법적인 접근(해킹)으로 유출됨"), required=False)
    account = forms.CharField(
        label=_("유출에 쓰인 계정의 직원번호"),
        max_length=20,
        required=False,
        help_text=_("적으면 그 계정의 열람 기록에서, 비우면 그 기간의 모든 열람 기록에서 찾습니다."),
    )
    looks_from = forms.DateTimeField(
        label=_("열람 기록의 시작"), required=False, help_text=_("시스템 밖의 유출이면 비워 둡니다.")
    )
    looks_to = forms.DateTimeField(label=_("열람 기록의 끝"), required=False)
    measures = forms.CharField(
        label=_("우리 구청의 조치와 피해 구제 절차"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(LONG),
    )
    advice = forms.CharField(
        label=_("정보주체가 피해를 줄이려고 할 수 있는 일"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(LONG),
    )
    contact = forms.CharField(
        label=_("피해를 신고할 부서와 연락처"),
        required=False,
        max_length=200,
        help_text=_("예: 감사담당관 02-1234-5678"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # The rest is asked before those concerned are told (TellForm).
    layout = Layout(
        "title", "found_at", Row("happened_from", "happened_to"), "what", "items", "sensitive", "intrusion",
        "account", Row("looks_from", "looks_to"), "measures", "advice", "contact", "version",
    )  # fmt: skip

    def clean_account(self) -> User | None:
        number = self.cleaned_data["account"].strip()
        if not number:
            return None
        found = User.objects.filter(employee_number=number).first()
        if found is None:
            raise forms.ValidationError(_now("이 직원번호의 계정이 없습니다. 다시 확인해 주세요."))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def initial_of(leak: Leak) -> dict[str, Any]:
    """The form as it was filled in."""
    given = {name: getattr(leak, name) for name in LeakForm.base_fields}
    return {**given, "account": leak.account.employee_number if leak.account else ""}


LATE = _("기한이 지난 뒤에 알렸으면 그 까닭을 적습니다.")


def _late() -> forms.CharField:
    return forms.CharField(
        label=_("늦은 까닭"),
        max_length=500,
        required=False,
        help_text=LATE,
        widget=forms.Textarea({"rows": 2}),
    )


class TellForm(Form):
    told_at = forms.DateTimeField(label=_("통지한 때"))
    send = forms.BooleanField(
        label=_("연락처를 아는 사람에게 지금 보내기"),
        required=False,
        help_text=_(
            "직원에게는 알림과 메일을, 구민에게는 안내문을 보냅니다. 이미 보낸 사람에게는 다시 보내지 않습니다."
        ),
    )
    how = forms.CharField(
        label=_("그 밖에 알린 방법"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("예: 종이 서류의 12명에게 전화로 알림"),
    )
    home_from = forms.DateField(label=_("누리집 공지 시작일"), required=False)
    late = _late()

    def __init__(self, *args: Any, leak: Leak, days: int, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in leak.missing:
            self.fields[name] = LeakForm.base_fields[name].__deepcopy__({})
            self.fields[name].required = True
        text = _now("연락처를 모르는 사람이 있으면 누리집에 %(days)d일 이상 알리고 그 첫날을 적습니다.")
        self.fields["home_from"].help_text = text % {"days": days}
        if not is_late:
            del self.fields["late"]


class ReportForm(Form):
    reported_at = forms.DateTimeField(label=_("신고한 때"))
    receipt = forms.CharField(
        label=_("신고 접수번호"),
        max_length=60,
        help_text=_("개인정보보호위원회나 한국인터넷진흥원(privacy.go.kr)에서 받은 번호"),
    )
    late = _late()

    def __init__(self, *args: Any, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late"]


class CloseForm(Form):
    grounds = forms.CharField(
        label=_("신고하지 않은 근거"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("인원, 항목, 유출 경위로 보아 신고할 의무가 없는 까닭을 적습니다."),
    )

    def __init__(self, *args: Any, reported: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reported:
            del self.fields["grounds"]


class GroupForm(Form):
    title = forms.CharField(label=_("누구의 정보"), max_length=200, help_text=_("예: 종이 서류의 신청인"))
    people = forms.IntegerField(label=_("인원"), min_value=0, max_value=MOST_PEOPLE)
    estimated = forms.BooleanField(label=_("어림한 인원"), required=False)
    note = forms.CharField(
        label=_("근거"),
        max_length=300,
        required=False,
        help_text=_("어떻게 세었는지 적습니다. 이미 센 사람들이면 0명으로 적고 그렇게 밝힙니다."),
    )

    def __init__(self, *args: Any, listed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if listed:
            del self.fields["title"]
