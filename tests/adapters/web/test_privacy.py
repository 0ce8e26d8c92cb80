"""The data map as a page."""

from tests.adapters.web.support import House


async def test_the_map_is_shown_by_place_in_both_languages(house: House) -> None:
    async with house.client(Accept="text/html") as browser:
        danish = (await browser.get("/organisation/persondata")).text
        english = (await browser.get("/organisation/persondata?lang=en")).text
        organisation = (await browser.get("/organisation")).text
    assert "incident.reported.1: title" in danish
    assert "Hændelsens nøgle destrueres" in danish
    assert "The incident&#39;s key is destroyed" in english
    assert 'href="/organisation/persondata"' in organisation
