"""A knock on a worker's door. The work itself stands in the database: a knock that is lost costs a wait."""

import logging
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError as BrokerError

log = logging.getLogger(__name__)


def wake(task: str, *args: Any) -> None:
    """By the task's name, so that what a task calls may wake it. If the broker is away, the sweep finds the work."""
    try:
        current_app.send_task(task, args, ignore_result=True)
    except (BrokerError, OSError):
        log.warning("broker unreachable, %s waits for the sweep", task)
