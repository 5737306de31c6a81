"""manage.py setup [--number NUMBER --name NAME]: how far the first set-up is, and what is wrong with the machine.

With a number and a name it makes the first administrator, as `create_admin` does; the rest is done on the pages.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import gettext as _

from organization import setup
from organization.enums import Role
from organization.selectors import holders_of


class Command(BaseCommand):
    help = "Show the checks of the machine and the steps of the first set-up; make the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--number", help="employee number of the first administrator")
        parser.add_argument("--name", help="name of the first administrator")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, number: str | None, name: str | None, email: str, **options: Any) -> None:
        if number and name:
            call_command("create_admin", number, name=name, email=email, stdout=self.stdout)
        for label, fault in setup.checks():
            self._line(not fault, f"{label}: {fault}" if fault else label)
        for one in setup.standings():
            self._line(one.done, f"{one.step.label}: {one.count}")
        if holders_of(Role.ADMINISTRATOR):
            self.stdout.write(f"{settings.SITE_URL.rstrip('/')}{reverse('setup')}")
        else:
            self.stdout.write(
                _("먼저 시스템 관리자를 만들어 주세요: manage.py setup --number 직원번호 --name 이름")
            )

    def _line(self, good: bool, text: str) -> None:
        mark, style = ("○", self.style.SUCCESS) if good else ("×", self.style.ERROR)
        self.stdout.write(style(f"{mark} {text}"))
