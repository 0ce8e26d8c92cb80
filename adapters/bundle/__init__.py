"""The audit bundle: one zip that convinces without Sporlog, without network and without trust in the municipality's database.

Its files in their order, which never changes; the same log position, checkpoint, anchors, choices and version of Sporlog give
the same bytes (no compression, so that no library's version decides them; every file carries the zip format's first date)::

    LAESMIG.txt, README.txt          what to do, for people
    index.html                       opens in any browser from the disk, and verifies the zip that is dropped on it
    verify.py                        verifies with Python alone
    events.ndjson                    an event a line, in the order of the log, its stored bytes as a text
    proof.txt                        the one proof for all of them (domain/audit/tree_cover.py)
    checkpoint.txt, keys.txt         the signed note that the proof leads to, and the keys that sign for the log
    opened.ndjson                    the confidential texts in clear, a line for each event that has any
    text-keys.ndjson                 only with keys: the AES-256-GCM key of each of those events and payloads
    payloads/<SHA-256>               what tools sent, byte for byte
    evidence/<SHA-256>               files that people attached
    anchors/<size>.checkpoint        the newest checkpoint that others got, of that many events: this one, or an earlier one
    anchors/<size>.<tsr|eml>         an authority's time stamp on it (RFC 3161), and the mail that carried it outside
    anchors/<size>.consistency       that its tree is the beginning of this one (RFC 9162 2.1.4); none when it is this one
    timeline.ndjson                  the events in words of both languages, which index.html shows
    timelines/<reference>.<da|en>.<html|pdf>
    manifest.json, manifest.sha256   every file above with its SHA-256, and what the words mean
"""
