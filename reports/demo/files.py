"""The data files of the demonstration."""

import tomllib
from typing import Any

from django.conf import settings


def read(app: str, name: str) -> dict[str, Any]:
    """`organization/demo/staff.toml` and its like."""
    return tomllib.loads((settings.BASE_DIR / app / "demo" / f"{name}.toml").read_text(encoding="utf-8"))
