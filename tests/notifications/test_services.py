"""Notices and the mails that come with them (R3, O5)."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from post_office.models import Email

from core.now import pretend
from notifications.models import Mail, Notice
from notifications.selectors import unread_count
from notifications.services import Line, MailFile, mark_read, notify, queue_mail, silent
from organization.backends import Backend
from organization.models import User
from tests.factories import UserFactory, away, planner
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 9, 10)


def tell(*people: User, key: str = "k", title: str = "검토 요청", **values: object) -> list[User]:
    return notify("test", people, title=title, key=key, **{"url": "/benchmarking/1/", **values})  # type: ignore[arg-type]  # of many kinds, on purpose


def counts() -> tuple[int, int, int]:
    return Notice.objects.count(), Mail.objects.count(), Email.objects.count()


def test_r3_one_notice_and_one_mail_for_each_key_and_person() -> None:
    one, other = UserFactory.create_batch(2)
    assert tell(one, one, other) == [one, other]
    assert tell(one, other) == []
    assert counts() == (2, 2, 2)
    assert tell(one, key="another", title="다른 요청") == [one]
    assert counts() == (3, 3, 3)


def test_r3_nothing_is_told_of_work_that_was_rolled_back() -> None:
    person = UserFactory()
    with transaction.atomic():
        tell(person)
        assert counts() == (1, 1, 1)
        transaction.set_rollback(True)
    assert counts() == (0, 0, 0)
    assert tell(person) == [person]


def test_r3_a_worker_is_woken_only_after_the_commit(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    from notifications import services

    knocks: list[str] = []
    monkeypatch.setattr(services, "send_soon", lambda: knocks.append("knock"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        tell(UserFactory())
        assert knocks == []
    assert knocks == ["knock"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_r3_told_at_once_by_many_it_is_told_once() -> None:
    person = UserFactory()
    told = at_once(*[lambda: tell(person)] * 6)
    assert sorted(len(people) for people in told) == [0, 0, 0, 0, 0, 1]
    assert counts() == (1, 1, 1)


def test_r3_a_mail_of_its_own_is_made_once_for_its_key() -> None:
    person = UserFactory()
    first = queue_mail("test", person, subject="기한 안내", key="digest:1")
    assert first is not None
    assert queue_mail("test", person, subject="기한 안내", key="digest:1") is None
    assert (Mail.objects.get(), Email.objects.count()) == (first, 1)


def test_who_has_no_address_gets_the_notice_and_who_is_gone_neither() -> None:
    person, gone = UserFactory(email=""), UserFactory(is_active=False)
    assert tell(person, gone) == [person]
    assert counts() == (1, 0, 0)


def test_a_notice_without_mail() -> None:
    tell(UserFactory(), mail=False)
    assert counts() == (1, 0, 0)


def test_o5_who_stands_in_is_told_too_and_once() -> None:
    person, first, second = UserFactory.create_batch(3)
    away(person, first, DAY, DAY)
    away(first, second, DAY, DAY)
    with pretend(DAY):
        assert tell(person) == [person, second]
        assert tell(person, second, key="both", title="둘에게") == [person, second]
    with pretend(DAY + dt.timedelta(days=1)):
        assert tell(person, key="back") == [person]


def test_o5_when_everybody_is_away_the_person_is_told() -> None:
    one, other = UserFactory.create_batch(2)
    away(one, other, DAY, DAY)
    away(other, one, DAY, DAY)
    with pretend(DAY):
        assert tell(one) == [one]


def test_r3_equal_words_within_ten_minutes_are_said_once() -> None:
    """Whatever they are said for: a double click, a step taken back and taken again."""
    person = UserFactory()
    moment = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
    said = []
    for minutes in (0, 9, 11):
        with pretend(moment + dt.timedelta(minutes=minutes)):
            said.append(len(tell(person, key=f"event:{minutes}", title="검토 요청")))
            said.append(len(tell(person, key=f"other:{minutes}", title="검토 요청", url="/elsewhere/")))
    assert said == [1, 1, 0, 0, 1, 1]
    assert counts() == (4, 4, 4)


def test_r3_there_and_back_and_there_again_is_news() -> None:
    person = UserFactory()
    for turn in range(4):
        title = f"기한이 12. {(4, 7)[turn % 2]}.로 바뀌었습니다"
        assert tell(person, key=f"moved:{turn}", title=title) == [person]
    assert counts() == (4, 4, 4)


def test_r3_what_was_read_is_said_again() -> None:
    person = UserFactory()
    assert tell(person, key="first", mail=False) == [person]
    mark_read(person)
    assert tell(person, key="second", mail=False) == [person]


def test_r3_equal_mails_of_their_own_are_one_unless_the_first_did_not_go() -> None:
    person, other = UserFactory.create_batch(2)
    first = queue_mail("test", person, subject="안내", key="1")
    assert first is not None
    assert queue_mail("test", person, subject="안내", key="2") is None
    assert queue_mail("test", other, subject="안내", key="3") is not None
    Mail.objects.filter(pk=first.pk).update(state=Mail.State.HELD)
    assert queue_mail("test", person, subject="안내", key="4") is not None


def test_r3_a_mail_to_an_address_that_was_somebodys_is_nobodys() -> None:
    mail = queue_mail("test", UserFactory(), subject="주소가 바뀌었습니다", key="1", to="old@hanbit.example")
    assert mail is not None
    assert (mail.email.to, mail.recipient) == (["old@hanbit.example"], None)


def test_a_past_that_is_only_entered_is_told_to_nobody() -> None:
    person = UserFactory()
    with silent():
        assert tell(person) == []
        assert queue_mail("test", person, subject="s", key="k") is None
    assert counts() == (0, 0, 0)
    assert tell(person) == [person]


def test_the_mail_says_what_where_and_from_whom(settings: object) -> None:
    settings.SITE_URL = "https://changui.hanbit.example/"  # type: ignore[attr-defined]  # pytest-django's fixture
    lines = [Line("2026-0001 공유주차", "기한 2026. 9. 28.(월)", "/benchmarking/reviews/1/")]
    tell(UserFactory(), title="벤치마킹 검토 요청", body="살펴 주세요.", lines=lines)
    email = Email.objects.get()
    assert email.subject == "[창의구정] 벤치마킹 검토 요청"
    for part in ("2026-0001 공유주차", "기한 2026. 9. 28.(월)", "살펴 주세요.", "한빛구청"):
        assert part in email.message
        assert part in email.html_message
    link = "https://changui.hanbit.example/benchmarking/reviews/1/"
    assert link in email.message
    assert f'href="{link}"' in email.html_message


def test_what_people_write_is_text_and_neither_template_nor_markup_nor_header() -> None:
    evil = "{{ person.password }} {% now 'Y' %} <script>alert(1)</script>\nBcc: all@hanbit.example"
    tell(planner(), title=evil, body=evil)
    email = Email.objects.get()
    assert "\n" not in email.subject
    assert "{{ person.password }}" in email.message
    assert "{% now 'Y' %}" in email.message
    assert "<script>" not in email.html_message
    assert "&lt;script&gt;" in email.html_message
    assert (email.to, email.bcc, email.headers) == ([planner().email], [], None)


def test_a_long_title_is_cut_where_the_table_ends() -> None:
    tell(UserFactory(), title="가" * 300)
    assert Notice.objects.get().title == "가" * 200


def test_files_go_with_the_mail() -> None:
    queue_mail(
        "test",
        UserFactory(),
        subject="보고서",
        key="r",
        files=[MailFile("분석.hwpx", b"PK", "application/hwp+zip")],
    )
    (file,) = Email.objects.get().attachments.all()
    with file.file.open("rb") as content:
        assert (file.name, file.mimetype, content.read()) == ("분석.hwpx", "application/hwp+zip", b"PK")


def test_only_ones_own_notices_are_read() -> None:
    one, other = UserFactory.create_batch(2)
    for key in ("a", "b"):
        tell(one, other, key=key, title=key)
    of_other = list(Notice.objects.filter(recipient=other).values_list("pk", flat=True))
    assert mark_read(one, of_other) == 0
    assert mark_read(one, [*of_other, one.notices.latest("pk").pk]) == 1
    assert (unread_count(one), unread_count(other)) == (1, 2)
    assert (mark_read(other), unread_count(other), mark_read(other)) == (2, 0, 0)


def test_how_many_are_unread_comes_with_the_one_who_asks(django_assert_num_queries: Any) -> None:
    user, other = UserFactory.create_batch(2)
    tell(user, other, key="one")
    tell(user, key="two", title="다른 요청")
    with django_assert_num_queries(1):
        found = Backend().get_user(user.pk)
        assert found is not None
        assert unread_count(found) == 2
    mark_read(user)
    assert unread_count(user) == 0
