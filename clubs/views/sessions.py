"""The meetings of clubs that one may know of (C2)."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from clubs.kinds import ClubPanel
from clubs.views.club import HOME, SECTION
from meetings.filters import group_filter
from meetings.views.lists import GroupSessions


class ClubSessions(GroupSessions):
    kind = ClubPanel.key
    section = SECTION
    title = gettext_lazy("동아리 모임")
    file_name = gettext_lazy("동아리_모임")
    filter_class = group_filter(ClubPanel.key, gettext_lazy("동아리"))
    crumbs = (HOME, (title, None))
    columns = tuple(
        replace(one, label=gettext_lazy("동아리")) if one.key == "panel" else one
        for one in GroupSessions.columns
    )
    empty_message = gettext_lazy("조건에 맞는 모임이 없습니다. 내가 회원인 동아리의 모임이 여기에 모입니다.")

    def get_empty_action(self) -> tuple[Any, str] | None:
        return gettext_lazy("내 동아리 보기"), reverse("clubs:home")
