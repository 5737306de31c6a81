"""Who is told what of results; entrants are told by the kind of the round, which knows how to reach them."""

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from evaluations.models import Correction, Objection
from notifications.services import notify
from organization.enums import Role
from organization.selectors import holders_of


@in_office_language
def objected(objection: Objection) -> None:
    """Planning, of which those answer who may."""
    notify(
        "evaluations.objected",
        holders_of(Role.PLANNING),
        title=_("심사 결과에 이의가 있습니다: %(title)s") % {"title": objection.round.title},
        body=_("%(day)s까지 답해 주세요.") % {"day": date_weekday(objection.due)},
        url=objection.get_absolute_url(),
        key=f"objection:{objection.pk}:asked",
    )


@in_office_language
def answered(objection: Objection) -> None:
    """Whoever asked, where that is one of the staff; who has no account is told by the kind (`objection_answered`)."""
    from_staff = objection.asked_by
    if from_staff is not None:
        notify(
            "evaluations.objection_answered",
            [from_staff],
            title=_("이의에 답했습니다: %(title)s") % {"title": objection.round.title},
            body=f"{objection.get_state_display()}: {objection.answer}",
            url=objection.entry.why_url,
            key=f"objection:{objection.pk}:answered",
            personal=True,
        )


@in_office_language
def correction_rejected(correction: Correction, reason: str) -> None:
    notify(
        "evaluations.correction_rejected",
        [correction.asked_by],
        title=_("정정 요청이 반려되었습니다: %(title)s") % {"title": correction.result.entry.round.title},
        body=reason,
        url=correction.get_absolute_url(),
        key=f"correction:{correction.pk}:rejected",
        personal=True,
    )
