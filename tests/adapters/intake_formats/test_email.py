import time
from base64 import b64encode
from hashlib import sha256

import pytest

from adapters.intake_formats.contract import Parsed
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, read

RECEIVED = "Received: from a by mx.laerkeborg.example; Sun, 1 Mar 2026 02:11:09 +0100"
TOLD_BY_NO_MAIL = {"no-severity", "no-component"}


def parse(mail: str | bytes) -> Parsed:
    return read("email", mail if isinstance(mail, bytes) else mail.encode())


def the_mail(*headers: str, body: str | bytes = "tekst") -> Signal:
    content = body if isinstance(body, bytes) else body.encode()
    subject = () if any(each.startswith("Subject:") for each in headers) else ("Subject: x",)
    (signal,) = parse("\n".join((RECEIVED, "Message-ID: <1@x>", *subject, *headers, "", "")).encode() + content).signals
    return signal


def doubts(signal: Signal) -> set[str]:
    return set(signal.flags) - TOLD_BY_NO_MAIL


def test_a_mail_is_a_report_that_never_ends_anything() -> None:
    signal = the_mail("Subject: Løst: alt er i orden")
    assert (signal.kind, signal.status, signal.severity) == (SignalKind.REPORT, SignalStatus.FIRING, Severity.MEDIUM)
    assert signal.told_at is None


def test_a_mail_is_known_by_its_message_id() -> None:
    assert the_mail().source_event_id == "<1@x>"
    (folded,) = parse(f"{RECEIVED}\nMessage-ID:\n  <2@x>\n\ntekst").signals
    assert folded.source_event_id == "<2@x>"


def test_without_a_message_id_a_mail_is_known_by_its_bytes() -> None:
    mail = f"{RECEIVED}\nSubject: x\n\ntekst".encode()
    (signal,) = parse(mail).signals
    assert signal.source_event_id == f"sha256:{sha256(mail).hexdigest()}"
    assert doubts(signal) == {"no-id"}


def test_a_second_message_id_is_a_doubt() -> None:
    signal = the_mail("Message-ID: <2@x>")
    assert (signal.source_event_id, doubts(signal)) == ("<1@x>", {"malformed-mail"})


def test_the_thread_is_what_it_answers_each_once() -> None:
    signal = the_mail("References: <a@x>\n <b@x>", "In-Reply-To: <b@x> (fra i går)")
    assert signal.references == ("thread:<a@x>", "thread:<b@x>")


def test_our_own_server_tells_when_and_not_the_sender() -> None:
    signal = the_mail("Received: by evil; Sat, 1 Jan 2000 00:00:00 +0000", "Date: Sun, 1 Mar 2026 00:00:00 +0000")
    assert signal.detected_at.isoformat() == "2026-03-01T01:11:09+00:00"
    assert doubts(signal) == set()


@pytest.mark.parametrize("date", ["Fri, 27 Feb 2026 02:11:08 +0100", "Tue, 3 Mar 2026 02:11:09 +0100"])
def test_a_date_more_than_a_day_away_is_a_doubt(date: str) -> None:
    assert doubts(the_mail(f"Date: {date}")) == {"date-differs"}


def test_with_a_date_alone_it_counts_and_is_a_doubt() -> None:
    (signal,) = parse("Date: Sun, 1 Mar 2026 02:11:09 -0000\nMessage-ID: <1@x>\nSubject: x\n\n").signals
    assert signal.detected_at.isoformat() == "2026-03-01T02:11:09+00:00"
    assert doubts(signal) == {"only-date"}


def test_without_any_time_the_arrival_counts() -> None:
    (signal,) = parse("From: a@x\nMessage-ID: <1@x>\n\n").signals
    assert (signal.detected_at, doubts(signal)) == (ARRIVED, {"no-received", "no-time", "no-title"})


@pytest.mark.parametrize(
    "date", ["i går", "Sun, 99 Mar 2026 02:11:09", "Sun, 1 Mar 99999 02:11:09 +0100", "Sun, 1 Mar 2026 02:11:09 +9999"]
)
def test_a_date_that_is_none_is_malformed_and_costs_nothing_else(date: str) -> None:
    assert doubts(the_mail(f"Date: {date}")) <= {"malformed-mail", "date-differs"}


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?iso-8859-1?Q?Gr=F8d_p=E5?= =?utf-8?B?IMOl?=", "Grød på å"),
        ("=?utf-8?Q?s=C3?=\n =?UTF-8*da?Q?=A5r?= barhed", "sår barhed"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?windows-1252?Q?=80_=96?=", "€ –"),
        ("=?iso-8859-1?Q?=80?=", "€"),
        ("50 % =? af ?= alt", "50 % =? af ?= alt"),
    ],
)
def test_encoded_words_are_read(subject: str, title: str) -> None:
    signal = the_mail(f"Subject: {subject}")
    assert (signal.title, doubts(signal)) == (title, set())


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_danish_letters_that_were_not_encoded_at_all_are_read(encoding: str) -> None:
    (signal,) = parse(f"{RECEIVED}\nMessage-ID: <1@x>\nSubject: Århus nødkald\n\nså".encode(encoding)).signals
    assert (signal.title, signal.description) == ("Århus nødkald", "så")


