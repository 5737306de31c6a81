"""`manage.py due YYYY-MM-DD DAYS [--rule …] [--months N]`: a deadline with its arithmetic."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from basis.clock import Rule, Unit, due_date, explain
from basis.clock.calendar import Calendar, KoreanCalendar
from basis.errors import Rejected
from core.calendar import system_calendar
from core.models import Holiday


class Command(BaseCommand):
    help = "기한과 그 계산 과정을 보여 줍니다. 마지막 줄은 기한 날짜(ISO)입니다."
    requires_system_checks = []  # only arithmetic: scripts call it often
    missing_args_message = "기산일과 일수를 입력해 주세요. 예: due 2026-09-10 14"

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Read as text: refusals are then ours to word, in Korean.
        parser.add_argument("start", metavar="YYYY-MM-DD", help="통보일(기산일)")
        parser.add_argument("days", metavar="DAYS", nargs="?", help="일수")
        parser.add_argument(
            "--rule", default=Rule.CIVIL.value, help="civil(민법), civil-complaint(민원처리법)"
        )
        parser.add_argument("--months", metavar="N", help="일수 대신 개월 수")

    def handle(self, *, start: str, days: str | None, rule: str, months: str | None, **options: Any) -> None:
        length, unit = _period(days, months)
        try:
            reckoning = due_date(_date(start), _rule(rule), length, unit, self._calendar())
        except Rejected as error:
            raise CommandError(error.message) from error
        for line in [*explain(reckoning), reckoning.due.isoformat()]:
            self.stdout.write(line)

    def _calendar(self) -> Calendar:
        """The system's own; the statutory one where the system has not been set up yet."""
        if Holiday._meta.db_table in connection.introspection.table_names():
            return system_calendar()
        self.stderr.write(_("데이터베이스가 아직 준비되지 않아 법정 공휴일만으로 계산합니다."))
        return KoreanCalendar()


def _period(days: str | None, months: str | None) -> tuple[int, Unit]:
    if months is None:
        if days is None:
            raise CommandError(_("일수를 입력해 주세요. 예: due 2026-09-10 14"))
        return _number(days), Unit.DAYS
    if days is not None and _number(days):
        raise CommandError(_("일수와 --months 가운데 하나만 입력해 주세요."))
    return _number(months), Unit.MONTHS


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise CommandError(_("숫자가 아닙니다: %(text)s") % {"text": text}) from None


def _date(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a calendar day has no zone
    except ValueError:
        raise CommandError(
            _("날짜가 아닙니다: %(text)s. 2026-09-10처럼 입력해 주세요.") % {"text": text}
        ) from None


def _rule(text: str) -> Rule:
    try:
        return Rule(text)
    except ValueError:
        raise CommandError(
            _("계산 방법은 %(rules)s 가운데 하나입니다.") % {"rules": ", ".join(Rule)}
        ) from None
