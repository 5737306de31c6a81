"""manage.py verify_ledger [--rebuild]: every chain, balance and total of every ledger (M6)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.ledger.verify import ledgers, rebuild, verify


class Command(BaseCommand):
    help = "원장의 기록·잔액·합계를 처음부터 다시 맞추어 봅니다. 다르면 1로 끝납니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="잔액과 합계를 기록에서 다시 만듭니다. 기록은 바꾸지 않습니다.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"고친 잔액·합계: {rebuild():,}건")
        faults = 0
        for ledger in ledgers():
            for fault in verify(ledger):
                faults += 1
                place = f"{fault.account or ''} #{fault.entry}" if fault.entry else f"{fault.account or ''}"
                self.stdout.write(f"{fault.ledger} {place}: {fault.text}")
            count = ledger.entries._default_manager.count()
            self.stdout.write(f"{ledger.name}: 기록 {count:,}건을 확인했습니다.")
        if faults:
            raise CommandError(f"맞지 않는 것이 {faults:,}건 있습니다.")
        self.stdout.write("모두 맞습니다.")
