"""`/healthz` fails when the system would: each check, and to whom it is named."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from core import health, tasks
from core.models import DutyLock
from core.static import Storage
from notifications.models import Mail
from notifications.services import notify
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
OUTSIDE: Any = {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def alive() -> None:
    tasks.sweep_jobs()


def failing(client: Client) -> list[str]:
    """Names of what fails, as this machine is told; others are told nothing but that."""
    answer, outside = client.get("/healthz"), client.get("/healthz", **OUTSIDE)
    assert answer.status_code == outside.status_code
    if answer.status_code == 200:
        assert answer.content == outside.content == b"ok"
        return []
    assert (outside.status_code, outside.content) == (503, b"unavailable")
    return [line.partition(":")[0] for line in answer.content.decode().splitlines()]


def test_all_is_well(client: Client) -> None:
    assert failing(client) == []


def test_a_schedule_or_worker_that_stands_is_noticed_but_the_web_server_stays(client: Client) -> None:
    DutyLock.objects.filter(name=health.PULSE).update(last_run_at=timezone.now() - timedelta(minutes=6))
    assert failing(client) == ["worker"]
    DutyLock.objects.all().delete()
    assert failing(client) == ["worker"]
    assert client.get("/healthz/pages").content == b"ok"
    tasks.sweep_jobs()
    assert failing(client) == []


def test_migrations_that_are_not_applied(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {("core", "9999_to_come"), *MigrationRecorder(connection).applied_migrations()}
    monkeypatch.setattr(health, "_migrations", lambda: ours)
    assert failing(client) == ["migrations"]
    assert b"core.9999_to_come" in client.get("/healthz/pages").content


def test_every_migration_of_this_version_is_asked_for() -> None:
    assert ("core", "0001_initial") in health._migrations()
    assert ("sessions", "0001_initial") in health._migrations()


def test_static_files_that_are_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(health, "staticfiles_storage", Storage(location=tmp_path, base_url="/static/"))
    assert failing(client) == ["static"]
    (tmp_path / "there.css").write_text("")
    made = Storage(location=tmp_path, base_url="/static/")
    made.hashed_files = {health.STYLE: "there.css"}
    monkeypatch.setattr(health, "staticfiles_storage", made)
    assert failing(client) == []
    (tmp_path / "there.css").unlink()
    assert failing(client) == ["static"]


def test_r3_mail_that_waits_for_an_hour(client: Client, settings: Any) -> None:
    settings.MAIL_DELIVERY = True
    notify("test", [make.UserFactory(email="a@hanbit.example")], title="제목", key="one")
    assert failing(client) == []
    Mail.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    assert failing(client) == ["mail"]
    assert client.get("/healthz/pages").status_code == 200
    Mail.objects.update(state=Mail.State.FAILED)
    assert failing(client) == []  # shown in the outbox: nothing waits


def test_without_the_database_nothing_is_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused: 10.0.0.3 password")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/healthz/pages")
    assert answer.status_code == 503
    assert answer.content.decode().startswith("database: ")
    assert b"10.0.0.3" not in answer.content


def test_a_check_that_breaks_is_a_fault(client: Client) -> None:
    def broken() -> str:
        raise ValueError("secret")

    with health.HEALTH.only(health.Check("odd", broken)):
        assert failing(client) == ["odd"]
        assert b"secret" not in client.get("/healthz").content
