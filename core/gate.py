"""What is sent without an account (P3): robots and floods are held up without an outside service, sight or script, and
nobody is refused in silence. A verdict is `allowed`, `doubtful` (it is taken, and waits to be looked at) or `later`
(with words and a moment; the form keeps what was typed)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from math import ceil

from django.core import signing
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from core import tries
from core.addresses import block_of
from core.limits import limit, networks
from core.models import Tries
from core.now import now

SALT = "core.gate"
BUCKETS = 2**20  # networks and contacts are counted in so many rows at most, and cannot be read from them
MINUTE = timedelta(minutes=1)
FLOOD_MINUTES = 10


class Answer(StrEnum):
    ALLOWED = "allowed"
    DOUBTFUL = "doubtful"
    LATER = "later"


@dataclass(frozen=True)
class Verdict:
    """`doubts`: why it should be looked at. `until`, `message`: when to send again, in words."""

    answer: Answer
    doubts: tuple[str, ...] = ()
    until: datetime | None = None
    message: str = ""
    counted: tries.Attempt = ()

    @property
    def is_doubtful(self) -> bool:
        return self.answer is Answer.DOUBTFUL


@dataclass(frozen=True)
class Sending:
    """What came with a form: `once` and `token` as it carried them, `trap` what stands in the field that people do not
    see, `proof` of work, and the contacts it names."""

    once: str
    token: str
    address: str | None
    trap: str = ""
    proof: str = ""
    contacts: tuple[str, ...] = ()


def press(gate: str, address: str | None, most: int) -> Verdict:
    """A button that anybody may press: so many an hour from one network, or as many as one that is known to be shared.
    Counts it; allowed or later."""
    most = max(most, limit("gate_known")) if is_known(address) else most
    place = f"{gate}:{_bucket('network', network_of(address))}"
    attempt: tries.Attempt = [tries.Counted("", place, most, tries.HOUR)]
    try:
        tries.count(attempt)
    except tries.Waiting as waiting:
        return _later(waiting.until, _("같은 곳에서 여러 번 눌렀습니다."), kept=False)
    return Verdict(Answer.ALLOWED, counted=attempt)


def network_of(address: str | None) -> str:
    """Whose sendings are counted together: /24, of IPv6 /64."""
    return block_of(address)


def token_for(gate: str, once: str) -> str:
    """That this form, with this one-time key, was opened now."""
    return signing.dumps([gate, once, int(now().timestamp())], salt=SALT)


def opened_at(gate: str, once: str, token: str) -> datetime | None:
    """When the form was opened; None if we did not give it this token, or too long ago."""
    try:
        name, key, second = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    opened = datetime.fromtimestamp(second, tz=timezone.get_current_timezone())
    if (name, now() - opened <= timedelta(hours=limit("gate_hours"))) != (gate, True):
        return None
    return opened if constant_time_compare(key, once) else None


def judge(gate: str, sending: Sending) -> Verdict:
    """Whether it may be sent now; counts it. Called once for each sending, outside the transaction of what it makes."""
    _count_minute()
    opened, moment = opened_at(gate, sending.once, sending.token), now()
    least = timedelta(seconds=limit("gate_seconds"))
    if opened is None:
        return _later(moment + least, _("화면을 연 지 오래되어 새로 준비했습니다."))
    if is_flood() and not proves(sending.once, sending.proof):
        least = max(least, timedelta(seconds=limit("gate_wait")))
    if moment < opened + least:
        return _later(opened + least, _("지금은 보내려는 사람이 많거나 너무 빨리 보냈습니다."))
    attempt = _attempt(gate, sending)
    try:
        tries.count(attempt)
    except tries.Waiting as waiting:
        return _later(waiting.until, _("같은 곳이나 같은 연락처에서 여러 건을 보냈습니다."))
    if sending.trap:
        return Verdict(Answer.DOUBTFUL, ("trap",), counted=attempt)
    return Verdict(Answer.ALLOWED, counted=attempt)


def _later(until: datetime, why: str, *, kept: bool = True) -> Verdict:
    seconds = max(1, ceil((until - now()).total_seconds()))
    if seconds <= 120:
        when = _("%(seconds)d초 뒤에 다시 보내 주세요.") % {"seconds": seconds}
    elif seconds <= 3 * 3600:
        when = _("%(minutes)d분 뒤에 다시 보내 주세요.") % {"minutes": -(-seconds // 60)}
    else:
        local = timezone.localtime(until)
        when = _("%(day)s %(time)s 이후에 다시 보내 주세요.") % {
            "day": f"{local.month}. {local.day}.",
            "time": f"{local:%H:%M}",
        }
    rest = " " + _("입력한 내용은 그대로 있습니다.") if kept else ""
    return Verdict(Answer.LATER, until=until, message=f"{why} {when}{rest}")


# ------------------------------------------------------------------------------------------ who sends how much


def _attempt(gate: str, sending: Sending) -> tries.Attempt:
    most = limit("gate_known" if is_known(sending.address) else "gate_network")
    network = _bucket("network", block_of(sending.address))
    contacts = sorted({_bucket("contact", contact) for contact in map(_plain, sending.contacts) if contact})
    return [
        tries.Counted("", f"{gate}:{network}", most, tries.HOUR),
        *(tries.Counted("", f"{gate}:{contact}", limit("gate_contact")) for contact in contacts),
    ]


def _bucket(kind: str, name: str) -> str:
    return f"{kind}:{int(tries.digest(f'{SALT}.{kind}', name)[:8], 16) % BUCKETS}"


def _plain(contact: str) -> str:
    """A number without what stands between its digits; an address in small letters."""
    return contact.strip().lower() if "@" in contact else "".join(filter(str.isalnum, contact))


def is_known(address: str | None) -> bool:
    """In one of the networks of which many honest people send: service centres, schools."""
    if address is None:
        return False
    one = ip_address(address)
    return any(one in ip_network(network, strict=False) for network in networks("gate_networks"))


# --------------------------------------------------------------------------------------------------- floods


def is_flood() -> bool:
    """Whether more than usual came in these minutes, from wherever."""
    rows = Tries.objects.filter(who="flood", place__in=_minutes())
    return (rows.aggregate(all=Sum("count"))["all"] or 0) >= limit("gate_flood")


def _minutes() -> Iterable[str]:
    return [f"{now() - back * MINUTE:%Y%m%d%H%M}" for back in range(FLOOD_MINUTES)]


def _count_minute() -> None:
    (minute, *_earlier) = _minutes()
    rows = Tries.objects.filter(who="flood", place=minute)
    if not rows.update(count=F("count") + 1):
        Tries.objects.bulk_create([Tries(who="flood", place=minute, since=now())], ignore_conflicts=True)
        rows.update(count=F("count") + 1)


def proves(once: str, proof: str) -> bool:
    """Whether the browser has worked for it: SHA-256 of key and proof begins with as many zero bits as asked for.
    Whoever has no script waits instead."""
    if not proof or len(proof) > 40:
        return False
    hashed = hashlib.sha256(f"{once}:{proof}".encode()).digest()
    return int.from_bytes(hashed, "big") >> (256 - limit("gate_bits")) == 0
