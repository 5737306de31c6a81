"""Results are confirmed by a second person, once: frozen, with awards, points and notices in one step (E4, P9, P13)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.enums import Receiver
from awards.models import Award
from awards.purse import PRIZES
from awards.selectors import over_limit
from awards.services.granting import Gift, grant
from basis.errors import Rejected
from basis.formats import counted, won
from budgets.selectors import budget_overview
from core.now import today
from core.permissions import ensure
from evaluations.enums import RoundState
from evaluations.kinds import Party, kind_of
from evaluations.models import Awarded, Grade, Result, Round
from evaluations.publication import ROUNDS
from evaluations.reckoning.shares import split
from evaluations.selectors import outcome
from evaluations.services.drafts import need_resolved
from mileage.catalogue import rule_of
from mileage.services import awards as ledger
from organization.models import Department, User

POINTS = 100  # the ledger counts hundredths


@transaction.atomic
def confirm(round: Round, *, version: int | None = None, actor: Any) -> Round:
    """Freeze it as it stands; give awards and points, tell the entrants.

    Locks: the round, then those of `grant`, then the accounts. Raises: Refused to who ran it, judged in it or gains by
    it; Outdated; Rejected too early, or where the prizes are more than the purse has.
    """
    round = ROUNDS.locked(round, version)
    _check(round, actor)
    ROUNDS.confirm(round, actor=actor)
    results = outcome.awarded_of(round)
    give(results, round, actor=actor)
    kind_of(round).confirmed(round, results)
    return round


def _check(round: Round, actor: Any) -> None:
    ensure(actor, "evaluations.confirm", round)
    if round.state == RoundState.DRAFT and outcome.must_announce(round):
        raise Rejected(_("먼저 결과를 예정으로 알리고 이의를 받아야 하는 심사입니다."))
    if round.state in (RoundState.DRAFT, RoundState.ANNOUNCED):
        need_resolved(round)


def give(results: Sequence[Result], round: Round, *, actor: Any, event: str = "") -> list[Award]:
    """Awards and points for these results, as their grades say. `event`: of a correction, instead of each result's own.

    Called by: confirm, corrections.make, under the round's lock.
    """
    gifts = gifts_of(round, results, event)
    granted = grant([gift for _result, gift in gifts], actor=actor)
    Awarded.objects.bulk_create(
        Awarded(result=result, award=award) for (result, _gift), award in zip(gifts, granted, strict=True)
    )
    earned = []
    for (result, gift), award in zip(gifts, granted, strict=True):
        if gift.points and result.grade and result.grade.rule and not gift.withheld:
            earned.append(points_of(result, award, event))
    ledger.award(earned, actor=actor)
    return granted


def event_of(result: Result) -> str:
    return f"evaluations.result:{result.pk}"


def points_of(result: Result, award: Award, event: str = "") -> ledger.Award:
    grade = result.grade
    assert grade is not None
    return ledger.Award(
        rule_of(grade.rule),
        award.user,
        event=event or event_of(result),
        day=award.decided_on,
        title=f"{result.entry.round.title} {grade.name}",
        source=result.entry.thing,
        amount=grade.points,
    )


def gifts_of(round: Round, results: Sequence[Result], event: str = "") -> list[tuple[Result, Gift]]:
    """What each receiver of an entry gets, to the won. Personnel favour goes to the main one alone (P16)."""
    entries = [one.entry for one in results if one.grade]
    kind = kind_of(round)
    parties = kind.receivers(entries) if entries else {}
    people = User.objects.in_bulk({p.user_id for of in parties.values() for p in of if p.user_id})
    places = Department.objects.in_bulk(
        {p.department_id for of in parties.values() for p in of if p.department_id}
    )
    found = []
    for one in results:
        grade, mine = one.grade, parties.get(one.entry_id, ())
        if grade is None:
            continue
        parts = split(grade.prize, [party.share for party in mine]) if mine else []
        withheld = kind.withheld(one.entry)
        for number, (party, amount) in enumerate(zip(mine, parts, strict=True), start=1):
            key = f"{event or event_of(one)}:{party.key or number}"
            gift = _gift(one, grade, party, amount, key, withheld, people, places)
            found.append((one, gift))
    return found


def _gift(
    result: Result,
    grade: Grade,
    party: Party,
    amount: int,
    key: str,
    withheld: str,
    people: dict[int, User],
    places: dict[int, Department],
) -> Gift:
    round, entry = result.entry.round, result.entry
    favoured = party.is_main and party.user_id is not None
    return Gift(
        key=key,
        title=round.title,
        grade=grade.name,
        thing=entry.thing,  # type: ignore[arg-type]  # things of running kinds stand
        work=entry.title,
        decided_on=today(),
        decision=str(round.session or round.title)[:120],
        receiver=receiver_of(party),
        user=people.get(party.user_id) if party.user_id else None,
        department=places.get(party.department_id)
        if party.department_id and receiver_of(party) == Receiver.DEPARTMENT
        else None,
        name="" if party.user_id else party.name,  # staff are named by their own name and department
        share=party.share,
        amount=amount,
        points=grade.points if favoured else 0,
        leave_days=grade.leave_days if favoured else 0,
        other=grade.other if party.is_main else "",
        withheld=withheld,
        kind=str(kind_of(round).label),
        division=entry.division.title,
        period=round.span.label,
    )


def receiver_of(party: Party) -> Receiver:
    if party.user_id is not None:
        return Receiver.STAFF
    return Receiver.DEPARTMENT if party.department_id is not None else Receiver.CITIZEN


def foreseen(round: Round) -> list[str]:
    """What confirming does, for who is about to: who gets what, sums, whose tax-free limit is near, what the purse has
    left after it."""
    gifts = gifts_of(round, outcome.awarded_of(round))
    lines = [f"{_line_of(result)}: {said_of(gift)}" for result, gift in gifts]
    sums: Counter[str] = Counter()
    for result, gift in gifts:
        sums[result.entry.division.title] += gift.amount
    for title, amount in sums.items():
        lines.append(_("%(division)s 시상금: %(amount)s") % {"division": title, "amount": won(amount)})
    whole = sum(sums.values())
    if whole:
        purse = budget_overview(PRIZES, today().year)
        left = {"free": won(purse.free), "whole": won(whole)}
        lines.append(_("시상 예산: 남은 %(free)s 가운데 %(whole)s을 씁니다.") % left)
        if not purse.exists or whole > purse.free:
            lines.append(_("시상 예산이 모자라 지금은 확정할 수 없습니다."))
    for over in over_limit([gift for _result, gift in gifts]):
        lines.append(
            _("%(person)s: 올해 시상금이 %(sum)s이 되어 비과세 한도 %(limit)s에 이르거나 넘습니다.")
            % {"person": over.user, "sum": won(over.after), "limit": won(over.limit)}
        )
    return lines or [_("시상할 대상이 없습니다.")]


def _line_of(result: Result) -> str:
    return f"{result.entry.division.title} {result.grade} · {result.entry}"


def said_of(gift: Gift) -> str:
    parts = [gift.name or str(gift.user or gift.department or ""), won(gift.amount) if gift.amount else ""]
    if gift.points:
        points = f"{gift.points / POINTS:g}"
        parts.append(_("성과포인트 %(points)s") % {"points": counted(points, _("점"))})
    if gift.leave_days:
        parts.append(_("특별휴가 %(days)d일") % {"days": gift.leave_days})
    parts += [gift.other, _("지급 보류: %(why)s") % {"why": gift.withheld} if gift.withheld else ""]
    return " · ".join(part for part in parts if part)
