"""Addresses and hashes in a text: what an attacker could use, and what shows how the network is built."""

import re

_DETAILS = re.compile(
    r"""
      \b\d{1,3}(?:\[?\.\]?\d{1,3}){3}\b            # IPv4, also written 192[.]0[.]2[.]7
    | \b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}       # IPv6, most of it
    | \b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b        # MAC
    | \b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b  # SHA-256, SHA-1, MD5
    | \bhxxps?:
    | \w\[\.\]\w
    | \\\\[\w.-]+\\                                # \\server\share
    """,
    re.VERBOSE | re.IGNORECASE,
)


def has_network_details(text: str) -> bool:
    """Whether something in it looks like one. It may be wrong either way: it proposes, a person decides."""
    return _DETAILS.search(text) is not None
