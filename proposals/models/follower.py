"""Who is told by mail what becomes of somebody's proposal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.now import now
from proposals.models.proposal import Proposal


class Follower(models.Model):
    """An address, confirmed by a link that went there. It goes when the person stops or nothing more will come.
    `told`: the last entry of the log that was written of."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="followers", verbose_name=_("제안"))
    email = models.EmailField(_("전자우편"), blank=True)
    asked_at = models.DateTimeField(default=now, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    told = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("소식을 받는 사람")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "email"], condition=~models.Q(email=""), name="one_follower_an_address"
            )
        ]
        indexes = [models.Index(fields=["ended_on", "confirmed_at"])]

    def __str__(self) -> str:
        return self.proposal.code

    def get_absolute_url(self) -> str:
        return self.proposal.get_absolute_url()
