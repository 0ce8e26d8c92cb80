"""The bundle's own page, opened from the disk in a browser without network: of a bundle, and of a changed one."""

from collections.abc import AsyncIterator
from pathlib import Path
from zipfile import ZipFile

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from adapters.event_store.application import EventStore
from adapters.words.wording import Language
from domain.merkle import consistency_proof, leaf_hash, root
from handlers.exporting import Wanted
from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_accessibility import axe, violations
from tests.support.bundles import (
    a_log_with_a_catalogue,
    anchored,
    bundle_of,
    files_of,
    flipped,
    forgeries,
    packed,
    with_evidence,
)
from tests.support.stores import Place
from tests.support.time_stamping import Authority

__all__ = ["axe"]
pytestmark = pytest.mark.browser
OWN_CODE_ONLY = "Object.defineProperty(globalThis.crypto, 'subtle', {value: undefined})"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("logged")
    store: EventStore = Place(str(folder / "events.db"), folder / "keyring").open()
    with_evidence(store)
    anchored(store, Authority(folder), 7)
    made = bundle_of(store, Wanted("H-2026-0042"), with_keys=True)
    store.close()
    return made


@pytest.fixture
def zipped(bundle: bytes, tmp_path: Path) -> Path:
    (tmp_path / "bundt.zip").write_bytes(bundle)
    with ZipFile(tmp_path / "bundt.zip") as archive:
        archive.extractall(tmp_path / "udpakket")
    return tmp_path / "bundt.zip"


