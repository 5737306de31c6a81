"""When no backup succeeds, or the worker stands, administrators are told."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.health import pulse
from core.now import today
from notifications.alarms import NOTED, alarms, tell_of_backup
from notifications.models import Mail, Notice
from organization.enums import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    settings.WATCH_BACKUPS, settings.DATA_DIR = True, tmp_path
    pulse()
    return tmp_path / NOTED


def note(place: Path, at: datetime) -> None:
    place.write_text(json.dumps({"at": at.isoformat(), "file": "changui-1.tar", "size": 1}))


def test_administrators_are_told_once_a_day_while_no_backup_succeeds(place: Path, client: Client) -> None:
    admin, other = UserFactory(roles=[Role.ADMINISTRATOR], email="a@hanbit.example"), UserFactory()
    assert tell_of_backup(today()) == 1
    assert tell_of_backup(today()) == 0
    assert [notice.recipient for notice in Notice.objects.all()] == [admin]
    assert Mail.objects.get().recipient == admin
    client.force_login(admin)
    assert "아직 성공한 백업이 없습니다" in client.get("/").content.decode()
    client.force_login(other)
    assert "백업" not in client.get("/").content.decode()


@pytest.mark.parametrize(("hours", "said"), [(25, ""), (27, "26시간 동안 성공한 백업이 없습니다")])
def test_a_backup_is_good_for_the_hours_of_the_policy(place: Path, hours: int, said: str) -> None:
    note(place, timezone.now() - timedelta(hours=hours))
    assert "".join(alarms())[: len(said) or None].startswith(said)
    assert bool(alarms()) is bool(said)


@pytest.mark.parametrize("text", ["", "[]", '{"at": "yesterday"}', '{"at": 1}'])
def test_a_note_that_cannot_be_read_is_none(place: Path, text: str) -> None:
    place.write_text(text)
    assert "아직 성공한 백업이 없습니다" in alarms()[0]


def test_where_backups_are_made_by_other_means_nobody_is_told(settings: Any) -> None:
    settings.WATCH_BACKUPS = False
    UserFactory(roles=[Role.ADMINISTRATOR])
    assert (tell_of_backup(today()), alarms()) == (0, [])
