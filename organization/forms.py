"""Forms of people, departments, holidays. They check the shape; the services check the rules."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import Form, KrdsMixin
from core.models import Holiday
from core.numbers import whole
from core.tries import succeed
from organization.enums import ChangeType, DepartmentKind, DepartmentRole, IssueWay, Position, Role
from organization.models import Department, User
from organization.selectors import substitutes_for, tree
from organization.services import accounts, tries

EMPTY = _("선택해 주세요")


class SignInForm(KrdsMixin, AuthenticationForm):
    error_messages = {
        "invalid_login": _("직원번호나 비밀번호가 맞지 않습니다. 다시 확인해 주세요."),
        "inactive": _("사용이 중지된 계정입니다. 시스템 관리자에게 문의해 주세요."),
    }

    def clean(self) -> Any:
        number = self.cleaned_data.get("username")
        assert self.request is not None
        if not number or not self.cleaned_data.get("password"):
            return super().clean()
        attempt = tries.begin(self.request, number)
        cleaned = super().clean()
        succeed(attempt)
        return cleaned

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if accounts.first_password_is_over(user):
            raise forms.ValidationError(
                _("처음 비밀번호의 기한이 지났습니다. 시스템 관리자에게 새 비밀번호를 요청해 주세요.")
            )


def own_password(user: User, typed: str) -> str:
    """The password of whoever is logged in, asked again."""
    try:
        if tries.is_own_password(user, typed):
            return typed
    except tries.Locked as error:
        raise forms.ValidationError(error.message) from error
    raise forms.ValidationError(_("현재 비밀번호가 맞지 않습니다."))


class ChangePasswordForm(KrdsMixin, PasswordChangeForm):
    def __init__(self, data: Any = None, files: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(user, data, initial=initial)

    def clean_old_password(self) -> str:
        return own_password(self.user, self.cleaned_data["old_password"])

    def clean_new_password1(self) -> str:
        new: str = self.cleaned_data["new_password1"]
        if new == self.cleaned_data.get("old_password"):
            raise forms.ValidationError(_("지금 비밀번호와 다른 비밀번호를 입력해 주세요."))
        return new


class NewPasswordForm(KrdsMixin, SetPasswordForm):
    """Of who is invited."""

    def __init__(self, data: Any = None, files: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(user, data, initial=initial)


class OwnPasswordForm(Form):
    """For what a stranger at somebody's desk should not do."""

    password = forms.CharField(
        label=_("현재 비밀번호"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("다른 사람이 바꾸지 못하게 한 번 더 확인합니다."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        return own_password(self.user, self.cleaned_data["password"])


class EmailForm(OwnPasswordForm):
    email = forms.EmailField(
        label=_("전자우편"), max_length=254, help_text=_("예전 주소로 바뀐 사실을 알립니다.")
    )
    field_order = ["email", "password"]


class CodeForm(Form):
    code = forms.CharField(
        label=_("인증 번호"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


class _TreeIterator(ModelChoiceIterator):
    """Departments in the order of the tree, the lower ones indented."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for department, depth in tree(self.queryset):
            value, label = self.choice(department)
            yield value, "　" * depth + str(label)


class DepartmentField(forms.ModelChoiceField):
    iterator = _TreeIterator

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Department.objects.filter(valid_to=None), empty_label=EMPTY, **kwargs)


class PersonField(forms.ModelChoiceField):
    """Few people to choose from, with their names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), empty_label=EMPTY, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_label)


MOST_NAMESAKES = 6


class NamedPersonField(forms.CharField):
    """One person by employee number or name, among the active ones of `queryset`; None where nothing is typed."""

    def __init__(self, *, queryset: Any, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, **kwargs})
        self.queryset = queryset

    def clean(self, value: Any) -> User | None:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        people = self.queryset.filter(is_active=True)
        number = User.normalize_username(text)  # as log-in reads it
        found = list(people.filter(employee_number=number)) or list(people.filter(name=text)[:MOST_NAMESAKES])
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f"{user.full_label}({user.employee_number})" for user in found)
            raise forms.ValidationError(
                _now("이름이 같은 직원이 있습니다. 직원번호로 찾아 주세요: %(names)s") % {"names": names}
            )
        raise forms.ValidationError(_now("이 직원번호나 이름의 직원이 없습니다."))


def named(user: User) -> str:
    """As a field shows somebody, and reads it again: `홍길동(200123)`."""
    return f"{user.name}({user.employee_number})"


_NUMBERED = re.compile(r"\(([^()]+)\)\s*$")


class StaffField(NamedPersonField):
    """Any of the staff, by number, name, or both as they are shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.exclude(department=None), **{"max_length": 80, **kwargs})

    def clean(self, value: Any) -> User | None:
        found = _NUMBERED.search(str(value or ""))
        return super().clean(found.group(1) if found else value)


class DepartmentForm(Form):
    """Founding a department."""

    code = forms.CharField(label=_("부서 코드"), max_length=20)
    name = forms.CharField(label=_("부서명"), max_length=60)
    kind = forms.ChoiceField(label=_("구분"), choices=DepartmentKind.choices)
    parent = DepartmentField(label=_("상위 부서"), required=False)
    role = forms.ChoiceField(
        label=_("기능"),
        choices=DepartmentRole.choices,
        required=False,
        help_text=_("기획 총괄, 총무, 전산은 각각 한 부서만 맡을 수 있습니다."),
    )
    order = forms.IntegerField(label=_("정렬 순서"), min_value=0, max_value=99_999, initial=0)
    valid_from = forms.DateField(label=_("설치일"))
    document = forms.CharField(label=_("근거 문서"), max_length=120, required=False)
    layout = Layout(
        Row("code", "name"), Row("kind", "parent"), Row("role", "order"), Row("valid_from", "document")
    )


class DepartmentEditForm(Form):
    """What has no date of its own."""

    code = forms.CharField(label=_("부서 코드"), max_length=20)
    kind = forms.ChoiceField(label=_("구분"), choices=DepartmentKind.choices)
    role = forms.ChoiceField(
        label=_("기능"),
        choices=DepartmentRole.choices,
        required=False,
        help_text=_("기획 총괄, 총무, 전산은 각각 한 부서만 맡을 수 있습니다."),
    )
    order = forms.IntegerField(label=_("정렬 순서"), min_value=0, max_value=99_999)
    version = forms.IntegerField(widget=forms.HiddenInput)
    layout = Layout(Row("code", "kind"), Row("role", "order"), "version")


class _ChangeForm(Form):
    effective_on = forms.DateField(label=_("시행일"), help_text=_("앞날이면 그날 저절로 시행됩니다."))
    document = forms.CharField(
        label=_("근거 문서"), max_length=120, required=False, help_text=_("예: 총무과-1131(2026. 11. 20.)")
    )


class RenameForm(_ChangeForm):
    name = forms.CharField(label=_("새 이름"), max_length=60)
    field_order = ["name"]


class MoveForm(_ChangeForm):
    parent = DepartmentField(label=_("새 상위 부서"), required=False)
    field_order = ["parent"]


class MergeForm(_ChangeForm):
    successor = DepartmentField(
        label=_("승계 부서"),
        help_text=_("직원, 하위 부서, 기능, 처리 중인 업무가 시행일에 이 부서로 넘어갑니다."),
    )
    field_order = ["successor"]


class AbolishForm(_ChangeForm):
    successor = DepartmentField(
        label=_("승계 부서"),
        required=False,
        help_text=_("직원이나 처리 중인 업무가 남아 있으면 넘겨받을 부서를 선택해 주세요."),
    )
    field_order = ["successor"]


CHANGE_FORMS: dict[str, type[_ChangeForm]] = {
    ChangeType.RENAME: RenameForm,
    ChangeType.MOVE: MoveForm,
    ChangeType.MERGE: MergeForm,
    ChangeType.ABOLISH: AbolishForm,
}


class StaffForm(Form):
    """A new account."""

    employee_number = forms.CharField(label=_("직원번호"), max_length=20)
    name = forms.CharField(label=_("이름"), max_length=40)
    department = DepartmentField(label=_("부서"), required=False, help_text=_("외부위원은 비워 두세요."))
    position = forms.ChoiceField(label=_("직위"), choices=Position.choices, initial=Position.OFFICER)
    rank = forms.CharField(label=_("직급"), max_length=10, required=False, help_text=_("예: 7급"))
    email = forms.EmailField(label=_("전자우편"), required=False)
    valid_from = forms.DateField(label=_("발령일"))
    layout = Layout(
        Row("employee_number", "name"), Row("department", "position"), Row("rank", "valid_from"), "email"
    )


class StaffEditForm(Form):
    employee_number = forms.CharField(label=_("직원번호"), max_length=20)
    name = forms.CharField(label=_("이름"), max_length=40)
    email = forms.EmailField(label=_("전자우편"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    layout = Layout(Row("employee_number", "name"), "email", "version")


class TransferForm(Form):
    department = DepartmentField(label=_("부서"))
    position = forms.ChoiceField(
        label=_("직위"), choices=[c for c in Position.choices if c[0] != Position.EXTERNAL]
    )
    rank = forms.CharField(label=_("직급"), max_length=10, required=False, help_text=_("예: 7급"))
    valid_from = forms.DateField(label=_("발령일"), help_text=_("앞날이면 그날 저절로 바뀝니다."))
    layout = Layout(Row("department", "position"), Row("rank", "valid_from"))


class FirstPasswordsForm(Form):
    who = forms.ChoiceField(
        label=_("대상"),
        choices=(("none", _("비밀번호를 받은 적이 없는 직원")), ("all", _("모든 직원"))),
        initial="none",
    )
    department = DepartmentField(label=_("부서"), required=False, help_text=_("비워 두면 모든 부서입니다."))
    way = forms.ChoiceField(label=_("방법"), choices=IssueWay.choices, initial=IssueWay.PAPER)
    layout = Layout(Row("who", "department"), "way")


class PeopleField(forms.ModelMultipleChoiceField):
    """Ticks beside names; among whom is said when the form is made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value: Any) -> Any:
        """A number that no database holds is nobody's."""
        return super().clean([one for one in value or () if whole(str(one)) is not None])

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_label} ({obj.employee_number})"


