"""backup.sh and restore.sh, really run: what was saved comes back, and nothing is overwritten unasked."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from organization.enums import DepartmentKind
from organization.models import Department
from tests import services
from tests.conftest import database_url
from tests.database import another

pytestmark = pytest.mark.dialect


def run(script: str, *arguments: object, check: bool = True, **env: str) -> subprocess.CompletedProcess[str]:
    path = os.environ["PATH"]
    if connection.vendor == "postgresql":
        path = f"{services.postgres_binaries()}{os.pathsep}{path}"
    done = subprocess.run(
        [str(services.ROOT / "scripts" / script), *map(str, arguments)],
        env={**os.environ, "PATH": path, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 or not check, done.stderr
    return done


def add_department(code: str) -> None:
    Department.objects.create(code=code, name=code, kind=DepartmentKind.DIVISION, valid_from=date(2020, 1, 1))


@pytest.fixture
def place(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """Environment of an office with one department and one attachment."""
    add_department("witness")
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "a1b2").write_bytes(b"the attached plan")
    connection.close()
    return {"DATABASE_URL": database_url(), "DATA_DIR": str(tmp_path)}


@pytest.fixture
def elsewhere(place: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """Environment of another place, with nothing in it."""
    data = tmp_path / "elsewhere"
    if connection.vendor == "postgresql" and not shutil.which(
        "psql", path=f"{services.postgres_binaries()}{os.pathsep}{os.environ['PATH']}"
    ):
        raise services.Unavailable("psql: install the system package `postgresql-client`")
    with another(place["DATABASE_URL"], data, "restored") as url:
        yield {"DATABASE_URL": url, "DATA_DIR": str(data)}


def departments(env: dict[str, str]) -> str:
    code = "from organization.models import Department as D; print(list(D.objects.values_list('code')))"
    return services.Office(env, Path(env["DATA_DIR"])).manage("shell", "--no-imports", "-c", code).stdout


@pytest.mark.slow
def test_backup_comes_back_elsewhere(
    place: dict[str, str], elsewhere: dict[str, str], tmp_path: Path
) -> None:
    saved = Path(run("backup.sh", tmp_path / "backups", **place).stdout.strip())
    assert saved.is_file()
    assert saved.stat().st_mode & 0o077 == 0
    assert list(saved.parent.iterdir()) == [saved]

    run("restore.sh", saved, **elsewhere)
    assert "witness" in departments(elsewhere)
    assert (Path(elsewhere["DATA_DIR"]) / "attachments" / "a1b2").read_bytes() == b"the attached plan"
    assert services.Office(elsewhere, tmp_path).manage("migrate", "--check").returncode == 0
    services.Office(elsewhere, tmp_path).manage(
        "verify_ledger"
    )  # what the database refuses came back as well

    refused = run("restore.sh", saved, check=False, **elsewhere)
    assert refused.returncode == 1
    assert "--force" in refused.stderr

    add_department("came-later")
    connection.close()
    second = run("backup.sh", tmp_path / "again", **place).stdout.strip()
    run("restore.sh", "--force", second, **elsewhere)
    assert "came-later" in departments(elsewhere)
    run("restore.sh", "--force", saved, **elsewhere)
    assert "came-later" not in departments(elsewhere)
    assert sorted(path.name for path in Path(elsewhere["DATA_DIR"]).glob("*attach*")) == ["attachments"]


def test_damaged_backup_changes_nothing(
    place: dict[str, str], elsewhere: dict[str, str], tmp_path: Path
) -> None:
    saved = Path(run("backup.sh", tmp_path / "backups", **place).stdout.strip())
    content = saved.read_bytes()
    assert content.count(b"the attached plan") == 1
    saved.write_bytes(content.replace(b"the attached plan", b"the attached plam"))
    refused = run("restore.sh", saved, check=False, **elsewhere)
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert not (Path(elsewhere["DATA_DIR"]) / "attachments").exists()


def test_a_backup_with_links_is_refused(
    place: dict[str, str], elsewhere: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "attachments" / "out").symlink_to("/etc")
    saved = run("backup.sh", tmp_path / "backups", **place).stdout.strip()
    refused = run("restore.sh", saved, check=False, **elsewhere)
    assert refused.returncode == 1
    assert "links" in refused.stderr
    assert not (Path(elsewhere["DATA_DIR"]) / "attachments").exists()


def test_the_password_of_the_database_is_on_no_command_line() -> None:
    script = 'root=. && source scripts/database.sh && echo "$url" && echo "$PGPASSWORD"'
    env = {**os.environ, "DATABASE_URL": "postgres://changui:s%40cret%25@db:5432/changui", "DATA_DIR": "."}
    done = subprocess.run(
        ["bash", "-c", script], cwd=services.ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["postgres://changui@db:5432/changui", "s@cret%"]
