"""First passwords for many, in the background: on slips of paper, or by a link of one use (D4).

A password on a slip follows from the seed of its issue and the system's key, so nothing has to keep it: a job that is
begun again gives the same ones, and a page that was lost on its way is asked for again, until the seed is destroyed.
"""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.contrib.auth.password_validation import password_changed
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core import jobs, passes, sessions
from core.models import Pass
from core.now import now
from core.permissions import ensure
from organization.enums import IssueWay
from organization.models import PasswordIssue, User
from organization.policies import FIRST_PASSWORD_DAYS, SLIP_DAYS
from organization.services import authorise, tries
from organization.services.accounts import ALPHABET, GROUP, GROUPS, note_password
from organization.sockets import ON_INVITE

KIND = "organization.passwords"
INVITATION = "organization.invitation"
PROGRESS_EVERY = 20  # people
# Stretching protects words that people choose. Twelve letters by chance (60 bits, valid for days) need none of it, and
# the log-in hashes anew what was hashed with fewer rounds.
ROUNDS = 20_000


@transaction.atomic
def ask(people: Iterable[User], way: IssueWay, *, actor: Any) -> PasswordIssue:
    """Have these given a first password in the background; closed accounts and the issuer's own are left out, and of
    those invited by mail who has no address.

    Raises: Rejected where nobody is left.
    """
    authorise(actor, "organization.manage")
    chosen = [one for one in people if one.is_active and one.pk != actor.pk]
    if way == IssueWay.MAIL:
        chosen = [one for one in chosen if one.email]
    if not chosen:
        raise Rejected(
            _("비밀번호를 발급할 직원이 없습니다. 본인, 중지된 계정, 전자우편이 없는 초대 대상은 제외됩니다.")
        )
    issue = PasswordIssue.objects.create(
        way=way, people=[one.pk for one in chosen], seed=secrets.token_hex(32), made_by=actor, made_at=now()
    )
    issue.job = jobs.enqueue(KIND, _label(issue), {"issue": issue.pk}, actor=actor)
    issue.save(update_fields=["job"])
    return issue


@in_office_language
def _label(issue: PasswordIssue) -> str:
    return str(issue)


def password_of(issue: PasswordIssue, user: User) -> str:
    """What stands on this person's slip: `k7mp-x3qa-9wtz`."""
    digest = salted_hmac(
        "organization.first_password", f"{issue.seed}:{user.pk}", algorithm="sha256"
    ).digest()
    number, letters = int.from_bytes(digest), []
    for _place in range(GROUPS * GROUP):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def run_issue(run: jobs.Run, payload: dict[str, Any]) -> None:
    """Job handler: the slow hashing first, then all accounts in the transaction that ends the job."""
    issue = PasswordIssue.objects.select_related("made_by").get(pk=payload["issue"])
    people = list(User.objects.filter(pk__in=issue.people, is_active=True))
    hashes: dict[int, str] = {}
    if issue.way == IssueWay.PAPER:
        for count, user in enumerate(people, 1):
            hashes[user.pk] = _hashed(password_of(issue, user))
            if count % PROGRESS_EVERY == 0:
                run.progress(count, len(people))
    with run.finishing({"url": issue.get_absolute_url(), "count": len(people)}):
        for user in User.objects.select_for_update(of=("self",)).filter(pk__in=issue.people, is_active=True):
            if issue.way == IssueWay.PAPER:
                _give(user, hashes[user.pk], issue)
            else:
                send_invitation(user, actor=issue.made_by)


def _hashed(password: str) -> str:
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=ROUNDS)
    return hasher.encode(password, hasher.salt())


def _give(user: User, hashed: str, issue: PasswordIssue) -> None:
    user.password, user.must_change_password, user.password_given_at = hashed, True, issue.made_at
    user.save(update_fields=["password", "must_change_password", "password_given_at"])
    tries.forget(user)
    sessions.end(user)
    note_password(user, issue.made_by)


def send_invitation(user: User, *, actor: Any) -> None:
    """The old password goes on until the link is used; earlier links open nothing any more.

    Called by: the job above, `outsiders.invite`, which ask for the right."""
    for held in passes.passes_for(user).filter(kind=INVITATION):
        passes.revoke(held)
    until = now() + timedelta(days=FIRST_PASSWORD_DAYS.current())
    _held, token = passes.issue(user, kind=INVITATION, label=user.full_label[:80], until=until, actor=actor)
    for tell in ON_INVITE:
        tell(user, passes.path_of(token), until)


@transaction.atomic
def accept(user: User, password: str, *, actor: Any) -> None:
    """The invited person's own password, already validated; the link has opened its last page.

    Locks: the pass. Raises: Rejected for a link that was used meanwhile.
    """
    ensure(actor, "organization.accept_invitation", user)
    held = Pass.objects.select_for_update(of=("self",)).get(pk=actor.held.pk)
    if not held.stands or not user.is_active:
        raise Rejected(_("이미 사용한 초대입니다. 시스템 관리자에게 새 초대를 요청해 주세요."))
    passes.revoke(held)
    user.set_password(password)
    user.must_change_password, user.password_given_at = False, None
    user.save()
    tries.forget(user)
    sessions.end(user)
    note_password(user, user)
    password_changed(password, user)


def slips(issue: PasswordIssue) -> list[tuple[User, str]]:
    """Whose first password of this issue still opens something, in the office's order."""
    over = now() - issue.made_at > timedelta(days=FIRST_PASSWORD_DAYS.current())
    if not issue.seed or over or issue.way != IssueWay.PAPER:
        return []
    people = User.objects.get_queryset().filter(
        pk__in=issue.people, is_active=True, must_change_password=True, password_given_at=issue.made_at
    )
    ordered = sorted(people.in_order(), key=lambda one: one.department.code if one.department else "")
    ordered.sort(key=lambda one: one.department.order if one.department else 0)
    return [(user, password_of(issue, user)) for user in ordered]


def last_day(issue: PasswordIssue) -> date:
    """Until when its passwords open something."""
    return timezone.localdate(issue.made_at + timedelta(days=FIRST_PASSWORD_DAYS.current()))


def forget_seeds(day: date) -> int:
    """Destroy the seeds of issues whose time is over; how many. Called by: the schedule."""
    before = now() - timedelta(days=SLIP_DAYS.on(day))
    return PasswordIssue.objects.filter(made_at__lt=before).exclude(seed="").update(seed="")
