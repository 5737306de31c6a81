"""Saved filters: one's own names for the conditions and order of a list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.models import SavedFilter
from core.models.saved import LONGEST
from core.now import now

MOST = 10  # a list: more would no longer be found faster than they are typed
NOT_KEPT = {"page", "size", "export", "reason"}


@dataclass(frozen=True)
class SavedLinks:
    """What components/list_saved.html places: (label, address, whether it is what is shown)."""

    links: list[tuple[str, str, bool]]
    save_url: str


def query_of(params: QueryDict) -> str:
    """Conditions and order, always written alike."""
    pairs = [(name, v) for name, values in params.lists() if name not in NOT_KEPT for v in values if v]
    return urlencode(sorted(pairs))


def links(request: HttpRequest) -> SavedLinks:
    """One query, and none for whom `user.saves_filters` says that there is nothing."""
    user: Any = request.user
    rows: list[SavedFilter] = []
    if getattr(user, "saves_filters", True):
        rows = list(SavedFilter.objects.visible_to(user).filter(path=request.path))
    shown = query_of(request.GET)
    known = not shown or any(row.query == shown for row in rows)
    target = urlencode({"next": f"{request.path}?{shown}"})
    return SavedLinks(
        [(row.label, row.get_absolute_url(), row.query == shown) for row in rows],
        "" if known else f"{reverse('saved_filter_new')}?{target}",
    )


@transaction.atomic
def save(user: Any, *, path: str, label: str, query: str) -> SavedFilter:
    """Name the conditions; a name of this list that is taken stands for the new ones from now on."""
    if len(query) > LONGEST:
        raise Rejected(_("조건이 너무 깁니다. 조건을 줄인 뒤 저장해 주세요."))
    others = SavedFilter.objects.visible_to(user).filter(path=path).exclude(label=label)
    if others.count() >= MOST:
        raise Rejected(
            _("한 목록에 %(most)d개까지 저장할 수 있습니다. 쓰지 않는 것을 먼저 삭제해 주세요.")
            % {"most": MOST}
        )
    saved, _created = SavedFilter.objects.update_or_create(
        owner=user, path=path, label=label, defaults={"query": query, "saved_at": now()}
    )
    return saved


@transaction.atomic
def rename(saved: SavedFilter, label: str) -> None:
    """Rejected if the person has given the name to another of the same list."""
    same = SavedFilter.objects.filter(owner=saved.owner_id, path=saved.path, label=label)
    if same.exclude(pk=saved.pk).exists():
        raise Rejected(_("같은 이름으로 저장한 조건이 있습니다. 다른 이름을 입력해 주세요."), field="label")
    saved.label = label
    saved.save(update_fields=["label"])
