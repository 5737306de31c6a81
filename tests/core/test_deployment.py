"""What an installation refuses, and what the shipped files keep from others."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

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
    reached: dict[str, Any] = {name: part.get("networks") for name, part in compose["services"].items()}
    assert reached["redis"] == ["queue"]
    assert reached["postgres"] == ["database"]
    assert reached["proxy"] is None  # the default one alone: neither database nor Redis
    assert all(compose["networks"][name]["internal"] for name in ("queue", "database"))
    assert ":${REDIS_PASSWORD" in compose["services"]["web"]["environment"]["REDIS_URL"]


def test_backups_are_neither_in_git_nor_in_the_image() -> None:
    assert "/backups/" in (ROOT / ".gitignore").read_text().split()
    assert "backups" in (ROOT / ".dockerignore").read_text().split()
