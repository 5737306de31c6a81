"""Handing over all of one's posts in one list, as one does who moves; or those of somebody who has left (K6)."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import whole
from core.permissions import can
from core.views.forms import FormPage
from knowledge.enums import OPEN
from knowledge.forms.talk import HandOverForm
from knowledge.models import Post
from knowledge.services import looking
from knowledge.views.lists import HOME, SECTION
from organization.models import User


class HandOver(FormPage):
    permission = "knowledge.write"
    section = SECTION
    form_class = HandOverForm
    template_name = "knowledge/hand_over.html"
    title = gettext_lazy("맡은 지식 인계")
    submit = gettext_lazy("인계하기")
    crumbs = (HOME, (gettext_lazy("맡은 지식 인계"), None))

    def prepare(self) -> None:
        """One's own; `owner` names another, of whose posts those are offered that one may decide on."""
        asked = whole(self.request.GET.get("owner", ""))
        self.giver = get_object_or_404(User, pk=asked) if asked else self.actor

    def among(self) -> Any:
        rows = Post.objects.filter(owner=self.giver, state__in=OPEN, source_mark="").order_by("-pk")
        if self.giver == self.actor:
            return rows
        may = [post.pk for post in rows.select_related("field") if can(self.actor, "knowledge.look", post)]
        return rows.filter(pk__in=may)

    def get_lead(self) -> str:
        return "" if self.giver == self.actor else str(self.giver.full_label)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"among": self.among()}

    def get_initial(self) -> dict[str, Any]:
        return {"posts": [str(post.pk) for post in self.among()]}

    def get_cancel_url(self) -> str:
        return f"{reverse('knowledge:list')}?mine=1"

    def act(self, form: HandOverForm) -> str:
        to = form.cleaned_data["to"]
        count = looking.hand_over(form.chosen(), to, actor=self.actor)
        said = _("%(to)s에게 지식 %(count)d건을 인계했습니다.") % {"to": to.full_label, "count": count}
        messages.success(self.request, said)
        return self.get_cancel_url()
