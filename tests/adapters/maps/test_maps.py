"""What is on a map, how it looks as SVG, what its table and its paper say."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from uuid import UUID
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from adapters.maps.content import OpenIncident
from adapters.maps.grouping import READABLE, SURVEYED
from adapters.maps.making import Map, NothingToDrawError, map_of, map_svg, svg_of
from adapters.maps.paper import _parts, map_pdf
from adapters.maps.scope import extent
from adapters.maps.table import rows_of
from adapters.reports.typesetting import Stamp
from domain.catalogue.classes import Effect, ServiceClass
from domain.catalogue.events import object_id
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Bond, Tie, Weight
from domain.signals import Severity
from tests.support.landscapes import SERVICE, TOP, grown
from tests.support.papers import text_of

STAMP = Stamp("Lærkeborg Kommune", 1234, datetime(2026, 11, 29, 12, tzinfo=UTC), demo=True)
SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = "7fc90c7e60d6adb8"
HOSTILE = '</text><script>alert("x")</script>&amp; <b>'


def hit(*names: str, reference: str = "H-2026-0042", severity: Severity = Severity.CRITICAL, **more: bool) -> OpenIncident:
    return OpenIncident(reference, severity, names, **more)


def chain(*, name: str = "Omsorgsjournal", retired: bool = False) -> Landscape:
    """A service on a system on one of two servers, with a plan, and a service beside that stands on the second server."""
    kinds = {"Hjemmepleje": Kind.SERVICE, name: Kind.SYSTEM, "srv-1": Kind.COMPONENT, "srv-2": Kind.COMPONENT}
    kinds |= {"Nødplan": Kind.PLAN, "Løn": Kind.SERVICE}
    nodes = [
        Node(
            object_id(kind, one),
            kind,
            one,
            retired=retired and one == name,
            service_class=ServiceClass.SOCIETY_CRITICAL if one == "Hjemmepleje" else None,
        )
        for one, kind in kinds.items()
    ]
    ids = {node.name: node.id for node in nodes}
    bonds = [
        (ids["Hjemmepleje"], Bond(Tie.DEPENDS_ON, ids[name], weight=Weight.DEGRADES)),
        (ids[name], Bond(Tie.DEPENDS_ON, ids["srv-1"], weight=Weight.STOPS)),
        (ids[name], Bond(Tie.DEPENDS_ON, ids["srv-2"], weight=Weight.STOPS, group="par")),
        (ids["Nødplan"], Bond(Tie.COVERS, ids["Hjemmepleje"])),
        (ids["Løn"], Bond(Tie.DEPENDS_ON, ids["srv-2"], weight=Weight.BOTHERS)),
    ]
    return Landscape(nodes, bonds)


HOME = object_id(Kind.SERVICE, "Hjemmepleje")
SERVER = object_id(Kind.COMPONENT, "srv-2")


def names(one: Map) -> list[str]:
    return [box.single.name if box.single else f"{len(box.members)} {box.kind}" for box in one.content.boxes]


def picture(svg: str) -> Element:
    found: Element = fromstring(svg)
    return found


def test_a_service_s_map_has_all_that_it_stands_on_and_its_plan_and_nothing_else() -> None:
    assert names(map_of(chain(), HOME, (), "da")) == ["Hjemmepleje", "Omsorgsjournal", "srv-1", "srv-2", "Nødplan"]


def test_a_component_s_map_has_all_that_stands_on_it() -> None:
    assert names(map_of(chain(), SERVER, (), "da")) == ["Hjemmepleje", "Løn", "Omsorgsjournal", "srv-2"]


def test_what_is_out_of_use_is_on_no_map_but_its_own() -> None:
    landscape, system = chain(retired=True), object_id(Kind.SYSTEM, "Omsorgsjournal")
    assert names(map_of(landscape, HOME, (), "da")) == ["Hjemmepleje", "Nødplan"]
    (row,) = [row for row in rows_of(map_of(landscape, system, (), "da")) if row.name == "Omsorgsjournal"]
    assert row.state == ("Ude af brug",)


def test_a_depth_cuts_the_map_and_says_where_it_goes_on() -> None:
    seen = extent(chain(), [HOME], 1)
    assert len(seen.objects) == 3
    assert seen.beyond == {object_id(Kind.SYSTEM, "Omsorgsjournal"): 2}
    cut = map_of(chain(), HOME, (), "da", depth=1)
    assert "+ 2 uden for kortet" in svg_of(cut)
    assert "ét led" in cut.notes[0]
    assert map_of(chain(), HOME, (), "da", depth=2).notes == ()


def test_an_open_incident_is_on_what_it_names_and_on_what_that_reaches() -> None:
    found = map_of(chain(), HOME, [hit("SRV-1.laerkeborg.dk")], "da")
    by_name = {box.single.name: box for box in found.content.boxes if box.single}
    assert [one.reference for one in by_name["srv-1"].hits] == ["H-2026-0042"]
    assert {name: box.reached for name, box in by_name.items() if box.reached} == {
        "srv-1": Effect.STOPPED,
        "Omsorgsjournal": Effect.STOPPED,
        "Hjemmepleje": Effect.DEGRADED,
    }
    texts = [one.text for one in picture(svg_of(found)).iter(f"{SVG}text")]
    assert "H-2026-0042 · Kritisk" in texts
    assert "Kan virke dårligere" in texts
    assert "1 åben hændelse rammer noget på kortet: H-2026-0042." in found.description


def test_what_is_hit_outside_the_map_and_reaches_it_is_told() -> None:
    found = map_of(chain(), HOME, [hit("srv-1")], "da", depth=1)
    assert found.content.troubled
    assert "Noget uden for kortet" in found.description
    assert "Noget uden for kortet" not in map_of(chain(), HOME, [hit("srv-1", "Løn")], "da").description


def test_an_exercise_is_marked_and_reaches_nothing() -> None:
    found = map_of(chain(), HOME, [hit("srv-1", exercise=True)], "da")
    assert not found.content.troubled
    assert "ØVELSE" in svg_of(found)


def test_nothing_open_and_what_the_catalogue_does_not_know_leave_the_map_as_it_is() -> None:
    assert svg_of(map_of(chain(), HOME, [hit("ukendt")], "da")) == svg_of(map_of(chain(), HOME, (), "da"))


def test_of_many_incidents_on_one_object_the_worst_are_shown_and_the_others_counted() -> None:
    many = [hit("srv-1", reference=f"H-2026-{n:04}", severity=Severity.LOW) for n in range(5)]
    worst = hit("srv-1", reference="H-2026-0099")
    texts = [one.text for one in picture(map_svg(chain(), HOME, [*many, worst], "da")).iter(f"{SVG}text")]
    assert [text for text in texts if text and "H-2026" in text] == ["H-2026-0099 · Kritisk", "H-2026-0000 · Lav"]
    assert "og 4 mere" in texts


@pytest.mark.parametrize("size", [20, 100, 400])
def test_the_same_landscape_gives_the_same_bytes_in_whatever_order_it_was_told(size: int) -> None:
    landscape = grown(size)
    told = [(source, bond) for source in landscape.nodes for bond in landscape.bonds(source)]
    again = Landscape(reversed(list(landscape.nodes.values())), told)
    assert map_svg(again, TOP, [hit("srv-omsorg 2")], "da") == map_svg(landscape, TOP, [hit("srv-omsorg 2")], "da")


def test_the_picture_is_the_one_that_was_agreed_on() -> None:
    """Whoever changes the layout looks at it, and then changes this hash."""
    svg = map_svg(chain(), HOME, [hit("srv-1")], "da")
    assert sha256(svg.encode()).hexdigest()[:16] == GOLDEN, "look at it: sporlog catalogue map"


def test_a_picture_tells_what_it_is_and_holds_no_scripts_styles_fonts_or_addresses() -> None:
    svg = map_svg(chain(), HOME, (), "da")
    root = picture(svg)
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("aria-labelledby") == title.get("id")
    assert title.text == "Kort over Hjemmepleje"
    assert "Tabellen fortæller det samme" in str(desc.text)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {"svg", "title", "desc", "rect", "path", "circle", "text", "g"}
    assert not re.search(r"style=|href|url\(|<!", svg)


def test_maps_on_one_page_share_no_ids() -> None:
    pictures = [map_svg(chain(), one, (), "da") for one in (None, HOME, SERVER)]
    ids = [found for svg in pictures for found in re.findall(r' id="([^"]+)"', svg)]
    assert len(ids) == len(set(ids)) == 6


def test_with_links_each_object_is_one_and_the_picture_a_group() -> None:
    root = picture(svg_of(map_of(chain(), HOME, (), "da"), href=lambda one: f"/katalog/{one}"))
    assert root.get("role") == "group"
    assert {one.get("href") for one in root.iter(f"{SVG}a")} == {
        f"/katalog/{box.single.id}" for box in map_of(chain(), HOME, (), "da").content.boxes if box.single
    }


@pytest.mark.parametrize("name", [HOSTILE, "\x00\x1b[31m", "a\u202eb", "😀" * 30, "x" * 200])
def test_a_name_is_text_and_nothing_else(name: str) -> None:
    landscape = chain(name=name)
    root = picture(map_svg(landscape, HOME, (), "da"))
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}b"))


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_name_gives_a_picture(name: str) -> None:
    picture(map_svg(chain(name=name), HOME, (), "da"))


def test_kind_class_and_weight_are_told_without_colour() -> None:
    svg = map_svg(chain(), HOME, [hit("srv-1")], "da")
    black = re.sub(r'fill="#[0-9a-f]{6}"', 'fill="none"', svg)
    root = picture(black)
    outlines = {one.get("d") for one in root.iter(f"{SVG}path") if one.get("stroke-width") in {"1.3", "3.2"}}
    assert len(outlines) > 5
    assert {one.get("stroke-dasharray") for one in root.iter(f"{SVG}path")} >= {None, "7 4", "10 3 2 3"}
    texts = {one.text for one in root.iter(f"{SVG}text")}
    assert {"Samfundskritisk", "System", "Komponent", "Nødplan", "stopper uden", "virker dårligere uden"} <= texts


def test_both_languages() -> None:
    svg = map_svg(chain(), HOME, [hit("srv-1", severity=Severity.HIGH)], "en")
    assert "Map of Hjemmepleje" in svg
    assert "May work less well" in svg
    assert "H-2026-0042 · High" in svg
    assert "Critical to society" in svg


@pytest.mark.parametrize("size", [400, 2000])
def test_more_than_can_be_read_is_gathered_and_nothing_is_lost(size: int) -> None:
    found = map_of(grown(size), TOP, [hit("srv-omsorg 2")], "da")
    assert len(found.extent.objects) > READABLE
    assert len(found.content.boxes) <= SURVEYED
    members = [node.id for box in found.content.boxes for node in box.members]
    assert sorted(members) == sorted(found.extent.objects)
    alone = {box.single.name for box in found.content.boxes if box.single}
    assert {SERVICE, "srv-omsorg 2"} <= alone
    assert any("flere end et kort kan vise" in note for note in found.notes)
    ties = sum(line.ties for line in found.content.lines)
    assert ties > len(found.content.lines)


def test_up_to_a_hundred_each_object_is_a_box_of_its_own() -> None:
    found = map_of(grown(95), TOP, (), "da")
    assert 80 < len(found.content.boxes) == len(found.extent.objects) <= READABLE


def test_all_services_critical_to_society_share_a_map() -> None:
    assert names(map_of(chain(), None, (), "da"))[0] == "Hjemmepleje"
    assert "Løn" not in names(map_of(chain(), None, (), "da"))
    with pytest.raises(NothingToDrawError):
        map_of(Landscape((), ()), None, (), "da")


def test_the_table_tells_the_same_as_the_picture() -> None:
    found = map_of(chain(), HOME, [hit("srv-1")], "da")
    rows = {row.name: row for row in rows_of(found)}
    assert list(rows) == ["Hjemmepleje", "Omsorgsjournal", "srv-2", "srv-1", "Nødplan"]
    assert rows["Hjemmepleje"].service_class == "Samfundskritisk"
    assert rows["Hjemmepleje"].ties == ("afhænger af Omsorgsjournal (virker dårligere uden)",)
    assert rows["Omsorgsjournal"].ties == (
        "afhænger af srv-1 (stopper uden)",
        "afhænger af srv-2 (stopper uden; én af flere er nok)",
    )
    assert rows["Omsorgsjournal"].state == ("Kan stoppe",)
    assert rows["srv-1"].state == ("H-2026-0042 · Kritisk",)
    assert rows["Nødplan"].ties == ("er nødplan for Hjemmepleje",)
    assert sum(len(row.ties) for row in rows.values()) == len(found.content.lines)


def test_a_grouped_table_names_every_object() -> None:
    found = map_of(grown(400), TOP, (), "da")
    told = {node.id for row in rows_of(found) for node in (row.members or (row.single,)) if node}
    assert told == set(found.extent.objects)


def test_the_paper_has_the_picture_and_its_table_is_accessible_and_always_the_same() -> None:
    found = map_of(chain(), HOME, [hit("srv-1")], "da")
    pdf = map_pdf(found, STAMP)
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 2
    assert pdf == map_pdf(found, STAMP)
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata.rdf_root.toxml()
    text = text_of(pdf)
    for said in ("Kort over Hjemmepleje", "DEMO", "H-2026-0042 · Kritisk", "afhænger af Omsorgsjournal", "position 1234"):
        assert said in text


A4, A3 = {595, 842}, {842, 1191}


@pytest.mark.parametrize(("landscape", "subject", "paper"), [(chain(), HOME, A4), (grown(20), TOP, A3), (grown(95), TOP, A3)])
def test_the_paper_is_as_large_as_it_takes_to_read_the_map(landscape: Landscape, subject: UUID, paper: set[int]) -> None:
    reader = PdfReader(BytesIO(map_pdf(map_of(landscape, subject, (), "da"), STAMP)))
    assert {round(side) for page in reader.pages for side in page.mediabox[2:]} == paper


def test_a_map_that_is_longer_than_a_page_goes_on_over_several_and_each_row_is_on_one_of_them() -> None:
    found = map_of(grown(95), TOP, (), "da")
    parts = list(_parts(found, 700, 90))
    assert len(parts) > 3
    assert [end for _, end in parts[:-1]] == [start for start, _ in parts[1:]]
    assert (parts[0][0], parts[-1][1]) == (0, found.size[1])
    for place in found.layout.places.values():
        assert sum(start < place.y + place.height and place.y < end for start, end in parts) == 1


def test_a_name_that_no_font_has_is_printed_by_its_code() -> None:
    assert "[U+1F600]" in text_of(map_pdf(map_of(chain(name="Omsorg 😀"), HOME, (), "da"), STAMP))
