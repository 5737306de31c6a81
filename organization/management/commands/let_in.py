"""manage.py let_in NUMBER [--password] [--without-code]: a way in from the machine itself, where the pages have none.

Ends every wait for the account; with --password gives a first password as well, for one entry: it is changed there.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from organization.models import User
from organization.services import accounts, codes, tries


class Command(BaseCommand):
    help = "End the waiting after wrong passwords for an account; optionally print a new first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="employee number")
        parser.add_argument("--password", action="store_true", help="give a new first password, too")
        parser.add_argument(
            "--without-code", action="store_true", help="turn the second step off (lost phone)"
        )

    @transaction.atomic
    def handle(self, *args: Any, number: str, password: bool, without_code: bool, **options: Any) -> None:
        user = User.objects.filter(employee_number=User.normalize_username(number).strip()).first()
        if user is None or not user.is_active:
            raise CommandError(_("사용 중인 계정이 아닙니다: %(number)s") % {"number": number})
        tries.forget(user)
        self.stdout.write(_("%(number)s 계정의 로그인 제한을 풀었습니다.") % {"number": number})
        if without_code:
            codes.turn_off(user, actor=SYSTEM)
            self.stdout.write(_("2단계 인증을 껐습니다."))
        if password:
            first = accounts.reset_password(user, actor=SYSTEM)
            self.stdout.write(_("처음 비밀번호: %(password)s") % {"password": first})
            self.stdout.write(_("로그인하면 비밀번호를 바꾸게 됩니다."))
