"""manage.py generate_load --cases N [--seed S]: made-up cases in great number, for measuring."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benchmarking.demo.titles import SEED
from core.errors import Rejected
from reports.demo.bulk import generate_cases
from reports.demo.guard import ensure_demonstration

EVERY = 10_000  # cases between two lines of progress


class Command(BaseCommand):
    help = "성능을 재기 위한 사례를 많이 만듭니다. 시연용 시스템에서만 실행할 수 있습니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--cases", type=int, required=True, metavar="N", help="사례 수(사례마다 두 부서 검토)"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="같은 값은 같은 자료를 만듭니다.")
        parser.add_argument("--force-demo", action="store_true", help="DEMO 설정이 아니어도 실행")

    def handle(self, *, cases: int, seed: int, force_demo: bool, **options: Any) -> None:
        ensure_demonstration(force_demo)
        begun, shown = time.monotonic(), 0

        def progress(written: int) -> None:
            nonlocal shown
            if written - shown >= EVERY or written == cases:
                shown = written
                self.stdout.write(f"{written:,}건 / {cases:,}건 ({time.monotonic() - begun:.0f}초)")

        try:
            generate_cases(cases, seed=seed, progress=progress)
        except Rejected as error:
            raise CommandError(error.message) from error
