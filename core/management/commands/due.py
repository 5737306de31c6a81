"""`manage.py due YYYY-MM-DD[THH:MM] DAYS [--rule …] [--weeks N | --months N] [--extend N …]`: a deadline with its
arithmetic (O6, O8)."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from basis.clock import Extension, Ground, Rule, Unit, due_at, due_date, explain, extension
from basis.clock.calendar import Calendar, KoreanCalendar
from basis.errors import Rejected
from basis.formats import date_weekday
from core.calendar import system_calendar
from core.models import Holiday

Word = TypeVar("Word", Rule, Ground)


class Command(BaseCommand):
    help = "기한과 그 계산 과정을 보여 줍니다. 마지막 줄은 기한 날짜(ISO)입니다."
    requires_system_checks = []  # only arithmetic: scripts call it often
    missing_args_message = "기산일과 일수를 입력해 주세요. 예: due 2026-09-10 14"

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Read as text: refusals are then ours to word, in Korean.
        parser.add_argument("start", metavar="YYYY-MM-DD[THH:MM]", help="통보일(기산일), 민원은 접수 시각도")
        parser.add_argument("days", metavar="DAYS", nargs="?", help="일수")
        parser.add_argument(
            "--rule", default=Rule.CIVIL.value, help="civil(민법), civil-complaint(민원처리법)"
        )
        parser.add_argument("--weeks", metavar="N", help="일수 대신 주 수")
        parser.add_argument("--months", metavar="N", help="일수 대신 개월 수")
        parser.add_argument("--extend", metavar="N", action="append", default=[], help="민원 처리기간 연장")
        parser.add_argument("--consent", action="store_true", help="민원인이 두 번째 연장에 동의함")
        parser.add_argument(
            "--ground", default=Ground.NECESSITY.value, help="연장 사유: necessity, overload, absence"
        )

    def handle(self, *, start: str, days: str | None, rule: str, extend: list[str], **options: Any) -> None:
        length, unit = _period(days, options["weeks"], options["months"])
        given, calendar, counted = _start(start), self._calendar(), _chosen(Rule, rule)
        extensions: list[Extension] = []
        try:
            reckoning = due_date(given.date(), counted, length, unit, calendar)
            for more in extend:
                if counted is not Rule.CIVIL_COMPLAINT:
                    raise CommandError(_("연장은 civil-complaint 기한만 계산합니다."))
                extensions.append(
                    extension(
                        reckoning,
                        _number(more),
                        calendar,
                        before=len(extensions),
                        consent=options["consent"],
                        ground=_chosen(Ground, options["ground"]),
                    )
                )
                reckoning = due_date(given.date(), counted, length, unit, calendar, extensions=extensions)
            in_hours = reckoning.counts_workdays and not reckoning.counts_first_day and "T" in start
            hour = due_at(given, length, calendar) if in_hours and not extend else None
        except Rejected as error:
            raise CommandError(error.message) from error
        if hour:
            words = {"at": f"{date_weekday(given.date())} {given:%H:%M}", "hours": 8 * length}
            line = _("접수 %(at)s + 근무시간 %(hours)d시간") % words
            lines = [f"{line} = {date_weekday(hour.date())} {hour:%H:%M}", hour.date().isoformat()]
        else:
            lines = [*explain(reckoning), reckoning.due.isoformat()]
        for line in lines:
            self.stdout.write(line)

    def _calendar(self) -> Calendar:
        """The system's own; the statutory one where the system has not been set up yet."""
        if Holiday._meta.db_table in connection.introspection.table_names():
            return system_calendar()
        self.stderr.write(_("데이터베이스가 아직 준비되지 않아 법정 공휴일만으로 계산합니다."))
        return KoreanCalendar()


def _period(days: str | None, weeks: str | None, months: str | None) -> tuple[int, Unit]:
    given = {Unit.WEEKS: weeks, Unit.MONTHS: months}
    found = [(_number(text), unit) for unit, text in given.items() if text is not None]
    if not found:
        if days is None:
            raise CommandError(_("일수를 입력해 주세요. 예: due 2026-09-10 14"))
        return _number(days), Unit.DAYS
    if len(found) > 1 or (days is not None and _number(days)):
        raise CommandError(_("일수와 --weeks, --months 가운데 하나만 입력해 주세요."))
    return found[0]


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise CommandError(_("숫자가 아닙니다: %(text)s") % {"text": text}) from None


def _start(text: str) -> datetime:
    try:
        pattern = "%Y-%m-%dT%H:%M" if "T" in text else "%Y-%m-%d"
        return datetime.strptime(text, pattern)  # noqa: DTZ007  the office's own hours have no zone
    except ValueError:
        raise CommandError(
            _("날짜가 아닙니다: %(text)s. 2026-09-10처럼 입력해 주세요.") % {"text": text}
        ) from None


def _chosen(kind: type[Word], text: str) -> Word:
    try:
        return kind(text)
    except ValueError:
        raise CommandError(
            _("%(text)s 대신 %(known)s 가운데 하나를 입력해 주세요.")
            % {"text": text, "known": ", ".join(kind)}
        ) from None
