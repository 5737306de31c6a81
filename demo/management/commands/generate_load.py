"""manage.py generate_load [--cases N] [--proposals N] [--entries N] [--seed S]: much made-up work, for measuring."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from basis.errors import Rejected
from demo.bulk_cases import generate_cases
from demo.bulk_entries import generate_entries
from demo.bulk_proposals import generate_proposals
from demo.guard import ensure_demonstration
from demo.titles import SEED

EVERY = 10_000  # rows between two lines of progress


class Command(BaseCommand):
    help = "성능을 재기 위한 자료를 많이 만듭니다. 시연용 시스템에서만 실행할 수 있습니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--cases", type=int, default=0, metavar="N", help="사례 수(사례마다 두 부서 검토)"
        )
        parser.add_argument("--proposals", type=int, default=0, metavar="N", help="제안 수")
        parser.add_argument(
            "--entries", type=int, default=0, metavar="N", help="마일리지 기록 수(직원 1,500명)"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="같은 값은 같은 자료를 만듭니다.")
        parser.add_argument("--force-demo", action="store_true", help="DEMO 설정이 아니어도 실행")

    def handle(
        self, *, cases: int, proposals: int, entries: int, seed: int, force_demo: bool, **options: Any
    ) -> None:
        ensure_demonstration(force_demo)
        try:
            if cases:
                generate_cases(cases, seed=seed, progress=self.progress(cases))
            if proposals:
                generate_proposals(proposals, seed=seed, progress=self.progress(proposals))
            if entries:
                generate_entries(entries, seed=seed, progress=self.progress(entries))
        except Rejected as error:
            raise CommandError(error.message) from error

    def progress(self, total: int) -> Callable[[int], None]:
        """Says how far it is, now and then."""
        begun, shown = time.monotonic(), 0

        def tell(written: int) -> None:
            nonlocal shown
            if written - shown >= EVERY or written == total:
                shown = written
                self.stdout.write(f"{written:,}건 / {total:,}건 ({time.monotonic() - begun:.0f}초)")

        return tell
