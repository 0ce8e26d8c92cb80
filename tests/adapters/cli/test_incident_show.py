"""What `show` and `list` tell of the two tracks, and under which numbers."""

from tests.adapters.cli.conftest import Sporlog


def take(sporlog: Sporlog, step: str, ref: str, *options: object) -> None:
    said = sporlog("incident", step, ref, *options)
    assert said.code == 0, said.err


def a_working_day(sporlog: Sporlog) -> str:
    """Both tracks in use; the numbers of the events are those of the lines."""
    ref = sporlog.report("Omsorgssystemet er nede", administration="Sundhed", occurred_at="2026-11-20 08:00")
    take(sporlog, "measure", ref, "--measure", "Serveren isoleret", "--state", "ongoing")
    take(sporlog, "emergency-action", ref, "--action", "Trak stikket", "--actor", "u-drift")
    take(sporlog, "engage-supplier", ref, "--supplier", "lev-1", "--request", "Status?", "--answer-by", "2026-11-20 12:00")
    take(sporlog, "service-degraded", ref, "--service", "Alarmkald", "--degree", "down")
    take(sporlog, "activate-contingency", ref, "--contingency", "crisis_staff", "--reason", "Liv i fare")
    take(sporlog, "plan-task", ref, "--task", "Ring til direktøren", "--owner", "vagten")
    judged = ["--significant", "--nis2-category", "high", "--answers", "q1.safety=yes", "--occurred-at", "2026-11-20 09:00"]
    take(sporlog, "assess", ref, *judged, "--actor", "u-7", "--role", "assessor")
    take(sporlog, "approve-assessment", ref, "--alone", "--actor", "u-7")
    take(sporlog, "draft-submission", ref, "--report", "early_warning", "--values", "suspected_malicious=unknown")
    take(sporlog, "early-warning", ref, "--suspected-malicious", "unknown", "--cross-border", "no")
    take(sporlog, "receipt", ref, "--submission-number", 12, "--receipt", "V-4711")
    take(sporlog, "update-measure", ref, "--measure-number", 2, "--state", "done")
    return ref


def test_both_tracks_are_told_with_the_numbers_that_steps_ask_for(sporlog: Sporlog) -> None:
    ref = a_working_day(sporlog)
    shown = sporlog("incident", "show", ref).out
    for line in (
        "Foranstaltning nr. 2 (udført): Serveren isoleret",
        "Nødhandling nr. 3: Trak stikket, godkendes bagefter senest",
        "Leverandør lev-1 skylder svar senest fre. 20. nov. 2026 kl. 12.00: Status?",
        "Ydelse Alarmkald: nede",
        "Aktivt beredskab: krisestaben",
        "Opgave nr. 7 (åben): Ring til direktøren – vagten",
        "Vurdering nr. 8: væsentlig, kategori høj, u-7 (Væsentlighedsvurderingsansvarlig) fre. 20. nov. 2026 kl. 09.00",
        "Anbefaling: væsentlig hændelse",
        "Del 1, 5. Kan liv, helbred",
        "Godkendt nr. 10 af u-7",
        "alene på vagt",
        "Kendskab nr. 9: fre. 20. nov. 2026 kl. 09.00 (fulgte af vurderingen)",
        "Forsigtigt ur, regnet fra opdagelsen: Hændelsesunderretning senest man. 23. nov. 2026 kl. 08.00",
        "Udkast nr. 11, tidlig varsling (ikke godkendt); mangler efter loven: cross_border",
        "Sendt nr. 12: tidlig varsling",
        "kvittering V-4711, SHA-256",
        "Venter på en anden person: nr. 3 Nødhandling udført",
        "Første vurdering: internt mål, senest",
        "Hændelsesunderretning (NIS 2-loven § 13, stk. 1, nr. 2): hurtigst muligt, senest",
        "Svar fra CSIRT'en (NIS 2-loven § 13, stk. 3): svar ventes, senest",
    ):
        assert line in shown


def test_json_carries_the_tracks_as_objects(sporlog: Sporlog) -> None:
    one = sporlog("incident", "show", a_working_day(sporlog), "--json").json
    a, b = one["tracks"]["A"], one["tracks"]["B"]
    assert [(m["number"], m["state"], m["measure"]) for m in a["measures"]] == [(2, "done", "Serveren isoleret")]
    assert a["services"] == [{"service": "Alarmkald", "degree": "down", "tested": False}]
    assert a["suppliers"][0]["supplier"] == "lev-1"
    assert a["contingency"] == ["crisis_staff"]
    assert a["tasks"] == [{"number": 7, "task": "Ring til direktøren", "owner": "vagten", "due_at": None, "done": False}]
    assert (b["judgement"]["number"], b["judgement"]["recommendation"]) == (8, "significant_recommended")
    assert (b["approval"]["approved"], b["approval"]["alone"]) == (True, True)
    assert (b["awareness"]["aware_at"], b["awareness"]["by_default"]) == ("2026-11-20T08:00:00Z", True)
    assert [clock["kind"] for clock in b["cautious"]] == ["incident_notification"]
    assert [(draft["report"], draft["missing"]) for draft in b["drafts"]] == [("early_warning", ["cross_border"])]
    ((sent,), waiting) = b["notices"], [one["number"] for one in b["waiting"]]
    assert (sent["number"], sent["kind"], sent["receipt"], len(sent["filed_sha256"])) == (12, "early_warning", "V-4711", 64)
    assert waiting == [3, 10]


