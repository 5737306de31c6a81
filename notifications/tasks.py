"""Thin tasks over the outbox."""

from celery import shared_task

from notifications import outbox


@shared_task(name=outbox.SEND)
def send_mail() -> int:
    return outbox.send_all()
