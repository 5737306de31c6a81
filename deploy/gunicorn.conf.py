"""gunicorn: WSGI processes with a few threads each; WEB_CONCURRENCY sets the number of processes."""

import gc
import os
from typing import Any

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"


def when_ready(server: Any) -> None:
    """What is loaded stays: looking through it again and again for waste took a fifth of each page."""
    gc.collect()
    gc.freeze()
