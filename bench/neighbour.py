"""Other systems, each in an environment and a database of its own, kept in build/ between runs. Never part of ours."""

import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Neighbour:
    """`wanted`: what pip installs; `measures`: the module that fills it and asks for its pages; `begun`: what is run
    once after the installation."""

    name: str
    wanted: tuple[str, ...]
    measures: str
    begun: tuple[str, ...] = ()

    @property
    def place(self) -> Path:
        return ROOT / "build" / self.name

    def prepared(self) -> Path:
        """Its Python, installed unless a run before has done it. Raises CalledProcessError where pip cannot."""
        binaries, mark = self.place / "venv" / "bin", self.place / "installed"
        if not mark.exists() or mark.read_text() != " ".join(self.wanted):
            print(f"· pip install {' '.join(self.wanted)}", file=sys.stderr, flush=True)
            venv.create(self.place / "venv", with_pip=True, clear=True)
            subprocess.run([binaries / "pip", "install", "-q", *self.wanted], check=True, stdout=sys.stderr)
            if self.begun:
                env = {"PATH": f"{binaries}:/usr/bin:/bin"}  # spirit calls django-admin by name
                command = [binaries / self.begun[0], *self.begun[1:]]
                subprocess.run(command, cwd=self.place, env=env, check=True, stdout=sys.stderr)
            mark.write_text(" ".join(self.wanted))
        return binaries / "python"


PRETALX = Neighbour("pretalx", ("pretalx==2025.2.2",), "bench.pretalx")
SPIRIT = Neighbour(
    "spirit",
    (
        "django-spirit==0.14.3",
        "setuptools<81",
        "psycopg2-binary<3",
    ),  # a part of it still asks for pkg_resources
    "bench.spirit",
    ("spirit", "startproject", "forum"),
)
NEIGHBOURS = (SPIRIT, PRETALX)
