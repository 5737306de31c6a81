"""Tests: quick hashing, a temporary data folder, one process more; the database is chosen by DATABASE_URL."""

import atexit
import os
import shutil
import tempfile

if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="changui-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings.base import *  # noqa: F403  the data folder must be chosen first
from config.settings.base import DATA_DIR, DATABASES, INSTALLED_APPS, STORAGES

DEBUG = False
INSTALLED_APPS = ["tests.throwaway", "tests.decided", "tests.questions", "tests.fairs", *INSTALLED_APPS]
ROOT_URLCONF = "tests.urls"
SECRET_KEY = LEDGER_KEY = "only-for-tests"  # noqa: S105  no secret
ALLOWED_HOSTS = ["*"]
# From the models: going through all migrations takes ten times as long (they agree: tests/test_migrations.py).
DATABASES["default"]["TEST"] = {"MIGRATE": False}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: real workers and threads share it.
    DATABASES["default"]["TEST"]["NAME"] = str(DATA_DIR / "test.sqlite3")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
