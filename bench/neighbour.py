"""django-spirit in an environment and a database of its own, kept in build/ between runs. Never part of ours."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "build" / "spirit"
WANTED = ("django-spirit==0.14.3", "setuptools<81")  # a part of it still asks for pkg_resources


def prepared() -> Path:
    """Its Python, installed unless a run before has done it. Raises CalledProcessError where pip cannot."""
    binaries, mark = PLACE / "venv" / "bin", PLACE / "installed"
    if not mark.exists() or mark.read_text() != " ".join(WANTED):
        print(f"· pip install {' '.join(WANTED)}", file=sys.stderr, flush=True)
        venv.create(PLACE / "venv", with_pip=True, clear=True)
        subprocess.run([binaries / "pip", "install", "--quiet", *WANTED], check=True, stdout=sys.stderr)
        mark.write_text(" ".join(WANTED))
    if not (PLACE / "forum").exists():
        env = {"PATH": f"{binaries}:/usr/bin:/bin"}  # it calls django-admin by name
        command = [binaries / "spirit", "startproject", "forum"]
        subprocess.run(command, cwd=PLACE, env=env, check=True, stdout=sys.stderr)
    return binaries / "python"
