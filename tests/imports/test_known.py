"""What the office's words mean in files: seen, corrected and forgotten by who may take in files of the kind (B2)."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from basis.errors import Refused, Rejected
from imports.models import Word
from imports.services import words as services
from organization.enums import Role
from organization.models import StaffList, User
from tests import factories as make
from tests.workbooks import book, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
BACKEND = "organization.backends.Backend"
HEADS = ["직원번호", "누가 왔나", "부서", "직위", "직급", "발령일"]
KNOWN = "/imports/known/"


@pytest.fixture(autouse=True)
def admin(client: Client) -> User:
    found = make.UserFactory(name="한관리", roles=[Role.ADMINISTRATOR])
    client.force_login(found, backend=BACKEND)
    make.DepartmentFactory(code="D1", name="한빛과")
    return found


def person(number: str) -> list[Any]:
    return [number, f"김직원{number}", "한빛과", "주무관", "7급", dt.date(2026, 1, 5)]


def uploaded(client: Client, number: str) -> str:
    return str(client.post("/import/staff/", {"file": book(HEADS, person(number))})["Location"])


def learned(client: Client) -> Word:
    """Through the pages: what was answered is remembered when it is saved."""
    words = uploaded(client, "1")
    field = next(n for n, f in client.get(words).context["form"].fields.items() if f.label == "누가 왔나")
    client.post(sent(client, words, {field: "name"}))
    return Word.objects.get(written="누가왔나")


def test_b2_a_word_stands_in_the_list_as_it_was_written_with_who_said_it(client: Client) -> None:
    word = learned(client)
    page = client.get(f"{KNOWN}?q=누가&kind=staff&place=head").content.decode()
    for text in ("누가 왔나", "이름", "열 이름", "한관리"):
        assert text in page
    assert "누가 왔나" not in client.get(f"{KNOWN}?place=value").content.decode()
    assert KNOWN in client.get("/imports/").content.decode()
    assert f"{KNOWN}{word.pk}/" in client.get(KNOWN).content.decode()


def test_b2_a_corrected_word_is_read_so_in_the_next_file(client: Client, admin: User) -> None:
    word = learned(client)
    Word.objects.update(said_by=None)
    assert client.post(word.get_absolute_url(), {"means": ""})["Location"] == KNOWN
    word.refresh_from_db()
    assert (word.means, word.said_by) == ("", admin)
    assert LogEntry.objects.get_for_object(word).filter(action=LogEntry.Action.UPDATE, actor=admin).exists()
    words = uploaded(client, "2")  # a column is lacking now
    assert words.endswith("/words/")
    page = client.get(words)
    assert page.context["known_url"] == f"{KNOWN}?kind=staff"
    assert page.context["known_url"] in page.content.decode()
    assert client.post(word.get_absolute_url(), {"means": "nonsense"}).status_code == 422


def test_b2_a_forgotten_word_is_asked_again(client: Client, admin: User) -> None:
    word = learned(client)
    assert "/import/staff/" in uploaded(client, "2")  # known
    forget = f"{word.get_absolute_url()}forget/"
    assert "‘누가 왔나’의 뜻을 잊을까요?" in client.get(forget).content.decode()
    assert client.post(forget)["Location"] == KNOWN
    assert not Word.objects.filter(written="누가왔나").exists()
    assert uploaded(client, "3").endswith("/words/")
    assert LogEntry.objects.filter(
        action=LogEntry.Action.DELETE, object_repr="누가 왔나", actor=admin
    ).exists()
    with pytest.raises(Rejected, match="이미 지운"):
        services.forget(word, actor=admin)
    assert StaffList.objects.count() == 1  # what was saved stays


def test_what_is_said_again_keeps_who_said_it_first(client: Client, admin: User) -> None:
    word = learned(client)
    other = make.UserFactory(roles=[Role.ADMINISTRATOR])
    Word.objects.update(said_by=other)
    learned_again = client.post(uploaded(client, "2"))
    assert learned_again.status_code == 302
    word.refresh_from_db()
    assert word.said_by == other


def test_words_are_for_those_who_may_take_in_files_of_the_kind(client: Client) -> None:
    word = learned(client)
    planner = make.planner()
    stranger = Client()
    stranger.force_login(planner, backend=BACKEND)
    assert "누가 왔나" not in stranger.get(KNOWN).content.decode()
    assert stranger.get(word.get_absolute_url()).status_code == 404
    with pytest.raises(Refused):
        services.correct(word, "", actor=planner)


def test_the_list_takes_as_many_queries_for_many_words_as_for_one(client: Client, admin: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(KNOWN).status_code == 200
        return len(found)

    Word.objects.create(kind="staff", written="가", means="name", said_by=admin)
    queries()
    few = queries()
    Word.objects.bulk_create(
        Word(
            kind="staff",
            column="position",
            written=f"말{n}",
            means="officer",
            said_by=admin,
            said_at=timezone.now(),
        )
        for n in range(60)
    )
    assert queries() == few
