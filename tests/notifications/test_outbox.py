"""Sending what stands in the outbox, to a real mail server (R3). Killed workers: tests/system."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from basis.errors import Refused
from notifications import outbox
from notifications.models import Mail
from notifications.services import queue_mail
from notifications.standing import why
from organization.enums import Role
from organization.models import User
from tests.factories import UserFactory, planner
from tests.services import SmtpListener
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
LATE = dt.timedelta(minutes=1)


@pytest.fixture
def server(smtp: SmtpListener, settings: Any) -> SmtpListener:
    """The office has a mail server."""
    host, port = smtp.url.removeprefix("smtp://").split(":")
    settings.MAIL_DELIVERY, settings.EMAIL_HOST, settings.EMAIL_PORT = True, host, int(port)
    return smtp


def queue(count: int = 1) -> list[Mail]:
    made = [
        queue_mail("test", UserFactory(), subject=f"기한 안내 {n}", key=f"mail:{Mail.objects.count()}")
        for n in range(count)
    ]
    return [mail for mail in made if mail]


def again(mail: Mail) -> Mail:
    return Mail.objects.select_related("email").get(pk=mail.pk)


def minutes_until_next_try(mail: Mail) -> int:
    following = again(mail).next_try_at
    assert following is not None
    return round((following - timezone.now()).total_seconds() / 60)


def due_now(mail: Mail) -> None:
    Mail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now() - LATE)


# --------------------------------------------------------------------------------------------- delivered


def test_r3_a_mail_is_delivered_once(server: SmtpListener) -> None:
    (mail,) = queue()
    assert (outbox.send_all(), outbox.send_all()) == (1, 0)
    (message,) = server.messages
    mail = again(mail)
    assert (mail.state, mail.attempts, mail.error) == ("sent", 1, "")
    assert mail.sent_at is not None
    assert server.recipients() == mail.email.to
    assert message["Subject"] == "[창의구정] 기한 안내 0"
    assert message["Message-ID"] == mail.email.message_id
    assert message["Message-ID"].endswith("@hanbit.example>")
    assert outbox.send_one(mail.pk) is False


def test_r3_without_a_mail_server_everything_waits_in_the_outbox(settings: Any) -> None:
    settings.MAIL_DELIVERY = False
    (mail,) = queue()
    assert (outbox.send_all(), again(mail).state, again(mail).attempts) == (0, "queued", 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_r3_two_workers_at_once_deliver_each_mail_once(server: SmtpListener) -> None:
    made = queue(8)
    sent = at_once(*[outbox.send_all] * 4)
    assert sum(sent) == len(made)
    assert sorted(server.recipients()) == sorted(again(mail).email.to[0] for mail in made)


# ----------------------------------------------------------------------------------------------- failures


def test_r3_a_refused_recipient_is_shown_and_holds_up_nobody(server: SmtpListener) -> None:
    bad, good = queue(2)
    server.refuse = {again(bad).email.to[0]}
    assert outbox.send_all() == 1
    assert again(good).state == "sent"
    mail = again(bad)
    assert (mail.state, mail.attempts, minutes_until_next_try(bad)) == ("queued", 1, 1)
    assert "no such mailbox" in mail.error
    assert outbox.send_all() == 0  # its time has not come
    assert again(bad).attempts == 1
    due_now(bad)
    server.refuse = set()
    assert outbox.send_all() == 1
    assert (again(bad).state, again(bad).error) == ("sent", "")


def test_r3_attempts_come_ever_later_and_then_end(server: SmtpListener) -> None:
    (mail,) = queue()
    server.refuse = set(again(mail).email.to)
    waits = []
    while again(mail).state == "queued":
        outbox.send_all()
        if again(mail).state == "queued":
            waits.append(minutes_until_next_try(mail))
            due_now(mail)
    assert waits == [1, 5, 15, 60, 180, 360, 720, 1440]
    assert (again(mail).state, again(mail).attempts) == ("failed", 9)
    assert "no such mailbox" in again(mail).error
    due_now(mail)
    assert (outbox.send_all(), server.messages) == (0, [])
    server.refuse = set()
    assert outbox.retry([mail.pk], actor=planner()) == [mail]
    assert (outbox.send_all(), again(mail).state) == (1, "sent")


def test_r3_a_server_that_breaks_off_gets_the_same_message_id_again(server: SmtpListener) -> None:
    (mail,) = queue()
    server.break_after_data = 1
    assert outbox.send_all() == 0
    assert again(mail).state == "queued"
    due_now(mail)
    assert outbox.send_all() == 1
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"] == again(mail).email.message_id
    assert first["X-Envelope-To"] == second["X-Envelope-To"]


def test_r3_a_server_that_is_down_loses_nothing(settings: Any, smtp: SmtpListener) -> None:
    settings.MAIL_DELIVERY, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", 1
    (mail,) = queue()
    assert outbox.send_all() == 0
    assert (again(mail).state, bool(again(mail).error)) == ("queued", True)


# ------------------------------------------------------------------------------------------------- leases


def test_r3_a_mail_in_somebodys_hands_is_left_until_the_lease_ends(server: SmtpListener) -> None:
    (mail,) = queue()
    held = timezone.now() + LATE
    Mail.objects.update(state=Mail.State.SENDING, lease_until=held, attempts=1)
    assert (outbox.send_all(), server.messages) == (0, [])
    Mail.objects.update(lease_until=timezone.now() - LATE)
    assert outbox.send_all() == 1
    assert (again(mail).state, again(mail).attempts) == ("sent", 2)
    assert server.messages[0]["Message-ID"] == again(mail).email.message_id


def test_r3_who_has_lost_the_lease_does_not_write_the_end(
    server: SmtpListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker was thought dead, the second has sent: a late failure of the first changes nothing."""
    (mail,) = queue()
    from post_office.models import STATUS, Email

    def overtaken(email: Email, **_values: object) -> int:
        monkeypatch.undo()
        Mail.objects.update(lease_until=timezone.now() - LATE)
        assert outbox.send_one(mail.pk) is True
        return STATUS.failed

    monkeypatch.setattr(Email, "dispatch", overtaken)
    assert outbox.send_one(mail.pk) is False
    assert (again(mail).state, len(server.messages)) == ("sent", 1)


