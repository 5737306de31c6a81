"""manage.py apply_profile NAME [--dry-run]: words, policies and names of departments of an office."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from basis.errors import Rejected
from core.actors import SYSTEM
from profiles import services
from profiles.offices import names, read


class Command(BaseCommand):
    help = "이 시스템을 한 구청의 것으로 만듭니다: 용어, 업무 방침, 부서 이름."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help=", ".join(names()))
        parser.add_argument("--dry-run", action="store_true", help="바뀔 것만 보입니다.")

    def handle(self, *, name: str, dry_run: bool, **options: Any) -> None:
        try:
            office = read(name)
            for difference in services.compare(office, actor=SYSTEM):
                self.stdout.write(str(difference))
            for department in services.missing(office):
                self.stdout.write(f"등록할 때 쓸 부서 이름: {department}")
            count = 0 if dry_run else services.apply(office, actor=SYSTEM)
        except Rejected as error:
            raise CommandError(error.message) from error
        if not dry_run:
            self.stdout.write(f"{office.label}: {count}가지를 바꾸었습니다.")
