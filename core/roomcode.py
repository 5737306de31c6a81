"""The code on a wall: whoever types it is in the room now. Six digits from a secret and the half minute of the server's
clock, the last two accepted (C7). Nothing is kept: the secret follows from the name of the room."""

import hmac
import struct
from datetime import datetime

from django.utils.crypto import salted_hmac

from core.now import now

SALT = "core.roomcode"
STEP = 30  # seconds
ACCEPTED = 2  # steps
DIGITS = 6


def _code(room: str, step: int) -> str:
    """As RFC 4226 takes digits out of a digest."""
    secret = salted_hmac(SALT, room, algorithm="sha256").digest()
    digest = hmac.new(secret, struct.pack(">Q", step), "sha256").digest()
    place = digest[-1] & 0xF
    (number,) = struct.unpack(">I", digest[place : place + 4])
    return f"{(number & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}d}"


def _step(moment: datetime | None) -> int:
    return int((moment or now()).timestamp()) // STEP


def shown(room: str, at: datetime | None = None) -> str:
    """What stands on the wall of `room` (any name, as `evaluations.stage:12`)."""
    return _code(room, _step(at))


def left(at: datetime | None = None) -> int:
    """Seconds until another stands there."""
    return STEP - int((at or now()).timestamp()) % STEP


def accepts(room: str, typed: str, at: datetime | None = None) -> bool:
    """Whether it stands there now, or did one step before."""
    given = "".join(sign for sign in typed if sign.isdecimal())
    step = _step(at)
    found = [
        hmac.compare_digest(_code(room, step - back).encode(), given.encode()) for back in range(ACCEPTED)
    ]
    return any(found)
