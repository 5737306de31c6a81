"""The data files of the demonstration."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


def read(name: str) -> dict[str, Any]:
    """`data/staff.toml` and its like."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
