"""How letters reach their recipients. Which channel a way has, the setting LETTER_CHANNELS says: an office with a text
message service writes a `Channel` of its own and names it (LETTER_TEXT_CHANNEL)."""

import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from post_office.models import STATUS

from basis import personal
from basis.official import in_office_language
from core.office import office_name
from letters.enums import Way
from letters.models import Letter
from letters.texts import Text

UNREACHABLE = (
    "ConnectionRefusedError",
    "TimeoutError",
    "gaierror",
    "SMTPServerDisconnected",
    "SMTPConnectError",
)
REFUSED = "SMTPRecipientsRefused"
FOR_GOOD = re.compile(r"\(5\d\d,")  # 4xx: later perhaps
PERHAPS = ("TimeoutError", "SMTPServerDisconnected")  # what was said last, nobody heard


class Undelivered(Exception):
    """`reason` for people, `answer` as the other side put it. `refused`: where it leads is refused, another time, too.
    `perhaps`: it may have arrived all the same."""

    def __init__(
        self, reason: str, answer: str = "", *, refused: bool = False, perhaps: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason, self.answer, self.refused, self.perhaps = reason, answer, refused, perhaps


class Channel:
    """`by_hand`: nothing carries it, somebody sends it and notes that. `waits`: what its page says until then."""

    by_hand = False
    waits: Any = ""

    def deliver(self, letter: Letter, text: Text) -> None:
        """Called outside any transaction, again after each failure, with what only the recipient may know.

        Raises: Undelivered."""
        raise LookupError(f"{type(self).__name__} delivers nothing")


class Mailed(Channel):
    """By the office's mail server; the outbox (notifications.outbox) claims, tries again and keeps the Message-ID."""

    @in_office_language
    def deliver(self, letter: Letter, text: Text) -> None:
        assert letter.mail is not None
        email = letter.mail.email
        context = {
            "office": office_name(),
            "system": settings.SYSTEM_NAME,
            "site": settings.SITE_URL.rstrip("/"),
            "demo": settings.DEMO,
            "text": text,
        }
        # In memory alone: neither address nor text is saved with the row (`dispatch` saves the status).
        email.to = [letter.to]
        email.subject = " ".join(f"[{office_name()}] {text.title}".split())
        email.message = render_to_string("letters/mail.txt", context)
        email.html_message = render_to_string("letters/mail.html", context)
        if email.dispatch() == STATUS.sent:
            return
        last = email.logs.order_by("-pk").first()
        email.logs.update(message="")  # servers repeat the address
        error, answer = (last.exception_type, last.message) if last else ("", "")
        raise Undelivered(
            why(error),
            personal.mask(answer),
            refused=error == REFUSED and FOR_GOOD.search(answer) is not None,
            perhaps=error in PERHAPS,
        )


def why(error: str) -> str:
    """What hindered a mail, for people."""
    if error in UNREACHABLE:
        return _("메일 서버에 연결하지 못했습니다.")
    if error == REFUSED:
        return _("메일 서버가 받는 주소를 거절했습니다. 주소가 맞는지 확인해 주세요.")
    return _("메일 서버가 메일을 받지 않았습니다.")


class Kept(Channel):
    """No service is connected: the text waits here for somebody to send it."""

    by_hand = True
    waits = gettext_lazy(
        "문자 발송 서비스에 연결되어 있지 않아 여기에 보관합니다. 문자로 보낸 뒤 ‘발송 처리’를 눌러 주세요."
    )


class Printed(Channel):
    by_hand = True
    waits = gettext_lazy("인쇄하거나 한글 파일로 받아 우편으로 보낸 뒤 ‘발송 처리’를 눌러 주세요.")


def channel_of(way: str) -> Channel:
    found: Channel = import_string(settings.LETTER_CHANNELS[Way(way).value])()
    return found
