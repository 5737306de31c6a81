"""What the award of a club brings its people: best contributors named by the president, in person, and whoever is put
forward for the study trip (C5)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from awards.enums import Receiver
from awards.models import Award
from awards.services.granting import Gift, grant, revoke
from awards.sockets import Follower
from basis.errors import Rejected
from clubs import notifications_papers as notifications
from clubs.enums import BestState
from clubs.models import Best, Club, Traveller
from clubs.policies import BEST_DAYS, BEST_EACH, BEST_LEAVE, TEAMS
from clubs.selectors import members
from core.actors import SYSTEM
from core.deadlines import preview
from core.editing import check_seen
from core.now import today
from core.transition import perform, record_many
from evaluations.enums import Slot
from evaluations.models import Grade, Round
from meetings.models import Seat

NAMING = (Slot.FIRST, Slot.SECOND)
TRAVELLING = (Slot.FIRST,)
ON_THE_AWARD = "clubs.best"


def _locked(best: Best, seen: int | None = None) -> Best:
    """With its round, which is locked first, as where the result is confirmed or corrected: nobody is named twice for
    two places, nor while the grade changes."""
    round = Round.objects.select_for_update(of=("self",)).get(pk=best.round_id)
    rows = Best.objects.select_for_update(of=("self",)).select_related(
        "club__panel", "club__bureau", "seat__user"
    )
    fresh = rows.get(pk=best.pk)
    check_seen(fresh, seen)
    fresh.round = round
    return fresh


@transaction.atomic
def name(
    best: Best, seat: Seat, *, reason: str, wish: str = "", version: int | None = None, actor: Any
) -> Best:
    """The president names a member of the team: leave and the recommendation for a transfer are granted with it.

    Locks: the round, the place, then those of `grant`. Raises: Refused to everybody else, also
    who stands in for the president; Outdated; Rejected for oneself, or who was no member of the team that day.
    """
    fresh = _locked(best, version)
    chosen = next((one for one in members.nominees(fresh) if one.pk == seat.pk), None)
    fresh.seat, fresh.reason, fresh.wish = chosen, reason.strip()[:500], wish.strip()[:100]
    fresh.named_on = today()
    perform(fresh, "name", actor=actor)
    if chosen is None:
        raise Rejected(_("시상이 확정된 날에 그 분임의 회원이던 직원을 골라 주세요."), field="seat")
    if chosen.user_id == actor.pk:
        raise Rejected(_("자기 자신은 추천할 수 없습니다."), field="seat")
    if not fresh.reason:
        raise Rejected(_("추천 사유를 입력해 주세요."), field="reason")
    (fresh.award,) = grant([gift_of(fresh)], actor=actor)
    fresh.save(update_fields=["award"])
    notifications.named(fresh)
    return fresh


def gift_of(best: Best) -> Gift:
    """One day of leave, and the wish said to personnel; once for each time somebody is named."""
    assert best.seat is not None
    kind = ContentType.objects.get_for_model(Best)
    turn = Award.objects.filter(content_type=kind, object_id=best.pk).count() + 1
    return Gift(
        key=f"{ON_THE_AWARD}:{best.pk}:{turn}",
        title=_("학습동아리 최고 기여자"),
        grade="",
        thing=best,
        work=str(best.club),
        decided_on=today(),
        decision=str(best.round)[:120],
        receiver=Receiver.STAFF,
        user=best.seat.user,
        leave_days=BEST_LEAVE.on(best.begun_on),
        other=_("희망부서 전보 추천"),
        kind=_("학습동아리 최고 기여자"),
        division=str(best.club),
        period=best.round.span.label,
        from_purse=False,
    )


@transaction.atomic
def none(best: Best, *, reason: str, version: int | None = None, actor: Any) -> Best:
    """Nobody is named for this place.

    Locks: as `name`. Raises: Refused to everybody but the president; Outdated.
    """
    fresh = _locked(best, version)
    fresh.reason = reason.strip()[:500]
    perform(fresh, "none", actor=actor, reason=reason)
    return fresh


@transaction.atomic
def again(best: Best, *, version: int | None = None, actor: Any) -> Best:
    """Somebody is to be named after all.

    Locks: as `name`. Raises: Refused to everybody but the president; Outdated.
    """
    fresh = _locked(best, version)
    fresh.reason = ""
    perform(fresh, "again", actor=actor)
    return fresh


# -- what an award asks for
def places(club: Club, day: date) -> list[tuple[int, int]]:
    """Team and place of each best contributor; a club without teams has as many as those with them."""
    each = BEST_EACH.on(day)
    numbers = [one.number for one in club.teams.all()]
    if not numbers:
        return [(0, place) for place in range(1, each * TEAMS.on(day) + 1)]
    return [(number, place) for number in numbers for place in range(1, each + 1)]


def begin(club: Club, round: Round, grade: Grade, day: date) -> list[Best]:
    """The places of a club that was awarded; those that stand keep what they have.

    Called by: the kind of the round, under its lock.
    """
    had = {(one.team, one.place): one for one in _of(club, round)}
    made = [
        Best(
            club=club,
            round=round,
            team=team,
            place=place,
            grade=grade.name,
            due_on=preview(today(), BEST_DAYS.on(day)).due,
        )
        for team, place in places(club, day)
        if (team, place) not in had
    ]
    Best.objects.bulk_create(made)
    record_many(made, "asked", actor=SYSTEM, data={})
    for one in had.values():
        one.grade = grade.name
        if one.state == BestState.REVOKED and one.award_id is None:  # the award of the club had fallen
            one.due_on = preview(today(), BEST_DAYS.on(day)).due
            one.seat = one.named_on = None
            one.reason = one.wish = ""
            perform(one, "reopen", actor=SYSTEM)
            made.append(one)
        else:
            one.save(update_fields=["grade"])
    if made:
        notifications.name_best(club, made)
    return made


def end(club: Club, round: Round, *, reason: str, actor: Any, asked_by: Any) -> None:
    """The club is not awarded so high any more: whoever was named loses the award, others are not asked for.

    Called by: the kind of the round, under its lock.
    """
    # Each award is locked before its place, as wherever one is revoked.
    named = Best.objects.filter(club=club, round=round, state=BestState.NAMED, award__isnull=False)
    for one in named.select_related("award").order_by("pk"):
        assert one.award is not None
        revoke(one.award, actor=actor, reason=reason, note=reason, asked_by=asked_by)
        Best.objects.filter(pk=one.pk).update(award=None)  # the place may be filled anew
    for one in _of(club, round):
        if one.state in (BestState.OPEN, BestState.NONE):
            perform(one, "lapse", actor=SYSTEM, reason=reason)


def _of(club: Club, round: Round) -> Iterable[Best]:
    rows = Best.objects.select_for_update(of=("self",)).filter(club=club, round=round)
    return list(rows.select_related("club__panel", "round", "award", "seat__user").order_by("pk"))


def put_forward(club: Club, round: Round, day: date) -> list[Traveller]:
    """Everybody who was in the club that day is put forward for the study trip, once.

    Called by: the kind of the round, under its lock.
    """
    seats = {one.user_id: one for one in members.on(club, day)}
    had = set(Traveller.objects.filter(round=round).values_list("user", flat=True))
    Traveller.objects.filter(round=round, club=club).exclude(revoked_on=None).update(revoked_on=None)
    made = Traveller.objects.bulk_create(
        Traveller(club=club, round=round, user=one.user, label=one.user.full_label[:120], listed_on=today())
        for pk, one in seats.items()
        if pk not in had
    )
    notifications.travelling(club, [one.user for one in made], f"round:{round.pk}:travelling")
    return made


def take_off(club: Club, round: Round) -> int:
    """They are not put forward any more.

    Called by: the kind of the round, under its lock.
    """
    rows = Traveller.objects.filter(round=round, club=club, revoked_on=None)
    return int(rows.update(revoked_on=today()))


class BestFollower(Follower):
    """An award that is revoked takes the recommendation with it (P13)."""

    model = Best

    def revoked(self, award: Any, *, reason: str, actor: Any) -> None:
        best = (
            Best.objects.select_for_update(of=("self",))
            .select_related("club__panel", "round")
            .get(pk=award.object_id)
        )
        if best.state == BestState.NAMED and best.award_id == award.pk:
            perform(best, "revoke", actor=SYSTEM, reason=reason)
