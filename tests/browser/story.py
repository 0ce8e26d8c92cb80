"""A bad Sunday: one incident over its limit, one urgent, one not yet assessed, one opened by alerts, one closed."""

from tests.adapters.web.support import House

ALERTS = b"""{"receiver":"sporlog","status":"firing","alerts":[%s],"groupLabels":{},"commonLabels":{},"commonAnnotations":{},
"externalURL":"http://alertmanager","version":"4","groupKey":"g","truncatedAlerts":0}"""
ALERT = b"""{"status":"firing","labels":{"alertname":"DatabaseDown","severity":"critical","instance":"db-omsorg-01"},
"annotations":{"summary":"Databasen db-omsorg-01 svarer ikke"},"startsAt":"2026-11-22T08:%02d:00Z",
"endsAt":"0001-01-01T00:00:00Z",
"generatorURL":"http://prometheus","fingerprint":"%016d"}"""


def alerts(first: int, count: int) -> bytes:
    return ALERTS % b",".join(ALERT % (n % 60, n) for n in range(first, first + count))


async def tell(house: House) -> dict[str, str]:
    """The references by role."""
    clock = house.clock
    clock.go_on(days=-5)
    closed = await house.report("Phishing stoppet i filteret", severity="low", place="Rådhuset")
    await house.step(closed, "note", text="Ingen har klikket.")
    await house.step(closed, "close", reason="near_miss", summary="Nærvedhændelse: filteret tog den.")
    clock.go_on(days=1)
    red = await house.report("Fælles login er nede", severity="critical", services=["Login"], place="Hele kommunen")
    await house.step(red, "assess", significant=True, nis2_category="high", reason="Alle fagsystemer rammes.")
    clock.go_on(hours=1)
    await house.step(red, "early-warning", suspected_malicious="unknown", cross_border="no", receipt="DEMO-3")
    clock.go_on(days=3, hours=-1, minutes=50)
    amber = await house.report(
        "Fremmed login i forvaltningens postkasse", severity="high", components=["mail-01"], place="Teknik og Miljø"
    )
    await house.step(amber, "assess", significant=True, nis2_category="high", reason="Personoplysninger kan være læst.")
    await house.step(amber, "approve-assessment", comment="Enig.", actor="ledelse")
    clock.go_on(hours=20)
    await house.step(amber, "emergency-action", action="Kontoen er spærret.", occurred_at="2026-11-21 12:00")
    waiting = await house.report("Tablets viser ingen køreliste", severity="medium", place="Hjemmeplejen Nord")
    clock.go_on(hours=3, minutes=20)
    async with house.client() as client:
        (await client.post("/intake/alertmanager", content=alerts(0, 30))).raise_for_status()
    await house.parts.wait_for(house.store.head())
    return {"closed": closed, "red": red, "amber": amber, "waiting": waiting}
