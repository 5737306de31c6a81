"""What an installation refuses, and what the shipped files keep from others."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse

from tests.services import ROOT

KEY = "k7mpx3qa9wtz" * 5
SOUND = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": KEY,
    "LEDGER_KEY": KEY,
    "ALLOWED_HOSTS": "changui.hanbit.example",
    "REDIS_URL": "redis://localhost",
}
SHOW = """from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"""


def start(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in SOUND}
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env={**kept, **SOUND, "DATA_DIR": str(tmp_path / "data"), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_sound_settings_start_with_cookies_of_this_host_alone(tmp_path: Path) -> None:
    started = start(tmp_path)
    assert started.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "True"], started.stderr
    assert start(tmp_path, HTTPS="false").stdout.split() == ["sessionid", "csrftoken", "False"]
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY is weak"),
        ({"LEDGER_KEY": ""}, "LEDGER_KEY is weak"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "changui.hanbit.example,*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
    ],
)
def test_production_refuses_what_is_weak(tmp_path: Path, env: dict[str, str], says: str) -> None:
    refused = start(tmp_path, **env)
    assert refused.returncode != 0
    assert says in refused.stderr


def test_what_is_made_is_its_makers_from_the_first_byte(tmp_path: Path) -> None:
    """An old folder is closed as well; the keys, the queue, the database and files are nobody else's."""
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    code = (
        "import django; django.setup(); from django.core.files.base import ContentFile\n"
        "from django.core.files.storage import default_storage; default_storage.save('ab/cd', ContentFile(b'x'))\n"
        "from django.db import connection; connection.ensure_connection()"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local", "DATA_DIR": str(data)}
    env.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)
    modes = {path.relative_to(data): path.stat().st_mode & 0o077 for path in [data, *data.rglob("*")]}
    assert {Path("secret_key"), Path("queue"), Path("changui.sqlite3"), Path("attachments/ab/cd")} <= set(
        modes
    )
    assert not any(modes.values()), modes


def test_containers_may_no_more_than_they_need() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    for name, part in compose["services"].items():
        assert part["read_only"] is True, name
        assert part["cap_drop"] == ["ALL"], name
        assert part["security_opt"] == ["no-new-privileges:true"], name
        assert part["mem_limit"], name
        assert part["logging"]["options"].keys() == {"max-size", "max-file"}, name
    reached: dict[str, Any] = {name: part.get("networks") for name, part in compose["services"].items()}
    assert reached["redis"] == ["queue"]
    assert reached["postgres"] == ["database"]
    assert reached["proxy"] is None  # the default one alone: neither database nor Redis
    assert all(compose["networks"][name]["internal"] for name in ("queue", "database"))
    assert ":${REDIS_PASSWORD" in compose["services"]["web"]["environment"]["REDIS_URL"]


def test_the_backup_saves_the_database_that_runs() -> None:
    """Whether that of the containers or a managed one of .env."""
    parts = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    users = ("web", "worker", "beat", "migrate", "backup", "nightly")
    addresses = {parts[name]["environment"]["DATABASE_URL"] for name in users}
    assert len(addresses) == 1
    assert addresses.pop().startswith("${DATABASE_URL:-postgres://changui:${POSTGRES_PASSWORD")
    assert {"default", "database"} <= set(parts["backup"]["networks"])
    assert parts["backup"]["profiles"] == ["tools"]
    assert not parts["nightly"]["profiles"]  # starts with the others
    assert parts["nightly"]["volumes"] == parts["backup"]["volumes"]
    for name, script in (("backup", "scripts/backup.sh"), ("nightly", "scripts/daily_backup.sh")):
        command, folder = parts[name]["command"].split()
        assert (command, folder) == (script, "/backups")
        assert os.access(ROOT / script, os.X_OK)


def test_every_value_that_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    example = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), flags=re.M))
    assert asked <= example


def site(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """What the proxy of docker-compose.yml would be told."""
    (tmp_path / "tls").mkdir(exist_ok=True)
    return subprocess.run(
        ["sh", ROOT / "deploy/nginx.sh"],
        env={"PATH": os.environ["PATH"], "TLS_DIR": str(tmp_path / "tls"), **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({}, "server.crt"),
        ({"TLS": "none"}, "HTTPS=false"),
        ({"TLS": "gateway", "HTTPS": "false"}, "HTTPS=false"),
        ({"TLS": "yes"}, "here, gateway or none"),
    ],
)
def test_a_proxy_that_could_not_be_reached_does_not_start(
    tmp_path: Path, env: dict[str, str], says: str
) -> None:
    refused = site(tmp_path, **env)
    assert refused.returncode == 1
    assert says in refused.stderr
    assert refused.stdout == ""


def test_who_says_that_the_browser_came_by_tls(tmp_path: Path) -> None:
    """The proxy itself, unless one of the office stands in front: what a browser writes is never taken."""
    for name in ("server.crt", "server.key"):
        (tmp_path / "tls").mkdir(exist_ok=True)
        (tmp_path / "tls" / name).touch()
    here, gateway = site(tmp_path).stdout, site(tmp_path, TLS="gateway").stdout
    none = site(tmp_path, TLS="none", HTTPS="false").stdout
    assert "listen 443 ssl" in here
    assert "return 308 https://$host$request_uri" in here
    assert "X-Forwarded-Proto $http_x_forwarded_proto" in gateway
    for text in (here, none):
        assert "X-Forwarded-Proto $scheme" in text
    for text in (gateway, none):
        assert "ssl" not in text


def test_addresses_that_open_without_a_log_in_stand_in_no_log(tmp_path: Path) -> None:
    for name in ("server.crt", "server.key"):
        (tmp_path / "tls").mkdir(exist_ok=True)
        (tmp_path / "tls" / name).touch()
    printed = site(tmp_path).stdout
    secret = re.search(r'"~(.+)" 0;', printed)
    assert secret
    token = "x" * 43
    for name in ("pass", "calendars:feed"):
        assert re.match(secret[1], reverse(name, args=[token])), name
    assert not re.match(secret[1], reverse("calendars:mine"))
    assert printed.count("server {") == printed.count("combined if=$told;") == 2


def test_backups_are_neither_in_git_nor_in_the_image() -> None:
    assert "/backups/" in (ROOT / ".gitignore").read_text().split()
    assert "backups" in (ROOT / ".dockerignore").read_text().split()
