"""Picking services of the catalogue in a form: several inputs of one name, each with the services as suggestions."""

from collections.abc import Iterable, Mapping

from adapters.catalogue.words import CLASSES
from adapters.web.forms import PICKED, Option
from adapters.web.parts import WebParts
from adapters.words.wording import Language
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape
from domain.errors import UnavailableError


def services_offered(parts: WebParts, language: Language) -> tuple[Option, ...]:
    """The services in use, the most critical first, with their class; none for whoever may not read the whole catalogue."""
    services = landscape_if_any(parts).of_kind(Kind.SERVICE) if parts.desk.scope is None else []
    order = [*ServiceClass, None]
    return tuple(
        Option(one.name, f"{one.name} ({CLASSES[one.service_class].to(language).lower()})" if one.service_class else one.name)
        for one in sorted(services, key=lambda one: order.index(one.service_class))
    )


def landscape_if_any(parts: WebParts) -> Landscape:
    """The landscape; an empty one while it cannot be read: reporting must not wait for it."""
    try:
        return parts.landscape()
    except UnavailableError:
        return Landscape((), ())


def with_several(sent: Mapping[str, str], lists: Mapping[str, list[str]]) -> dict[str, str]:
    """What was sent, with all that was sent under the names that are picked, a line each: as the form shows it again."""
    return {**sent, **{name: "\n".join(lists[name]) for name in PICKED if name in lists}}


def as_lists(sent: Mapping[str, str], seen: Landscape) -> dict[str, object]:
    """What was sent, as the step takes it: commas part names, but not within one that the catalogue knows."""
    return {name: list(_names(told.split("\n"), seen)) if name in PICKED else told for name, told in sent.items()}


def _names(told: Iterable[str], seen: Landscape) -> Iterable[str]:
    for line in told:
        if seen.named(line):
            yield line
        else:
            yield from (part.strip() for part in line.split(",") if part.strip())
