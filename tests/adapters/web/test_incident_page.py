"""The incident's page for somebody who never saw it: what to do now on top, both tracks, the steps in their phases."""

import re
from functools import partial

from domain.organisation.events import PolicySet
from domain.policy import Policy
from handlers.organisation import change
from tests.adapters.web.support import House
from tests.support.organisations import policy


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


async def page(house: House, path: str) -> str:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200
    return answer.text


def part(html: str, id_: str) -> str:
    """The words of the section that this heading names."""
    return words(re.split(rf'id="{id_}"[^>]*>', html)[1].split("</section>")[0])


def choices(html: str, step: str, field: str) -> dict[str, str]:
    select = re.search(rf'<select [^>]*id="{step}-{field}".*?</select>', html, re.DOTALL)
    assert select is not None
    found = re.findall(r'<option value="([^"]*)"(?: selected)?>([^<]*)<', select[0])
    return {value: label for value, label in found if value}


async def test_what_to_do_now_follows_the_state(house: House) -> None:
    reference = await house.report()
    now = part(await page(house, f"/haendelser/{reference}"), "nu")
    assert now.index("Væsentlig nu") < now.index("Gennemgå spørgeguiden")
    await house.step(reference, "significant-now")
    html = await page(house, f"/haendelser/{reference}")
    now = part(html, "nu")
    assert "Ét klik" not in now
    assert "Gennemgå spørgeguiden Mangler efter »Væsentlig nu«." in now
    assert now.startswith("Gør nu Skriv: Tidlig varsling om 24 t 0 min ")
    assert "Skriv: Hændelsesunderretning om 72 t 0 min" in now
    assert f'href="/haendelser/{reference}/underretning/early_warning"' in html
    assert "Godkend vurdering" in now
    await house.step(reference, "early-warning", suspected_malicious="unknown", cross_border="no", actor="u-1")
    html = await page(house, f"/haendelser/{reference}")
    assert f"/haendelser/{reference}?trin=approve-afterwards&amp;approved_number=4#form-approve-afterwards" in html
    assert "Skriv: Tidlig varsling" not in part(html, "nu")
    assert "Vurdér på ny" not in part(html, "nu")
    await house.step(reference, "assess", significant=True, nis2_category="high", reason="Nu også efter guiden")
    assert "Vurdér på ny" in part(await page(house, f"/haendelser/{reference}"), "nu")


async def test_one_click_declares_it_significant_whatever_was_written_meanwhile(house: House) -> None:
    reference = await house.report()
    form = re.search(r'id="form-significant-now">.*?</form>', await page(house, f"/haendelser/{reference}"), re.DOTALL)
    assert form is not None
    assert "expected_version" not in form[0]
    assert " required" not in form[0]
    async with house.client(Accept="text/html") as browser:
        answer = await browser.post(f"/haendelser/{reference}/significant-now", data={})
        assert answer.status_code == 303
        again = await browser.post(f"/haendelser/{reference}/significant-now", data={})
    assert again.status_code == 409
    assert "Hændelsen er allerede væsentlig" in again.text


