"""Telling people: one notice per (what, to whom), and a mail in the same transaction (R3). What says the same within
a few minutes is told once, whatever it is for."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from post_office.models import PRIORITY, STATUS, Attachment, Email

from basis.formats import datetime_ko, days_between
from basis.official import in_office_language
from core.actors import Bearer
from core.models import Job
from core.now import now, today
from core.office import office_name
from core.work.verify import mend
from notifications.models import INVITATION, Mail, Notice
from notifications.outbox import send_soon
from notifications.policies import EQUAL_MINUTES
from organization.enums import Role
from organization.models import Absence, User
from organization.selectors import holders_of, reachable

log = logging.getLogger(__name__)
_silent: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def silent() -> Iterator[None]:
    """Inside, nobody is told anything: neither notices nor mails are made (a past that is only being entered)."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silent() -> bool:
    return _silent.get()


@dataclass(frozen=True)
class Line:
    """One thing in a mail: what it is, a detail, where it leads (path)."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class MailFile:
    name: str
    content: bytes
    mime: str


def audience(people: Iterable[User]) -> list[User]:
    """The people and, for those away, also who stands in for them (O5); each once, active only."""
    found: dict[int, User] = {}
    for person in people:
        for one in (person, reachable(person)):
            if one.is_active:
                found.setdefault(one.pk, one)
    return list(found.values())


@transaction.atomic
def notify(
    kind: str,
    people: Iterable[User],
    *,
    title: str,
    body: str = "",
    url: str = "",
    key: str,
    lines: Sequence[Line] = (),
    mail: bool = True,
    personal: bool = False,
    files: Callable[[User], Sequence[MailFile]] = lambda person: (),
) -> list[User]:
    """Notice (and mail) to each, once per `key` and person, and not beside an equal one of just now that waits to be
    read. Gives the people newly told.

    `files(person)` go with that person's mail. `personal`: what concerns the person alone (points) and so never reaches
    a substitute. Bearers have no notices:
    TypeError, so that no word to one is lost in silence."""
    people = list(people)
    if any(isinstance(person, Bearer) for person in people):
        raise TypeError("a bearer has no notices")
    told: list[User] = []
    if _silent.get():
        return told
    people = [p for p in people if p.is_active] if personal else audience(people)
    aware = _aware(people, kind, url, (title[:200], body))
    for person in people:
        if person.pk in aware:
            continue
        unique_key = f"{key}:{person.pk}"
        _notice, created = Notice.objects.get_or_create(
            unique_key=unique_key,
            defaults={"recipient": person, "kind": kind, "title": title[:200], "body": body, "url": url},
        )
        if created:
            told.append(person)
            if mail:
                items = lines or [Line(title, body, url)]
                intro = body if lines else ""
                queue_mail(
                    kind,
                    person,
                    subject=title,
                    intro=intro,
                    lines=items,
                    key=unique_key,
                    files=files(person),
                )
    return told


def _just_now() -> dict[str, datetime]:
    moment = now()
    return {"created_at__gt": moment - timedelta(minutes=EQUAL_MINUTES.current()), "created_at__lte": moment}


def _aware(people: Sequence[User], kind: str, url: str, words: tuple[str, str]) -> set[int]:
    """Whose last notice on this says just that and waits to be read. An earlier one does not count: there and back and
    there again is news."""
    rows = Notice.objects.filter(recipient__in=people, kind=kind, url=url, **_just_now()).order_by("pk")
    last = {row.recipient_id: row for row in rows}
    return {pk for pk, row in last.items() if row.read_at is None and (row.title, row.body) == words}


def mend_open_work(day: date) -> int:
    """Bring the table of open work in line with the states. It should never have to be, so whoever looks after the
    system is told (R5).

    Called by: the schedule, nightly.
    """
    found = mend()
    for one in found:
        log.error("open work was wrong: %s", one)
    if found:
        notify(
            "notifications.work",
            holders_of(Role.ADMINISTRATOR),
            title=_("할 일 목록이 실제 상태와 달라 바로잡았습니다 (%(count)d건)") % {"count": len(found)},
            body="\n".join(str(one) for one in found[:20]),
            key=f"work:{day}",
        )
    return len(found)


@in_office_language
@transaction.atomic
def queue_mail(
    kind: str,
    person: User,
    *,
    subject: str,
    key: str,
    intro: str = "",
    lines: Sequence[Line] = (),
    html: str = "",
    text: str = "",
    files: Sequence[MailFile] = (),
    to: str = "",
) -> Mail | None:
    """A row in the outbox; None if this key is there already, the person has no address, or in `silent`, or beside an
    equal one of just now.

    `to`: an address that is not the person's own any more; such a mail is nobody's, so that trying again does not lead
    it to the present address."""
    if _silent.get() or not (to or person.email) or Mail.objects.filter(unique_key=key).exists():
        return None
    context = {
        "office": office_name(),
        "system": settings.SYSTEM_NAME,
        "site": settings.SITE_URL.rstrip("/"),
        "demo": settings.DEMO,
        "person": person,
        "subject": subject,
        "intro": intro,
        "lines": lines,
        "html": html,
        "text": text,
    }
    head = " ".join(f"[{settings.SYSTEM_NAME}] {subject}".split())
    message = render_to_string("notifications/mail.txt", context)
    if not files and _is_on_its_way(kind, to or person.email, head, message):
        return None
    # The Email row is built by hand: the library's own `send` would read user text as a template.
    email = Email.objects.create(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to or person.email],
        subject=head,
        message=message,
        html_message=render_to_string("notifications/mail.html", context),
        message_id=make_msgid(domain=settings.POST_OFFICE["MESSAGE_ID_FQDN"]),
        priority=PRIORITY.medium,
        status=STATUS.queued,
    )
    for file in files:
        attachment = Attachment(name=file.name, mimetype=file.mime)
        attachment.file.save(file.name, ContentFile(file.content), save=True)
        email.attachments.add(attachment)
    row = Mail.objects.create(email=email, recipient=None if to else person, kind=kind, unique_key=key)
    transaction.on_commit(send_soon)
    return row


@transaction.atomic
def queue_carried(kind: str, *, subject: str, key: str) -> Mail:
    """A row in the outbox with neither text nor address: the kind's `Courier` brings them when it goes."""
    email = Email.objects.create(
        from_email=settings.DEFAULT_FROM_EMAIL,
        subject=f"[{settings.SYSTEM_NAME}] {subject}",
        message_id=make_msgid(domain=settings.POST_OFFICE["MESSAGE_ID_FQDN"]),
        priority=PRIORITY.medium,
        status=STATUS.queued,
    )
    row = Mail.objects.create(email=email, kind=kind, unique_key=key)
    transaction.on_commit(send_soon)
    return row


