"""내 할 일: one list for everyone (R5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday, datetime_ko, weekdays
from core.components import Figure
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from notifications.alarms import alarms
from notifications.done import done_lately
from notifications.selectors import grouped_todos, todos_of, unread_of
from notifications.standing import trouble
from notifications.team import team_of
from notifications.todo import Todo, bodies_of, facts_of, headlines_of
from organization.enums import Role

WEEKS = 3  # of the small calendar
TONES = {"late": "danger", "today": "warning"}


@dataclass(frozen=True)
class CalendarDay:
    """`label` is read aloud; `url` leads to what is due that day."""

    number: int
    label: str
    count: int
    url: str
    today: bool
    past: bool


def calendar_of(todos: Sequence[Todo], day: date) -> list[list[CalendarDay]]:
    """This week and those after it, with how much is due on each day."""
    due: dict[date, list[Todo]] = {}
    for todo in todos:
        if todo.due and not todo.paused:
            due.setdefault(todo.due, []).append(todo)
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=n) for n in range(7 * WEEKS)]
    cells = [_day(one, due.get(one, []), day) for one in days]
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def _day(one: date, due: Sequence[Todo], day: date) -> CalendarDay:
    group = (
        "late"
        if one < day
        else "today"
        if one == day
        else "week"
        if one <= day + timedelta(days=7)
        else "later"
    )
    url = (due[0].url if len(due) == 1 else f"#todo-{group}") if due else ""
    return CalendarDay(one.day, date_weekday(one), len(due), url, one == day, one < day)


class HomePage(BaseView):
    permission = "notifications.view"
    section = "home"
    template_name = "notifications/home.html"
    title = gettext_lazy("내 할 일")

    def get(self, request: Request) -> HttpResponse:
        todos = todos_of(request.user)
        groups = grouped_todos(todos)
        labels = {
            "late": _("늦음"),
            "today": _("오늘"),
            "week": _("7일 안"),
            "later": _("그 뒤"),
            "undated": _("기한 없음"),
        }
        figures = [
            Figure(
                labels[key],
                str(group.count),
                _("건"),
                f"#todo-{key}" if group.count else "",
                tone=TONES.get(key, "") if group.count else "",
            )
            for key, group in groups.items()
        ]
        notices = [(n, datetime_ko(timezone.localtime(n.created_at))) for n in unread_of(request.user)]
        warned = can(request.user, "notifications.outbox") and not settings.DEMO
        return self.render(
            {
                "title": self.title,
                "headlines": headlines_of(request.user),
                "bodies": bodies_of(request.user),
                "own": facts_of(request.user),
                "figures": figures,
                "trouble": trouble() if warned else "",
                "alarms": alarms() if warned and request.user.has_role(Role.ADMINISTRATOR) else [],
                "groups": [(labels[g.key], g) for g in groups.values() if g.count],
                "team": team_of(request.user),
                "weekdays": weekdays(),
                "weeks": calendar_of(todos, today()),
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


class DonePage(BaseView):
    """What I did lately, who has it now, and how it is undone; a part of the first page, and a page without script."""

    permission = "notifications.view"
    section = "home"
    title = gettext_lazy("최근에 한 일")
    template_name = "notifications/done_page.html"

    def get_crumbs(self) -> Crumbs:
        return [(self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        part = "notifications/done.html" if request.headers.get("HX-Request") else ""
        return self.render({"title": self.title, "done": done_lately(request.user)}, template=part)
