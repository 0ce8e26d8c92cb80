"""What the bundle says of itself: the two letters to its reader, and what the words of its manifest mean."""

from collections.abc import Mapping

_READERS: Mapping[str, str] = {
    "LAESMIG.txt": """\
BUNDT FRA SPORLOG

Bundtet viser, hvad en kommunes hændelseslog indeholder, og at intet i det er ændret, siden det blev ført i loggen.

Sådan gør du
1. Pak zip-filen ud i en mappe, og behold zip-filen, som den er.
2. Åbn index.html i en almindelig browser. Der skal ikke bruges netværk.
3. Træk zip-filen ind på siden, eller vælg den med knappen. Siden viser forløbet og siger, om noget er ændret, og hvad.
4. Sammenlign nøglen, som siden viser, med den, kommunen har oplyst ad en anden vej. Uden det skridt ved du kun, at bundtet
   hænger sammen, ikke hvem der har underskrevet det.

Vil du hellere bruge Python: python3 verify.py BUNDT.zip (helst med pakken cryptography). Med Sporlog: sporlog audit
verify BUNDT.zip.

Forløbet kan læses i mappen timelines, også som PDF til arkivet.

Det beviser bundtet
- At hver begivenhed i events.ndjson stod i loggen, da checkpoint.txt blev underskrevet, på sin plads og med sit indhold.
- At ingen begivenhed mangler mellem to andre i samme sag.
- At filerne i payloads er dem, som værktøjerne sendte, og filerne i evidence dem, der blev sikret.

Det beviser det ikke
- At der ikke er ført flere begivenheder i sagen efter den plads, som manifest.json nævner som position, eller at sagens sidste
  begivenheder er med. Spørg efter et nyt bundt, og sammenlign.
- At det, der blev ført, er sandt.
- At de åbne tekster er dem, der blev forseglet, medmindre nøglerne (text-keys.ndjson) er med. Uden dem er teksterne kommunens
  egen oplysning.
- At den, der har både databasen og underskriftsnøglen, ikke har skrevet hele loggen om. Det viser checkpoints, som andre har
  fået.
""",
    "README.txt": """\
A BUNDLE FROM SPORLOG

It shows what a municipality's incident log holds, and that nothing of it was changed since it was logged.

What to do
1. Unpack the zip into a folder, and keep the zip as it is.
2. Open index.html in an ordinary browser. No network is needed.
3. Drop the zip on the page, or choose it with the button. The page shows the course of events and says whether anything was
   changed, and what.
4. Compare the key that the page shows with the one that the municipality told in another way. Without this step you know only
   that the bundle is consistent, not who signed it.

If you prefer Python: python3 verify.py BUNDLE.zip (best with the package cryptography). With Sporlog: sporlog audit verify
BUNDLE.zip.

The course of events can be read in the folder timelines, also as PDF for the archive.

What the bundle proves
- That each event in events.ndjson was in the log when checkpoint.txt was signed, in its place and with its content.
- That no event is missing between two others of the same incident.
- That the files in payloads are what the tools sent, and those in evidence what was secured.

What it does not prove
- That no more was logged on the incident after the place that manifest.json names as position, or that the incident's last
  events are along. Ask for another bundle, and compare.
- That what was logged is true.
- That the opened texts are those that were sealed, unless the keys (text-keys.ndjson) are along. Without them the texts are the
  municipality's statement.
- That whoever has both the database and the signing key has not written the whole log anew. That is shown by checkpoints that
  others were given.
""",
}
_ANCHORED: Mapping[str, str] = {
    "LAESMIG.txt": """\
  Andre har fået anchors/{size}.checkpoint, som dækker loggen til og med plads {size}. verify.py og index.html viser, at det
  passer til bundtet, og siger, hvad du selv må kontrollere: tidsstemplets underskrift og mailen hos den, der fik den.
""",
    "README.txt": """\
  Others have anchors/{size}.checkpoint, which covers the log up to position {size}. verify.py and index.html show that it fits
  the bundle, and say what you must check yourself: the time stamp's signature, and the mail with whoever got it.
""",
}
_NOT_ANCHORED: Mapping[str, str] = {
    "LAESMIG.txt": "  Intet uden for kommunen står inde for loggen endnu: bundtet har ingen filer i anchors.\n",
    "README.txt": "  Nothing outside the municipality vouches for the log yet: the bundle has no files in anchors.\n",
}


def readers(anchored: int) -> dict[str, str]:
    """The letters by their name, for a bundle of whose log others have the first `anchored` events; 0 for none."""
    ends = _ANCHORED if anchored else _NOT_ANCHORED
    return {name: text + ends[name].format(size=anchored) for name, text in _READERS.items()}


DEFINITIONS: Mapping[str, str] = {
    "position": "An event's number in the whole log, from 1, without gaps.",
    "aggregate_id": "The incident, the organisation, or the object of the catalogue, that the event belongs to.",
    "version": "The event's number in its aggregate, from 1, without gaps.",
    "topic": "Aggregate, event and version of its form.",
    "recorded_at_us": "When the log took it: microseconds since 1970-01-01 UTC. It never decreases with the position.",
    "state": "The stored bytes, as UTF-8 text. Confidential fields are in `sealed`: AES-256-GCM, nonce and ct base64; the "
    "associated data is `<aggregate_id without dashes>/<version>`, the plain text a JSON object.",
    "leaf": "SHA-256(0x00 || entry); its index is position - 1. entry = sporlog/event/v1, position, aggregate_id, version, "
    "topic, recorded_at_us, SHA-256(state) in hex, each followed by a line feed.",
    "proof.txt": "The nodes of the Merkle tree (RFC 9162 2.1) from left to right: `event <index> <leaf>` for what is here, "
    "`hidden <first index> <leaves> <node>` for a complete subtree over what is not. Together they give the checkpoint's root.",
    "checkpoint.txt": "C2SP tlog-checkpoint: the signed statement that the log has `size` events and this root.",
    "anchors": "<size>.checkpoint is a checkpoint that others got, .tsr an RFC 3161 time stamp on it, .eml the mail "
    "with it; .consistency has the nodes, a line each, of the proof (RFC 9162 2.1.4) that its tree begins checkpoint.txt's.",
    "opened.ndjson": "Confidential fields in clear, as the municipality reads them. `fields` null: erased, or withheld.",
}