async def test_both_tracks_are_told_from_the_work(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "measure", measure="Serveren er isoleret", state="ongoing")
    await house.step(reference, "service-degraded", service="Omsorg", degree="down")
    await house.step(reference, "service-degraded", service="Login", degree="degraded")
    await house.step(reference, "service-restored", service="Login")
    await house.step(reference, "engage-supplier", supplier="Leverandøren", request="Status?", answer_by="2026-11-22 12:00")
    await house.step(reference, "plan-task", owner="u-1", task="Ring rundt")
    await house.step(reference, "activate-contingency", contingency="crisis_staff", reason="Alvorligt")
    house.clock.go_on(hours=2)
    await house.step(reference, "significant-now")
    await house.step(reference, "draft-submission", report="early_warning", values={})
    await house.step(reference, "approve-assessment", alone=True)
    html = await page(house, f"/haendelser/{reference}")
    a, b = part(html, "spor-a"), part(html, "spor-b")
    assert "Foranstaltninger Serveren er isoleret (i gang)" in a
    assert "Virker ikke, som den skal Omsorg (nede) Genoprettet Login" in a
    assert "Leverandører skylder svar Leverandøren, senest søn. 22. nov. 2026 kl. 12.00" in a
    assert "Aktivt beredskab Krisestaben Åbne opgaver Ring rundt (u-1)" in a
    assert "Vurdering Væsentlig Spørgeguiden mangler Ledelsens godkendelse Godkendt Kendskab søn. 22. nov. 2026 kl. 12.00" in b
    assert "Forsigtigt, regnet fra opdagelsen Tidlig varsling: man. 23. nov. 2026 kl. 10.00" in b
    assert "Udkast Tidlig varsling (ikke godkendt)" in b
    assert "Venter på en anden person Vurdering godkendt" in b


async def test_steps_stand_in_the_phases_of_the_policy_with_track_and_paragraph(house: House) -> None:
    reference = await house.report()
    html = await page(house, f"/haendelser/{reference}")
    assert re.findall(r'id="fase-([a-z_]+)"', html) == [*Policy().phases]
    assert "Foranstaltning udført Spor A · § 6" in words(html)
    chosen: PolicySet = policy(Policy(phases=("handling", "discovery")))
    await house.parts.desk.committer.submit(partial(change, proposed=chosen))
    html = await page(house, f"/haendelser/{reference}")
    assert re.findall(r'id="fase-([a-z_]+)"', html) == ["handling", "discovery", "rest"]
    assert 'id="form-early-warning"' in html


async def test_a_closed_incident_offers_facts_and_no_impossible_acts(house: House) -> None:
    reference = await house.report()
    assert 'id="form-reopen"' not in await page(house, f"/haendelser/{reference}")
    await house.step(reference, "close", reason="not_an_incident")
    html = await page(house, f"/haendelser/{reference}")
    assert 'id="form-reopen"' in html
    assert 'id="form-early-warning"' in html
    assert 'id="form-assess"' not in html
    assert "Gør nu" not in html


async def test_what_waits_for_a_second_person_still_presses_after_the_close(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "emergency-action", action="Netværket er skilt ad")
    await house.step(reference, "close", reason="not_an_incident")
    now = part(await page(house, f"/haendelser/{reference}"), "nu")
    assert "Godkend bagefter Netværket er skilt ad" in now
    assert "Væsentlig nu" not in now


async def test_numbers_are_chosen_by_their_words(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "measure", measure="Serveren er isoleret")
    await house.step(reference, "measure", measure="Kontoen spærres", state="planned")
    await house.step(reference, "plan-task", owner="u-1", task="Ring rundt")
    await house.step(reference, "emergency-action", action="Netværket er skilt ad")
    await house.step(reference, "significant-now")
    await house.step(reference, "early-warning", suspected_malicious="no", cross_border="no")
    html = await page(house, f"/haendelser/{reference}?trin=approve-afterwards&approved_number=5&actor=en-anden")
    assert choices(html, "update-measure", "measure_number") == {
        "3": "Kontoen spærres (Planlagt)",
        "2": "Serveren er isoleret (Udført)",
    }
    assert choices(html, "task-done", "task_number") == {"4": "Ring rundt (u-1)"}
    sent = "Tidlig varsling sendt, søn. 22. nov. 2026 kl. 10.00"
    assert choices(html, "receipt", "submission_number") == {"8": sent}
    assert choices(html, "early-warning", "follows") == {"8": sent}
    assert choices(html, "final-report", "follows") == {}
    assert choices(html, "approve-afterwards", "approved_number") == {"5": "Netværket er skilt ad", "8": sent}
    assert '<option value="5" selected>' in html
    assert 'value="en-anden"' not in html


