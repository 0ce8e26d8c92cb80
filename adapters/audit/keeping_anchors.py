"""The anchors' part of a running Sporlog, beside whoever keeps the ledger."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from adapters import main
from adapters.process import background, every
from adapters.settings import Settings
from handlers.anchoring import Anchoring, Checkpointed
from handlers.checkpoints import Checkpoints

LOOK_S = 10.0
"""How often it is looked whether an anchor is due."""


@asynccontextmanager
async def keeping_anchors(settings: Settings, checkpoints: Checkpoints) -> AsyncIterator[None]:
    """Give the newest checkpoint to those outside, as often as is configured, until the block is left.

    Raises `SettingError` at once for certificates that cannot be used.
    """
    anchors = main.make_anchors(settings)

    def newest() -> Checkpointed | None:
        signed = checkpoints.latest()
        return None if signed is None else Checkpointed(signed.size, signed.note.encode())

    async with background(
        "anchors", partial(every, LOOK_S, Anchoring(newest, anchors, settings.anchors.every, main.utc_now).look)
    ):
        yield
