"""Celery: the whole beat schedule in one place. Ticks only wake; what is due stands in the database."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

SWEEP_SECONDS = float(os.environ.get("SWEEP_SECONDS", "15"))  # what a lost knock on a worker's door costs

TRANSPORT_ALIASES["filesystem"] = (
    "core.broker:Transport"  # in place of kombu's, which a worker may read half written
)

app = Celery("changui")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "run-due": {"task": "core.tasks.run_due", "schedule": 600.0},
    "sweep-jobs": {"task": "core.tasks.sweep_jobs", "schedule": SWEEP_SECONDS},
    "send-mail": {"task": "notifications.tasks.send_mail", "schedule": 2 * SWEEP_SECONDS},
}