async def test_names_that_the_incident_knows_are_suggested(house: House) -> None:
    reference = await house.report(services=["Omsorg"])
    await house.step(reference, "engage-supplier", supplier="Leverandøren", request="Status?")
    html = await page(house, f"/haendelser/{reference}")
    assert '<datalist id="supplier-report-supplier-navne"><option value="Leverandøren"></option></datalist>' in html
    assert '<datalist id="service-restored-service-navne"><option value="Omsorg"></option></datalist>' in html


async def test_a_link_fills_in_its_own_step_and_a_choice_that_is_gone_leaves_none(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "emergency-action", action="Netværket er skilt ad")
    html = await page(house, f"/haendelser/{reference}?trin=note&to_track=B")
    assert len(re.findall(r'<option value="B" selected>|value="B" checked', html)) == 1
    assert '<details class="step" id="trin-note" open>' in html
    html = await page(house, f"/haendelser/{reference}?trin=approve-afterwards&approved_number=9")
    assert re.search(r'id="approve-afterwards-approved_number"[^>]*>\s*<option value="">Vælg</option>', html)


async def test_a_choice_that_nobody_made_is_not_made_for_them(house: House) -> None:
    reference = await house.report()
    html = await page(house, f"/haendelser/{reference}")
    assert len(choices(html, "note", "role")) == 10
    assert re.search(r'id="note-role"[^>]*>\s*<option value="">Ikke oplyst</option>', html)
    assert re.search(r'id="breach-exempt"[^>]*>\s*<option value="">', html)


async def test_an_exercise_is_stamped_on_its_page_and_in_the_overview(house: House) -> None:
    reference = await house.report("Ransomware", exercise=True)
    assert "ØVELSE" in await page(house, f"/haendelser/{reference}")
    assert "ØVELSE" in await page(house, "/")
    assert "ØVELSE" not in await page(house, f"/haendelser/{await house.report()}")


async def test_a_legal_hold_is_stamped_on_page_overview_and_api_until_it_is_lifted(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "place-hold", reason="Tilsynet har bedt om sagen")
    assert "BEVARES Intet af hændelsen må slettes. Siden" in words(await page(house, f"/haendelser/{reference}"))
    assert "BEVARES" in await page(house, "/")
    async with house.client() as api:
        assert (await api.get(f"/api/v1/incidents/{reference}")).json()["held_at"] == "2026-11-22T09:00:00Z"
        again = await api.post(f"/api/v1/incidents/{reference}/place-hold", json={"reason": "Igen"})
    assert (again.status_code, again.json()["code"]) == (409, "already-held")
    await house.step(reference, "lift-hold", reason="Tilsynet er færdigt")
    assert "BEVARES" not in words(await page(house, f"/haendelser/{reference}")).split("Tidslinje")[0]
    assert "BEVARES" not in await page(house, "/")


async def test_incidents_that_belong_together_are_linked_both_ways(house: House) -> None:
    whole = await house.report()
    await house.step(whole, "split", title="Det halve")
    await house.step(whole, "recurrence", others="H-2026-0002", significant_together=False, reason="Tilfælde")
    first, second = await page(house, f"/haendelser/{whole}"), await page(house, "/haendelser/H-2026-0002")
    assert 'Delt i <a href="/haendelser/H-2026-0002">H-2026-0002</a>' in first
    assert f'Udgår fra <a href="/haendelser/{whole}">{whole}</a>' in second


async def test_what_the_answers_opened_leads_to_its_step_until_it_is_taken(house: House) -> None:
    reference = await house.report()
    answers = {"q1.safety": "yes", "q1.data": "yes_possible"}
    await house.step(reference, "assess", significant=True, nis2_category="high", answers=answers)
    html = await page(house, f"/haendelser/{reference}")
    assert f'href="/haendelser/{reference}?trin=breach#form-breach"' in html
    await house.step(reference, "breach", breach_aware_at="2026-11-22 10:00", risk="possible")
    assert "?trin=breach#" not in await page(house, f"/haendelser/{reference}")
