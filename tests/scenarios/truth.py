"""What must hold after every scenario: replay, register and rebuild tell the same story as the log."""

from adapters.read_models.engines import open_memory
from handlers.rebuild import rebuild, verify
from tests.scenarios.story import Story
from tests.support.logs import PROJECTIONS, dump

SHARED = (
    *("ref", "status", "kind", "severity", "nis2_category", "significant", "approved", "detected_at", "aware_at"),
    *("handled_at", "services", "components", "next_deadline", "version", "recorded_at", "occurred_at"),
)
"""What the register and the incident itself both tell."""


async def holds_together(story: Story) -> None:
    """Every incident that the register knows can be replayed event by event, and every read model can be made again."""
    listed = (await story.api.get("/api/v1/incidents")).json()
    assert listed
    for row in listed:
        await _replays(await story.speaking_of(row["ref"]), row)
    _rebuilds(story)


async def _replays(story: Story, row: dict[str, object]) -> None:
    events = await story.events()
    assert [one["version"] for one in events] == list(range(1, len(events) + 1))
    for one in events:
        then = await story.incident(position=one["position"])
        assert (then["version"], then["position"]) == (one["version"], one["position"])
    now = await story.incident()
    assert now == await story.incident(position=events[-1]["position"])
    assert {name: row[name] for name in SHARED} == {name: now[name] for name in SHARED}


def _rebuilds(story: Story) -> None:
    log, record = story.house.store.recorder, story.house.store.mapper.record
    for make in PROJECTIONS:
        projection, database = make(), story.house.read[make.name]
        live = dump(projection, database)
        assert verify(projection, database, log, record, open_memory).difference is None
        assert rebuild(projection, database, log, record).rejected == []
        assert dump(projection, database) == live
