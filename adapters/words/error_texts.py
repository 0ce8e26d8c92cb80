"""What an error's code means to a person: one plain sentence that says what to do. A test keeps the table complete."""

from adapters.audit.error_texts import AUDIT_ERRORS
from adapters.catalogue.error_texts import CATALOGUE_ERRORS
from adapters.catalogue.import_error_texts import IMPORT_ERRORS
from adapters.emergency_lists.error_texts import LIST_ERRORS
from adapters.erasure.error_texts import ERASURE_ERRORS
from adapters.management.error_texts import MANAGEMENT_ERRORS
from adapters.pack.error_texts import PACK_ERRORS
from adapters.records.error_texts import RECORDS_ERRORS
from adapters.words.wording import Words

ERRORS: dict[str, Words] = {
    **AUDIT_ERRORS,
    **CATALOGUE_ERRORS,
    **IMPORT_ERRORS,
    **ERASURE_ERRORS,
    **LIST_ERRORS,
    **MANAGEMENT_ERRORS,
    **PACK_ERRORS,
    **RECORDS_ERRORS,
    "incident-already-reported": Words(
        "Hændelsen er allerede registreret. Tilføj et notat eller ret en oplysning i stedet.",
        "The incident is registered already. Add a note or correct it instead.",
    ),
    "step-not-allowed": Words(
        "Det skridt passer ikke til, hvor langt hændelsen er. Se hændelsens status, og vælg et andet skridt.",
        "That step does not fit how far the incident is. Look at its status and choose another step.",
    ),
    "incident-already-closed": Words("Hændelsen er lukket. Genåbn den først.", "The incident is closed. Reopen it first."),
    "open-statutory-duty": Words(
        "Hændelsen kan ikke lukkes, så længe en lovpligtig underretning mangler. Registrér den, når den er sendt, eller vurdér "
        "hændelsen på ny.",
        "The incident cannot be closed while a notification required by law is missing. Record it once it is sent, or assess "
        "the incident anew.",
    ),
    "assessment-missing": Words(
        "Hændelsen skal først vurderes: er den væsentlig eller ikke?",
        "The incident must be assessed first: is it significant or not?",
    ),
    "not-mitigated": Words(
        "Hændelsen er ikke registreret som håndteret. Registrér det først.",
        "The incident is not recorded as mitigated. Record that first.",
    ),
    "duplicate-of-missing": Words(
        "Skriv referencen på den anden hændelse, som denne gentager.",
        "Write the reference of the other incident that this one repeats.",
    ),
    "other-source": Words(
        "Det token hører til én kilde og åbner kun den. Brug kildens egen adresse.",
        "That token belongs to one source and opens nothing else. Use the source's own address.",
    ),
    "nothing-chosen": Words(
        "Vælg mellem 1 og 100 alarmer fra samme kilde.", "Choose between 1 and 100 alarms of the same source."
    ),
    "already-decided": Words(
        "Alarmen er ikke, hvor du troede: en anden kan have taget stilling. Se listen igen.",
        "The alarm is not where you thought: somebody else may have decided. Look at the list again.",
    ),
    "incident-closed": Words(
        "Hændelsen er lukket og tager ikke imod alarmer. Genåbn den, eller vælg en anden.",
        "The incident is closed and takes no alarms. Reopen it, or choose another one.",
    ),
    "busy": Words(
        "Der venter for mange alarmer på at blive gemt. Send den igen om et øjeblik.",
        "Too many alarms are waiting to be stored. Send it again in a moment.",
    ),
    "unreadable-path": Words(
        "En sti i oversættelsen kan ikke læses. Ret den, og gem igen.", "A path of the mapping cannot be read. Correct it."
    ),
    "reason-missing": Words("Skriv det med få ord: feltet må ikke være tomt.", "Say it in a few words: the field is empty."),
    "in-the-future": Words(
        "Tidspunktet ligger i fremtiden. Kun det, der er sket, kan registreres.",
        "The time is in the future. Only what has happened can be recorded.",
    ),
    "aware-before-detection": Words(
        "Kendskabet kan ikke ligge, før hændelsen blev opdaget. Ret først tidspunktet for opdagelsen, hvis det er forkert.",
        "Awareness cannot come before the incident was detected. Correct the time of detection first if that is wrong.",
    ),
    "category-contradicts": Words(
        "Væsentlig og kategori modsiger hinanden: væsentlig er Høj, alt andet er Mellem eller Lav.",
        "Significant and category contradict each other: significant is High, all else is Medium or Low.",
    ),
    "unknown-class": Words(
        "Den RSIT-klasse findes ikke. Skriv for eksempel availability.outage.",
        "There is no such RSIT class. Write for example availability.outage.",
    ),
    "wrong-period": Words(
        "Perioden slutter, før den begynder. Byt om på dagene.", "The period ends before it begins. Swap the days."
    ),
    "unknown-guide": Words("Den version af spørgeguiden findes ikke.", "There is no such version of the question guide."),
    "unknown-question": Words("Det spørgsmål findes ikke i spørgeguiden.", "The question guide has no such question."),
    "unreadable-answer": Words(
        "Et svar i spørgeguiden kan ikke læses. Vælg et af de svar, der står.",
        "An answer to the question guide cannot be read. Choose one of those shown.",
    ),
    "unknown-role": Words("Den rolle findes ikke. Vælg en fra listen.", "There is no such role. Choose one from the list."),
    "role-not-permitted": Words(
        "Skridtet hører til en anden rolle end den, du handler i.", "The step belongs to another role than the one you act in."
    ),
    "role-not-held": Words(
        "Du har ikke den rolle, som skridtet kræver. Handl i en rolle, du har, eller få den tildelt.",
        "You do not hold a role that the step needs. Act in a role of yours, or have it assigned.",
    ),
    "own-approval": Words(
        "Det er dit eget. En anden skal godkende det. Er du alene på vagt, så sig det, og en anden godkender"
        " bagefter; det gælder ikke sletning.",
        "It is your own. Somebody else must approve it. If you are alone on duty, say so, and somebody else"
        " approves afterwards; that does not hold for erasing.",
    ),
    "alone-not-allowed": Words(
        "Kommunens retningslinjer lader ingen godkende sit eget, heller ikke alene på vagt.",
        "The policy lets nobody approve their own, also not alone on duty.",
    ),
    "nothing-to-approve": Words("Der er intet at godkende under det nummer.", "There is nothing to approve under that number."),
    "awareness-moved-later": Words(
        "Kun ledelsesbeslutningstageren flytter kendskabet til et senere tidspunkt, for det giver længere frist.",
        "Only the management decision-maker moves the awareness later, for that gives more time.",
    ),
    "already-significant": Words(
        "Hændelsen er allerede væsentlig, og urene løber. Gennemgå spørgeguiden.",
        "The incident is significant already, and the clocks run. Go through the question guide.",
    ),
    "final-before-handled": Words(
        "Hændelsen er ikke håndteret endnu. Så længe den varer, vil loven have en statusrapport.",
        "The incident is not handled yet. While it runs, the law wants a progress report.",
    ),
    "unknown-number": Words(
        "Det nummer findes ikke på hændelsen. Numrene står i forløbet.",
        "The incident has no such number. The numbers stand in the course of events.",
    ),
    "same-incident": Words(
        "En hændelse kan ikke lægges sammen med sig selv. Skriv den anden hændelses reference.",
        "An incident cannot be merged into itself. Write the other incident's reference.",
    ),
    "other-entity": Words(
        "De to hændelser hører til hver sin indberettende enhed og kan ikke slås sammen: hver enhed underretter selv.",
        "The two incidents belong to different reporting entities and cannot be merged: each entity notifies for itself.",
    ),
    "exercise-mixed": Words(
        "En øvelse og en rigtig hændelse kan ikke slås sammen.",
        "An exercise and a real incident cannot be merged.",
    ),
    "already-held": Words(
        "Hændelsen bevares allerede. Skriv et notat, hvis der er kommet en grund mere.",
        "The incident has a legal hold already. Add a note if there is one more reason.",
    ),
    "not-held": Words("Der er ingen bevaring at ophæve.", "There is no legal hold to lift."),
    "legal-hold": Words(
        "Hændelsen bevares, og intet af den må slettes. Ophæv først bevaringen med en begrundelse.",
        "The incident has a legal hold and nothing of it may be erased. Lift the hold first, with a reason.",
    ),
    "cpr-written": Words(
        "Der står noget, der ligner et CPR-nummer. Intet er registreret endnu: det, der først står i loggen, kan ikke rettes,"
        " kun slettes med to personers godkendelse. Fjern nummeret, eller registrér alligevel.",
        "Something reads as a CPR number. Nothing is recorded yet: what is in the log cannot be changed any more. Take the"
        " number out, or record it anyway.",
    ),
    "effective-in-the-past": Words(
        "Frister kan ikke gælde fra en dag, der er gået. Vælg i dag eller senere.",
        "Periods cannot hold from a day that is over. Choose today or later.",
    ),
    "not-due": Words("Fristen er ikke udløbet endnu.", "The period has not passed yet."),
    "unreadable-periods": Words(
        "Filen med frister kan ikke læses. Ret det, der står, og prøv igen.",
        "The file of periods cannot be read. Correct what is named and try again.",
    ),
    "same-entity": Words(
        "Hændelsen er allerede den enheds. Vælg en anden indberettende enhed.",
        "The incident is that entity's already. Choose another reporting entity.",
    ),
    "unknown-field": Words("Formularen har ikke det felt.", "The form has no such field."),
    "unreadable-value": Words(
        "Et felt i formularen kan ikke læses. Vælg et af de svar, der står, eller skriv tiden som 20.11.2026 kl. 15.20.",
        "A field of the form cannot be read. Choose one of the answers shown, or write the time as 2026-11-20 15:20.",
    ),
    "unknown-topic": Words(
        "En hændelse i loggen er skrevet af en nyere Sporlog. Brug den.",
        "An event in the log was written by a newer Sporlog. Use that one.",
    ),
    "nothing-to-correct": Words(
        "Rettelsen ændrer intet, eller den nye værdi kan ikke læses. Skriv den nye værdi.",
        "The correction changes nothing, or the new value cannot be read. Write the new value.",
    ),
    "invalid-fields": Words(
        "Noget mangler eller kan ikke læses. Se de markerede felter.",
        "Something is missing or cannot be read. See the marked fields.",
    ),
    "invalid-input": Words("Det sendte kan ikke læses. Ret det, og send igen.", "What was sent cannot be read. Correct it."),
    "unreadable-time": Words(
        "Tidspunktet kan ikke læses. Skriv for eksempel 20.11.2026 kl. 15.20.",
        "The time cannot be read. Write for example 2026-11-20 15:20.",
    ),
    "time-without-zone": Words(
        "Tidspunktet mangler en tidszone. Skriv for eksempel 2026-11-20T15:20:00+01:00.",
        "The time has no zone: write for example 2026-11-20T15:20:00+01:00.",
    ),
    "ambiguous-time": Words(
        "Det klokkeslæt fandtes to gange den nat, fordi uret blev stillet tilbage. Vælg, hvilket af dem det var.",
        "That time came twice that night, for the clock was put back. Choose which of them it was.",
    ),
    "nonexistent-time": Words(
        "Det klokkeslæt fandtes ikke den nat, fordi uret blev stillet frem. Vælg, hvilket tidspunkt det var.",
        "That time did not exist that night, for the clock was put forward. Choose which time it was.",
    ),
    "unreadable-reference": Words(
        "Det er ikke en reference. Skriv den som H-2026-0042.", "That is no reference. Write it as H-2026-0042."
    ),
    "invalid-prefix": Words("Præfikset kan ikke bruges i en reference.", "The prefix cannot be used in a reference."),
    "evidence-too-large": Words(
        "Filen er større, end der er plads til. Lad den ligge, hvor den er, og registrér den med dens SHA-256.",
        "The file is larger than there is room for. Leave it where it is, and put it on record by its SHA-256.",
    ),
    "evidence-empty": Words("Vælg den fil, der er beviset; den må ikke være tom.", "Choose the file; it must not be empty."),
    "digest-mismatch": Words(
        "Det, der kom, er ikke det, afsenderen sendte. Intet er gemt. Send filen igen.",
        "What came is not what the sender sent. Nothing was kept. Send the file again.",
    ),
    "evidence-elsewhere": Words(
        "Beviset ligger ikke i Sporlog. Se i forløbet, hvor det ligger.",
        "The evidence is not kept in Sporlog. See in the course of events where it is.",
    ),
    "evidence-infected": Words(
        "Filen indeholder skadelig kode. Bekræft på hændelsens side, at du ved det, og hent den så.",
        "The file holds malware. Confirm on the incident's page that you know, and fetch it then.",
    ),
    "evidence-missing": Words(
        "Filen er her ikke mere. Hent den fra en sikkerhedskopi.", "The file is no longer here. Restore it from a backup."
    ),
    "evidence-erased": Words(
        "Beviset er slettet. Kun dets fingeraftryk står tilbage.", "The evidence was erased. Only its hash is left."
    ),
    "evidence-damaged": Words(
        "Filen er ikke, som den blev modtaget. Hent den fra en sikkerhedskopi.",
        "The file is not as it was received. Restore it from a backup.",
    ),
    "not-found": Words(
        "Det findes ikke her. Se efter, om det er skrevet rigtigt.", "It does not exist here. See whether it is written right."
    ),
    "invalid-cvr": Words(
        "Det er ikke et CVR-nummer. Se efter, om et ciffer er tastet forkert.",
        "That is no CVR number. Look for a digit that was typed wrong.",
    ),
    "unknown-entity": Words(
        "Den enhed er ikke registreret. Ret navnet, eller registrér enheden først.",
        "That entity is not registered. Correct the name, or register the entity first.",
    ),
    "unknown-filer": Words(
        "Vedkommende er ikke registreret som en, der kan indsende. Registrér det først.",
        "They are not on record as one who may file. Record that first.",
    ),
    "unknown-holder": Words(
        "Vedkommende har ingen adgang. Se efter i listen, og ret id'et.",
        "They have no access. Look in the list, and correct the id.",
    ),
    "access-already-granted": Words(
        "Vedkommende har adgang i forvejen. Inddrag den først.", "They have access already. Withdraw it first."
    ),
    "audit-incomplete": Words(
        "En revisors adgang skal have hændelser og en periode, der begynder, før den slutter.",
        "An auditor's access needs incidents, and a period that begins before it ends.",
    ),
    "audit-reads-only": Words(
        "En revisors adgang er til at læse. Intet blev ændret.", "An auditor's access is for reading. Nothing was changed."
    ),
    "audited-incidents-only": Words(
        "En revisors adgang er til enkelte hændelser, ikke til hele organisationen.",
        "An auditor's access is to single incidents, not to the whole organisation.",
    ),
    "outside-period": Words(
        "Adgangen gælder ikke nu. Spørg den, du har fået den af.",
        "The access does not hold now. Ask whoever gave it to you.",
    ),
    "reading-not-logged": Words(
        "Det kunne ikke noteres, at du læser her, så teksten vises ikke. Prøv igen om lidt.",
        "That you read here could not be written down, so the text is not shown. Try again in a moment.",
    ),
    "readings-not-shown": Words(
        "Hvem der har læst hvad, ses kun af dem, der har ansvaret: ledelse, dokumentationsansvarlig og DPO.",
        "Who read what is only for those who answer for it: management, documentation lead and DPO.",
    ),
    "house-only": Words(
        "Det kræver Sporlogs fælles adgang, den fra sporlog up. Din egen adgang åbner det ikke.",
        "That takes the house's own access, that of sporlog up. Your own does not open it.",
    ),
    "other-actor": Words(
        "Med din egen adgang handler du kun i dit eget navn. Lad feltet stå tomt, eller log ud først.",
        "With access of your own you act in your own name only. Leave the field empty, or sign out first.",
    ),
    "unknown-phase": Words(
        "Faserne kan ikke vises sådan. Vælg blandt de syv, hver højst én gang.",
        "The phases cannot be shown like that. Choose among the seven, each at most once.",
    ),
    "repeated-deputy": Words(
        "En stedfortræder skal være en anden end den, der har rollen, og kun nævnes én gang.",
        "A deputy must be another than the holder of the role, and be named once.",
    ),
    "entity-already-registered": Words(
        "Enheden er allerede registreret med andre oplysninger. Ret dem i stedet.",
        "The entity is registered already with other particulars. Change those instead.",
    ),
    "entity-kept": Words(
        "En registreret enhed kan ikke fjernes: hændelser bærer dens navn. Tag den med.",
        "A registered entity cannot be removed: incidents carry its name. Write it in.",
    ),
    "prefix-taken": Words(
        "En anden enhed har det præfiks i sine referencer. Vælg et andet.",
        "Another entity has that prefix in its references. Choose another.",
    ),
    "prefix-fixed": Words(
        "Enhedens præfiks kan ikke ændres: referencer, der er givet, skal kunne findes.",
        "The entity's prefix cannot be changed: references once given must be found.",
    ),
    "unknown-maintenance": Words(
        "Der er ikke varslet noget vedligehold med det navn, eller det er slut. Se listen over varslet vedligehold.",
        "No maintenance of that name is announced, or it is over. Look at the list of what is announced.",
    ),
    "maintenance-times": Words(
        "Vedligehold skal slutte, efter at det begynder, og varer højst 31 dage ad gangen. Ret tiderne.",
        "Maintenance must end after it begins and lasts 31 days at a time at most. Correct the times.",
    ),
    "version-conflict": Words(
        "En anden har skrevet imens. Se, hvad der er nyt, og afgør det igen.",
        "Somebody else has written meanwhile. Look at what is new and decide again.",
    ),
    "refused": Words("Det kan ikke lade sig gøre nu.", "That is not possible now."),
    "unavailable": Words(
        "Loggen kan ikke gemme lige nu, og intet er gemt. Prøv igen om lidt; skriv imens ned på papir med klokkeslæt.",
        "The log cannot store right now, and nothing was stored. Try again shortly; meanwhile write on paper, with times.",
    ),
    "master-key": Words(
        "Loggens nøgle mangler eller passer ikke. Tilkald driften: nøglen skal hentes fra sikkerhedskopien.",
        "The log's key is missing or wrong. Call operations: it must be restored from its backup.",
    ),
    "retired-key": Words(
        "Underskriften er ægte, men nøglen var ikke den, der gælder for så stor en log: nogen har brugt en gammel nøgle.",
        "The signature is right, but its key was not the one for a log of this size: somebody used an old key.",
    ),
    "not-signed-yet": Words(
        "Begivenheden er ikke underskrevet endnu. Det sker af sig selv inden for et par minutter; prøv igen.",
        "The event is not signed yet. That happens by itself within a few minutes; try again.",
    ),
    "still-differs": Words(
        "Lageret stemmer stadig ikke med regnskabet. Det kan ikke afgøres; indlæs først en sikkerhedskopi.",
        "The store still differs from the ledger. That cannot be settled; restore a backup first.",
    ),
    "position-ahead": Words(
        "Den position har denne log ikke nået: abonnenten har læst i en anden log. Begynd forfra.",
        "This log has not reached that position: the subscriber has read another log. Begin again.",
    ),
    "sign-in-needed": Words("Log ind for at se loggen.", "Sign in to see the log."),
    "bad-signature": Words(
        "Det sendte er ikke underskrevet af kilden. Ret hemmeligheden i værktøjet, og send det igen.",
        "What was sent is not signed by its source. Correct the secret in the tool and send it again.",
    ),
    "cross-site": Words(
        "Anmodningen kom fra en anden side og er afvist. Åbn Sporlog og prøv derfra.",
        "The request came from another site and was refused. Open Sporlog and try from there.",
    ),
    "method-not-allowed": Words("Det kan man ikke gøre på denne adresse.", "That cannot be done at this address."),
    "too-large": Words(
        "Det sendte er for stort: højst 1 MiB ad gangen.", "What was sent is too large: at most 1 MiB at a time."
    ),
    "all-rejected": Words("Ingen del af det sendte kunne tages ind.", "Nothing of what was sent could be taken in."),
    "time-stamp": Words(
        "Svaret er ikke et tidsstempel på checkpointet fra den myndighed, der er valgt. Det er ikke gemt. Se på"
        " SPORLOG_TSA_URL og SPORLOG_TSA_CHAIN.",
        "The answer is no time stamp on the checkpoint by the authority that was chosen. It was not kept. Look at"
        " SPORLOG_TSA_URL and SPORLOG_TSA_CHAIN.",
    ),
    "no-checkpoint": Words(
        "Filen er hverken et checkpoint eller en mail med et. Gem selve mailen som .eml.",
        "The file is neither a checkpoint nor a mail with one. Save the mail itself, as .eml.",
    ),
    "no-ledger": Words(
        "Der er intet regnskab at holde loggen op imod. Det føres, mens Sporlog kører.",
        "There is no ledger to hold the log against. It is kept while Sporlog runs.",
    ),
    "audit-difference": Words(
        "Loggen er ikke, som den var. Ret intet, og sammenlign med en sikkerhedskopi.",
        "The log is not what it was. Change nothing, and compare with a backup.",
    ),
    "error": Words(
        "Noget gik galt hos Sporlog. Intet nyt er gemt med sikkerhed: se efter i hændelsen, og prøv igen.",
        "Something went wrong in Sporlog. Look at the incident to see whether it was stored, and try again.",
    ),
}

FIRST_SERVER_ERROR = 500


def error_words(code: str, status: int) -> Words:
    """The sentence of a code; an unknown one has that of its kind of status."""
    return ERRORS.get(code) or ERRORS["error" if status >= FIRST_SERVER_ERROR else "invalid-input"]
