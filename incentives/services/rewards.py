"""Who stands behind results, and the leave and commendations of a year, confirmed once (I8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.enums import Receiver
from awards.services.granting import Gift, grant
from awards.sockets import Follower
from basis.errors import Rejected
from basis.official import document_number
from core.editing import check_seen
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from incentives import notifications_thanks as notifications
from incentives.enums import Behind, ContactState, Post, Role, Tier, YearState
from incentives.models import Result, Reward, Thanks
from incentives.policies import THANKS_BY
from incentives.policies import day_of as month_day
from incentives.selectors.thanks import Line, lines_of, tier_of
from organization.models import User

WORK = "incentives.payout_work"
MOST = 20  # people behind one result


@dataclass(frozen=True)
class Person:
    """Somebody behind a result, in the order of what they gave. `known`: commended by the evaluator, or to be."""

    user: User
    part: str
    known: bool = False


def thanks_of(year: int, *, actor: Any) -> Thanks:
    """Of the year, begun with the first person of it."""
    next_year = date(year + 1, 1, 1)
    due = month_day(year + 1, THANKS_BY.on(next_year))
    found, new = Thanks.objects.get_or_create(year=year, defaults={"due_on": due})
    if new:
        record(found, "begin", actor=actor)
    return found


def default_people(result: Result) -> list[Person]:
    """Whom the contact table of its division names: leader and person in charge of the owners behind the result, and of
    the helping departments the person in charge."""
    behind = {one.department_id for one in result.shares.all()}
    found: dict[int, Person] = {}
    parts = result.division.parts.select_related("department").prefetch_related("contacts__user__department")
    owned = False
    for part in parts.order_by("order"):
        if part.department_id not in behind:
            continue
        wanted: tuple[tuple[Post, Behind], ...]
        named = {one.post: one.user for one in part.contacts.all() if one.state == ContactState.CURRENT}
        if part.role == Role.OWNER and not owned:
            wanted = ((Post.LEADER, Behind.LEADER), (Post.CHARGE, Behind.CHARGE))
            owned = True
        elif part.role == Role.OWNER:
            wanted = ((Post.CHARGE, Behind.FURTHER),)
        else:
            wanted = ((Post.CHARGE, Behind.HELPER),)
        for post, kind in wanted:
            if (user := named.get(post)) is not None and user.pk not in found:
                found[user.pk] = Person(user, kind)
    return list(found.values())


def begin(result: Result, *, actor: Any) -> None:
    """Called by: who writes the result down, under the division's lock."""
    people = default_people(result)
    thanks = Thanks.objects.filter(year=result.division.project.year).first()
    if people and (thanks is None or thanks.state == YearState.OPEN):
        thanks_of(result.division.project.year, actor=actor)
        _put(result, people)


def _put(result: Result, people: Sequence[Person]) -> None:
    result.rewards.all().delete()
    Reward.objects.bulk_create(
        Reward(
            result=result,
            user=one.user,
            label=one.user.full_label[:120],
            part=one.part,
            place=place,
            known=one.known,
        )
        for place, one in enumerate(people, start=1)
    )


@transaction.atomic
def set_people(result: Result, people: Sequence[Person], *, actor: Any) -> Result:
    """The owner names who is behind it, in the order of what they gave.

    Locks: the year's thanks, the result. Raises: Refused; Rejected once the year is confirmed, for somebody twice, or
    for two leaders or persons in charge.
    """
    year = result.division.project.year
    thanks = Thanks.objects.select_for_update().get(pk=thanks_of(year, actor=actor).pk)
    fresh = (
        Result.objects.select_for_update(of=("self",))
        .select_related("division__project", "payout")
        .get(pk=result.pk)
    )
    fresh.payout.result = fresh
    ensure(actor, WORK, fresh.payout)
    if thanks.state != YearState.OPEN:
        raise Rejected(_("이 해의 표창과 특별휴가를 이미 확정했습니다."))
    if len({one.user.pk for one in people}) < len(people):
        raise Rejected(_("같은 직원을 두 번 적었습니다."), field="person1")
    if len(people) > MOST:
        raise Rejected(_("%(most)d명까지 적을 수 있습니다.") % {"most": MOST}, field="person1")
    for part in (Behind.LEADER, Behind.CHARGE):
        if sum(one.part == part for one in people) > 1:
            raise Rejected(_("%(part)s은(는) 한 명입니다.") % {"part": part.label}, field="person1")
    _put(fresh, people)
    record(thanks, "people", actor=actor, data={"result": str(fresh)})
    return fresh


@transaction.atomic
def confirm(thanks: Thanks, *, document: str, version: int | None = None, actor: Any) -> Thanks:
    """Leave is granted and commendations are put forward, once for the whole year.

    Locks: the year's thanks, then those of `grant`. Raises: Refused to whoever stands behind a result; Outdated;
    Rejected where nobody is named.
    """
    fresh = Thanks.objects.select_for_update().get(pk=thanks.pk)
    check_seen(fresh, version)
    fresh.document, fresh.confirmed_on = document_number(document, field="document"), today()
    perform(fresh, "confirm", actor=actor)
    lines = lines_of(fresh.year)
    if not lines:
        raise Rejected(_("유공 직원이 한 명도 없습니다. 결과마다 유공 직원을 먼저 적어 주세요."))
    given = [one for one in lines if one.counts]
    awards = grant([_gift(one, fresh) for one in given], actor=actor)
    for one in lines:
        reward = one.reward
        reward.days, reward.commended, reward.instead_of = one.days, one.commended, one.instead_of[:120]
        reward.why, reward.why_not_commended = one.why[:120], one.why_not_commended[:120]
    for one, award in zip(given, awards, strict=True):
        one.reward.award = award
    names = ["days", "commended", "instead_of", "why", "why_not_commended", "award"]
    Reward.objects.bulk_update([one.reward for one in lines], names)
    notifications.confirmed(fresh, given)
    return fresh


def _gift(line: Line, thanks: Thanks) -> Gift:
    reward = line.reward
    result = reward.result
    return Gift(
        key=f"incentives.reward:{reward.pk}",
        title=_("공동협력사업 유공"),
        grade=str(Tier(tier_of(result)).label)[:20],
        thing=reward,
        work=f"{result.title} {result.grade}",
        decided_on=today(),
        decision=thanks.document,
        receiver=Receiver.STAFF,
        user=reward.user,
        leave_days=line.days,
        other=_("표창 추천") if line.commended else "",
        kind=_("공동협력사업"),
        division=str(result.division.project.get_kind_display())[:40],
        period=str(thanks.year),
        from_purse=False,
    )


class RewardFollower(Follower):
    """What an award of somebody behind a result was given for is read on the result's page."""

    model = Reward

    def page_of(self, award: Any) -> str:
        reward = Reward.objects.select_related("result").filter(pk=award.object_id).first()
        return reward.result.get_absolute_url() if reward else ""
