"""The doctor's look at the emergency packs: whether there is a fresh one, and what it lacks."""

from collections.abc import Iterator
from datetime import UTC, datetime

from adapters.cli.findings import Finding, error, good, warning
from adapters.cli.language import say, show_time
from adapters.settings import Settings
from domain.pack import PackProblem


def check_pack(settings: Settings) -> Iterator[Finding]:
    """The drive, the newest pack, its recipients. None configured is only a remark. Raises `RecipientError`."""
    if settings.pack.folder is None:
        yield good("pack", say("nødpakken er ikke sat op (SPORLOG_PACK_DIR)", "no emergency pack is set up (SPORLOG_PACK_DIR)"))
        return
    from adapters.pack.sealing import recipients_of
    from adapters.pack.shelf import Shelf

    recipients_of(settings.pack.recipients)
    state = Shelf(settings.pack.folder).state(datetime.now(UTC))
    if state.problem is PackProblem.DRIVE_MISSING:
        told = say(f"{state.folder} er der ikke", f"{state.folder} is not there")
        yield error("pack", told, say("sæt drevet i, eller lav mappen på det", "mount the drive, or make the folder on it"))
        return
    if state.newest is None:
        yield warning("pack", say("der er ingen hel nødpakke", "there is no whole emergency pack"), "sporlog pack")
        return
    manifest = state.newest.manifest
    told = f"{state.newest.folder}: {show_time(manifest.made_at)}, position {manifest.position}"
    if state.problem is PackProblem.TOO_OLD:
        advice = say(
            "se i loggen, hvorfor der ikke er en nyere; sporlog pack", "see in the log why none is newer; sporlog pack"
        )
        yield error("pack", told, advice)
    elif manifest.lacking:
        lacking = "; ".join(manifest.lacking)
        yield warning("pack", f"{told}. {lacking}", say("ret det; den næste pakke har det med", "mend that for the next pack"))
    else:
        yield good("pack", told)
