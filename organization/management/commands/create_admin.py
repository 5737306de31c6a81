"""manage.py create_admin NUMBER --name NAME: the first administrator of a new installation.

Everybody after that is made on the pages. Refuses where an administrator is at work already.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from core.now import now
from organization.enums import Position, Role
from organization.models import User
from organization.selectors import holders_of
from organization.services import roles, setup
from organization.services.accounts import new_password


class Command(BaseCommand):
    help = "Make the first system administrator of a new installation and print the first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="employee number")
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", default="")

    @transaction.atomic
    def handle(self, *args: Any, number: str, name: str, email: str, **options: Any) -> None:
        if holders_of(Role.ADMINISTRATOR):
            raise CommandError(_("시스템 관리자가 이미 있습니다. 관리 화면에서 계정을 만들어 주세요."))
        if User.objects.filter(employee_number=User.normalize_username(number)).exists():
            raise CommandError(_("이미 등록된 직원번호입니다."))
        password = new_password()
        user = User.objects.create_user(
            number,
            password,
            name=name,
            email=email,
            position=Position.OFFICER,
            must_change_password=True,
            password_given_at=now(),
        )
        setup.begin()
        roles.grant(user, Role.ADMINISTRATOR, actor=SYSTEM, reason=_("최초 설치"))
        self.stdout.write(
            _("시스템 관리자 %(number)s의 첫 비밀번호: %(password)s")
            % {"number": number, "password": password}
        )
        self.stdout.write(_("로그인하면 비밀번호를 바꾸게 됩니다."))
