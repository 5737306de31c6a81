"""A second step of the log-in for who may do much: a code from the person's own phone (D4).

django-otp keeps the keys, counts wrong codes and takes each code once. Recovery codes are kept as digests.
"""

import secrets
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from basis.errors import Rejected
from core.actors import SYSTEM
from core.permissions import ensure
from organization.models import User
from organization.services.accounts import ALPHABET

RECOVERY, HALF = (
    10,
    5,
)  # codes, and letters of each half: 49 bits against a lock that doubles with each wrong one


def asked_of(user: User) -> bool:
    """Whether logging in asks for a code."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def address_of(user: User, key: str) -> str:
    """What the phone reads from the picture."""
    return str(TOTPDevice(user=user, key=key).config_url)


@transaction.atomic
def turn_on(user: User, key: str, code: str) -> list[str]:
    """From now on the phone with this key is asked; gives the recovery codes, which nothing stores.

    Raises: Rejected for a wrong code."""
    ensure(user, "organization.second_step")
    _forget(user)
    if not TOTPDevice.objects.create(user=user, name="phone", key=key).verify_token(code):
        raise Rejected(
            _("인증 번호가 맞지 않습니다. 휴대전화의 시각을 확인하고 새 번호를 입력해 주세요."), field="code"
        )
    recovery = [_new_code() for _n in range(RECOVERY)]
    device = StaticDevice.objects.create(user=user, name="recovery")
    for one in recovery:
        device.token_set.create(token=_digest(one))
    return recovery


@transaction.atomic
def turn_off(user: User, *, actor: Any) -> None:
    """The password alone opens again. SYSTEM: the command line, for a lost phone without recovery codes.

    Called by: one's own page, `let_in`."""
    if actor is not SYSTEM:
        ensure(actor, "organization.self")
        assert actor == user
    _forget(user)


@transaction.atomic
def fits(user: User, code: str) -> bool:
    """A code of the phone or a recovery code; each opens once. Wrong ones make the next wait, twice as long each."""
    plain = "".join(code.split())
    model, token = (
        (TOTPDevice, plain) if plain.isascii() and plain.isdigit() else (StaticDevice, _digest(plain))
    )
    device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
    return device is not None and bool(device.verify_token(token))


def _forget(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _new_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _i in range(HALF)) for _half in range(2))


def _digest(code: str) -> str:
    plain = code.lower().replace("-", "")
    return salted_hmac("organization.recovery", plain, algorithm="sha256").hexdigest()[:16]
