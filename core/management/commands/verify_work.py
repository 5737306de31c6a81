"""manage.py verify_work [--rebuild]: does the table of open work say what the states say? (R5)"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.work.verify import differences, mend


class Command(BaseCommand):
    help = "Compare open work with the states of all things; exit 1 and the differences."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="bring the table in line with the states")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(_("바로잡은 할 일: %(count)s건") % {"count": f"{len(mend()):,}"})
        found = differences()
        for one in found:
            self.stdout.write(str(one))
        if found:
            raise CommandError(_("맞지 않는 것이 %(count)s건 있습니다.") % {"count": f"{len(found):,}"})
        self.stdout.write(_("모두 맞습니다."))
