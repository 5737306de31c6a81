"""Small tables that make things happen once: counters, locks of duties, keys of what is done and of forms sent."""

from django.db import models

from core.now import now


class Counter(models.Model):
    """The last number given, per key (`benchmarking.case.2026`)."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key} {self.value}"


class DutyLock(models.Model):
    """Held while a duty of the schedule works, so that two schedulers take turns."""

    name = models.CharField(max_length=60, primary_key=True)
    last_run_at = models.DateTimeField(null=True)
    last_day = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Done(models.Model):
    """What has been done and must not be done again (a reminder of one deadline)."""

    key = models.CharField(max_length=160, primary_key=True)
    at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.key


class Sent(models.Model):
    """A form that was sent, by its one-time key, and where what it made stands."""

    key = models.CharField(max_length=64, primary_key=True)
    target = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=now, editable=False, db_index=True)

    def __str__(self) -> str:
        return self.target
