"""The address on the internet that somebody comes from, as far as it tells one home from another."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

_IPV6_HOME: Final = 64  # bits: what one connection is given (RFC 6177)


def home_at(host: str) -> str:
    """The address itself, of IPv6 its first half; "" for one that says nothing.

    That is an address of our own network: then it is a proxy's, which did not pass on for whom it asks.
    """
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    if not address.is_global:
        return ""
    return str(IPv6Network((address, _IPV6_HOME), strict=False)) if isinstance(address, IPv6Address) else str(address)
