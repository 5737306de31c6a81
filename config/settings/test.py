"""Tests: quick hashing, a temporary data folder; the database is chosen by DATABASE_URL."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="changui-test-"))

from config.settings.base import *  # noqa: E402, F403  the data folder must be chosen first
from config.settings.base import STORAGES  # noqa: E402

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
