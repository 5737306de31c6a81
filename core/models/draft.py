"""What somebody has typed and not yet sent. Kept per user or bearer and form, so that nothing typed is lost."""

from django.conf import settings
from django.db import models

from core.models.passes import by_pass


class Draft(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    user_pass = by_pass(models.CASCADE)
    key = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_form"),
            models.UniqueConstraint(fields=["user_pass", "key"], name="one_draft_per_form_and_bearer"),
            models.CheckConstraint(
                condition=models.Q(user=None, user_pass__isnull=False)
                | models.Q(user__isnull=False, user_pass=None),
                name="draft_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.key
