"""Whether a result hangs on one sheet or one judge, as it was reckoned (E8)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Job
from evaluations.models.round import Division
from evaluations.models.stage import Stage


class Stability(models.Model):
    """One division by the sheets of one stage, reckoned once for the sheets as they are: gone when results are
    reckoned anew. `found` is empty until then; `job` is at it, where there are many."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="+", verbose_name=_("심사 단계"))
    division = models.ForeignKey(Division, models.CASCADE, related_name="+", verbose_name=_("부문"))
    job: Any = models.ForeignKey(
        Job, models.SET_NULL, null=True, related_name="+", verbose_name=_("계산 작업")
    )
    found = models.JSONField(_("계산한 것"), null=True)

    class Meta:
        verbose_name = _("결과가 흔들리는지 본 것")
        ordering = ["stage", "division"]
        constraints = [models.UniqueConstraint(fields=["stage", "division"], name="one_look_at_a_division")]

    def __str__(self) -> str:
        return f"{self.stage.title} · {self.division}"
