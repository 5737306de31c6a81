"""엑셀로 등록한 자료 stands under one's own name, for who may register anything."""

from django.utils.translation import gettext_lazy as _

from core.navigation import MenuItem
from core.permissions import can
from imports.sockets import IMPORT_PAGES

ACCOUNT = MenuItem(
    "imports",
    _("엑셀로 등록한 자료"),
    "imports",
    permission=lambda user: any(can(user, page.permission) for page in IMPORT_PAGES),
    order=25,
)
