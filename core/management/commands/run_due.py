"""manage.py run_due [--date YYYY-MM-DD]: everything due and not done; safe to repeat."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core import duties, jobs


class Command(BaseCommand):
    help = "Do everything that is due and not done: reminders, reports, releases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", help="YYYY-MM-DD")

    def handle(self, *args: Any, date: str | None = None, **options: Any) -> None:
        done = duties.run_due(_day(date))
        for name, count in done.items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(f"jobs: {jobs.run_pending()}")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(_("날짜는 2026-07-01처럼 입력해 주세요.")) from None
