"""When reports come, and who gets them."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.formats import date_weekday
from core.components import Action
from core.now import today
from core.numbers import text_of
from core.page import BaseView, Request
from core.permissions import can
from core.search import found
from core.views.forms import ConfirmPage, FormPage
from organization.models import User
from reports import selectors
from reports.definitions import DEFINITIONS, label_of
from reports.forms import RecipientsForm
from reports.models import Recipient
from reports.services import mailing

MOST_OFFERED = 50


class CalendarPage(BaseView):
    """What the schedule will make in the coming year."""

    permission = "reports.view"
    section = "reports"
    template_name = "reports/calendar.html"
    title = gettext_lazy("보고 일정")
    crumbs = ((gettext_lazy("보고·통계"), None), (title, None))

    def get(self, request: Request) -> HttpResponse:
        return self.render(
            {
                "title": self.title,
                "lead": _("정해진 날에 자동으로 만들어 받는 사람에게 메일로 보냅니다."),
                "lines": [
                    (date_weekday(r.due_on), r.definition.title(r.period), r.period.dates)
                    for r in selectors.coming_releases(today())
                ],
                "actions": [Action(_("지금 만들기"), reverse("reports:make"))]
                if can(request.user, "reports.manage")
                else [],
            }
        )


class RecipientsPage(BaseView):
    permission = "reports.manage"
    section = "reports"
    template_name = "reports/recipients.html"
    title = gettext_lazy("보고서 받는 사람")
    crumbs = ((gettext_lazy("보고·통계"), None), (title, None))

    def get(self, request: Request) -> HttpResponse:
        chosen = selectors.recipients_by_report()
        return self.render(
            {
                "title": self.title,
                "lead": _("지정한 사람이 없는 보고서는 기획예산과 담당자에게 보냅니다."),
                "reports": [
                    {
                        "label": definition.label,
                        "add_url": reverse("reports:recipients_add", args=[definition.slug]),
                        "people": chosen.get(definition.slug, []),
                    }
                    for definition in DEFINITIONS
                ],
            }
        )


HOME = (RecipientsPage.title, reverse_lazy("reports:recipients"))


class AddRecipients(FormPage):
    """Find by name, number or department; choose; add."""

    permission = "reports.manage"
    section = "reports"
    form_class = RecipientsForm
    template_name = "reports/recipients_add.html"
    submit = gettext_lazy("받는 사람에 추가")
    title = gettext_lazy("받는 사람 추가")
    crumbs = (HOME, (title, None))

    def prepare(self) -> None:
        self.slug = self.kwargs["slug"]
        if self.slug not in DEFINITIONS:
            raise Http404
        self.words = text_of(self.request.GET.get("q", ""))

    def found(self) -> QuerySet[User]:
        """Staff that fit the words and do not get the report yet."""
        rows = User.objects.filter(is_active=True).exclude(
            pk__in=Recipient.objects.filter(slug=self.slug).values("person")
        )
        rows = found(rows, self.words, "name", "department__name", whole=("employee_number",))
        return rows[:MOST_OFFERED] if self.words else rows.none()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"offered": self.found()}

    def get_title(self) -> str:
        return _("%(report)s 받는 사람 추가") % {"report": label_of(self.slug)}

    def get_context(self) -> dict[str, Any]:
        return {"words": self.words}

    def get_cancel_url(self) -> str:
        return reverse("reports:recipients")

    def act(self, form: RecipientsForm) -> str:
        people = list(form.cleaned_data["people"])
        count = mailing.add_recipients(self.slug, people, actor=self.request.user)
        text = ngettext(
            "받는 사람 %(count)d명을 추가했습니다.", "받는 사람 %(count)d명을 추가했습니다.", count
        )
        messages.success(self.request, text % {"count": count})
        return reverse("reports:recipients")


class RemoveRecipient(ConfirmPage):
    permission = "reports.manage"
    section = "reports"
    title = gettext_lazy("받는 사람 빼기")
    submit = gettext_lazy("빼기")
    danger = True
    success = gettext_lazy("받는 사람에서 뺐습니다.")
    crumbs = (HOME, (title, None))

    def prepare(self) -> None:
        rows = Recipient.objects.select_related("person__department")
        self.recipient = get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_text(self) -> str:
        return _("%(person)s 님을 ‘%(report)s’ 받는 사람에서 뺄까요?") % {
            "person": self.recipient.person.full_label,
            "report": label_of(self.recipient.slug),
        }

    def get_cancel_url(self) -> str:
        return reverse("reports:recipients")

    def act(self) -> str:
        mailing.remove_recipient(self.recipient, actor=self.request.user)
        return reverse("reports:recipients")
