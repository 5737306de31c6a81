"""A savings bonus: nominated by a department, found by the panel, resolved by the committee, paid (E6)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from awards.enums import Receiver
from awards.services.granting import Gift, grant
from basis.errors import Rejected
from basis.formats import won
from basis.official import in_office_language
from contests import notifications_bonus as notifications
from contests.enums import OPEN_BONUSES, BonusState
from contests.models import Bonus, BonusShare
from contests.models.bonus import BONUS, STANDS, key_of
from contests.rules import behind_bonus
from contests.selectors import given_to
from core import attachments
from core.editing import apply, check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from evaluations.reckoning.shares import split
from meetings.enums import CAME
from meetings.models import Attendance, Item, Session
from meetings.selectors import resolved
from organization.enums import Position
from organization.models import Department, User

WHOLE = Decimal(100)
ELECTED = (Position.MAYOR,)
People = Sequence[tuple[User | None, Decimal]]  # None: the citizen whose proposal was adopted


def locked(bonus: Bonus, seen: int | None = None) -> Bonus:
    rows = Bonus.objects.select_for_update(of=("self",)).select_related(
        "department", "panel_session__panel", "committee_session__panel"
    )
    fresh = rows.prefetch_related("shares__user").get(pk=bonus.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def write(
    bonus: Bonus | None,
    values: Mapping[str, Any],
    people: People,
    *,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Bonus:
    """A new one of the actor's department, or what it says now.

    Locks: the bonus. Raises: Refused, Conflict; Rejected for a cause or proposal that has one already, for who is
    elected, or shares that do not sum to 100.
    """
    fresh = locked(bonus) if bonus else Bonus(department=actor.department, written_by=actor)
    principal = ensure(actor, "contests.bonus_write", fresh)
    if fresh.state != BonusState.DRAFT:
        raise Rejected(_("신청한 예산성과금은 거둔 뒤 고칠 수 있습니다."))
    wanted = {name: values[name] for name in BONUS if name in values}
    if bonus:
        check_version(fresh, version, wanted)
        fresh.version += 1
    else:
        fresh.department_name = actor.department.name
    apply(fresh, wanted, BONUS)
    if fresh.year > today().year:
        raise Rejected(_("절감 연도는 올해나 그 앞의 해입니다."), field="year")
    _check_people(fresh, people)
    _keep_once(fresh)
    fresh.shares.all().delete()
    BonusShare.objects.bulk_create(
        BonusShare(bonus=fresh, user=user, label=user.full_label if user else "", share=share, order=order)
        for order, (user, share) in enumerate(people, start=1)
    )
    record(fresh, "edit" if bonus else "create", actor=actor, principal=principal)
    attachments.attach(fresh, files, actor=actor)
    return fresh


def _keep_once(bonus: Bonus) -> None:
    bonus.cause_key, bonus.proposal_key = key_of(bonus.cause), key_of(bonus.proposal_number)
    if not bonus.cause_key:
        raise Rejected(_("절감 원인을 글자로 적어 주세요."), field="cause")
    try:
        with transaction.atomic():
            bonus.save()
    except IntegrityError:
        others = Bonus.objects.filter(STANDS, cause_key=bonus.cause_key).exclude(pk=bonus.pk)
        raise Rejected(
            _(
                "같은 절감 원인이나 같은 제안으로 신청한 예산성과금이 이미 있습니다. "
                "한 가지 원인으로 두 번 지급하지 않습니다."
            ),
            field="cause" if others.exists() else "proposal_number",
        ) from None


def _check_people(bonus: Bonus, people: People) -> None:
    users = [user for user, _share in people if user]
    if len({user.pk for user in users}) < len(users):
        raise Rejected(_("같은 직원을 두 번 적었습니다."), field="contributors")
    for user in users:
        if user.position in ELECTED:
            raise Rejected(
                _("%(person)s: 선출직 공무원에게는 성과금을 주지 않습니다.") % {"person": user.full_label},
                field="contributors",
            )
    if any(user is None for user, _share in people) and not key_of(bonus.proposal_number):
        raise Rejected(
            _("구민은 제안이 채택된 경우에만 받을 수 있습니다. 제안 번호를 적어 주세요."),
            field="proposal_number",
        )
    if not people or sum((share for _user, share in people), Decimal(0)) != WHOLE:
        raise Rejected(_("기여한 사람을 적고 기여도의 합이 100%가 되게 해 주세요."), field="contributors")
    if any(share <= 0 for _user, share in people):
        raise Rejected(_("기여도는 0보다 크게 적어 주세요."), field="contributors")


def _step(bonus: Bonus, name: str, version: int | None, actor: Any, reason: str = "") -> Bonus:
    fresh = locked(bonus, version)
    perform(fresh, name, actor=actor, reason=reason)
    return fresh


@transaction.atomic
def nominate(bonus: Bonus, *, version: int | None = None, actor: Any) -> Bonus:
    """The head asks for it for the department.

    Locks: the bonus. Raises: Outdated; Rejected without evidence, or on the day of a session that resolved on it: none
    counts for what is asked for after it.
    """
    fresh = locked(bonus, version)
    item = resolved(fresh)
    if item and item.session.held_on >= today():
        raise Rejected(_("오늘 회의에서 심사한 신청은 내일부터 다시 신청할 수 있습니다."))
    fresh.nominated_on = today()
    perform(fresh, "nominate", actor=actor)
    if not attachments.files_of(fresh).exists():
        raise Rejected(_("절감·증대액을 보여 주는 증빙 자료를 하나 이상 붙여 주세요."))
    notifications.nominated(fresh)
    return fresh


@transaction.atomic
def take_back(bonus: Bonus, *, version: int | None = None, actor: Any) -> Bonus:
    """Locks: the bonus. Raises: Outdated."""
    return _step(bonus, "take_back", version, actor)


@transaction.atomic
def drop(bonus: Bonus, *, version: int | None = None, actor: Any) -> Bonus:
    """The department does not ask for it; the cause is free again.

    Locks: the bonus. Raises: Outdated.
    """
    return _step(bonus, "drop", version, actor)


@transaction.atomic
def give_back(bonus: Bonus, *, reason: str, version: int | None = None, actor: Any) -> Bonus:
    """Locks: the bonus. Raises: Outdated."""
    fresh = _step(bonus, "give_back", version, actor, reason)
    notifications.answered(fresh, _("예산성과금 신청을 보완해 주세요"), reason)
    return fresh


@transaction.atomic
def reject(bonus: Bonus, *, reason: str, version: int | None = None, actor: Any) -> Bonus:
    """Nothing is paid; the cause is free again.

    Locks: the bonus. Raises: Outdated.
    """
    fresh = _step(bonus, "reject", version, actor, reason)
    notifications.answered(fresh, _("예산성과금을 지급하지 않기로 했습니다"), reason)
    return fresh


@transaction.atomic
def review(bonus: Bonus, *, recognised: int, version: int | None = None, actor: Any) -> Bonus:
    """Record what the own panel found was saved.

    Locks: the bonus. Raises: Outdated; Rejected without the panel's session, for more than was claimed, or where
    somebody behind it sat in that session.
    """
    fresh = locked(bonus, version)
    item = resolved(fresh)
    if item and fresh.nominated_on and item.session.held_on < fresh.nominated_on:
        item = None  # of what was asked for before
    fresh.recognised, fresh.panel_session = recognised, item.session if item else None
    perform(fresh, "review", actor=actor, data={"amount": f"{recognised:,}"})
    _check_session(
        fresh, item, _("실무심사를 한 회의가 없습니다. 회의에서 심사하고 회의록을 확정한 뒤 기록해 주세요.")
    )
    if recognised > fresh.claimed:
        raise Rejected(_("신청한 금액보다 많이 인정할 수 없습니다."), field="recognised")
    return fresh


@transaction.atomic
def decide(bonus: Bonus, *, amount: int, wide: bool, version: int | None = None, actor: Any) -> Bonus:
    """Record the committee's resolution: no amount without it, none above any limit.

    Locks: the bonus, those who contributed. Raises: Outdated; Rejected without a session of another panel with a quorum
    and confirmed minutes, for an amount above a limit, or where somebody behind it sat in that session.
    """
    fresh = locked(bonus, version)
    item = committee_item(fresh)
    fresh.committee_session = item.session if item else None
    fresh.amount, fresh.wide, fresh.decided_on = amount, wide, today()
    if item is None:
        ensure(actor, "contests.bonus_record", fresh)
        raise Rejected(
            _(
                "위원회가 의결한 회의가 없습니다. 실무심사와 다른 위원회가 의결하고 회의록을 확정한 뒤 기록해 주세요."
            )
        )
    perform(fresh, "decide", actor=actor, data={"amount": f"{amount:,}"})
    _check_session(fresh, item, "")
    most = fresh.lines()[-1].amount
    if not 0 < amount <= most:
        raise Rejected(_("성과금은 1원부터 한도 %(most)s까지입니다.") % {"most": won(most)}, field="amount")
    _check_persons(fresh)
    return fresh


def _check_persons(bonus: Bonus) -> None:
    """Nobody gets more than the most of a person for the savings of a year, in however many bonuses (E6).

    Locks: those who contributed, so that two bonuses decided at once see each other.
    """
    shares = list(bonus.shares.all())
    people = User.objects.select_for_update(of=("self",)).filter(pk__in=[one.user_id for one in shares])
    found = {person.pk: person for person in people.order_by("pk")}
    most = bonus.limits.person(bonus.wide)
    for one, part in zip(shares, split(bonus.amount or 0, [one.share for one in shares]), strict=True):
        if one.user_id and part + (before := given_to(one.user_id, bonus)) > most:
            raise Rejected(
                _("%(person)s: 같은 해의 다른 성과금 %(before)s을 더하면 한 사람 한도 %(most)s을 넘습니다.")
                % {"person": found[one.user_id].full_label, "before": won(before), "most": won(most)},
                field="amount",
            )


def committee_item(bonus: Bonus) -> Item | None:
    """The resolution of another panel than the one that reviewed it, not before that."""
    item = resolved(bonus)
    before: Session | None = bonus.panel_session
    if item is None or before is None or item.session.held_on < before.held_on:
        return None
    return item if item.session.panel_id != before.panel_id else None


def _check_session(bonus: Bonus, item: Item | None, missing: str) -> None:
    if item is None:
        raise Rejected(missing)
    rows = Attendance.objects.filter(session=item.session, presence__in=CAME, excused=False)
    if sat := rows.filter(seat__user__in=[pk for pk in behind_bonus(bonus) if pk]).first():
        raise Rejected(
            _("신청하거나 기여한 사람(%(who)s)이 제척되지 않고 참석한 회의입니다. 다시 의결해야 합니다.")
            % {"who": sat.label}
        )


@transaction.atomic
def undo_decide(bonus: Bonus, *, reason: str, version: int | None = None, actor: Any) -> Bonus:
    """The amount was written down wrong, or the committee resolved anew.

    Locks: the bonus. Raises: Outdated.
    """
    fresh = locked(bonus, version)
    fresh.amount = fresh.decided_on = fresh.committee_session = None
    fresh.wide = False
    perform(fresh, "undo_decide", actor=actor, reason=reason)
    return fresh


@in_office_language
@transaction.atomic
def pay(bonus: Bonus, *, citizen: str = "", version: int | None = None, actor: Any) -> Bonus:
    """A second person decides that it is paid: one award for each, once, to the won.

    Locks: the bonus, then those of `grant`. Raises: Refused to who wrote the amount down; Outdated; Rejected without
    the citizen's name where one is among them, or where the committee has resolved otherwise since.
    """
    fresh = _step(bonus, "grant", version, actor)
    item = committee_item(fresh)
    if item is None or item.session_id != fresh.committee_session_id:
        raise Rejected(_("위원회의 의결이 바뀌었습니다. 심의 결과를 다시 기록해 주세요."))
    _check_session(fresh, item, "")
    grant(gifts_of(fresh, citizen), actor=actor)
    notifications.granted(fresh)
    return fresh


def gifts_of(bonus: Bonus, citizen: str = "") -> list[Gift]:
    """What each gets, by shares; staff's is earned income (A2), a citizen's free of tax (A1). Paid from the budget of
    savings bonuses, not from the purse of prizes."""
    shares = list(bonus.shares.all())
    parts = split(bonus.amount or 0, [one.share for one in shares])
    if any(one.user is None for one in shares) and not citizen.strip():
        raise Rejected(_("성과금을 받을 구민의 이름을 적어 주세요."), field="citizen")
    return [
        Gift(
            key=f"contests.bonus:{bonus.pk}:{one.pk}",
            title=str(Bonus._meta.verbose_name),
            grade="",
            thing=bonus,
            work=bonus.title,
            decided_on=today(),
            decision=str(bonus.committee_session)[:120],
            receiver=Receiver.STAFF if one.user else Receiver.CITIZEN,
            user=one.user,
            name="" if one.user else citizen.strip(),
            share=one.share,
            amount=part,
            kind=str(Bonus._meta.verbose_name),
            division=bonus.get_kind_display(),
            period=str(bonus.year),
            from_purse=False,
        )
        for one, part in zip(shares, parts, strict=True)
    ]


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """What `old` has asked for and is not paid yet is `new`'s."""
    rows = Bonus.objects.select_for_update(of=("self",)).filter(department=old, state__in=OPEN_BONUSES)
    for one in rows.prefetch_related("shares").order_by("pk"):
        one.department, one.department_name = new, new.name
        one.version += 1
        one.save()
        record(one, "merged", actor=actor)


def open_of(department: Department) -> int:
    return Bonus.objects.filter(department=department, state__in=OPEN_BONUSES).count()
