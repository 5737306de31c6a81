"""Menu entry, entry under one's own name, side navigation."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.navigation import MenuItem, Side, SideItem, Text, register_account, register_menu, register_side
from core.permissions import can
from core.views.base import Request


def side(request: Request) -> Side:
    items = [SideItem(_("나의 마일리지"), reverse("mileage:statement"))]
    return Side(_("마일리지"), items)


def _item(key: str, label: Text, order: int) -> MenuItem:
    return MenuItem(
        key,
        label,
        "mileage:statement",
        permission=lambda user: can(user, "mileage.own"),
        order=order,
    )


register_menu(_item("mileage", gettext_lazy("마일리지"), 15))
register_account(_item("my_mileage", gettext_lazy("나의 마일리지"), 15))
register_side("mileage", side)