@pytest_asyncio.fixture(params=["da", "en"], loop_scope="session")
async def page(request: pytest.FixtureRequest, zipped: Path, browser: Browser) -> AsyncIterator[Page]:
    """index.html of the unpacked bundle, at file://, offline; whatever it asks of a network fails the test."""
    locale = {"da": "da-DK", "en": "en-GB"}[request.param]
    context = await browser.new_context(locale=locale, offline=True, viewport={"width": 360, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    opened, asked, failed = await context.new_page(), list[str](), list[str]()
    opened.on("request", lambda one: asked.append(one.url))
    opened.on("pageerror", lambda one: failed.append(str(one)))
    await opened.goto((zipped.parent / "udpakket" / "index.html").as_uri())
    await read_in(request.param, opened)
    yield opened
    assert [url for url in asked if not url.endswith("/udpakket/index.html") and "/timelines/" not in url] == []
    assert failed == []
    await context.close()


def written(content: bytes, to: Path) -> Path:
    to.write_bytes(content)
    return to


async def told(page: Page, bundle: Path) -> tuple[str, list[str]]:
    """The verdict, and what was found."""
    # Emptied first, so that the last bundle's verdict is not taken for this one's.
    await page.evaluate("document.getElementById('verdict').className = ''")
    await page.set_input_files("#zip" if bundle.suffix else "#folder", bundle)
    await page.locator("#verdict.good, #verdict.bad").wait_for()
    return await page.inner_text("#verdict"), await page.locator("#findings li").all_inner_texts()


async def read_in(language: str, page: Page) -> None:
    """The page begins in Danish whatever the browser prefers; its button changes that."""
    assert await language_of(page) == "da"
    if language == "en":
        await page.click("#language")


async def language_of(page: Page) -> Language:
    return "en" if await page.get_attribute("html", "lang") == "en" else "da"


async def test_a_bundle_verifies_as_a_zip_and_as_a_folder_and_its_course_is_told(page: Page, zipped: Path) -> None:
    english = await language_of(page) == "en"
    for given in (zipped, zipped.parent / "udpakket"):
        verdict, found = await told(page, given)
        assert verdict == (
            "Nothing was changed in what was checked." if english else "Intet er ændret i det, der er kontrolleret."
        )
        assert any("log.laerkeborg.example/haendelser+" in one for one in found)
        outside = "✓ anchors/7.checkpoint: up to position 7 the log is" if english else "✓ anchors/7.checkpoint: loggen er"
        assert any(one.startswith(outside) for one in found)
        noted = (
            "Note anchors/7.tsr: its signature is NOT" if english else "Bemærk anchors/7.tsr: udstederens underskrift er IKKE"
        )
        assert any(one.startswith(noted) for one in found)
        assert any(("texts: 3 proven" if english else "tekster: 3 bevist") in one for one in found)
        rows = await page.locator("#events tr").all_inner_texts()
        assert len(rows) == 6
        assert ("H-2026-0042: Incident reported" if english else "H-2026-0042: Hændelse registreret") in rows[1]
        assert "Sagssystemet svarer ikke" in rows[1]
        assert ("Unchanged" if english else "Uændret") in rows[1]


async def test_the_reader_changes_the_language(page: Page, zipped: Path) -> None:
    await told(page, zipped)
    before = await language_of(page)
    await page.click("#language")
    assert {before, await language_of(page)} == {"da", "en"}
    other = {"da": "Nothing was changed in what was checked.", "en": "Intet er ændret i det, der er kontrolleret."}[before]
    assert await page.inner_text("#verdict") == other


@pytest.mark.parametrize("page", ["da"], indirect=True)
async def test_one_changed_byte_of_any_file_is_named(page: Page, bundle: bytes, tmp_path: Path) -> None:
    for name, content in files_of(bundle).items():
        verdict, found = await told(page, written(bundle.replace(content, flipped(content)), tmp_path / "changed.zip"))
        assert verdict.startswith("Ikke gyldigt: "), name
        expected = "manifest.json" if name == "manifest.sha256" else name
        assert [one for one in found if one.startswith(f"Fejl {expected}: ")], (name, found)


@pytest.mark.parametrize("page", ["en"], indirect=True)
async def test_a_forger_who_mends_the_manifest_is_named_all_the_same(page: Page, bundle: bytes, zipped: Path) -> None:
    for what, (files, named) in forgeries(files_of(bundle)).items():
        verdict, found = await told(page, packed(files, zipped.parent / "forged.zip"))
        assert verdict.startswith("Not valid: "), what
        assert [one for one in found if one.startswith(f"Error {named}")], (what, found)
    files, _ = forgeries(files_of(bundle))["a field"]
    await told(page, packed(files, zipped.parent / "forged.zip"))
    rows = await page.locator("#events tr").all_inner_texts()
    assert [row for row in rows if "Error: is not the one that was logged" in row]


@pytest.mark.parametrize("page", ["en"], indirect=True)
async def test_a_browser_without_web_crypto_checks_with_the_pages_own_code(page: Page, bundle: bytes, zipped: Path) -> None:
    await page.add_init_script(OWN_CODE_ONLY)
    await page.reload()
    await read_in("en", page)
    verdict, found = await told(page, zipped)
    assert verdict == "Nothing was changed in what was checked."
    assert any("signed with" in one for one in found)
    assert any("0 proven, 3 by the municipality" in one for one in found)
    files = files_of(bundle)
    note = files["checkpoint.txt"]
    forged = packed({**files, "checkpoint.txt": note[:-10] + b"AAAAAAA==\n"}, zipped.parent / "forged.zip")
    assert [one for one in (await told(page, forged))[1] if "the signature of" in one and "is wrong" in one]


@pytest.mark.parametrize("page", ["en"], indirect=True)
async def test_the_pages_own_hashes_are_the_browsers(page: Page) -> None:
    for length in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 5000):
        same = await page.evaluate(
            """async (length) => {
                const bytes = Uint8Array.from({length}, (_, i) => i * 7), cut = Math.floor(length / 3);
                const theirs = async (name) => hex(new Uint8Array(await crypto.subtle.digest(name, bytes)));
                const ours = hex(new Sha256().update(bytes.slice(0, cut)).update(bytes.slice(cut)).digest());
                return [ours === await theirs("SHA-256"), hex(sha512(bytes)) === await theirs("SHA-512")];
            }""",
            length,
        )
        assert same == [True, True], length


@pytest.mark.parametrize("page", ["da"], indirect=True)
async def test_a_bundle_that_nobody_outside_vouches_for_and_one_of_the_newest_anchor(page: Page, tmp_path: Path) -> None:
    store: EventStore = Place(str(tmp_path / "events.db"), tmp_path / "keyring").open()
    with_evidence(store)
    _, found = await told(page, written(bundle_of(store, Wanted("H-2026-0042")), tmp_path / "none.zip"))
    assert "Bemærk anchors: intet uden for kommunen står inde for loggen endnu" in found
    anchored(store, Authority(tmp_path), 11)
    verdict, found = await told(page, written(bundle_of(store, Wanted("H-2026-0042")), tmp_path / "newest.zip"))
    store.close()
    assert verdict == "Intet er ændret i det, der er kontrolleret."
    assert "✓ anchors/11.checkpoint: loggen er til og med plads 11 den, andre fik" in found


@pytest.mark.parametrize("page", ["da"], indirect=True)
async def test_a_bundle_with_objects_of_the_catalogue_verifies(page: Page, tmp_path: Path) -> None:
    store: EventStore = Place(str(tmp_path / "events.db"), tmp_path / "keyring").open()
    a_log_with_a_catalogue(store)
    made = bundle_of(store, Wanted("H-2026-0044"), with_keys=True)
    store.close()
    assert b"catalogue.registered.1" in files_of(made)["events.ndjson"]
    verdict, found = await told(page, written(made, tmp_path / "catalogue.zip"))
    assert verdict == "Intet er ændret i det, der er kontrolleret.", found


@pytest.mark.parametrize("page", ["da"], indirect=True)
async def test_its_consistency_proofs_are_those_of_the_ledger_and_no_other_passes(page: Page) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(20)]
    roots = [root(leaves[:size]).hex() for size in range(21)]
    sizes = [(size1, size2) for size2 in range(1, 21) for size1 in range(1, size2 + 1)]
    told = [(*both, "".join(f"{n.hex()}\n" for n in consistency_proof(leaves[: both[1]], both[0]))) for both in sizes]
    answers = await page.evaluate(
        """([told, roots]) => told.map(([size1, size2, proof]) => {
            const first = {size: size1, root: unhex(roots[size1])}, second = {size: size2, root: unhex(roots[size2])};
            const other = {root: new Uint8Array(32)}, more = "00".repeat(32) + "\\n";
            const show = (a, b, lines) => begins(a, b, utf8.encode(lines));
            return [
                show(first, second, proof), show({...first, ...other}, second, proof),
                show(first, {...second, ...other}, proof),
                show(first, second, proof + more), show(first, second, proof + "\\n"),
                proof !== "" && show(first, second, proof.slice(65)),
            ];
        })""",
        [told, roots],
    )
    assert answers == [[True, False, False, False, False, False]] * len(sizes)


@pytest.mark.parametrize("page", ["da"], indirect=True)
async def test_what_is_no_bundle_is_said_to_be_none(page: Page, tmp_path: Path) -> None:
    verdict, _ = await told(page, written(b"not a zip", tmp_path / "x.zip"))
    assert verdict == "Filen kan ikke læses som et bundt: x.zip"


async def test_axe_finds_nothing_before_and_after(page: Page, bundle: bytes, zipped: Path, axe: str) -> None:
    assert await violations(page, axe) == []
    await told(page, zipped)
    assert await violations(page, axe) == []
    files = files_of(bundle)
    await told(page, packed(forgeries(files)["a field"][0], zipped.parent / "forged.zip"))
    assert await violations(page, axe) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    for language in ("da", "en"):
        await page.goto((zipped.parent / "udpakket" / "timelines" / f"H-2026-0042.{language}.html").as_uri())
        assert await violations(page, axe) == []
