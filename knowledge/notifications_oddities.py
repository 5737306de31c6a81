"""Who loses points is told why."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from basis.official import in_office_language
from knowledge.models import Post
from mileage.models import Entry
from mileage.rules import amount_text
from notifications.services import notify
from organization.models import User


@in_office_language
def taken_back(entries: Sequence[Entry], reason: str) -> None:
    """Each of their own, once."""
    lost: dict[User, list[Entry]] = defaultdict(list)
    for entry in entries:
        lost[entry.account.user].append(entry)
    for person, own in lost.items():
        total = sum(entry.amount for entry in own)
        notify(
            "knowledge.points_taken_back",
            [person],
            title=_("지식활동 점수 %(points)s점을 회수했습니다") % {"points": amount_text(total)},
            body=reason,
            url=own[0].get_absolute_url(),
            key=f"knowledge:taken_back:{min(entry.pk for entry in own)}:{len(own)}",
            personal=True,
        )


@in_office_language
def revoked(post: Post, reason: str) -> None:
    notify(
        "knowledge.revoked",
        {post.writer},
        title=_("지식의 점수를 회수했습니다: %(title)s") % {"title": post.title},
        body=reason,
        url=post.get_absolute_url(),
        key=f"knowledge:{post.pk}:revoked:{post.version}",
        personal=True,
    )
