"""What a division won: recorded by planning, corrected with a reason, deleted before its bonus is shared out (I6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import attachments, deadlines
from core.editing import check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from incentives.enums import DivisionState, PayoutState, Role
from incentives.models import Division, Elsewhere, Payout, Prize, Result, Share
from incentives.selectors.grades import name_of, tidy, tiers
from incentives.services import payouts, rewards
from incentives.services.projects import Parts, locked
from incentives.workflow import LIVING
from incentives.workflow_payouts import BEFORE

PLAN = "incentives.plan"
FIELDS = ("title", "number", "rank", "score", "decided_on")
CHANGEABLE = (*BEFORE, PayoutState.PAST)


@dataclass(frozen=True)
class Won:
    """Money that a result brought, perhaps already received."""

    money: str
    amount: int
    received_on: date | None = None


@dataclass(frozen=True)
class Other:
    """How another district did."""

    district: str
    grade: str = ""
    rank: int | None = None
    score: Any = None


@transaction.atomic
def add(
    division: Division,
    values: Mapping[str, Any],
    departments: Parts,
    prizes: Iterable[Won] = (),
    others: Iterable[Other] = (),
    *,
    files: Iterable[File] = (),
    actor: Any,
) -> Result:
    """Planning writes down what came out. The bonus is reckoned at once, and who is in charge stands behind it.

    Locks: the division. Raises: Refused; Rejected for a grade not in the list, a day to come, a division not judged.
    """
    fresh = locked(division)
    principal = ensure(actor, PLAN, fresh)
    if fresh.state not in (*LIVING, DivisionState.JUDGED):
        raise Rejected(_("대상에서 빠진 사업에는 결과를 적을 수 없습니다."))
    result = Result(division=fresh)
    _apply(result, values)
    _check_day(result)
    result.save()
    set_shares(result, departments)
    _set_prizes(result, prizes)
    _set_others(result, others)
    judge(fresh, actor)
    record(fresh, "result", actor=actor, principal=principal, data={"result": str(result)})
    attachments.attach(result, files, actor=actor)
    payouts.open_for(result, actor=actor)
    rewards.begin(result, actor=actor)
    return result


def judge(division: Division, actor: Any) -> None:
    if division.state == DivisionState.JUDGED:
        return
    if division.clock is not None and division.clock.closed_on is None:
        deadlines.close(division.clock, today())
    perform(division, "judge", actor=actor)


def _apply(result: Result, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(result, name, values[name])
    if "grade" in values:
        result.grade, result.tier = graded(values["grade"], tiers())


def graded(text: str, known: Mapping[str, str]) -> tuple[str, str]:
    """The grade as it is kept, and its tier. Rejected: not in the list, somebody has to say what it is."""
    grade = tidy(text)
    if (name := name_of(grade, known)) is None:
        raise Rejected(
            _(
                "‘%(grade)s’은(는) 등급 이름 목록에 없습니다. 등급 이름에 더해 어느 급인지 정한 뒤 적어 주세요."
            )
            % {"grade": grade},
            field="grade",
        )
    return grade, known[name]


def _check_day(result: Result) -> None:
    year = result.division.project.year
    if result.decided_on > today():
        raise Rejected(_("발표일은 오늘까지의 날입니다."), field="decided_on")
    if result.decided_on.year not in (year, year + 1):
        raise Rejected(_("사업 연도에 맞는 날을 적어 주세요."), field="decided_on")


def set_shares(result: Result, departments: Parts) -> None:
    """The departments behind it, the first owner first; those that stay keep their line."""
    if not departments or departments[0][1] != Role.OWNER:
        raise Rejected(_("주관 부서를 하나 이상 골라 주세요."), field="first")
    if len({one.pk for one, _role in departments}) < len(departments):
        raise Rejected(_("같은 부서를 주관과 협조에 두 번 고를 수 없습니다."), field="first")
    result.shares.all().delete()
    Share.objects.bulk_create(
        Share(result=result, department=one, department_name=one.name, role=role, order=order)
        for order, (one, role) in enumerate(departments, start=1)
    )


def _set_prizes(result: Result, prizes: Iterable[Won]) -> None:
    rows = list(prizes)
    if any(one.received_on and one.received_on > today() for one in rows):
        raise Rejected(_("받은 날은 오늘까지의 날입니다."), field="received1")
    result.prizes.all().delete()
    Prize.objects.bulk_create(
        Prize(result=result, money=one.money, amount=one.amount, received_on=one.received_on) for one in rows
    )
    getattr(result, "_prefetched_objects_cache", {}).pop("prizes", None)


def _set_others(result: Result, others: Iterable[Other]) -> None:
    rows = list(others)
    if len({one.district for one in rows}) < len(rows):
        raise Rejected(_("같은 자치구를 두 번 적었습니다."), field="others")
    result.elsewhere.all().delete()
    Elsewhere.objects.bulk_create(
        Elsewhere(result=result, district=one.district, grade=one.grade, rank=one.rank, score=one.score)
        for one in rows
    )


def fresh_of(result: Result) -> tuple[Result, Payout]:
    """Both under lock, the division's before them.

    Called by: whatever changes a result or its bonus.
    """
    division = locked(result.division)
    rows = Result.objects.select_for_update(of=("self",)).prefetch_related("prizes", "shares__department")
    fresh = rows.get(pk=result.pk)
    fresh.division = division
    payout = Payout.objects.select_for_update(of=("self",)).get(result=fresh)
    payout.result = fresh
    return fresh, payout


def need_unshared(payout: Payout) -> None:
    if payout.state not in CHANGEABLE:
        raise Rejected(_("포상금을 이미 배분했습니다. 배분을 거둔 뒤 고쳐 주세요."))


@transaction.atomic
def correct(
    result: Result,
    values: Mapping[str, Any],
    departments: Parts,
    others: Iterable[Other] = (),
    *,
    reason: str,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Result:
    """It was written down wrongly, or the evaluator has changed it: the bonus is reckoned anew.

    Locks: the division, the result, the payout. Raises: Refused, Conflict; Rejected without a reason, as `add`, and
    once the bonus is shared out.
    """
    fresh, payout = fresh_of(result)
    principal = ensure(actor, PLAN, fresh.division)
    check_version(fresh, version, {name: values[name] for name in FIELDS if name in values})
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    need_unshared(payout)
    before = str(fresh)
    _apply(fresh, values)
    _check_day(fresh)
    fresh.version += 1
    fresh.save()
    set_shares(fresh, departments)
    _set_others(fresh, others)
    record(
        fresh.division,
        "result_correct",
        actor=actor,
        principal=principal,
        reason=reason,
        data={"before": before, "after": str(fresh)},
    )
    attachments.attach(fresh, files, actor=actor)
    payouts.reckon(payout, actor=actor)
    return fresh


@transaction.atomic
def set_prizes(result: Result, prizes: Sequence[Won], *, version: int | None = None, actor: Any) -> Result:
    """What came in, or is to come in. Once the bonus is shared out, only the days on which it came.

    Locks: the division, the result, the payout. Raises: Refused, Conflict; Rejected for other amounts by then, and once
    it is paid.
    """
    fresh, payout = fresh_of(result)
    principal = ensure(actor, PLAN, fresh.division)
    check_version(fresh, version, {})
    was = sorted((one.money, one.amount) for one in fresh.prizes.all())
    if payout.state not in CHANGEABLE and was != sorted((one.money, one.amount) for one in prizes):
        raise Rejected(_("포상금을 이미 배분했습니다. 금액을 고치려면 먼저 배분을 거두어 주세요."))
    if payout.state == PayoutState.PAID:
        raise Rejected(_("포상금을 지급한 결과의 수상금은 고칠 수 없습니다."))
    _set_prizes(fresh, prizes)
    fresh.version += 1
    fresh.save(update_fields=["version"])
    record(payout, "prize", actor=actor, principal=principal)
    if payout.state in CHANGEABLE:
        payouts.reckon(payout, actor=actor)
    return fresh


@transaction.atomic
def delete(result: Result, *, reason: str, actor: Any) -> Division:
    """It was no result at all. The division waits for one again, if it has no other.

    Locks: the division, the result, the payout. Raises: Refused; Rejected without a reason, once the bonus is shared
    out, or where somebody was rewarded for it.
    """
    fresh, payout = fresh_of(result)
    division = fresh.division
    principal = ensure(actor, PLAN, division)
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    need_unshared(payout)
    if fresh.rewards.exclude(award=None).exists():
        raise Rejected(_("이 결과로 휴가나 표창을 준 직원이 있어 지울 수 없습니다."))
    record(
        division,
        "result_delete",
        actor=actor,
        principal=principal,
        reason=reason,
        data={"result": str(fresh)},
    )
    fresh.rewards.all().delete()
    keep.forget(payout)
    payout.delete()
    for file in attachments.files_of(fresh):
        attachments.erase(file)
    fresh.delete()
    if not division.results.exists():
        perform(division, "unjudge", actor=actor)
    return division
