"""One Linux machine without network and containers: the bundle is built, installed, and what its units say is run."""

import configparser
import contextlib
import http.client
import json
import os
import re
import shlex
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import services
from tests.effort import rounds
from tests.services import ROOT, Process, free_port, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.redis]
UNITS = ("changui-web", "changui-worker", "changui-beat", "changui-backup")
NAME = "changui.hanbit.example"


def run(*command: Any, check: bool = True, **options: Any) -> subprocess.CompletedProcess[str]:
    # Not what the browser's tests say to their own process: it would be a fault of the installation.
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    options = {"env": env, **options}
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0 or not check, f"{command}\n{done.stdout}{done.stderr}"
    return done


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle as it is carried to the machine."""
    folder = tmp_path_factory.mktemp("bundle")
    made = run(sys.executable, ROOT / "scripts/bundle.py", folder, check=False)
    if made.returncode and "네트워크" in made.stderr:
        pytest.skip("the wheels of the bundle cannot be fetched here")
    assert made.returncode == 0, made.stderr
    (packed,) = folder.glob("*.tar.gz")
    assert f"sha256 {run('sha256sum', packed).stdout.split()[0]}" in made.stdout
    run("tar", "-xf", packed, "-C", folder)
    return folder / packed.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def home(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Installed where no package index can be reached; at full length twice, as an upgrade does."""
    place = tmp_path_factory.mktemp("machine") / "changui"
    offline = {**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9", "PYTHON": sys.executable}
    for _time in range(rounds(1, 2)):
        run(unpacked / "install.sh", place, env=offline)
    return place


@pytest.fixture(scope="module")
def machine(home: Path, redis_url: str) -> Iterator[Path]:
    """With PostgreSQL and Redis, its settings filled in, the tables made."""
    with services.postgres() as url:
        text = (home / "env").read_text()
        filled = {
            "DATABASE_URL": url,
            "CELERY_BROKER_URL": redis_url,
            "REDIS_URL": redis_url.removesuffix("0") + "1",
            "ALLOWED_HOSTS": NAME,
        }
        for name, value in filled.items():
            text = re.sub(rf"^{name}=.*$", f"{name}={value}", text, flags=re.M)
        (home / "env").write_text(text)
        migrate = (home / "run", "python", "manage.py", "migrate", "--verbosity=0")
        wait_until(lambda: run(*migrate, check=False).returncode == 0, "PostgreSQL")
        yield home


def unit(home: Path, name: str) -> dict[str, str]:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the way the library documents
    parser.read(home / "systemd" / f"{name}.service")
    return dict(parser["Service"])


def environment(path: Path) -> dict[str, str]:
    """As systemd reads an EnvironmentFile."""
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    values = {name: shlex.split(value) for name, value in (line.split("=", 1) for line in lines)}
    path_of_systemd = {"PATH": f"{services.postgres_binaries()}{os.pathsep}{os.environ['PATH']}"}
    return path_of_systemd | {name: "".join(parts) for name, parts in values.items()}


def start(home: Path, name: str, logs: Path, port: int = 0) -> Process:
    """The unit's own command in its own folder with its own settings; another port, as 8000 may be taken."""
    found = unit(home, name)
    command = shlex.split(found["ExecStart"].replace("127.0.0.1:8000", f"127.0.0.1:{port}"))
    env = environment(Path(found["EnvironmentFile"])) | {"SWEEP_SECONDS": "1"}
    return Process(command, logs / f"{name}.log", env, cwd=found["WorkingDirectory"])


def ask(url: str, **headers: str) -> tuple[int, str]:
    """Status and text, or the place it leads to."""
    parts = urlsplit(url)
    context = ssl._create_unverified_context()  # noqa: S323  the certificate is this test's own
    if parts.scheme == "https":
        line: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.netloc, timeout=10, context=context
        )
    else:
        line = http.client.HTTPConnection(parts.netloc, timeout=10)
    with contextlib.closing(line):
        line.request("GET", parts.path, headers={"Host": NAME, **headers})
        with line.getresponse() as answer:
            return answer.status, answer.headers.get("Location") or answer.read().decode()


def test_nothing_in_the_bundle_is_of_this_machine_or_secret(unpacked: Path) -> None:
    names = {path.relative_to(unpacked).parts[0] for path in unpacked.iterdir()}
    assert names == {"PLATFORM", "SHA256SUMS", "VERSION", "app", "install.sh", "requirements.txt", "wheels"}
    assert not (unpacked / "app/tests").exists()
    assert not (unpacked / "app/.env").exists()
    assert (unpacked / "app/build/static/krds/css/component/output.css").exists()


