"""Production: everything from the environment, nothing assumed, HTTPS in front."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403  settings modules build on each other by design
from config.settings.base import SILENCED_SYSTEM_CHECKS as SILENCED
from config.settings.base import env

SHORTEST, FEWEST = 50, 10  # letters of a key, and different ones: about what `token_urlsafe` gives


def _strong(name: str) -> str:
    """A key that nobody guesses: who has it makes sessions of anybody, or lines of a ledger."""
    key: str = env.str(name)
    if len(key) < SHORTEST or len(set(key)) < FEWEST or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"{name} is weak; make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return key


def _hosts() -> list[str]:
    """The names of this office; any name at all would put a stranger's address into mails and redirects."""
    hosts: list[str] = env.list("ALLOWED_HOSTS")
    if not hosts or "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts, not *")
    return hosts


DEBUG = False
SECRET_KEY = _strong("SECRET_KEY")
LEDGER_KEY = _strong("LEDGER_KEY")  # seals the ledgers; must outlive SECRET_KEY
ALLOWED_HOSTS = _hosts()
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
HTTPS = env.bool("HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if (
    HTTPS
):  # browsers take these only from this very host, encrypted: no neighbour under the same domain sets them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_REDIRECT_EXEMPT = [r"^healthz(/pages)?$"]
# Other names below the office's domain are not ours to bind, nor browsers' lists to enter.
SILENCED_SYSTEM_CHECKS = [*SILENCED, "security.W005", "security.W021"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000) if HTTPS else 0
WATCH_BACKUPS = env.bool(
    "WATCH_BACKUPS", default=True
)  # false where the office saves the database by means of its own
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.str("REDIS_URL")}
}
