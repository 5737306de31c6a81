"""Who is told of what readers do."""

from django.utils.translation import gettext as _

from basis.official import in_office_language
from knowledge.models import Opinion
from notifications.services import notify
from organization.models import User


def _tell(opinion: Opinion, kind: str, people: set[User], title: str, body: str) -> None:
    notify(
        f"knowledge.opinion_{kind}",
        people,
        title=f"{title}: {opinion.post}",
        body=body,
        url=opinion.get_absolute_url(),
        key=f"knowledge:opinion:{opinion.pk}:{kind}:{opinion.version}",
    )


@in_office_language
def said(opinion: Opinion) -> None:
    """Who owns the post hears of it, unless they said it themselves."""
    if opinion.post.owner_id != opinion.writer_id:
        _tell(opinion, "said", {opinion.post.owner}, _("지식에 의견이 달렸습니다"), opinion.text[:200])


@in_office_language
def hidden(opinion: Opinion, reason: str) -> None:
    _tell(opinion, "hidden", {opinion.writer}, _("의견을 숨겼습니다"), reason)


@in_office_language
def shown(opinion: Opinion) -> None:
    _tell(opinion, "shown", {opinion.writer}, _("숨긴 의견을 다시 보입니다"), "")