@pytest.mark.parametrize("subject", ["=?utf-8?B?w6UX1?=", "=?punycode?Q?x?=", "=?x\x00?Q?x?=", "=?utf-8?Q?=FF?="])
def test_an_encoded_word_that_is_broken_is_malformed(subject: str) -> None:
    signal = the_mail(f"Subject: x {subject}")
    assert signal.title.startswith("x ")
    assert doubts(signal) == {"malformed-mail"}


@pytest.mark.parametrize("charset", ["iso-8859-1", '"ISO-8859-1"', "windows-1252", "cp1252"])
def test_latin_letters_are_read(charset: str) -> None:
    signal = the_mail(f"Content-Type: text/plain; charset={charset}", body="æøå –".encode("cp1252"))
    assert (signal.description, doubts(signal)) == ("æøå –", set())


@pytest.mark.parametrize("charset", ["utf-8", "x-ukendt", "punycode", "unicode_escape", "hex"])
def test_a_charset_that_is_not_true_is_guessed_and_flagged(charset: str) -> None:
    signal = the_mail(f"Content-Type: text/plain; charset={charset}", body="blåbær".encode("cp1252"))
    assert (signal.description, doubts(signal)) == ("blåbær", {"malformed-mail"})


def test_quoted_printable_and_base64_are_decoded() -> None:
    quoted = the_mail("Content-Transfer-Encoding: Quoted-Printable", body="bl=C3=A5=\nb=C3=A6r")
    coded = the_mail("Content-Transfer-Encoding: BASE64", body=b64encode("blåbær".encode()))
    assert quoted.description == coded.description == "blåbær"


def test_base64_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    signal = the_mail("Content-Transfer-Encoding: base64", body=b64encode(b"hele teksten")[:-3])
    assert (signal.description, doubts(signal)) == ("hele tekst"[:9], {"malformed-mail"})


def test_html_alone_becomes_text() -> None:
    html = "<style>p{}</style><p>Se&nbsp;her:<br><b>brud</b></p><ul><li>et<li>to</ul><!-- skjult --><script>x()</script>"
    signal = the_mail("Content-Type: text/html", body=html)
    assert (signal.description, doubts(signal)) == ("Se her:\nbrud\n\net\nto", set())


@pytest.mark.parametrize(
    "html",
    [
        "<p>tekst",
        "<head><p>x<body>tekst",
        "tekst<!-- aldrig lukket",
        "<![CD[x]]>tekst",
        "<![if !mso]>tekst<![endif]>",
        "tekst<![",
        "tekst <a href='",
        "tekst&#xD800;",
    ],
)
def test_html_that_is_broken_is_read(html: str) -> None:
    assert "tekst" in the_mail("Content-Type: text/html", body=html).description


def multipart(kind: str, *parts: str, end: str = "\n--g--\n") -> str:
    return f'Content-Type: multipart/{kind}; boundary="g"\n\n' + "".join(f"\n--g\n{part}" for part in parts) + end


def the_parts(body: str) -> Signal:
    (signal,) = parse(f"{RECEIVED}\nMessage-ID: <1@x>\nSubject: x\n{body}").signals
    return signal


def test_of_alternatives_the_plain_text_is_shown() -> None:
    signal = the_parts(multipart("alternative", "Content-Type: text/html\n\n<p>html</p>", "\nplain"))
    assert (signal.description, doubts(signal)) == ("plain", set())


def test_html_beside_an_empty_text_is_shown() -> None:
    signal = the_parts(multipart("mixed", "Content-Type: text/html\n\n<p>html</p>", "Content-Type: text/plain\n\n"))
    assert (signal.description, doubts(signal)) == ("html", set())


