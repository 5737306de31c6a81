"""Who may do what with an intake: whoever has begun it, as far as the kind allows them (IMPORT_PAGES)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.permissions import NOBODY, permit


@predicate
def began_it(user: Any, intake: Any) -> bool:
    return intake is not None and intake.person_id == user.pk


permit("imports.own", began_it, _("파일을 올린 사람이 할 수 있습니다."), personal=True, reveals=NOBODY)
