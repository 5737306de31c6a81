"""Where a request comes from: said once, for every log and every lock."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings


def client_address(request: Any) -> str | None:
    """What the outermost of our own proxies (`PROXY_COUNT`) saw; what a browser writes before that proves nothing.
    None where that is no address."""
    hops = settings.PROXY_COUNT
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    # Fewer entries than proxies: not through all of them, so only the neighbour is certain.
    found = seen[-hops] if 0 < hops <= len(seen) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(found)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        # `%zone` names a card of this machine and does not fit the column.
        address = address.ipv4_mapped or IPv6Address(int(address))
    return str(address)


def network_of(address: str | None) -> str:
    """Whose tries are counted together: of IPv6 one connection has 2^64 addresses, all its own to choose from."""
    if address is None:
        return ""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def block_of(address: str | None) -> str:
    """As `network_of`, and of IPv4 the block of 256 beside it: whoever floods has a few."""
    return (
        str(ip_network(f"{address}/24", strict=False)) if address and "." in address else network_of(address)
    )
