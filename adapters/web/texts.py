"""Every text of the pages that is no label and no error, in both languages. A test finds texts that are missing or unused."""

from adapters.web.language import Language, Words

TEXTS: dict[str, Words] = {
    "app.name": Words("Sporlog", "Sporlog"),
    "app.purpose": Words("Hændelseslog", "Incident log"),
    "app.skip": Words("Gå til indhold", "Skip to content"),
    "app.other-language": Words("English", "Dansk"),
    "app.navigation": Words("Hovedmenu", "Main menu"),
    "app.overview": Words("Overblik", "Overview"),
    "app.report": Words("Registrér hændelse", "Report an incident"),
    "app.api": Words("API", "API"),
    "app.sign-out": Words("Log ud", "Sign out"),
    "app.footer": Words(
        "Sporlog {version}. Tider er danske. Sporlog indberetter intet: det gør et menneske på virk.dk.",
        "Sporlog {version}. Times are Danish. Sporlog submits nothing: a person does, on virk.dk.",
    ),
    "demo.word": Words("DEMO", "DEMO"),
    "demo.text": Words("Opdigtede hændelser i en opdigtet kommune.", "Invented incidents in an invented municipality."),
    "error.heading": Words("Det gik ikke", "That did not work"),
    "error.trace": Words("Sporings-id til driften: {id}", "Trace id for operations: {id}"),
    "error.back": Words("Til overblikket", "To the overview"),
    "error.title-prefix": Words("Fejl: ", "Error: "),
    "sign-in.heading": Words("Log ind", "Sign in"),
    "sign-in.lead": Words(
        "Loggen er fortrolig. Indsæt det token, som »sporlog up« skrev, da det startede. Det ligger også i filen »token« i "
        "datamappen.",
        "The log is confidential. Paste the token that »sporlog up« printed as it started. It is also in the file »token« in "
        "the data directory.",
    ),
    "sign-in.token": Words("Token", "Token"),
    "sign-in.wrong": Words("Det er ikke det rigtige token. Kopiér det igen.", "That is not the right token. Copy it again."),
    "sign-in.button": Words("Log ind", "Sign in"),
    "overview.heading": Words("Overblik", "Overview"),
    "overview.next": Words("Næste pligt", "Next duty"),
    "overview.then": Words("Derefter", "After that"),
    "overview.nothing-due": Words("Ingen pligter lige nu", "Nothing is due right now"),
    "overview.nothing-due-text": Words(
        "Ingen åben hændelse har en frist, der løber.", "No open incident has a limit that is running."
    ),
    "overview.open": Words("Åbne hændelser", "Open incidents"),
    "overview.more-open": Words(
        "Viser de {shown} af {total}, hvor en frist ligger først.", "Showing the {shown} of {total} whose limit comes first."
    ),
    "overview.closed": Words("Lukkede hændelser", "Closed incidents"),
    "overview.more-closed": Words("Viser de {shown} nyeste af {total}.", "Showing the newest {shown} of {total}."),
    "overview.empty": Words("Loggen er tom. Sådan begynder du:", "The log is empty. This is how to begin:"),
    "overview.empty-report": Words(
        "Registrér en hændelse i formularen her på siden.", "Report an incident in the form on this page."
    ),
    "overview.empty-intake": Words(
        "Eller send en alarm fra overvågningen hertil, med token:",
        "Or send an alert from monitoring here, with the token:",
    ),
    "overview.none-open": Words("Ingen åbne hændelser.", "No open incidents."),
    "overview.announce": Words("Åbne hændelser: {open}.", "Open incidents: {open}."),
    "overview.announce-next": Words("Næste pligt: {duty}, {ref}.", "Next duty: {duty}, {ref}."),
    "overview.behind": Words(
        "Overblikket er bagud: det viser loggen til og med nr. {shown}, loggen er nået til {head}. Hændelsernes egne sider er "
        "ajour.",
        "The overview is behind: it shows the log up to no. {shown}, the log is at {head}. Incidents' own pages are current.",
    ),
    "overview.no-script": Words(
        "Siden opdaterer ikke sig selv uden JavaScript.", "The page does not update itself without JavaScript."
    ),
    "overview.reload": Words("Genindlæs", "Reload"),
    "overview.act": Words("Gå til: {step}", "Go to: {step}"),
    "report.heading": Words("Registrér en hændelse", "Report an incident"),
    "report.lead": Words(
        "Tre felter er nok. Resten kan rettes senere.", "Three fields are enough. The rest can be corrected later."
    ),
    "report.button": Words("Registrér", "Report"),
    "clock.asap": Words("Hurtigst muligt, senest", "As soon as possible, at the latest"),
    "clock.internal": Words("Internt mål, senest", "Internal target, at the latest"),
    "clock.left": Words("om {span}", "in {span}"),
    "clock.over": Words("{span} over fristen", "{span} past the limit"),
    "clock.met": Words("opfyldt", "met"),
    "clock.met-late": Words("opfyldt efter fristen", "met after the limit"),
    "clock.state.overdue": Words("Overskredet", "Overdue"),
    "clock.state.soon": Words("Haster", "Urgent"),
    "clock.state.running": Words("Løber", "Running"),
    "clock.state.met": Words("Opfyldt", "Met"),
    "clock.state.late": Words("For sent", "Late"),
    "clock.why": Words("Hvorfor dette tidspunkt?", "Why this time?"),
    "clock.internal-paragraph": Words("Intern frist", "Internal limit"),
    "clock.awaits-assessment": Words(
        "Lovens frister begynder, når hændelsen er vurderet som væsentlig.",
        "The limits of the law begin when the incident is assessed as significant.",
    ),
    "clock.none": Words("Ingen frister løber for hændelsen.", "No limits run for the incident."),
    "incident.signals": Words("{count} signaler", "{count} signals"),
    "incident.one-signal": Words("1 signal", "1 signal"),
    "incident.no-title": Words("(uden titel)", "(no title)"),
    "incident.reference": Words("Reference", "Reference"),
    "incident.severity": Words("Alvor: {value}", "Severity: {value}"),
    "incident.status": Words("Status: {value}", "Status: {value}"),
    "incident.category": Words("Kategori: {value}", "Category: {value}"),
    "incident.closed-at": Words("Lukket", "Closed"),
    "incident.close-reason": Words("Hvorfor", "Why"),
    "incident.clocks": Words("Frister", "Limits"),
    "incident.facts": Words("Det ved vi", "What is known"),
    "incident.steps": Words("Næste skridt", "Next steps"),
    "incident.track.A": Words("Spor A: drift", "Track A: operations"),
    "incident.track.B": Words("Spor B: vurdering og underretning", "Track B: assessment and notification"),
    "incident.track.A+B": Words("Begge spor", "Both tracks"),
    "incident.record": Words("Gem: {step}", "Save: {step}"),
    "incident.more-fields": Words("Flere oplysninger", "More details"),
    "incident.required": Words("skal udfyldes", "required"),
    "incident.choose": Words("Vælg", "Choose"),
    "incident.saved": Words("Gemt: {step}.", "Saved: {step}."),
    "incident.timeline": Words("Forløb", "Timeline"),
    "incident.recorded-late": Words("Indført senere:", "Entered later:"),
    "incident.by": Words("af {actor}", "by {actor}"),
    "incident.via": Words("gennem {channel}", "through {channel}"),
    "incident.as-it-was": Words("Vis hændelsen, som den stod her", "Show the incident as it stood here"),
    "incident.more-signals": Words("og {count} flere", "and {count} more"),
    "incident.erased": Words("Teksten er slettet", "The text was erased"),
    "replay.heading": Words("Du ser fortiden", "You are seeing the past"),
    "replay.known": Words("Sådan var hændelsen kendt", "This is how the incident was known"),
    "replay.position": Words("logpost nr. {position}", "no. {position} of the log"),
    "replay.now": Words("Vis hændelsen nu", "Show the incident now"),
    "replay.previous": Words("Forrige skridt", "Previous step"),
    "replay.following": Words("Næste skridt", "Next step"),
    "replay.changed": Words("Det ændrede sig her", "What changed here"),
    "replay.field": Words("Oplysning", "Field"),
    "replay.before": Words("Før", "Before"),
    "replay.after": Words("Efter", "After"),
    "replay.nothing": Words("Skridtet ændrede ingen oplysninger.", "The step changed no field."),
    "replay.not-yet": Words("Hændelsen var endnu ikke registreret.", "The incident was not yet reported."),
    "replay.unknown-then": Words("Sket inden da, men endnu ikke indført", "Happened by then, but not yet entered"),
    "replay.at": Words("Vis, hvad der var kendt på dette tidspunkt", "Show what was known at this time"),
    "replay.show": Words("Vis", "Show"),
    "field.missing": Words("Skal udfyldes.", "Must be filled in."),
    "field.unreadable": Words("Kan ikke læses. Ret det.", "Cannot be read. Correct it."),
    "field.too-long": Words("For langt. Skriv det kortere.", "Too long. Make it shorter."),
    "field.which-time": Words("Hvilket tidspunkt?", "Which time?"),
    "docs.heading": Words("HTTP-API", "HTTP API"),
    "docs.lead": Words("Hele beskrivelsen som OpenAPI:", "The whole description as OpenAPI:"),
    "docs.try": Words("Prøv:", "Try:"),
    "docs.fields": Words("Felter", "Fields"),
    "docs.name": Words("Navn", "Name"),
    "docs.type": Words("Type", "Type"),
}


def text(language: Language, key: str, /, **values: object) -> str:
    """A text with its values filled in. An unknown key is a `KeyError`: a test renders every page."""
    return TEXTS[key].to(language).format(**values)
