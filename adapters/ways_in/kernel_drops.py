"""What Linux dropped of a UDP socket's before anybody could read it: the column `drops` of /proc/net/udp.

       sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
    1234: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 34218 2 000000005bd4 17

https://docs.kernel.org/networking/proc_net_tcp.html tells the columns that TCP has too. Other systems do not tell.
"""

import os
from pathlib import Path

TABLES = (Path("/proc/net/udp"), Path("/proc/net/udp6"))
INODE, DROPS = 9, 12


class KernelDrops:
    """Counts for one socket, from when it was made."""

    def __init__(self, fileno: int) -> None:
        self._inode = str(os.fstat(fileno).st_ino)
        self._told = 0

    def new(self) -> int:
        """Datagrams that were dropped since this was asked last; 0 where the system does not tell. Reads a file."""
        before, self._told = self._told, max(self._told, self._drops())
        return self._told - before

    def _drops(self) -> int:
        for table in TABLES:
            try:
                lines = table.read_text("ascii").splitlines()[1:]
            except OSError:
                continue  # no Linux, or no IPv6
            for columns in map(str.split, lines):
                if columns[INODE] == self._inode:
                    return int(columns[DROPS])
        return 0
