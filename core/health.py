"""What the system needs to work, each asked by itself: for `/healthz`, and for whoever looks after it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.sockets import Socket
from core.models import DutyLock

log = logging.getLogger(__name__)
PULSE = "pulse"
SILENT = timedelta(minutes=5)  # the schedule knocks four times a minute; a technical limit
STYLE = "krds/css/component/output.css"  # every page asks for it (templates/shell/document.html)
HERE = ("127.0.0.1", "::1", "")  # the last: a socket of this machine


@dataclass(frozen=True)
class Check:
    """`fault()` says what is wrong, in words for the administrator; empty while all is well. `page`: without it no
    page answers, so it belongs to the web server alone."""

    name: str
    fault: Callable[[], str]
    page: bool = False


HEALTH: Socket[Check] = Socket("health", key=lambda check: check.name)


def faults(*, pages_only: bool = False) -> dict[str, str]:
    """Name of each check that fails and what is wrong. Without the database nothing else can be asked."""
    if fault := database_fault():
        return {"database": fault}
    asked = [check for check in HEALTH if check.page or not pages_only]
    return {check.name: fault for check in asked if (fault := _ask(check))}


def _ask(check: Check) -> str:
    try:
        return check.fault()
    except Exception:
        log.exception("health: %s cannot be asked", check.name)
        return _("확인할 수 없습니다.")


def pulse() -> None:
    """A worker has done what the schedule asked for: both are alive.

    Called by: the sweep, four times a minute.
    """
    DutyLock.objects.update_or_create(name=PULSE, defaults={"last_run_at": timezone.now()})


def database_fault() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _("데이터베이스에 연결할 수 없습니다.")
    return ""


def static_fault() -> str:
    """The style sheet under the name that pages give it."""
    storage: Any = staticfiles_storage
    try:
        found = storage.exists(storage.stored_name(STYLE))
    except AttributeError:  # a storage of the tests: it gives no names of its own
        found = True
    except ValueError:  # not among those that were collected
        found = False
    return "" if found else _("화면 파일이 없습니다. manage.py collectstatic을 실행해 주세요.")


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Those of this version: they do not change under a running server."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def migrations_fault() -> str:
    left = _migrations() - MigrationRecorder(connection).applied_migrations().keys()
    if not left:
        return ""
    text = _(
        "데이터베이스가 이 판보다 오래되었습니다(%(first)s 등 %(n)d개). manage.py migrate를 실행해 주세요."
    )
    return text % {"n": len(left), "first": ".".join(min(left))}


def worker_fault() -> str:
    last = DutyLock.objects.filter(name=PULSE).values_list("last_run_at", flat=True).first()
    if last and last > timezone.now() - SILENT:
        return ""
    return _("작업을 맡는 worker나 일정을 알리는 beat가 멈추었습니다.")


def asked_here(request: Any) -> bool:
    """By this machine itself and through no proxy: only then are faults named, as they tell a stranger what to try."""
    return request.META.get("REMOTE_ADDR", "") in HERE and "HTTP_X_FORWARDED_FOR" not in request.META


CHECKS = (
    Check("static", static_fault, page=True),
    Check("migrations", migrations_fault, page=True),
    Check("worker", worker_fault),
)
