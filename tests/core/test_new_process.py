"""A process made by docs/architecture.md ("Adding a process") has all that a process has, with nothing written for it
outside its folder: list, page, steps, open work, reminders, rights, log, Excel, and its bearer (R5, O3, D5)."""

import datetime as dt
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from basis.errors import Refused
from core import duties, passes
from core.actors import SYSTEM
from core.models import OpenWork, TransitionLog
from core.now import now, pretend
from core.work.verify import differences
from notifications.models import Mail, Notice
from notifications.selectors import todos_of
from tests import factories as make
from tests.throwaway import services
from tests.throwaway.models import Slip, SlipState

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 16)  # a Monday
LIST = "throwaway:list"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def todos(user: Any) -> list[tuple[str, str, dt.date | None]]:
    return [(str(todo.verb), todo.title, todo.due) for todo in todos_of(make.fresh(user))]


def bearer_of(slip: Slip) -> Any:
    _held, token = passes.issue(
        slip,
        kind="throwaway.link",
        label="받은 사람",
        until=now() + dt.timedelta(days=9),
        actor=make.planner(),
    )
    return passes.bearer_of(token)


def test_the_way_of_a_slip_from_the_list_to_its_end() -> None:
    planner = make.planner()
    slip, client = services.send("가로등 회신표", actor=planner), client_of(planner)
    assert todos(planner) == [("회신 받기", slip.title, DAY + dt.timedelta(days=7))]
    listed = client.get(reverse(LIST)).content.decode()
    assert slip.title in listed
    assert slip.get_absolute_url() in listed
    page = client.get(slip.get_absolute_url()).content.decode()
    assert reverse("throwaway:desk_close", args=[slip.pk]) not in page  # not its turn

    evidence = ContentFile(b"%PDF-1.4 test", name="수리 사진.pdf")
    services.answer(slip, "고쳤습니다.", actor=bearer_of(slip), files=[evidence])
    assert todos(planner) == [("회신 종결하기", slip.title, None)]
    page = client.get(slip.get_absolute_url()).content.decode()
    assert "받은 사람 · 고쳤습니다." in page
    assert "수리 사진.pdf" in page
    close = reverse("throwaway:desk_close", args=[slip.pk])
    assert close in page
    slip.refresh_from_db()
    client.post(close, {"version": slip.version})
    slip.refresh_from_db()
    assert (slip.state, todos(planner), differences()) == (SlipState.CLOSED, [], [])
    assert [row.name for row in TransitionLog.objects.order_by("pk")] == ["send", "answer", "close"]


def test_the_schedule_reminds_and_escalates_once_by_what_was_declared() -> None:
    planner = make.planner()
    services.send("가로등 회신표", actor=planner)
    told = []
    for n in range(12):
        with pretend(DAY + dt.timedelta(days=n)):
            duties.run_due(DAY + dt.timedelta(days=n))
            duties.run_due(DAY + dt.timedelta(days=n))
        told.append(Notice.objects.filter(kind="notifications.reminder").count())
    assert told == [0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3]  # three days and one before (a Sunday), two after
    assert Mail.objects.filter(kind="notifications.reminder").count() == 3


def test_who_has_no_right_finds_nothing_and_does_nothing() -> None:
    stranger, slip = make.UserFactory(), services.send("가로등 회신표", actor=make.planner())
    client = client_of(stranger)
    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(slip.get_absolute_url()).status_code == 403
    for actor in (stranger, bearer_of(Slip.objects.create(title="다른 것")), SYSTEM):
        with pytest.raises(Refused):
            services.answer(slip, "대신 씁니다.", actor=actor)
    assert OpenWork.objects.about(Slip).filter(object_id=slip.pk).exists()


def test_its_list_goes_to_excel_from_the_page_and_from_the_command_line(tmp_path: Path) -> None:
    planner = make.planner()
    slip = services.send("가로등 회신표", actor=planner)
    answer = client_of(planner).get(reverse(LIST), {"export": "xlsx"})
    call_command("export_excel", "slips", str(tmp_path / "slips.xlsx"))
    for book in (load_workbook(BytesIO(answer.getvalue())), load_workbook(tmp_path / "slips.xlsx")):
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        assert rows[-1][0] == slip.title
        assert "회신 기한" in rows[0] + rows[-2]


def test_nothing_outside_its_folder_speaks_of_it() -> None:
    """But the settings and addresses that any app is named in (here: of the tests)."""
    found = subprocess.run(
        ["git", "grep", "-l", "throwaway", "--", "*.py", "*.html", "*.toml", ":!tests"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    assert found == ["config/settings/test.py"]
