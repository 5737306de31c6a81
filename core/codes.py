"""Codes beside a receipt number, for whoever has no mail (P3): issued by us, kept as a slow hash. Wrong ones slow down
the number and the network they come from, each for itself and never for good, a network that many share later; the
private link asks for no code."""

import secrets
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import TypeVar

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import gate, tries
from core.addresses import client_address, network_of
from core.limits import limit
from core.now import now

T = TypeVar("T")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read for something else: 0 O 1 I L
LENGTH = 10
SALT = "core.codes"


class Slowed(Rejected):
    """No code is looked at until then."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, ceil(wait.total_seconds()))
        message = _(
            "번호가 여러 번 맞지 않아 잠시 제한되었습니다. %(minutes)d분 뒤에 다시 시도해 주세요. "
            "개인 링크는 지금도 열립니다."
        )
        super().__init__(message % {"minutes": -(-self.seconds // 60)}, field="code")


def new_code() -> str:
    """Told once; kept is `sealed(code)`."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def code_after(token: str) -> str:
    """A code that whoever holds this token finds again, and nobody else (core.passes.token_after)."""
    number = int.from_bytes(salted_hmac(f"{SALT}.after", token, algorithm="sha256").digest())
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(LENGTH))


def shown(code: str) -> str:
    """`ABCDE-23456`, as it is written down."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def sealed(code: str) -> str:
    return make_password(plain(code))


def open_with(request: HttpRequest, number: str, code: str, find: Callable[[str], tuple[T, str] | None]) -> T:
    """What the receipt of this number is about. `find(number)` gives it with the sealed code. A number that nobody has
    takes as long and is slowed like any.

    Raises: Slowed, Rejected."""
    attempt = _attempt(request, number)
    try:
        tries.count(attempt)
    except tries.Waiting as waiting:
        raise Slowed(waiting.until - now()) from None
    found = find(plain(number))
    fits = check_password(plain(code), found[1] if found else make_password(None))
    if found is None or not fits:
        raise Rejected(
            _("접수번호나 확인번호가 맞지 않습니다. 접수증을 보고 다시 입력해 주세요."), field="code"
        )
    tries.succeed(attempt)
    return found[0]


def _attempt(request: HttpRequest, number: str) -> tries.Attempt:
    longest, address = timedelta(minutes=limit("code_wait")), client_address(request)
    most = limit("gate_known" if gate.is_known(address) else "code_network_tries")
    return [
        tries.Counted("", f"code:{network_of(address) or '?'}", most, longest=longest),
        tries.Counted(tries.digest(SALT, plain(number)), "code", limit("code_tries"), longest=longest),
    ]


def plain(text: str) -> str:
    """As it is meant: in any width and case, with or without its dash."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())
