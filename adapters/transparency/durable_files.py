"""What makes a file's name durable."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Put a directory's entries on disk: else a power cut loses a file whose bytes are there. Windows cannot, and need not."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
