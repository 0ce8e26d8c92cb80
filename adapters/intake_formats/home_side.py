"""Which addresses are one's own: those that no public network routes (RFC 1918, RFC 4193) or that stay on a link."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

_HOME = tuple(
    ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)


def home_of(addresses: Iterable[str]) -> list[str]:
    """Give those that are one's own, in the order given; what is no address is not."""
    return [address for address in addresses if _is_home(address)]


def _is_home(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in _HOME)