# --------------------------------------------------------------------------------------------- by hand


def test_r3_held_mails_are_not_sent_until_they_are_released(server: SmtpListener) -> None:
    held, other = queue(2)
    assert outbox.hold([held.pk], actor=planner()) == 1
    assert (outbox.send_all(), again(held).state, again(other).state) == (1, "held", "sent")
    assert outbox.hold([other.pk], actor=planner()) == 0
    assert outbox.retry([held.pk, other.pk], actor=planner()) == [held]
    assert (outbox.send_all(), len(server.messages)) == (1, 2)


def test_r3_trying_again_goes_to_the_present_address_and_shows_it(
    server: SmtpListener, client: Client
) -> None:
    bad, elsewhere = queue(2)
    Mail.objects.filter(pk=elsewhere.pk).update(recipient=None)  # to an address that was somebody's
    server.refuse = {again(bad).email.to[0], again(elsewhere).email.to[0]}
    assert outbox.send_all() == 0
    User.objects.update(email="new@hanbit.example")
    client.force_login(planner())
    page = client.post(
        reverse("notifications:outbox_bulk"), {"pk": [bad.pk, elsewhere.pk], "action": "retry"}, follow=True
    )
    kept = again(elsewhere).email.to[0]
    assert f"메일 2건을 다시 보냅니다: new@hanbit.example, {kept}" in page.content.decode()
    assert outbox.send_all() == 1
    assert server.recipients() == again(bad).email.to == ["new@hanbit.example"]


def test_r3_a_retry_by_itself_goes_to_the_present_address_too(server: SmtpListener) -> None:
    (mail,) = queue()
    server.refuse = set(again(mail).email.to)
    outbox.send_all()
    User.objects.update(email="new@hanbit.example")
    due_now(mail)
    assert (outbox.send_all(), server.recipients()) == (1, ["new@hanbit.example"])


