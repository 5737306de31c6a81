"""The harness: the database of TEST_DB, servers as fixtures, and an environment hostile to careless code."""

import atexit
import contextlib
import ipaddress
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polib
import pytest

from tests import services

# Django reads its settings once, so the server they point to must stand before. Workers of pytest-xdist
# inherit DATABASE_URL from the process that started it; the data folder is each process's own.
TEST_DB = os.environ.setdefault("TEST_DB", "sqlite")
if TEST_DB not in ("sqlite", "postgres"):
    raise pytest.UsageError(f"TEST_DB must be sqlite or postgres, not {TEST_DB!r}")
if TEST_DB == "sqlite":
    os.environ.pop("DATABASE_URL", None)
elif "PYTEST_XDIST_WORKER" not in os.environ:
    server = contextlib.ExitStack()
    atexit.register(server.close)
    os.environ["DATABASE_URL"] = server.enter_context(services.postgres())
for name in ("EMAIL_URL", "CELERY_BROKER_URL", "REDIS_URL"):
    os.environ.pop(name, None)
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="changui-test-")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django

django.setup()
# Inherited, it would make pytest-xdist's workers read the settings before this file has run in them.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.template import Node, Template, engines
from django.test import TransactionTestCase

from core.calendar import clear_calendar_cache
from organization.office import current_is_unnamed
from policies.registry import cache_clear as clear_policy_cache
from tests import database, shared


def pytest_unconfigure() -> None:
    """Workers of pytest-xdist end without `atexit`."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked for one database belongs to the other run; each run says how many it left to it. Files with
    slow tests come first: at the end one process would be left alone with them."""
    other = "postgres" if TEST_DB == "sqlite" else "sqlite"
    left = [item for item in items if item.get_closest_marker(other)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker(other)]
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


# ------------------------------------------------------------------------------- a hostile environment


class UnknownVariable(str):
    """Stands for a template variable that does not exist: fatal in our templates, silent in others'."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        frame = sys._getframe(1)
        while frame:
            node = frame.f_locals.get("self")
            origin = getattr(node, "origin", None) if isinstance(node, Node | Template) else None
            if origin:
                if str(origin.name).startswith(str(settings.BASE_DIR / "templates")):
                    raise AssertionError(f"{origin.name}: unknown variable {{{{ {variable} }}}}")
                return ""
            frame = frame.f_back
        return ""


engines["django"].engine.string_if_invalid = UnknownVariable("unknown")


def is_local(host: object) -> bool:
    if not isinstance(host, str) or host in ("", "localhost"):
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine() -> Iterator[None]:
    """No test talks to another machine, not even to look up its name."""

    def guard(function: Callable[..., Any], host_of: Callable[..., object]) -> Callable[..., Any]:
        def guarded(*args: Any, **kwargs: Any) -> Any:
            host = host_of(*args)
            if isinstance(host, bytes):
                host = host.decode()
            if not is_local(host):
                raise AssertionError(f"a test reached for {host}: only this machine is allowed")
            return function(*args, **kwargs)

        return guarded

    def address(_socket: socket.socket, target: Any, *_: Any) -> object:
        return target[0] if isinstance(target, tuple) else None

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guard(socket.socket.connect, address))
    patch.setattr(socket.socket, "connect_ex", guard(socket.socket.connect_ex, address))
    patch.setattr(socket, "getaddrinfo", guard(socket.getaddrinfo, lambda host, *_: host))
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _fresh_caches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What one test taught the process-wide caches, no other test may know."""
    shared.caches_last(monkeypatch)
    current_is_unnamed()
    yield
    cache.clear()
    clear_policy_cache()
    clear_calendar_cache()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Made from the models (`TEST` in the settings), as all migrations have left it."""
    with django_db_blocker.unblock():
        database.record_migrations()


@pytest.fixture(scope="session", autouse=True)
def _tests_that_commit_are_followed_by_an_emptying() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: database.empty())
    yield
    patch.undo()


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    from tests import world

    with shared.rows_of_a_module(django_db_blocker):
        yield world.build()


@pytest.fixture
def world(_built: Any) -> Iterator[Any]:
    """The office of `tests.world`, made once for all tests of a module; what a test changes is taken back."""
    with transaction.atomic():
        yield _built
        transaction.set_rollback(True)


@pytest.fixture
def english_words(settings: Any, tmp_path: Path) -> None:
    """The English catalogue as it stands in the source, whatever set-up last compiled."""
    compiled = tmp_path / "en/LC_MESSAGES/django.mo"
    compiled.parent.mkdir(parents=True)
    polib.pofile(str(settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po")).save_as_mofile(str(compiled))
    settings.LOCALE_PATHS = [tmp_path]


# ---------------------------------------------------------------------------------- servers, processes


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with services.redis() as url:
        yield url


@pytest.fixture
def smtp() -> Iterator[services.SmtpListener]:
    """A mail server on this machine; `smtp.url` is its EMAIL_URL, `smtp.messages` what it has received."""
    with services.SmtpListener() as listener:
        yield listener


def database_url() -> str:
    """Address of the database this test writes to, for other processes."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@pytest.fixture
def office(transactional_db: None, tmp_path: Path) -> Iterator[services.Office]:
    """Real processes on the database and data folder of this test; `office.env` may be changed before."""
    running = services.Office({"DATABASE_URL": database_url(), "DATA_DIR": str(settings.DATA_DIR)}, tmp_path)
    yield running
    running.close()


@pytest.fixture(params=["filesystem", pytest.param("redis", marks=pytest.mark.redis)])
def broker(
    request: pytest.FixtureRequest, office: services.Office, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Run the test with either broker; this process and those of `office` share it."""
    from kombu import pools

    from config.celery import app

    def forget_connections() -> None:
        pools.reset()
        app._after_fork()  # how Celery itself begins anew: it drops its pools

    if request.param == "redis":
        url = request.getfixturevalue("redis_url")
        office.env["CELERY_BROKER_URL"] = url
        monkeypatch.setenv("CELERY_BROKER_URL", url)
        monkeypatch.setitem(app.conf, "broker_transport_options", {})
    forget_connections()
    yield request.param
    forget_connections()
    shutil.rmtree(settings.QUEUE_DIR)
    settings.QUEUE_DIR.mkdir()


# --------------------------------------------------------------------------------------------- browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium of the system, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    executable = services.chromium_binary()
    # Playwright keeps an event loop in this thread; the database is used from it all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(executable), args=services.CHROMIUM_FLAGS)
        yield chromium
        connections.close_all()  # those of this event loop; nobody reaches them once it is gone
        chromium.close()


@pytest.fixture
def context(browser: Any, live_server: Any) -> Iterator[Any]:
    """A browser of one person: own cookies, Korean, on the live server of this test."""
    made = browser.new_context(
        base_url=live_server.url,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        viewport={"width": 1440, "height": 900},
    )
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A page of `context`; a script error, a refused resource or a missing file fails the test."""
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    made.on("console", lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None)
    yield made
    assert not faults, "\n".join(faults)