def test_a_new_judgement_waits_for_its_own_approval(sporlog: Sporlog) -> None:
    ref = a_working_day(sporlog)
    take(sporlog, "assess", ref, "--not-significant", "--nis2-category", "low", "--reason", "Fejlalarm")
    b = sporlog("incident", "show", ref, "--json").json["tracks"]["B"]
    assert (b["judgement"]["significant"], b["judgement"]["reason"], b["approval"], b["cautious"]) == (
        False,
        "Fejlalarm",
        None,
        [],
    )


def test_linked_incidents_are_named_by_their_references(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    take(sporlog, "significant-now", ref)
    told = sporlog("incident", "split", ref, "--title", "Noget andet", "--reason", "To årsager", "--json").json
    assert [link["relation"] for link in told["linked"]] == ["split_into"]
    other = told["linked"][0]["ref"]
    assert f"Delt i {other}" in sporlog("incident", "show", ref).out
    shown = sporlog("incident", "show", other).out
    assert f"Udgår fra {ref}" in shown
    assert "Overtaget fra en anden hændelse" in shown


def test_an_exercise_is_stamped_wherever_it_is_told(sporlog: Sporlog) -> None:
    said = sporlog("incident", "report", "--title", "Brandøvelse", "--exercise")
    assert "ØVELSE" in said.out
    (one,) = sporlog("incident", "list", "--json").json
    assert one["exercise"] is True
    assert "ØVELSE: Brandøvelse" in sporlog("incident", "list").out
    assert "ØVELSE: Brandøvelse" in sporlog("incident", "show", one["ref"]).out


def test_a_step_tells_that_the_guide_is_missing_until_it_is_gone_through(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    missing = f"Spørgeguiden mangler: sporlog incident assess {ref}"
    assert missing in sporlog("incident", "note", ref, "--text", "x").out
    assert missing in sporlog("incident", "significant-now", ref).out
    take(sporlog, "assess", ref, "--significant", "--nis2-category", "high", "--answers", "q1.safety=yes")
    assert missing not in sporlog("incident", "note", ref, "--text", "x").out


def test_a_list_can_be_one_entitys_or_one_administrations(sporlog: Sporlog) -> None:
    first, second = sporlog.report(administration="Sundhed"), sporlog.report(administration="Teknik")

    def listed(*options: str) -> set[str]:
        return {one["ref"] for one in sporlog("incident", "list", "--json", *options).json}

    assert listed() == listed("--entity", "laerkeborg") == {first, second}
    assert listed("--administration", "Sundhed") == {first}
    assert listed("--entity", "en-anden") == set()


def test_steps_are_listed_by_phase_and_handling_by_track(sporlog: Sporlog) -> None:
    told = sporlog("incident", "--help").out
    panels = ["Overblik", "Opdagelse", "Første vurdering", "Uddybende vurdering", "Underretning til myndighederne"]
    panels += ["Underretning til berørte modtagere", "Spor A, drift", "Begge spor", "Opfølgning og læring"]
    places = [told.index(f"{panel} ─") for panel in panels]
    assert places == sorted(places)


def test_options_tell_their_keys_and_how_they_are_repeated(sporlog: Sporlog) -> None:
    told = " ".join(sporlog("incident", "draft-submission", "--help").out.split())
    assert "Kan gentages: --values impact=Nede" in told
    assert "decision_maker: ledelsesbeslutningstager" in told
    assert "early_warning: tidlig varsling" in told


def test_a_time_that_cannot_be_read_names_its_option(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    said = sporlog("incident", "plan-task", ref, "--task", "x", "--owner", "vagten", "--due-at", "i morgen")
    assert said.code == 2
    assert "--due-at: 'i morgen'" in said.err


def test_a_legal_hold_is_told_in_the_list_and_on_the_incident(sporlog: Sporlog) -> None:
    ref = sporlog.report("Omsorgssystemet er nede")
    take(sporlog, "place-hold", ref, "--reason", "Politiet har bedt om sagen")
    assert "Bevares siden" in sporlog("incident", "show", ref).out
    assert "[BEVARES]" in sporlog("incident", "list").out
    again = sporlog("incident", "place-hold", ref, "--reason", "Igen")
    assert (again.code, "bevares allerede" in again.err) == (1, True)
    take(sporlog, "lift-hold", ref, "--reason", "Sagen er slut")
    assert "[BEVARES]" not in sporlog("incident", "list").out
