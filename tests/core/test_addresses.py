"""Where requests come from: one answer for logs and locks, through the proxy that is shipped (D3, D4)."""

import re
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client, RequestFactory

from core.addresses import client_address, network_of
from core.models import AccessLog
from organization.enums import Role
from tests import factories as make
from tests.services import ROOT


def through_proxy(peer: str, header: str = "") -> dict[str, str]:
    """What the application gets when `peer` asks the shipped nginx: its own line says what becomes of the header."""
    conf = (ROOT / "deploy" / "nginx.sh").read_text(encoding="utf-8")
    value = re.search(r"proxy_set_header X-Forwarded-For \\(\S+);", conf)
    assert value
    sent = {"$remote_addr": peer, "$proxy_add_x_forwarded_for": f"{header}, {peer}" if header else peer}
    return {"HTTP_X_FORWARDED_FOR": sent[value[1]], "REMOTE_ADDR": "172.18.0.5"}


@pytest.mark.parametrize(
    ("hops", "meta", "address"),
    [
        (1, through_proxy("203.0.113.7"), "203.0.113.7"),
        (1, through_proxy("203.0.113.7", "10.0.0.1"), "203.0.113.7"),  # what a browser wrote is not believed
        (1, through_proxy("203.0.113.7", "<script>, 10.0.0.1"), "203.0.113.7"),
        (
            2,
            through_proxy("10.1.1.1", "9.9.9.9, 203.0.113.7"),
            "203.0.113.7",
        ),  # the office's gateway in front
        (0, through_proxy("203.0.113.7"), "172.18.0.5"),
        (2, through_proxy("10.1.1.1"), "172.18.0.5"),  # past the gateway
        (1, through_proxy("2001:db8::1%eth0"), "2001:db8::1"),
        (1, through_proxy("::ffff:203.0.113.7"), "203.0.113.7"),
        (1, through_proxy("unix:"), None),
        (0, {"REMOTE_ADDR": ""}, None),
    ],
)
def test_d3_the_address_is_what_our_outermost_proxy_saw(
    settings: Any, hops: int, meta: dict[str, str], address: str | None
) -> None:
    settings.PROXY_COUNT = hops
    assert client_address(RequestFactory().get("/", **meta)) == address


def test_d4_one_connection_is_one_network() -> None:
    assert network_of("2001:db8:1:2:3::9") == network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert network_of("203.0.113.7") == "203.0.113.7"
    assert network_of(None) == ""


@pytest.mark.django_db
def test_d3_the_logs_say_the_same_address(client: Client, settings: Any) -> None:
    settings.PROXY_COUNT = 1
    admin, other = make.UserFactory(roles=[Role.ADMINISTRATOR]), make.UserFactory(is_active=False)
    client.force_login(admin)
    meta: Any = through_proxy("203.0.113.7", "10.0.0.1")
    client.get(other.get_absolute_url(), **meta)
    client.post(f"/manage/staff/{other.pk}/enable/", **meta)
    looks = set(AccessLog.objects.values_list("address", flat=True))
    changes = set(LogEntry.objects.filter(actor=admin).values_list("remote_addr", flat=True))
    assert looks == changes == {"203.0.113.7"}


@pytest.mark.django_db
def test_d3_pages_past_the_gate_stay_in_no_browser(client: Client) -> None:
    assert (
        client.get("/me/").headers["Cache-Control"] == "private, no-store"
    )  # sent to the log-in, just as well
    client.force_login(make.UserFactory())
    page = client.get("/me/")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "camera=()" in page.headers["Permissions-Policy"]
    assert "no-store" not in client.get("/healthz/pages").headers.get("Cache-Control", "")
