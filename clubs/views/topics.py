"""Planning keeps the lists of topics (C1)."""

from typing import Any, ClassVar

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.enums import TopicSource
from clubs.forms.clubs import CopyForm, TopicForm
from clubs.models import Topic
from clubs.services import topics
from clubs.views.club import HOME, SECTION
from clubs.views.lists import TOPICS
from core.now import today
from core.page import Crumbs
from core.views.forms import FormPage


class _TopicPage(FormPage):
    permission = topics.PLAN
    section = SECTION
    form_class: ClassVar[Any] = TopicForm

    def get_cancel_url(self) -> str:
        return reverse("clubs:topics")


class TopicNew(_TopicPage):
    title = gettext_lazy("연구 과제 추가")
    submit = gettext_lazy("과제 추가")
    success = gettext_lazy("과제를 추가했습니다.")
    crumbs = (HOME, TOPICS, (title, None))

    def get_initial(self) -> dict[str, Any]:
        year, source = today().year, TopicSource.CORE
        return {"year": year, "source": source, "number": topics.next_number(year, source), "is_open": True}

    def get_draft_key(self) -> str:
        return "clubs.topic.new"

    def act(self, form: TopicForm) -> str:
        return topics.add(form.values(), actor=self.actor).get_absolute_url()


class TopicEdit(_TopicPage):
    title = gettext_lazy("연구 과제 고치기")
    submit = gettext_lazy("저장")
    success = gettext_lazy("과제를 고쳤습니다.")

    def prepare(self) -> None:
        rows = Topic.objects.visible_to(self.request.user).select_related("department")
        self.topic = get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [HOME, TOPICS, (str(self.topic), None)]

    def get_initial(self) -> dict[str, Any]:
        found = {name: getattr(self.topic, name) for name in (*topics.FIELDS, "version")}
        return {**found, "department": self.topic.department_id}

    def act(self, form: TopicForm) -> str:
        version = form.cleaned_data["version"]
        return topics.edit(self.topic, form.values(), version=version, actor=self.actor).get_absolute_url()


class TopicsCopy(_TopicPage):
    form_class = CopyForm
    title = gettext_lazy("다른 해의 과제 가져오기")
    submit = gettext_lazy("과제 가져오기")
    lead = gettext_lazy("고를 수 있는 과제만 번호와 함께 가져옵니다. 이미 있는 과제는 그대로 둡니다.")
    crumbs = (HOME, TOPICS, (title, None))

    def get_initial(self) -> dict[str, Any]:
        return {"year": today().year - 1, "into": today().year}

    def act(self, form: CopyForm) -> str:
        data = form.cleaned_data
        made = topics.copy(data["year"], into=data["into"], actor=self.actor)
        messages.success(self.request, _("과제 %(count)d개를 가져왔습니다.") % {"count": len(made)})
        return made[0].get_absolute_url()
