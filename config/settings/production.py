"""Production: everything from the environment, nothing assumed, HTTPS in front."""

from config.settings.base import *  # noqa: F403  settings modules build on each other by design
from config.settings.base import env

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
LEDGER_KEY = env.str("LEDGER_KEY", default="") or SECRET_KEY  # seals the ledgers; must outlive SECRET_KEY
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = env.bool("HTTPS", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000) if SECURE_SSL_REDIRECT else 0
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.str("REDIS_URL")}
}
