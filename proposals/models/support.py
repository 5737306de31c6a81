"""Support (공감) of a proposal: it sorts lists, and nothing else (P15)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from proposals.models.proposal import Proposal


class Support(models.Model):
    """Counted once for a browser, a member of staff, and for a network so many times a day. Nobody can be read from the
    marks: they are keyed hashes, and that of the network is another each day and goes when the day is over."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="support_marks", verbose_name=_("제안")
    )
    day = models.DateField(_("공감한 날"))
    browser = models.CharField(max_length=32)
    staff = models.CharField(max_length=32, blank=True)
    network = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("공감")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "browser"], name="one_support_a_browser"),
            models.UniqueConstraint(
                fields=["proposal", "staff"], condition=~models.Q(staff=""), name="one_support_a_colleague"
            ),
        ]
        indexes = [models.Index(fields=["proposal", "day"])]

    def __str__(self) -> str:
        return f"{self.proposal_id}"
