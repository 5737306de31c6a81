"""Asking for what is waited for, of rows chosen in a list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.numbers import wholes
from core.once import one_time, sent_once
from core.page import BaseView, Crumbs, Request
from core.workflow import WORKFLOWS, Workflow
from notifications.bar import told
from notifications.nudges import nudges, send_nudges

MOST = 100  # rows of one page of a list


class NudgePage(BaseView):
    """First whom it will reach with which words, then it is sent."""

    permission = "notifications.nudge"
    section = "home"
    template_name = "notifications/nudge.html"
    title = gettext_lazy("독촉하기")

    def get_crumbs(self) -> Crumbs:
        return [(self.title, None)]

    def post(self, request: Request, kind: str) -> HttpResponse:
        workflow = WORKFLOWS.get(kind)
        if workflow is None or workflow.work is None:
            raise Http404
        pks, back = wholes(request.POST.getlist("pk"))[:MOST], self.back()
        if not pks:
            messages.error(request, _("하나 이상 골라 주세요."))
            return HttpResponseRedirect(back)
        if "send" in request.POST:
            target, _fresh = sent_once(
                self.actor, request.POST.get("once", ""), lambda: self.send(workflow, pks, back)
            )
            return HttpResponseRedirect(target)
        found = nudges(workflow.model, pks, actor=self.actor)
        lines = [(nudge, told([person.full_label for person in nudge.people])) for nudge in found]
        return self.render(
            {
                "title": self.title,
                "lines": lines,
                "pks": pks,
                "count": len({nudge.thing.pk for nudge in found if not nudge.why_not}),
                "back": back,
                "once": one_time(""),
            }
        )

    def back(self) -> str:
        """To the list as it was."""
        target = self.request.POST.get("back") or self.request.headers.get("Referer", "")
        host = self.request.get_host()
        return target if url_has_allowed_host_and_scheme(target, {host}) else reverse("home")

    def send(self, workflow: Workflow, pks: list[int], back: str) -> str:
        count = send_nudges(workflow.model, pks, actor=self.actor)
        words: Any = ngettext("%(count)d건을 독촉했습니다.", "%(count)d건을 독촉했습니다.", count)
        messages.success(self.request, words % {"count": count})
        return back
