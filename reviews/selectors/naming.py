"""Departments as they are written in fields and in Excel."""

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.folding import fold
from core.now import today
from organization.models import Department


def names(text: str) -> list[str]:
    """What stands between commas or on lines of its own, each once however it is spelled."""
    parts = (part.strip() for part in text.replace("\n", ",").split(","))
    return list({fold(part): part for part in parts if part}.values())


class Departments:
    """The departments that can be asked for a review today, by name."""

    def __init__(self) -> None:
        self.by_name = {fold(d.name): d for d in Department.objects.open_on(today()).reviewing()}

    def read(self, text: str) -> list[Department]:
        """Rejected names those that there are not."""
        found = names(text)
        if unknown := [name for name in found if fold(name) not in self.by_name]:
            listed = ", ".join(f"‘{name}’" for name in unknown)
            raise Rejected(
                _("없는 부서입니다: %(names)s. 지금 쓰는 부서명을 정확히 입력해 주세요.") % {"names": listed}
            )
        return [self.by_name[fold(name)] for name in found]