def test_a_damaged_bundle_installs_nothing(unpacked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "bundle"
    shutil.copytree(unpacked, copy, copy_function=os.link)
    (copy / "app/manage.py").unlink()
    (copy / "app/manage.py").write_text("print('altered')")
    refused = run(copy / "install.sh", tmp_path / "home", check=False)
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert not (tmp_path / "home").exists()


def test_the_installation_is_sound_and_keeps_what_is_its_own(machine: Path) -> None:
    run(machine / "run", "python", "manage.py", "check", "--deploy", "--fail-level=WARNING")
    assert (machine / "env").stat().st_mode & 0o077 == 0
    assert (machine / "data").stat().st_mode & 0o077 == 0
    assert len(environment(machine / "env")["LEDGER_KEY"]) > 50
    assert len(list((machine / "releases").iterdir())) == rounds(1, 2)
    assert (machine / "current").resolve() == max((machine / "releases").iterdir())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd")
def test_systemd_takes_the_units(machine: Path) -> None:
    files = sorted((machine / "systemd").iterdir())
    assert {path.stem for path in files} == set(UNITS)
    said = run("systemd-analyze", "verify", "--man=no", *files, check=False)
    ours = [line for line in said.stderr.splitlines() if "changui" in line]
    assert not ours
    assert said.returncode == 0, said.stderr


def test_web_worker_and_schedule_run_by_their_units_and_the_backup_can_be_restored(
    machine: Path, tmp_path: Path
) -> None:
    port = free_port()
    web = start(machine, "changui-web", tmp_path, port)
    health = f"http://127.0.0.1:{port}/healthz"
    others: list[Process] = []
    try:
        web.wait_for(lambda: services.answers(port), "gunicorn")
        status, said = ask(health)
        assert (status, said.partition(":")[0]) == (503, "worker")
        assert ask(f"{health}/pages") == (200, "ok")
        others = [start(machine, name, tmp_path) for name in ("changui-worker", "changui-beat")]
        for process in others:
            process.wait_for(lambda: ask(health)[0] == 200, "/healthz", 60)
        assert ask(f"http://127.0.0.1:{port}/login/", **{"X-Forwarded-Proto": "https"})[0] == 200

        backup = start(machine, "changui-backup", tmp_path)
        wait_until(lambda: not backup.running, "the backup")
        assert backup.popen.returncode == 0, backup.output
        noted = json.loads((machine / "data/last-backup.json").read_text())
        assert (machine / "backups" / noted["file"]).exists()
        env = environment(machine / "env")
        drill = run(machine / "run", "scripts/drill.sh", machine / "backups", env={"PATH": env["PATH"]})
        assert f"{noted['file']} restored" in drill.stdout

        for process in (*others, web):  # as systemd ends them
            process.stop()
            assert process.popen.returncode in (0, -15), process.output
    finally:
        for process in (web, *others):
            process.kill()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    place = tmp_path / "tls"
    place.mkdir()
    run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}",
        "-keyout", place / "server.key", "-out", place / "server.crt",
    )  # fmt: skip
    return place


@pytest.mark.skipif(not shutil.which("nginx"), reason="this machine has no nginx")
def test_nginx_ends_tls_before_the_web_server(machine: Path, certificate: Path, tmp_path: Path) -> None:
    port, plain, secure = free_port(), free_port(), free_port()
    site = run(
        ROOT / "deploy/nginx.sh",
        env={
            "PATH": os.environ["PATH"],
            "TLS_DIR": str(certificate),
            "LOGS": str(tmp_path),
            "WEB": f"http://127.0.0.1:{port}",
            "HTTP_LISTEN": f"127.0.0.1:{plain}",
            "HTTPS_LISTEN": f"127.0.0.1:{secure}",
        },
    ).stdout
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\nhttp {{ access_log off;\n{site}}}\n"
    )
    command = ["nginx", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    run(*command, "-t")
    web = start(machine, "changui-web", tmp_path, port)
    proxy = Process([*command, "-g", "daemon off;"], tmp_path / "nginx.log")
    try:
        web.wait_for(lambda: services.answers(port), "gunicorn")
        proxy.wait_for(lambda: services.answers(secure), "nginx")
        status, page = ask(f"https://127.0.0.1:{secure}/login/")
        assert status == 200
        assert "krds" in page
        style = re.search(r'href="(/static/krds/css/[^"]+[.]css)"', page)
        assert style
        assert ask(f"https://127.0.0.1:{secure}{style[1]}")[0] == 200
        # Named on the machine itself, never through the proxy.
        assert ask(f"https://127.0.0.1:{secure}/healthz") in ((503, "unavailable"), (200, "ok"))
        assert ask(f"http://127.0.0.1:{plain}/login/") == (308, f"https://{NAME}/login/")
        assert (tmp_path / "changui-access.log").read_text()
    finally:
        proxy.stop()
        web.stop()


@pytest.mark.skipif(not shutil.which("logrotate"), reason="this machine has no logrotate")
def test_the_logs_of_the_proxy_are_rotated(tmp_path: Path) -> None:
    text = (ROOT / "deploy/logrotate.conf").read_text()
    copy = tmp_path / "rotate.conf"
    copy.write_text(text.replace("/var/log/nginx", str(tmp_path)))
    copy.chmod(0o644)
    (tmp_path / "changui-access.log").write_text("line\n")
    run("logrotate", "--force", "--state", tmp_path / "state", copy)
    assert (tmp_path / "changui-access.log.1").read_text() == "line\n"