def test_d5_holding_and_retrying_mail_is_in_the_change_log(client: Client) -> None:
    (mail,), by = queue(), planner()
    client.force_login(by)
    for action in ("hold", "retry"):
        client.post(reverse("notifications:outbox_bulk"), {"action": action, "pk": [mail.pk]})
    held, retried = LogEntry.objects.get_for_object(mail).order_by("pk")
    assert (held.changes, held.actor) == ({"state": ["queued", "held"]}, by)
    assert (retried.changes, retried.remote_addr) == ({"state": ["held", "queued"]}, "127.0.0.1")
    client.force_login(UserFactory(roles=[Role.ADMINISTRATOR]))
    page = client.get(reverse("audit_log")).content.decode()
    assert "상태: 보류 → 발송 대기" in page
    assert "기한 안내 0" in page


# ------------------------------------------------------------------------------------------- how it stands


def outbox_page(client: Client) -> str:
    client.force_login(planner())
    page: str = client.get(reverse("notifications:outbox")).content.decode()
    return page


def test_r3_where_no_mail_server_is_set_the_outbox_and_the_first_page_say_so(
    client: Client, settings: Any
) -> None:
    settings.MAIL_DELIVERY = False
    queue(2)
    for page in (outbox_page(client), client.get("/").content.decode()):
        assert "메일 서버가 설정되지 않아 메일이 나가지 않습니다. 기다리는 메일 2건" in page
    assert "메일 서버가 설정되지 않아 기다립니다." in outbox_page(client)
    client.force_login(UserFactory())
    assert "메일 서버" not in client.get("/").content.decode()


def test_r3_the_outbox_shows_addresses_as_they_are(client: Client) -> None:
    (mail,) = queue()
    page = outbox_page(client)
    assert f">{again(mail).email.to[0]}<" in page
    assert "[&#x27;" not in page


def test_r3_links_that_nobody_else_can_open_are_pointed_out(client: Client, server: SmtpListener) -> None:
    assert "SITE_URL을 설정해 주세요" in outbox_page(client)


def test_r3_mail_that_is_stuck_is_pointed_out_with_the_reason(
    client: Client, server: SmtpListener, settings: Any
) -> None:
    settings.SITE_URL = "https://changui.hanbit.example"
    first, second = queue(2)
    assert "살펴 주세요" not in outbox_page(client)
    long_ago = timezone.now() - dt.timedelta(minutes=31)
    Mail.objects.update(created_at=long_ago)
    assert "메일을 보내는 작업이 멈추었습니다." in outbox_page(client)
    server.refuse = set(again(first).email.to)
    outbox.send_all()
    assert "살펴 주세요" not in outbox_page(client)  # one mailbox is wrong, the others get theirs
    Mail.objects.filter(pk=second.pk).update(sent_at=long_ago)
    page = outbox_page(client)
    assert "메일 서버가 받지 않아" in page
    assert "no such mailbox" in page


@pytest.mark.parametrize(
    ("state", "error", "said"),
    [
        ("queued", "", "차례를 기다립니다."),
        ("queued", "refused", "2026. 12. 1. 09:00에 다시 보냅니다. 서버 응답: refused"),
        ("failed", "refused", "더 시도하지 않습니다. 서버 응답: refused"),
        ("held", "", "보류한 메일입니다. ‘다시 보내기’를 누르면 나갑니다."),
        ("sent", "", ""),
    ],
)
def test_r3_a_mail_says_why_it_waits(state: str, error: str, said: str, settings: Any) -> None:
    settings.MAIL_DELIVERY = True
    assert why(state, error, dt.datetime(2026, 12, 1, tzinfo=dt.UTC)) == said


def test_r3_what_is_put_to_the_front_wakes_a_worker(
    monkeypatch: pytest.MonkeyPatch, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    (mail,) = queue()
    knocks: list[str] = []
    monkeypatch.setattr(outbox, "wake", knocks.append)
    settings.MAIL_DELIVERY = True
    with django_capture_on_commit_callbacks(execute=True):
        outbox.retry([mail.pk], actor=planner())
    assert knocks == [outbox.SEND]


def test_r3_the_outbox_is_planning_and_administration_only() -> None:
    (mail,) = queue()
    for act in (outbox.hold, outbox.retry):
        with pytest.raises(Refused, match="발송함"):
            act([mail.pk], actor=UserFactory())
    assert again(mail).state == "queued"
