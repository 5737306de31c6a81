"""Where I am logged in, and logging out from there (D4)."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import datetime_ko
from core import sessions
from core.cells import Cell
from core.components import Action
from core.models import Session
from core.page import BaseView, Request
from core.views.forms import ConfirmPage
from organization.views.tables import table

OTHERS = "others"
# The first that fits: Edge and Whale call themselves Chrome as well, Chrome calls itself Safari.
_BROWSERS = {"Edg": "Edge", "Whale": "Whale", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone|iPad": "iOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def browser_text(agent: str) -> str:
    """`Chrome · Windows`."""
    found = [
        next((name for sign, name in names.items() if re.search(sign, agent)), "")
        for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or _("알 수 없는 기기")


def _mark(session: Session) -> str:
    """Names a session in an address without giving it away."""
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:20]


def _open(user: Any) -> list[tuple[Session, dict[str, Any]]]:
    """The latest used first."""
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    found = [(row, row.get_decoded()) for row in rows]
    return sorted(found, key=lambda one: one[1].get("active_at", 0), reverse=True)


def _moment(stamp: int | None) -> str:
    return datetime_ko(datetime.fromtimestamp(stamp, UTC)) if stamp else ""


class SessionsPage(BaseView):
    permission = "organization.self"
    template_name = "organization/sessions.html"
    crumbs = ((gettext_lazy("내 정보"), reverse_lazy("me")), (gettext_lazy("로그인한 기기"), None))

    def get(self, request: Request) -> HttpResponse:
        own = request.session.session_key
        found = _open(request.user)
        rows = [
            (
                browser_text(data.get("browser", "")),
                Cell(data.get("address") or ""),
                _moment(data.get("started_at")),
                _moment(data.get("active_at")),
                Cell(_("지금 쓰는 기기"))
                if row.session_key == own
                else Cell(_("로그아웃"), url=reverse("me_session_end", args=[_mark(row)])),
            )
            for row, data in found
        ]
        heads = (_("기기"), _("접속 주소"), _("로그인"), _("마지막 사용"), _("로그아웃"))
        others = Action(_("다른 기기 모두 로그아웃"), reverse("me_session_end", args=[OTHERS]))
        return self.render(
            {
                "title": _("로그인한 기기"),
                "actions": [others] if len(found) > 1 else [],
                "table": table(_("로그인한 기기"), heads, rows),
            }
        )


class SessionEnd(ConfirmPage):
    permission = "organization.self"
    title = gettext_lazy("로그아웃")
    crumbs = ((gettext_lazy("로그인한 기기"), reverse_lazy("me_sessions")), (gettext_lazy("로그아웃"), None))

    def prepare(self) -> None:
        """Another's session is as unknown as one that has ended."""
        self.ended: Session | None = None
        if self.kwargs["mark"] == OTHERS:
            return
        found = [row for row, _data in _open(self.request.user) if _mark(row) == self.kwargs["mark"]]
        if not found:
            raise Http404
        self.ended = found[0]

    def get_text(self) -> str:
        if self.ended is None:
            return _("지금 쓰는 기기만 남기고 다른 기기에서 모두 로그아웃할까요?")
        browser = browser_text(self.ended.get_decoded().get("browser", ""))
        return _("%(browser)s 기기에서 로그아웃할까요?") % {"browser": browser}

    def get_cancel_url(self) -> str:
        return reverse("me_sessions")

    def act(self) -> str:
        if self.ended is not None:
            self.ended.delete()
        else:
            sessions.end(self.request.user, but=self.request.session.session_key)
        messages.success(self.request, _("로그아웃되었습니다."))
        return reverse("me_sessions")
