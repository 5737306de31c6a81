"""Forms of the first set-up."""

from typing import Any, ClassVar

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from organization.enums import Role
from organization.forms import DepartmentField, PeopleField
from organization.setup import candidates


class OfficeForm(Form):
    name = forms.CharField(label=_("기관명"), max_length=40, help_text=_("예: 한빛구청"))
    address = forms.CharField(label=_("소재지"), max_length=120, required=False)
    logo = forms.FileField(
        label=_("로고"),
        required=False,
        help_text=_("PNG나 JPG 그림입니다. 새로 올리지 않으면 지금 것을 그대로 씁니다."),
    )


class SetupRolesForm(Form):
    """Functions are named as they are, roles with `role_` before."""

    ROLES: ClassVar = (
        Role.PLANNING,
        Role.GENERAL_AFFAIRS,
        Role.EXECUTIVE,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    )
    planning = DepartmentField(label=_("기획 총괄 부서"), required=False)
    general_affairs = DepartmentField(label=_("총무 부서"), required=False)
    it = DepartmentField(label=_("전산 부서"), required=False)
    layout = Layout(Row("planning", "general_affairs"), "it", *(f"role_{role}" for role in ROLES))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in self.ROLES:
            field = self.fields[f"role_{role}"]
            assert isinstance(field, PeopleField)
            field.queryset = candidates(role)


for _role in SetupRolesForm.ROLES:
    SetupRolesForm.base_fields[f"role_{_role}"] = PeopleField(label=Role(_role).label, required=False)