def _is_on_its_way(kind: str, address: str, subject: str, message: str) -> bool:
    """The last mail of this kind there, sent just now or about to be, is equal."""
    rows = Mail.objects.exclude(state__in=(Mail.State.FAILED, Mail.State.HELD)).order_by("-pk")
    last = rows.filter(kind=kind, email__to=address, **_just_now())
    return last.values_list("email__subject", "email__message").first() == (subject, message)


def mark_read(user: User, notice_ids: Sequence[int] | None = None) -> int:
    """Mark these (or all) of the user's notices as read."""
    unread = Notice.objects.visible_to(user).filter(read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=now())


@in_office_language
def tell_of_job(job: Job) -> None:
    """The result of long work waits in the notices of who began it."""
    if job.created_by is None:
        return
    failed = job.state == Job.State.FAILED
    notify(
        "core.job",
        [job.created_by],
        title=(_("실패: %(label)s") if failed else _("완료: %(label)s")) % {"label": job.label},
        body=job.error,
        url=reverse("job", args=[job.pk]),
        key=f"job:{job.pk}:{job.finished_at}",
        mail=False,
    )


@in_office_language
def tell_of_absence(absence: Absence, actor: Any) -> None:
    """Who stands in knows the days, and when it is taken back; the person too, where another did it (O5)."""
    over = absence.cancelled_at is not None or absence.end < today()
    period = days_between(absence.start, absence.end)
    state = "over" if over else f"named:{absence.start}:{absence.end}"
    notify(
        "organization.absence",
        [absence.substitute],
        title=(_("대직이 끝났습니다: %(person)s") if over else _("대직자로 지정되었습니다: %(person)s"))
        % {"person": absence.user.full_label},
        body="" if over else period,
        url=reverse("me"),
        key=f"absence:{absence.pk}:{state}:{absence.substitute_id}",
    )
    if actor == absence.user:
        return
    title = _("다른 직원이 내 부재를 취소했습니다") if over else _("다른 직원이 내 부재를 등록했습니다")
    notify(
        "organization.absence",
        [absence.user],
        title=title,
        body=_("%(period)s, 대직자: %(substitute)s. 사실과 다르면 내 정보에서 바로 바꾸거나 취소해 주세요.")
        % {"period": period, "substitute": absence.substitute.full_label},
        url=reverse("me"),
        key=f"absence:{absence.pk}:{state}:{absence.substitute_id}:own",
        personal=True,
    )


@in_office_language
def tell_old_address(user: User, before: str) -> None:
    """Whoever did not change it themselves learns of it where they still read (D4). The new address is not
    said there."""
    queue_mail(
        "organization.email",
        user,
        subject=_("전자우편 주소가 변경되었습니다"),
        intro=_(
            "앞으로 알림은 새 주소로 갑니다. 본인이 바꾸지 않았다면 곧바로 시스템 관리자에게 알려 주세요."
        ),
        lines=[Line(_("내 정보"), "", reverse("me"))],
        key=f"email:{user.pk}:{now().isoformat()}",
        to=before,
    )


@in_office_language
def tell_of_invitation(user: User, path: str, until: datetime) -> None:
    """The way in for who has no password yet (D4); the outbox does not show it (`Mail.text`)."""
    queue_mail(
        INVITATION,
        user,
        subject=_("비밀번호를 정해 주세요"),
        intro=_(
            "아래 링크에서 비밀번호를 정하면 직원번호로 로그인할 수 있습니다. 링크는 한 번만 쓸 수 있습니다."
        ),
        lines=[Line(_("비밀번호 정하기"), _("%(moment)s까지") % {"moment": datetime_ko(until)}, path)],
        key=f"invitation:{user.pk}:{until.isoformat()}",
    )
