"""Who is told what of the knowledge board."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from basis.official import in_office_language
from knowledge.models import Post
from notifications.services import notify
from organization.models import User


def tell(post: Post, kind: str, people: Iterable[User], title: str, body: str = "") -> None:
    notify(
        f"knowledge.{kind}",
        people,
        title=f"{title}: {post}",
        body=body,
        url=post.get_absolute_url(),
        key=f"knowledge:{post.pk}:{kind}:{post.version}",
    )


@in_office_language
def approved(post: Post) -> None:
    said = (
        _("먼저 등록된 같은 지식이 있어 점수는 없습니다: %(title)s") % {"title": post.alike}
        if post.alike
        else ""
    )
    tell(post, "approved", {post.writer, post.owner}, _("지식이 승인되었습니다"), said)


@in_office_language
def returned(post: Post, reason: str) -> None:
    tell(post, "returned", [post.owner], _("지식을 보완해 주세요"), reason)


@in_office_language
def rejected(post: Post, reason: str) -> None:
    tell(post, "rejected", {post.writer, post.owner}, _("지식을 승인하지 않았습니다"), reason)


@in_office_language
def handed_over(post: Post) -> None:
    tell(post, "handed_over", [post.owner], _("지식을 인계받았습니다"))


@in_office_language
def outdated(post: Post, reason: str) -> None:
    tell(post, "outdated", [post.owner], _("옛 자료로 표시되었습니다"), reason)


@in_office_language
def judged(post: Post, said: str, *, corrected: bool = False) -> None:
    title = _("우수 지식 심사 결과 정정") if corrected else _("우수 지식 심사 결과")
    tell(post, "corrected" if corrected else "judged", [post.writer], title, said)
