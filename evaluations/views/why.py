"""`왜 이 순위인가`, and objecting, for one of the staff whose entry it is; who has no account reads the same on the
page of the own thing (evaluations.selectors.why, templates/evaluations/why_of.html)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core.page import BaseView, Crumbs, Request
from core.views.forms import FormPage
from evaluations.forms.results import ObjectionForm
from evaluations.models import Entry
from evaluations.selectors.why import why
from evaluations.services import objections
from evaluations.views.lists import HOME
from evaluations.views.results_find import get_own

TITLE = gettext_lazy("왜 이 순위인가")


def above(entry: Entry) -> Crumbs:
    return [HOME, (entry.round.title, reverse("evaluations:told_round", args=[entry.round_id]))]


class WhyPage(BaseView):
    permission = "evaluations.view"
    section = "evaluations"
    template_name = "evaluations/why.html"
    entry: Entry

    def get_crumbs(self) -> Crumbs:
        return [*above(self.entry), (TITLE, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.entry = get_own(request.user, pk)
        found = why(self.entry, request.user)
        if found is None:
            raise Http404
        return self.render(
            {
                "title": self.entry.title,
                "lead": TITLE,
                "why": found,
                "object_url": reverse("evaluations:entry_object", args=[pk]) if found.may_object else "",
            }
        )


class EntryObject(FormPage):
    """An entrant of the staff objects."""

    permission = "evaluations.view"
    section = "evaluations"
    form_class = ObjectionForm
    title = submit = gettext_lazy("이의 신청")
    success = gettext_lazy("이의를 신청했습니다. 답하면 알려 드립니다.")
    entry: Entry

    def prepare(self) -> None:
        self.entry = get_own(self.actor, self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [*above(self.entry), (TITLE, self.entry.why_url), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.entry.why_url

    def get_context(self) -> dict[str, Any]:
        until = self.entry.round.objections_until
        lead = _("%(day)s까지 한 번 신청할 수 있습니다.") % {"day": date_weekday(until)} if until else ""
        return {"lead": lead}

    def act(self, form: ObjectionForm) -> str:
        objections.ask(self.entry, reason=form.cleaned_data["reason"], actor=self.actor)
        return self.entry.why_url
