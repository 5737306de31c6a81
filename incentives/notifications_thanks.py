"""Who is told of leave and commendations (I8)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from basis.official import in_office_language
from incentives.models import Thanks
from incentives.selectors.thanks import Line
from notifications.services import notify as tell
from organization.enums import Role
from organization.selectors import holders_of


@in_office_language
def confirmed(thanks: Thanks, lines: Sequence[Line]) -> None:
    """Each of those thanked, and general affairs, which see to the leave."""
    for one in lines:
        parts = []
        if one.days:
            parts.append(_("특별휴가 %(days)d일") % {"days": one.days})
        if one.commended:
            parts.append(_("표창 추천"))
        tell(
            "incentives.thanked",
            [one.reward.user],
            title=_("공동협력사업 유공: %(what)s") % {"what": ", ".join(parts)},
            body=one.reward.result.title,
            url=one.reward.result.get_absolute_url(),
            key=f"reward:{one.reward.pk}",
        )
    tell(
        "incentives.thanks",
        list(holders_of(Role.GENERAL_AFFAIRS)),
        title=_("%(year)d년 공동협력사업 유공 직원을 확정했습니다") % {"year": thanks.year},
        body=_("휴가와 표창, 근무평정 명단을 확인해 주세요."),
        url=thanks.get_absolute_url(),
        key=f"thanks:{thanks.pk}",
    )
