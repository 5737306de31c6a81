"""Words of what readers do with a post (K2, K5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OpinionState(models.TextChoices):
    STANDING = "standing", _("게시")
    WITHDRAWN = "withdrawn", _("거둠")
    HIDDEN = "hidden", _("숨김")
