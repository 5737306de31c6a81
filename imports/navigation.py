"""엑셀로 등록한 자료 stands under one's own name, for who may register anything."""

from django.utils.translation import gettext_lazy as _

from core.navigation import MenuItem
from imports.selectors import importable

ACCOUNT = MenuItem(
    "imports",
    _("엑셀로 등록한 자료"),
    "imports",
    permission=lambda user: bool(importable(user)),
    order=25,
)
