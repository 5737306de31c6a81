"""내 할 일: one list for everyone (R5)."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import datetime_ko
from core.components import Figure
from core.page import BaseView, Request
from core.permissions import can
from notifications.selectors import grouped_todos, todos_of, unread_of
from notifications.standing import trouble
from notifications.todo import facts_of, headlines_of


class HomePage(BaseView):
    permission = "notifications.view"
    section = "home"
    template_name = "notifications/home.html"
    title = gettext_lazy("내 할 일")

    def get(self, request: Request) -> HttpResponse:
        groups = grouped_todos(request.user)
        labels = {"late": _("늦음"), "today": _("오늘"), "week": _("이번 주"), "later": _("나중")}
        tones = {"late": "danger", "today": "warning"}
        figures = [
            Figure(
                labels[key],
                str(group.count),
                _("건"),
                f"#todo-{key}" if group.count else "",
                tone=tones.get(key, "") if group.count else "",
            )
            for key, group in groups.items()
        ]
        notices = [(n, datetime_ko(timezone.localtime(n.created_at))) for n in unread_of(request.user)]
        return self.render(
            {
                "title": self.title,
                "headlines": headlines_of(request.user),
                "own": facts_of(request.user),
                "figures": figures,
                "trouble": trouble()
                if can(request.user, "notifications.outbox") and not settings.DEMO
                else "",
                "groups": [(labels[g.key], g) for g in groups.values() if g.count],
                "notices": notices,
            }
        )


class NextWork(BaseView):
    """On to what is most urgent of what waits, but for the page one comes `from`."""

    permission = "notifications.view"

    def get(self, request: Request) -> HttpResponse:
        left = [todo.url for todo in todos_of(request.user) if todo.url != request.GET.get("from")]
        if not left:
            messages.info(request, _("지금 남은 할 일이 없습니다."))
        return HttpResponseRedirect(left[0] if left else reverse("home"))
