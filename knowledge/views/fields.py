"""Fields of knowledge, as planning keeps them."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.page import Crumbs
from core.views.forms import FormPage
from knowledge.forms.fields import FieldForm
from knowledge.models import Field
from knowledge.services import fields
from knowledge.views.lists import FIELDS, HOME, SECTION
from organization.forms import named


class FieldNew(FormPage):
    permission = "knowledge.plan"
    section = SECTION
    form_class = FieldForm
    title = gettext_lazy("분야 만들기")
    submit = gettext_lazy("저장")
    success = gettext_lazy("분야를 저장했습니다.")
    field: Field | None = None

    def get_crumbs(self) -> Crumbs:
        return [HOME, FIELDS, (self.title, None)]

    def get_cancel_url(self) -> str:
        return reverse("knowledge:fields")

    def act(self, form: FieldForm) -> str:
        fields.save(self.field, form.values(), version=form.cleaned_data["version"], actor=self.actor)
        return self.get_cancel_url()


class FieldEdit(FieldNew):
    title = gettext_lazy("분야 고치기")

    def prepare(self) -> None:
        self.field = get_object_or_404(Field, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        field = self.field
        assert field is not None
        found = {name: getattr(field, name) for name in ("name", "order", "closed", "version")}
        return found | {"keeper": named(field.keeper) if field.keeper else ""}
