"""Who is told what of a passage that is said to be wrong (K6)."""

from datetime import date

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from knowledge.models import Flaw
from notifications.services import notify
from organization.models import User
from organization.selectors import leaders_of


def owners(flaw: Flaw) -> list[User]:
    """Who answers for the post: its owner, or who leads its department."""
    owner = flaw.post.owner
    return [owner] if owner.is_active else leaders_of(flaw.post.department_id)


def _tell(flaw: Flaw, kind: str, people: list[User], title: str, body: str) -> None:
    notify(
        f"knowledge.flaw_{kind}",
        people,
        title=f"{title}: {flaw.post}",
        body=body,
        url=flaw.get_absolute_url(),
        key=f"knowledge.flaw:{flaw.pk}:{kind}:{flaw.version}",
    )


@in_office_language
def reported(flaw: Flaw) -> None:
    _tell(
        flaw, "reported", owners(flaw), _("잘못된 대목을 알려 왔습니다"), f"‘{flaw.passage}’\n{flaw.remark}"
    )


@in_office_language
def answered(flaw: Flaw) -> None:
    _tell(flaw, "answered", [flaw.reporter], _("잘못 알림에 답이 왔습니다"), flaw.answer)


@in_office_language
def due_moved(flaw: Flaw, old: date, new: date, cause: str) -> None:
    said = _("답변 기한이 %(old)s에서 %(new)s(으)로 바뀌었습니다.") % {
        "old": date_weekday(old),
        "new": date_weekday(new),
    }
    notify(
        "knowledge.flaw_due",
        owners(flaw),
        title=_("잘못 알림의 답변 기한이 바뀌었습니다: %(title)s") % {"title": flaw.post},
        body=f"{said} {cause}",
        url=flaw.get_absolute_url(),
        key=f"knowledge.flaw:{flaw.pk}:due:{new}",
    )