def test_attachments_are_named_with_type_and_size() -> None:
    pdf = "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''m%C3%A5l.pdf\n\n12345"
    encoded = 'Content-Type: text/csv; name="=?utf-8?Q?s=C3=A6t.csv?="\nContent-Transfer-Encoding: base64\n\nMTIzNA=='
    nameless = "Content-Type: message/rfc822\n\nSubject: gemt\n\nindhold"
    signal = the_parts(multipart("mixed", "\ntekst", pdf, encoded, nameless))
    assert signal.description.split("\n") == [
        "Vedhæftet (attached): mål.pdf, application/pdf, 5 bytes",
        "Vedhæftet (attached): sæt.csv, text/csv, 4 bytes",
        "Vedhæftet (attached): uden navn (no name), message/rfc822, 22 bytes",
        "",
        "tekst",
    ]
    assert doubts(signal) == set()


def test_an_attached_text_is_not_the_mail() -> None:
    signal = the_parts(multipart("mixed", "\ntekst", 'Content-Disposition: attachment; filename="log.txt"\n\nlinjer'))
    assert signal.description == "Vedhæftet (attached): log.txt, text/plain, 6 bytes\n\ntekst"


def test_many_attachments_are_counted() -> None:
    signal = the_parts(multipart("mixed", *["Content-Type: image/png\n\nx"] * 23))
    assert signal.description.endswith("\n… og 3 vedhæftede til (more attached)")


@pytest.mark.parametrize(
    "part", ["Content-Type: application/ms-tnef\n\nx", 'Content-Type: application/octet-stream; name="WINMAIL.DAT"\n\nx']
)
def test_winmail_dat_is_told_of(part: str) -> None:
    signal = the_parts(multipart("mixed", part))
    assert doubts(signal) == {"tnef"}
    assert "winmail.dat" in signal.description


def test_a_mail_in_smime_is_told_of() -> None:
    signal = the_mail('Content-Type: application/x-pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"')
    assert doubts(signal) == {"s-mime"}
    assert "ikke læst" in signal.description


def test_a_signed_mail_is_read_and_told_of() -> None:
    signal = the_parts(multipart("signed", "\ntekst", 'Content-Type: application/pkcs7-signature; name="smime.p7s"\n\nx'))
    assert doubts(signal) == {"s-mime"}
    assert "ikke læst" not in signal.description
    assert signal.description.endswith("\n\ntekst")


@pytest.mark.parametrize(
    "body",
    [
        multipart("mixed", "\ntekst", end=""),
        "Content-Type: multipart/mixed\n\ntekst",
        'Content-Type: multipart/mixed; boundary="andet"\n\ntekst',
        "en linje uden kolon\n\ntekst",
        "Content-Type: multipart/mixed; boundary*=x\0y''g\n\ntekst",
    ],
)
def test_a_malformed_mail_is_read_as_far_as_it_goes(body: str) -> None:
    signal = the_parts(body)
    assert signal.description.endswith("tekst")
    assert doubts(signal) == {"malformed-mail"}


def test_a_mail_in_a_mail_in_a_mail_is_never_recursed_into() -> None:
    body = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(2_000)) + "\ntekst"
    assert {"too-deep", "malformed-mail"} <= doubts(the_parts(body))


def test_more_parts_than_anybody_attaches_are_cut() -> None:
    assert doubts(the_parts(multipart("mixed", *["\nx"] * 1_000))) == {"parts-cut"}


@pytest.mark.parametrize("body", ["Titel;Alvor\nx;høj", "kære sporlog, vi har et brud", "Kære alle: se her"])
def test_what_has_no_header_of_a_mail_is_refused(body: str) -> None:
    assert [rejected.item for rejected in parse(body).rejected] == [1]


@pytest.mark.parametrize(
    ("before", "again", "after"),
    [
        ("Subject: ", "=?utf-8?q?", ""),
        ("Content-Type: multipart/mixed", ";", ""),
        ("Content-Type: text/plain", ";", '"'),
        ("Content-Type: text/html\n\n", "<!--", ""),
        ("Content-Type: text/html\n\n", "<a ", ""),
        ("Content-Type: text/html\n\n<a ", "x=", ""),
        ("Content-Type: text/html\n\n", "</", "&"),
        ("Content-Type: text/html\n\n", "<div>", ""),
        ("Content-Type: text/html\n\n", "&", ""),
        ("Content-Type: multipart/mixed; boundary=g\n\n", "--g", ""),
        ("Content-Type: multipart/mixed; boundary=g\n\n", "\n--g", ""),
        ("", "X: y\n", ""),
        ("References: ", "<", ""),
        ("From: ", "(", ""),
    ],
)
def test_a_hostile_mail_costs_little_time(before: str, again: str, after: str) -> None:
    started = time.process_time()
    parse(f"{RECEIVED}\n{before}{again * 500_000}{after}\n\n")
    assert time.process_time() - started < 3
