"""Saved filters: naming what a list shows, renaming, deleting. Everyone sees only their own."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import datetime_ko
from core import saved
from core.cells import Column
from core.components import Action
from core.forms import Form
from core.lists import ListView
from core.models import SavedFilter
from core.page import Crumbs
from core.views.forms import ConfirmPage, FormPage

PERMISSION = "core.saved_filters"


def list_of(path: str) -> type[ListView]:
    """The list with this address; 404 if it is none that can be filtered."""
    try:
        view = getattr(resolve(path).func, "view_class", None)
    except Resolver404:
        view = None
    if view is None or not issubclass(view, ListView):
        raise Http404
    return view


def title_of(path: str) -> str:
    try:
        return str(list_of(path).title)
    except Http404:  # a list that is no more
        return path


class LabelForm(Form):
    label = forms.CharField(label=gettext_lazy("이름"), max_length=30)


class NewLabelForm(LabelForm):
    label = forms.CharField(
        label=gettext_lazy("이름"),
        max_length=30,
        help_text=gettext_lazy("같은 이름이 있으면 지금 조건으로 바뀝니다. 예: 우리 부서 기한 임박"),
    )


class SavedFilterList(ListView):
    permission = PERMISSION
    title = gettext_lazy("저장한 조건")
    unit = gettext_lazy("개")
    crumbs = ((title, None),)
    default_order = ("path", "label")
    columns = (
        Column("label", gettext_lazy("이름"), ("label",), sort=("label",), primary=True),
        Column("list", gettext_lazy("목록"), ("path",), title_of, sort=("path", "label")),
        Column("saved", gettext_lazy("저장한 때"), ("saved_at",), datetime_ko, sort=("saved_at",)),
    )
    empty_message = gettext_lazy(
        "저장한 조건이 없습니다. 목록에서 조건을 고른 뒤 ‘지금 조건 저장’을 눌러 주세요."
    )

    def get_queryset(self, user: Any) -> QuerySet:
        return SavedFilter.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("saved_filter", args=[pk])


class SavedFilterNew(FormPage):
    """`next`: the list as it is shown."""

    permission = PERMISSION
    form_class = NewLabelForm
    title = gettext_lazy("지금 조건 저장")
    submit = gettext_lazy("저장")
    success = gettext_lazy("조건이 저장되었습니다. 목록 위에서 바로 고를 수 있습니다.")

    def prepare(self) -> None:
        self.path, _mark, query = self.request.GET.get("next", "").partition("?")
        self.list_title = list_of(self.path).title
        self.query = saved.query_of(QueryDict(query))
        if not self.query:
            raise Http404

    def get_crumbs(self) -> Crumbs:
        return [(self.list_title, self.get_cancel_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return f"{self.path}?{self.query}"

    def act(self, form: LabelForm) -> str:
        row = saved.save(self.actor, path=self.path, label=form.cleaned_data["label"], query=self.query)
        return row.get_absolute_url()


class SavedFilterEdit(FormPage):
    permission = PERMISSION
    form_class = LabelForm
    submit = gettext_lazy("이름 바꾸기")
    success = gettext_lazy("이름이 바뀌었습니다.")

    def prepare(self) -> None:
        self.row = get_object_or_404(SavedFilter.objects.visible_to(self.actor), pk=self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [(SavedFilterList.title, reverse("saved_filters")), (self.row.label, None)]

    def get_title(self) -> str:
        return self.row.label

    def get_initial(self) -> dict[str, Any]:
        return {"label": self.row.label}

    def get_cancel_url(self) -> str:
        return reverse("saved_filters")

    def get_context(self) -> dict[str, Any]:
        delete = reverse("saved_filter_delete", args=[self.row.pk])
        return {
            "lead": title_of(self.row.path),
            "actions": [
                Action(_("이 조건으로 보기"), self.row.get_absolute_url()),
                Action(_("삭제"), delete, style="danger"),
            ],
        }

    def act(self, form: LabelForm) -> str:
        saved.rename(self.row, form.cleaned_data["label"])
        return reverse("saved_filters")


class SavedFilterDelete(ConfirmPage):
    permission = PERMISSION
    title = gettext_lazy("저장한 조건 삭제")
    submit = gettext_lazy("삭제")
    danger = True
    success = gettext_lazy("삭제되었습니다.")

    def prepare(self) -> None:
        self.row = get_object_or_404(SavedFilter.objects.visible_to(self.actor), pk=self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [(SavedFilterList.title, reverse("saved_filters")), (self.title, None)]

    def get_text(self) -> str:
        return _("저장한 조건 ‘%(label)s’을(를) 삭제할까요?") % {"label": self.row.label}

    def get_cancel_url(self) -> str:
        return reverse("saved_filters")

    def act(self) -> str:
        self.row.delete()
        return reverse("saved_filters")
