"""manage.py verify_ledger [--rebuild]: every chain, balance and total of every ledger, every refusal (M5, M6)."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.ledger.checkpoints import last_seal
from core.ledger.verify import LEDGERS, Fault, rebuild, verify_all


class Command(BaseCommand):
    help = "Compare every line, balance and total of the ledgers; exit 1 and the differences."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="first set balances and totals from the lines, which stay"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(_("고친 잔액·합계: %(count)s건") % {"count": f"{rebuild():,}"})
        faults = self.tell(verify_all())
        for ledger in LEDGERS:
            values = {"name": ledger.name, "count": f"{ledger.entries._default_manager.count():,}"}
            self.stdout.write(_("%(name)s: 기록 %(count)s건을 확인했습니다.") % values)
        self.stdout.write(_("마지막 점검점: %(seal)s") % {"seal": last_seal() or "–"})
        if faults:
            raise CommandError(_("맞지 않는 것이 %(count)s건 있습니다.") % {"count": f"{faults:,}"})
        self.stdout.write(_("모두 맞습니다."))

    def tell(self, faults: Iterable[Fault]) -> int:
        """How many there were."""
        count = 0
        for fault in faults:
            count += 1
            place = " ".join(str(part) for part in (fault.ledger, fault.account, fault.entry) if part)
            self.stdout.write(f"{place}: {fault.text}")
        return count
