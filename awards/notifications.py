"""Who is told what of awards. What a decision gives is told by whoever has decided."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Award
from awards.selectors.tax import Over
from basis.formats import won
from basis.official import in_office_language
from core.permissions import kept_from
from notifications.services import Line, notify
from organization.enums import DepartmentRole, Role
from organization.models import Department
from organization.selectors import heads_of, holders_of


@in_office_language
def over_limit(found: Sequence[Over]) -> None:
    """Planning and general affairs hear of whoever comes near the limit, or beyond it (A2)."""
    people = [*holders_of(Role.PLANNING), *holders_of(Role.GENERAL_AFFAIRS)]
    for one in found:
        url = f"{reverse('awards:tax')}?year={one.year}"
        over = (
            _("한도를 %(over)s 넘었습니다.") % {"over": won(one.over)}
            if one.over
            else _("한도에 가깝습니다.")
        )
        notify(
            "awards.over_limit",
            people,
            title=_("%(year)s년 시상금 비과세 한도: %(who)s") % {"year": one.year, "who": one.user},
            body=_("한 해 시상금 %(sum)s, 한도 %(limit)s. %(over)s")
            % {"sum": won(one.after), "limit": won(one.limit), "over": over},
            url=url,
            key=f"awards-limit:{one.year}:{one.user.pk}:{one.after}",
            mail=False,
        )


@in_office_language
def revocation_asked(award: Award) -> None:
    kept = kept_from("awards.revoke", award)
    heads = [
        head
        for planning in Department.objects.filter(role=DepartmentRole.PLANNING, valid_to=None)
        for head in heads_of(planning.pk)
    ]
    people = {person.pk: person for person in [*holders_of(Role.PLANNING), *heads] if person.pk not in kept}
    notify(
        "awards.revocation_asked",
        people.values(),
        title=_("시상 취소를 결정해 주세요: %(award)s") % {"award": award},
        body=award.asked_reason,
        url=award.get_absolute_url(),
        key=f"award:{award.pk}:revocation:{award.version}",
        lines=[Line(str(award), award.asked_reason, award.get_absolute_url())],
        personal=True,
    )


@in_office_language
def revoked(award: Award) -> None:
    """Staff hear it themselves; a citizen is written to by the process that gave the prize."""
    if award.user is None:
        return
    body = award.reason
    if award.asked_back:
        body += "\n" + _("돌려주실 금액은 %(amount)s입니다.") % {"amount": won(award.asked_back)}
    notify(
        "awards.revoked",
        [award.user],
        title=_("시상이 취소되었습니다: %(award)s") % {"award": award},
        body=body,
        url=award.get_absolute_url(),
        key=f"award:{award.pk}:revoked",
        personal=True,
    )
