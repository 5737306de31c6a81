"""Who looked at whose points is written down (D3, M6); the own are nobody's business."""

from collections.abc import Iterable
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from basis.official import in_office_language, office_text
from core import access
from core.lists import ListView
from core.models import AccessLog
from core.page import Request
from mileage.enums import Scheme

LONGEST = 200


@in_office_language
def at_statement(request: Any, person: Any, scheme: Scheme) -> None:
    words = {"person": person.full_label, "scheme": scheme.label}
    _look(request, [person], _("%(person)s %(scheme)s 내역") % words, pk=person.pk)


@in_office_language
def at_entry(request: Any, entry: Any) -> None:
    account = entry.account
    words = {"person": account.user.full_label, "scheme": account.get_scheme_display(), "title": entry.title}
    label = _("%(person)s %(scheme)s 기록: %(title)s") % words
    _look(request, [account.user], label, pk=account.user_id)


def at_request(request: Any, asked: Any) -> None:
    """What was asked to be given or taken back, with the amounts."""
    _look(request, asked.receivers, asked.title, kind="mileage_request", pk=asked.pk)


def at_ranking(request: Any, ranking: Any, action: AccessLog.Action = AccessLog.Action.VIEW) -> None:
    """With those who were not chosen; who was chosen everybody may know."""
    access.log(request, action, kind="ranking", label=str(ranking), pk=ranking.pk)


def _look(request: Any, people: Iterable[Any], label: str, *, kind: str = "mileage", pk: Any) -> None:
    if any(person.pk != request.user.pk for person in people):
        access.log(request, AccessLog.Action.VIEW, kind=kind, label=label[:LONGEST], pk=pk)


class LoggedList(ListView):
    """A list of everybody's points: opening it is logged, and whom somebody looks for in it (`q`)."""

    look_kind = "mileage"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().get(request, *args, **kwargs)
        wanted = request.GET.get("q", "").strip()
        if "export" not in request.GET and (wanted or not request.headers.get("HX-Request")):
            title = office_text(self.title)
            label = f"{title}: {wanted}" if wanted else title
            access.log(request, AccessLog.Action.VIEW, kind=self.look_kind, label=label[:LONGEST])
        return response
