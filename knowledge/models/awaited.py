"""Files of posts of an older board that are still to be brought (N1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from basis.folding import fold
from knowledge.models.post import Post


class Awaited(models.Model):
    """The workbook names the file; who brings it is shown to which post it goes. `key`: the name folded."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="awaited", verbose_name=_("지식"))
    name = models.CharField(_("파일 이름"), max_length=200)
    key = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = _("기다리는 첨부 파일")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "key"], name="a_file_awaited_once")]
        indexes = [models.Index(fields=["key"], name="awaited_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # as Django has them
