"""Settings common to every place the system runs in. What differs comes from the environment."""

import os
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
# Personal data and keys: every file that any of our processes makes is its own from the first byte.
os.umask(0o077)
DATA_DIR.mkdir(parents=True, exist_ok=True)
if (_kept := DATA_DIR.stat()).st_uid == os.geteuid() and _kept.st_mode & 0o077 and not _kept.st_mode & 0o1000:
    DATA_DIR.chmod(0o700)  # made by an earlier version; a folder that is everybody's (/tmp) stays so

OFFICE_REGION = env.str(
    "OFFICE_REGION", default="서울특별시"
)  # of travel costs: 경기도 수원시 outside a metropolis
OFFICE_NAME = env.str("OFFICE_NAME", default="한빛구청")
SYSTEM_NAME = "창의구정"
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
DEMO = env.bool("DEMO", default=False)
KRDS_MASTHEAD = env.bool("KRDS_MASTHEAD", default=False)  # only a real government site may claim it

INSTALLED_APPS = [
    "demo",
    "profiles",
    "reports",
    "incentives",
    "visits",
    "benchmarking",
    "clubs",
    "contests",
    "knowledge",
    "proposals",
    "reviews",
    "evaluations",
    "meetings",
    "mileage",
    "awards",
    "budgets",
    "imports",
    "leaks",
    "calendars",
    "letters",
    "notifications",
    "organization",
    "policies",
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # the form templates, so that ours may stand before them
    "auditlog",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "post_office",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.TextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organization.middleware.IdleSessionMiddleware",
    "core.middleware.LoginRequiredMiddleware",
    "organization.middleware.PasswordChangeRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.LogMiddleware",
    "core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "organization.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.texts",
                "core.templatetags.ui",
                "core.templatetags.fields",
                "core.templatetags.listing",
            ],
        },
    },
]
FORM_RENDERER = "core.drawing.Renderer"

# Indexes that carry further columns are PostgreSQL's; on SQLite they are plain ones.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
SQLITE_OPTIONS = {
    # IMMEDIATE: a deferred writer that must upgrade its lock fails at once; this one waits its turn.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'changui.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Not behind a pooler that gives each transaction another connection (docs/operations.md).
PREPARE_STATEMENTS = env.bool("PREPARE_STATEMENTS", default=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "organization.backends.Backend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("employee_number", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 9}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "organization.passwords.KoreanPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PROXY_COUNT = env.int(
    "PROXY_COUNT", default=0
)  # our own reverse proxies, one behind the other (core.addresses)
OTP_TOTP_ISSUER = SYSTEM_NAME
SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24  # at most; policies end them earlier (organization.middleware)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("한국어")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static", *([p] if (p := BASE_DIR / "build" / "static").exists() else [])]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "attachments",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {  # nothing secret, and in the image made by another user than reads them
        "BACKEND": "core.static.Storage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
MEDIA_URL = "/never-served-directly/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CRISPY_ALLOWED_TEMPLATE_PACKS = ["krds"]
CRISPY_TEMPLATE_PACK = "krds"
CRISPY_FAIL_SILENTLY = False
CRISPY_CLASS_CONVERTERS = dict.fromkeys(
    (
        "textinput textarea select dateinput fileinput clearablefileinput checkboxinput radioselect emailinput "
        "numberinput passwordinput selectmultiple checkboxselectmultiple"
    ).split(),
    "",
)

# Mail: rows in the outbox, sent by a worker. Without EMAIL_URL the mail stays in the outbox page.
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
MAIL_DELIVERY = bool(EMAIL_URL)
EMAIL_BACKEND = "post_office.EmailBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="changui@hanbit.example")
POST_OFFICE = {
    "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    "DEFAULT_PRIORITY": "medium",
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": env.str("MAIL_DOMAIN", default="hanbit.example"),
    "MAX_RETRIES": 8,
    "LOG_LEVEL": 2,
}
# How letters to people without an account go (letters.channels).
LETTER_CHANNELS = {
    "mail": "letters.channels.Mailed",
    "text": env.str("LETTER_TEXT_CHANNEL", default="letters.channels.Kept"),
    "post": "letters.channels.Printed",
}

# Background work: the row in the database is the truth, the broker only wakes a worker (docs/adr).
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
if CELERY_BROKER_URL.startswith("filesystem"):
    QUEUE_DIR = DATA_DIR / "queue"
    QUEUE_DIR.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.1,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_throttle": 1,
        "unacked_restore_interval": 5,
    }
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=60)
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=120)

WATCH_BACKUPS = False  # where nothing is kept for good nobody misses one
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
AUDITLOG_DISABLE_REMOTE_ADDR = False
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
