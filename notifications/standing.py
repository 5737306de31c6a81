"""How mail stands, in words: why one waits, and whether sending is off or stuck (R3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basis.formats import datetime_ko
from notifications.models import Mail

OLD = timedelta(hours=1)  # of a mail that waits: then `/healthz` fails
STUCK = timedelta(minutes=30)  # a worker looks every half minute; a technical limit
LOCAL = ("127.0.0.1", "localhost", "::1")
SHOWN = 3  # addresses


def why(state: str, error: str, next_try_at: datetime | None) -> str:
    """Why a mail has not gone yet, or what came of it; empty for one that was sent."""
    match state:
        case Mail.State.HELD:
            return _("보류한 메일입니다. ‘다시 보내기’를 누르면 나갑니다.")
        case Mail.State.FAILED:
            return _("더 시도하지 않습니다. 서버 응답: %(error)s") % {"error": error}
        case Mail.State.QUEUED if not settings.MAIL_DELIVERY:
            return _("메일 서버가 설정되지 않아 기다립니다.")
        case Mail.State.QUEUED if error and next_try_at:
            words = {"at": datetime_ko(next_try_at), "error": error}
            return _("%(at)s에 다시 보냅니다. 서버 응답: %(error)s") % words
        case Mail.State.QUEUED:
            return _("차례를 기다립니다.")
        case _other:
            return ""


def waiting() -> QuerySet[Mail]:
    return Mail.objects.filter(state__in=(Mail.State.QUEUED, Mail.State.SENDING)).order_by()


def trouble() -> str:
    """What keeps mail from going, for whoever looks after it; empty while it goes."""
    if not settings.MAIL_DELIVERY:
        count = waiting().count()
        return ngettext(
            "메일 서버가 설정되지 않아 메일이 나가지 않습니다. 기다리는 메일 %(n)d건",
            "메일 서버가 설정되지 않아 메일이 나가지 않습니다. 기다리는 메일 %(n)d건",
            count,
        ) % {"n": count}
    if urlsplit(settings.SITE_URL).hostname in LOCAL:
        return _(
            "메일 속 링크가 이 서버 안의 주소(%(site)s)여서 받는 사람이 열 수 없습니다. SITE_URL을 설정해 주세요."
        ) % {"site": settings.SITE_URL}
    late = timezone.now() - STUCK
    overdue = Q(next_try_at=None, created_at__lt=late) | Q(next_try_at__lt=late)
    found = waiting().aggregate(
        left=Count("pk", filter=overdue),
        refused=Count("pk", filter=~Q(error="") & Q(created_at__lt=late)),
        since=Min("created_at"),
    )
    if found["left"]:
        return _("메일을 보내는 작업이 멈추었습니다. %(since)s부터 %(n)d건이 기다립니다.") % {
            "since": datetime_ko(found["since"]),
            "n": found["left"],
        }
    if found["refused"] and not Mail.objects.filter(sent_at__gt=late).exists():
        answer = waiting().exclude(error="").order_by("-pk").values_list("error", flat=True)[0]
        return _("메일 서버가 받지 않아 %(since)s부터 %(n)d건이 기다립니다. 서버 응답: %(error)s") % {
            "since": datetime_ko(found["since"]),
            "n": found["refused"],
            "error": answer,
        }
    return ""


def old_mail() -> str:
    """Mail that should have gone an hour ago; where no mail server is set, all mail stays by choice."""
    if not settings.MAIL_DELIVERY:
        return ""
    count = waiting().filter(created_at__lt=timezone.now() - OLD).count()
    if not count:
        return ""
    return ngettext(
        "메일 %(n)d건이 한 시간 넘게 나가지 못했습니다.",
        "메일 %(n)d건이 한 시간 넘게 나가지 못했습니다.",
        count,
    ) % {"n": count}


def sent_again(mails: Sequence[Mail]) -> str:
    """How many go again, and where: the first few addresses."""
    found = list(dict.fromkeys(address for mail in mails for address in mail.email.to))
    where = ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
    text = ngettext(
        "메일 %(n)d건을 다시 보냅니다: %(to)s", "메일 %(n)d건을 다시 보냅니다: %(to)s", len(mails)
    )
    return (text % {"n": len(mails), "to": where}).rstrip(": ")
