"""Handing over all of one's posts in one list, as one does who moves, with those that somebody left to one; or one post
from its page (K6)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.views.forms import FormPage
from knowledge.enums import OPEN
from knowledge.forms.talk import HandOverForm, ToForm
from knowledge.models import Post
from knowledge.services import looking
from knowledge.views.lists import HOME, SECTION
from knowledge.views.post import PostStep
from notifications.selectors import waiting_for


class HandOver(FormPage):
    permission = "knowledge.write"
    section = SECTION
    form_class = HandOverForm
    template_name = "knowledge/hand_over.html"
    title = gettext_lazy("맡은 지식 인계")
    submit = gettext_lazy("인계하기")
    crumbs = (HOME, (gettext_lazy("맡은 지식 인계"), None))

    def among(self) -> Any:
        """One's own, and those that wait for whoever leads the department of somebody who has left."""
        left = waiting_for(self.actor).about(Post).filter(ask="hand_over").values("object_id")
        mine = Q(owner=self.actor) | Q(pk__in=left)
        return (
            Post.objects.visible_to(self.actor).filter(mine, state__in=OPEN, source_mark="").order_by("-pk")
        )

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


class PostHandOver(PostStep, FormPage):
    """Of one post: by its owner, whoever leads the department, or planning."""

    step = "hand_over"
    form_class = ToForm
    success = gettext_lazy("담당자를 바꾸었습니다. 새 담당자에게 알렸습니다.")

    def act(self, form: ToForm) -> str:
        looking.hand_over([self.object], form.cleaned_data["to"], actor=self.actor)
        return self.get_success_url()
