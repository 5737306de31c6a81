"""manage.py send_mail --once: empties the outbox."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from notifications import outbox

PAUSE_SECONDS = 10


class Command(BaseCommand):
    help = "발송함의 메일을 보냅니다. --once가 없으면 끝내지 않고 계속 보냅니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="한 번 비우고 끝냅니다")

    def handle(self, *, once: bool, **options: Any) -> None:
        if not settings.MAIL_DELIVERY:
            raise CommandError(_("메일 서버가 설정되지 않았습니다. 환경 변수 EMAIL_URL을 설정해 주세요."))
        while True:
            sent = sum(iter(outbox.send_all, 0))  # until nothing more goes out
            if sent or once:
                self.stdout.write(_("보낸 메일: %(count)d건") % {"count": sent})
            if once:
                return
            time.sleep(PAUSE_SECONDS)
