"""manage.py load_demo [--profile NAME] [--date DAY]: the demonstration district; a second run changes nothing."""

import time
import unicodedata
from argparse import ArgumentParser
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from basis.errors import Rejected
from core.actors import SYSTEM
from core.now import pretend
from demo.files import read
from demo.guard import ensure_demonstration
from demo.load import is_loaded, load
from demo.organization import PASSWORD
from organization.models import User
from profiles.offices import Office, names
from profiles.offices import read as read_office
from profiles.services import apply

Row = tuple[str, str, str]


class Command(BaseCommand):
    help = (
        "시연용 구청을 만듭니다. 이미 있으면 바꾸지 않습니다. 실제 운영 시스템에서는 절대로 실행하지 마세요."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--profile", default="", help=f"이 구청의 용어·방침·부서 이름으로: {', '.join(names())}"
        )
        parser.add_argument("--date", help="이 날짜까지의 자료를 만듭니다(YYYY-MM-DD, 오늘 또는 이전).")
        parser.add_argument("--force-demo", action="store_true", help="DEMO 설정이 아니어도 실행")

    def handle(self, *, profile: str, force_demo: bool, date: str | None = None, **options: Any) -> None:
        ensure_demonstration(force_demo)
        day = _day(date)
        try:
            office = read_office(profile) if profile else None
            with pretend(day) if day else nullcontext():
                if is_loaded():
                    self._again(office)
                else:
                    self._load(office)
        except Rejected as error:
            raise CommandError(error.message) from error
        self._show_accounts()

    def _load(self, office: Office | None) -> None:
        begun, shown = time.monotonic(), 0

        def progress(day: date) -> None:
            nonlocal shown
            if day.year != shown:
                shown = day.year
                self.stderr.write(f"  {day.year}년 … ({time.monotonic() - begun:.0f}초)")

        self.stderr.write("시연용 구청을 만듭니다. 몇 분 걸립니다.")
        load(office, progress)
        self.stderr.write(f"시연용 구청을 만들었습니다. ({time.monotonic() - begun:.0f}초)")

    def _again(self, office: Office | None) -> None:
        changed = apply(office, actor=SYSTEM) if office else 0
        if changed and office:
            self.stderr.write(
                f"시연용 구청이 이미 있습니다. {office.label}: {changed}가지만 오늘부터 바꾸었습니다."
            )
        else:
            self.stderr.write("시연용 구청이 이미 있습니다. 바뀐 것이 없습니다.")

    def _show_accounts(self) -> None:
        """To standard output: `make run` shows it under the address."""
        write = self.stdout.write
        write("┌─ 시연용 계정 ─ 누구나 아는 비밀번호입니다. 실제 업무에 쓰지 마세요.")
        write(f"│  비밀번호(모두 같음): {PASSWORD}")
        write("│")
        for row in [("직원번호", "부서·직위", "해 볼 일"), *_accounts()]:
            write(f"│  {_wide(row[0], 10)}{_wide(row[1], 24)}{row[2]}")
        write("│")
        write("└─ 다른 직원도 직원번호와 같은 비밀번호로 로그인합니다(조직·직원 화면 참고).")


def _accounts() -> list[Row]:
    wanted = {
        row["employee_number"]: row["login_note"] for row in read("staff")["staff"] if row.get("demo_login")
    }
    people = User.objects.filter(employee_number__in=wanted, is_demo=True).order_by("employee_number")
    return [(user.employee_number, user.label, wanted[user.employee_number]) for user in people]


def _wide(text: str, width: int) -> str:
    """Padded to columns of a terminal, where Korean letters take two."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(1, width - taken)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError("날짜는 2026-07-01처럼 입력해 주세요.") from None
