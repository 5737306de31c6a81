"""backup.sh and restore.sh, really run: what was saved comes back, and nothing is overwritten unasked."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
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


@pytest.mark.slow
def test_the_latest_backup_is_restored_in_a_drill_that_touches_nothing(
    place: dict[str, str], tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    run("backup.sh", backups, **place)
    noted = json.loads((tmp_path / "last-backup.json").read_text())
    (saved,) = backups.iterdir()
    assert (noted["file"], noted["size"]) == (saved.name, saved.stat().st_size)
    assert datetime.fromisoformat(noted["at"]) > datetime.now(UTC) - timedelta(minutes=1)

    add_department("came-later")
    connection.close()
    said = run("drill.sh", backups, **place).stdout
    assert f"{saved} restored: " in said
    assert said.rstrip().endswith("1 files")
    assert Department.objects.filter(code="came-later").exists()
    assert databases() == {Path(place["DATABASE_URL"]).name}
    assert not list(tmp_path.glob("*/drill*"))


@pytest.mark.slow
def test_a_drill_says_which_table_came_back_otherwise(place: dict[str, str], tmp_path: Path) -> None:
    saved = Path(run("backup.sh", tmp_path / "backups", **place).stdout.strip())
    content = tmp_path / "content"
    content.mkdir()
    subprocess.run(["tar", "-xf", saved, "-C", content], check=True)
    rows = (content / "ROWS").read_text()
    assert "organization_department|1\n" in rows
    (content / "ROWS").write_text(rows.replace("organization_department|1\n", "organization_department|2\n"))
    names = sorted(path.name for path in content.iterdir() if path.name != "SHA256SUMS")
    sums = subprocess.run(["sha256sum", *names], cwd=content, capture_output=True, check=True)
    (content / "SHA256SUMS").write_bytes(sums.stdout)
    subprocess.run(["tar", "-cf", saved, "-C", content, "."], check=True)
    refused = run("drill.sh", saved.parent, check=False, **place)
    assert refused.returncode == 1
    assert "organization_department|2" in refused.stderr
    assert databases() == {Path(place["DATABASE_URL"]).name}


def databases() -> set[str]:
    """Names of all databases of this server that a drill might have left."""
    if connection.vendor == "sqlite":
        return {Path(database_url()).name}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname = current_database() OR datname ~ 'drill'"
        )
        return {name for (name,) in cursor.fetchall()}


def test_old_backups_go_when_only_some_are_kept(place: dict[str, str], tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    for day in ("01", "02", "03"):
        (backups / f"changui-202601{day}T000000Z.tar").write_text("")
    (backups / "other.tar").write_text("")
    new = Path(run("backup.sh", backups, BACKUP_KEEP="2", **place).stdout.strip())
    assert {path.name for path in backups.iterdir()} == {
        "changui-20260103T000000Z.tar", "other.tar", new.name
    }  # fmt: skip


def test_another_database_than_the_one_that_runs_is_never_saved(
    place: dict[str, str], elsewhere: dict[str, str], tmp_path: Path
) -> None:
    """An empty one, one that is not there, and that of the folder beside the .env of containers."""
    refused = run("backup.sh", tmp_path / "backups", check=False, **elsewhere)
    assert refused.returncode == 1
    assert "no data of this system" in refused.stderr or "there is no database" in refused.stderr
    assert not list((tmp_path / "backups").glob("*"))
    assert not (Path(elsewhere["DATA_DIR"]) / "last-backup.json").exists()

    copy = tmp_path / "checkout"
    shutil.copytree(services.ROOT / "scripts", copy / "scripts")
    (copy / ".env").write_text("POSTGRES_PASSWORD=x\n")
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    for script in ("backup.sh", "restore.sh", "drill.sh"):
        done = subprocess.run(
            [copy / "scripts" / script, tmp_path], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert f"docker compose run --rm backup scripts/{script}" in done.stderr


@pytest.mark.postgres
def test_the_commands_of_the_containers_save_and_practise(place: dict[str, str], tmp_path: Path) -> None:
    """What docker-compose.yml gives its service `backup`, as compose would fill it in; only the places are of here."""
    text = (services.ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    part = yaml.safe_load(text)["services"]["backup"]
    address = part["environment"]["DATABASE_URL"].replace("${POSTGRES_PASSWORD:?see .env.example}", "s3cret")
    address = address.removeprefix("${DATABASE_URL:-").removesuffix("}")
    assert address == "postgres://changui:s3cret@postgres:5432/changui"
    here = urlsplit(place["DATABASE_URL"])
    env = {
        "DATABASE_URL": address.replace("postgres:5432/changui", f"{here.hostname}:{here.port}{here.path}"),
        "DATA_DIR": place["DATA_DIR"],
        "BACKUP_KEEP": "30",
    }
    script, folder = part["command"].split()
    assert folder == "/backups"
    saved = run(Path(script).name, tmp_path / "backups", **env).stdout.strip()
    assert saved in run("drill.sh", tmp_path / "backups", **env).stdout


def test_the_nightly_backup_is_made_again_when_it_fails_and_ends_when_asked(
    place: dict[str, str], tmp_path: Path
) -> None:
    """With a `sleep` that takes no time: the first night there is no database, then there is."""
    quick = tmp_path / "quick"
    quick.mkdir()
    (quick / "sleep").write_text('#!/bin/sh\necho "$1" >>"$SLEPT"\nexec /bin/sleep 0.2\n')
    (quick / "sleep").chmod(0o755)
    binaries = f"{services.postgres_binaries()}{os.pathsep}" if connection.vendor == "postgresql" else ""
    late = tmp_path / "late"
    env = {
        **os.environ,
        **place,
        "DATA_DIR": str(late / "data"),
        "PATH": f"{quick}{os.pathsep}{binaries}{os.environ['PATH']}",
        "SLEPT": str(tmp_path / "slept"),
    }
    late.write_text("in the way")
    command = [str(services.ROOT / "scripts/daily_backup.sh"), str(tmp_path / "backups")]
    nightly = services.Process(command, tmp_path / "log", env)
    try:
        nightly.wait_for(lambda: "no backup was made" in nightly.output, "a failure")
        late.unlink()
        made = nightly.wait_for(lambda: list((tmp_path / "backups").glob("changui-*.tar")), "a backup")
        assert made
        first, again = map(int, (tmp_path / "slept").read_text().split()[:2])
        assert 0 < first <= 48 * 3600
        assert again == 3600
        nightly.popen.terminate()
        assert nightly.popen.wait(30) == 0
    finally:
        nightly.kill()


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