class StaffListForm(Form):
    title = forms.CharField(label=_("이름"), max_length=100, help_text=_("예: 2027년 상반기 정기인사"))
    day = forms.DateField(label=_("발령일"), help_text=_("명단에 발령일이 없는 행에 씁니다."))
    leavers = PeopleField(label=_("명단에 없는 직원 가운데 퇴직·전출한 직원"), required=False)
    layout = Layout(Row("title", "day"), "leavers")

    def __init__(self, *args: Any, absent: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leavers"]
        assert isinstance(field, PeopleField)
        field.queryset = User.objects.get_queryset().filter(pk__in=[one.pk for one in absent]).in_order()


class GrantForm(Form):
    role = forms.ChoiceField(label=_("역할"), choices=[("", EMPTY), *Role.choices])
    valid_from = forms.DateField(label=_("시작일"))
    valid_to = forms.DateField(label=_("종료일"), required=False, help_text=_("정하지 않으면 비워 두세요."))
    reason = forms.CharField(label=_("사유"), max_length=200)
    layout = Layout("role", Row("valid_from", "valid_to"), "reason")


class RevokeForm(Form):
    on = forms.DateField(label=_("해제일"), help_text=_("이날부터 역할이 없어집니다."))
    reason = forms.CharField(label=_("사유"), max_length=200)


class AbsenceForm(Form):
    start = forms.DateField(label=_("시작일"))
    end = forms.DateField(label=_("종료일"))
    substitute = PersonField(
        label=_("대직자"),
        help_text=_("같은 부서와 바로 위아래 부서의 직원, 이웃 부서의 장 가운데에서 고릅니다."),
    )
    reason = forms.CharField(label=_("사유"), max_length=100, help_text=_("예: 연가, 출장, 교육"))
    layout = Layout(Row("start", "end"), "substitute", "reason")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["substitute"]
        assert isinstance(choice, PersonField)
        choice.queryset = substitutes_for(user)


class PersonSearchForm(Form):
    q = forms.CharField(label=_("이름 또는 직원번호"), max_length=40)


class HolidayForm(Form):
    date = forms.DateField(label=_("날짜"))
    name = forms.CharField(label=_("이름"), max_length=60, help_text=_("예: 임시공휴일(대통령 선거)"))
    kind = forms.ChoiceField(label=_("구분"), choices=Holiday.Kind.choices)
    moves_deadlines = forms.ChoiceField(
        label=_("기한 계산"),
        required=False,
        choices=[
            ("", EMPTY),
            ("yes", _("기한의 마지막 날이면 다음 근무일로 미룹니다")),
            ("no", _("기한은 그대로 둡니다")),
        ],
        help_text=_("지역 휴무일이면 골라 주세요. 임시공휴일은 언제나 기한을 미룹니다."),
    )
    layout = Layout(Row("date", "kind"), "name", "moves_deadlines")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == Holiday.Kind.LOCAL and not data.get("moves_deadlines"):
            self.add_error("moves_deadlines", _("지역 휴무일이 기한을 미루는지 골라 주세요."))
        return data

    def moves(self) -> bool:
        data = self.cleaned_data
        return bool(data["kind"] != Holiday.Kind.LOCAL or data["moves_deadlines"] == "yes")
