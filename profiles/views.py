"""The offices there are, and what would become otherwise here by one of them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from core.page import BaseView, Crumbs, Request
from core.views.forms import ConfirmPage
from profiles import services
from profiles.offices import Office, names, read

HOME = (gettext_lazy("구청 프로필"), reverse_lazy("profiles"))


class ProfileList(BaseView):
    permission = "policies.load"
    section = "manage"
    title = gettext_lazy("구청 프로필")
    template_name = "profiles/list.html"

    def get_crumbs(self) -> Crumbs:
        return [(self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        lead = _(
            "한 구청의 문서에 있는 용어, 방침, 부서 이름을 한 번에 적용합니다. 바뀌는 것을 먼저 보여 드립니다."
        )
        return self.render(
            {"title": self.title, "lead": lead, "offices": [self.item(name) for name in names()]}
        )

    def item(self, name: str) -> dict[str, Any]:
        office = read(name)
        count = len(services.compare(office, actor=self.request.user))
        return {
            "label": office.label,
            "document": office.document,
            "count": count,
            "url": reverse("profile", args=[name]),
        }


class ProfileApply(ConfirmPage):
    """Each difference with its day; what is agreed to is what was shown."""

    permission = "policies.load"
    section = "manage"
    title = gettext_lazy("구청 프로필 적용")

    def prepare(self) -> None:
        self.office = self.found()

    def found(self) -> Office:
        try:
            return read(self.kwargs["name"])
        except Rejected:
            raise Http404 from None

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.office.label, None)]

    def get_text(self) -> str:
        words = {"office": self.office.label, "document": self.office.document}
        text = _("%(office)s: %(document)s에 따라 바꿉니다.") % words
        if missing := services.missing(self.office):
            names = ", ".join(missing)
            text += " " + _("아직 없는 부서는 등록할 때 이 이름을 씁니다: %(names)s") % {"names": names}
        if groups := services.groups(self.office):
            text += " " + _("이 구청의 동아리: %(groups)s.") % {"groups": "; ".join(groups)}
        return text

    def foresee(self) -> Sequence[Any]:
        return [str(one) for one in services.compare(self.office, actor=self.request.user)] or [
            _("바뀌는 것이 없습니다.")
        ]

    def get_cancel_url(self) -> str:
        return reverse("profiles")

    def act(self) -> str:
        count = services.apply(self.office, actor=self.request.user)
        messages.success(self.request, _("%(n)d가지를 바꾸었습니다.") % {"n": count})
        return self.get_cancel_url()
