"""What a STIX object refers to: links, the infrastructure that it hits, and how far it may be passed on.

The Traffic Light Protocol, 1.0 and 2.0, has markings with fixed ids:
https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html#_yd3ar14ekwrs, and for 2.0 the OASIS common objects' definition.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from adapters.intake_formats.common import as_mapping, as_objects, as_text, as_texts, first_text

_COLOURS = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "white",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "green",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "amber",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "red",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "clear",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "green",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "amber",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "amber+strict",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "red",
}
_HITTING = {"impacts", "targets"}
_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"

Objects = list[Mapping[str, object]]


class Beside(NamedTuple):
    """What else stands in the bundle."""

    by_id: dict[str, Mapping[str, object]]
    hit: dict[str, list[str]]
    """The names of the infrastructure that each incident hits, by the relationships of the bundle."""


def look_beside(objects: Objects) -> Beside:
    """Look once through a bundle."""
    beside = Beside({as_text(each.get("id")): each for each in objects}, {})
    for each in objects:
        if each.get("type") == "relationship" and as_text(each.get("relationship_type")) in _HITTING:
            target = beside.by_id.get(as_text(each.get("target_ref")), {})
            if target.get("type") == "infrastructure":
                beside.hit.setdefault(as_text(each.get("source_ref")), []).append(first_text(target, "name"))
    return beside


def links_of(objects: Objects) -> Iterable[str]:
    """Give the addresses of the external references."""
    return (first_text(link, "url") for each in objects for link in as_objects(each.get("external_references")))


def tlp_of(marked: Objects, beside: Beside) -> list[str]:
    """Give `tlp:<colour>` of each marking on `marked`, each once."""
    refs = dict.fromkeys(ref for each in marked for ref in as_texts(each.get("object_marking_refs")))
    colours = (_COLOURS.get(ref) or _defined(beside.by_id.get(ref, {})) for ref in refs)
    return list(dict.fromkeys(f"tlp:{colour}" for colour in colours if colour))


def _defined(marking: Mapping[str, object]) -> str:
    """Read a marking that a server made itself: STIX 2.1's definition, the extension of TLP 2.0, or its name alone."""
    told = first_text(as_mapping(marking.get("definition")), "tlp") or first_text(
        as_mapping(as_mapping(marking.get("extensions")).get(_EXTENSION)), "tlp_2_0"
    )
    name = first_text(marking, "name").casefold()
    return told.casefold() or (name.removeprefix("tlp:").strip() if name.startswith("tlp:") else "")
