"""Embedded default: one machine, no servers to prepare (SQLite, file-system broker, mail kept in the outbox)."""

from config.settings.base import *  # noqa: F403  settings modules build on each other by design
from config.settings.base import DATA_DIR, env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])


def _own_secret() -> str:
    """A key made at the first start and kept beside the data; nothing secret is in the repository."""
    import contextlib
    import secrets

    path = DATA_DIR / "secret_key"
    with (
        contextlib.suppress(FileExistsError),
        path.open("x") as file,
    ):  # web, worker, scheduler: the first makes it
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _own_secret()
LEDGER_KEY = env.str("LEDGER_KEY", default="") or SECRET_KEY  # seals the ledgers; must outlive SECRET_KEY
DEMO = env.bool("DEMO", default=True)
