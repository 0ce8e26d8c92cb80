"""What goes over the wire, and what a channel makes of the answers."""

import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from adapters.channels.mail import MailChannel
from adapters.channels.webhook import WebhookChannel
from adapters.settings import WebhookSettings
from adapters.words.reminder_texts import trial
from adapters.words.value_labels import VALUES
from domain.deadline_rules import RULES
from domain.incident.events import Nis2Category
from domain.incident.state import Status
from domain.reminders import LADDER
from handlers.outbox import Message, Reminder, Silence
from handlers.sending import Channel, NotSentError
from tests.faults.house import free_port
from tests.support.certificates import server_tls
from tests.support.post import RECIPIENT, SECRET, MailServer, WebServer, mail_of, mail_server, web_server, webhook_of

DUE = datetime(2026, 11, 21, 15, 20, tzinfo=UTC)
REMINDER = Reminder(
    id="0f" * 16,
    incident_id=UUID(int=42),
    reference="H-2026-0042",
    kind="early_warning",
    rung="4h-left",
    due_at=DUE,
    noted_at=DUE - timedelta(hours=4),
    name="Tidlig varsling",
    explanation="Hurtigst muligt, senest lør. 21. nov. 2026 kl. 16.20.",
    paragraph="NIS 2-loven § 13, stk. 1, nr. 1",
    status=Status.ASSESSED,
    nis2_category=Nis2Category.HIGH,
)

SILENCE = Silence(
    id="1e" * 16,
    source="wazuh-drift",
    format="wazuh",
    since=DUE - timedelta(hours=30),
    ever_heard=True,
    expected_minutes=1440,
    noted_at=DUE,
)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def web() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


def test_a_mail_says_in_danish_what_is_owed_until_when_and_links_to_the_incident(mail: MailServer) -> None:
    mail_of(mail).send(REMINDER)
    (got,) = mail.mails
    assert got["Subject"] == "H-2026-0042: Tidlig varsling senest lør. 21. nov. 2026 kl. 16.20"
    assert (got["From"], got["To"]) == ("Sporlog <sporlog@kommune.dk>", "vagt@kommune.dk")
    assert got["Message-ID"] == f"<{REMINDER.id}@kommune.dk>"
    assert got["Auto-Submitted"] == "auto-generated"
    text = " ".join(got.get_content().split())
    assert "Der er 4 t 0 min til fristen lør. 21. nov. 2026 kl. 16.20." in text
    assert "Hurtigst muligt, senest lør. 21. nov. 2026 kl. 16.20." in text
    assert "Status: Vurderet. Kategori: Høj: skal underrettes." in text
    assert "https://sporlog.kommune.dk/haendelser/H-2026-0042" in text


def test_a_refused_recipient_is_a_failure_that_names_them(mail: MailServer) -> None:
    channel = MailChannel(mail.settings(), "x" * 600 + "@kommune.dk", None)
    with pytest.raises(NotSentError, match="xxx"):
        channel.send(REMINDER)


def test_a_password_is_not_sent_to_a_server_without_tls(mail: MailServer) -> None:
    channel = MailChannel(mail.settings()._replace(user="sporlog", password="kodeord"), RECIPIENT, None)
    with pytest.raises(NotSentError, match="STARTTLS"):
        channel.send(REMINDER)
    assert mail.mails == []


@pytest.mark.parametrize("throughout", [False, True])
def test_with_tls_it_logs_in_and_the_certificate_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, throughout: bool
) -> None:
    trusted = tmp_path / "trusted.pem"
    tls = server_tls(tmp_path, trusted)
    logins: list[tuple[bytes, bytes]] = []

    def authenticate(_server: object, _session: object, _envelope: object, _mechanism: str, data: LoginPassword) -> AuthResult:
        logins.append((data.login, data.password))
        return AuthResult(success=True)

    ways: dict[str, Any] = {"ssl_context": tls} if throughout else {"tls_context": tls, "require_starttls": True}
    with mail_server(authenticator=authenticate, auth_require_tls=not throughout, **ways) as mail:
        channel = MailChannel(mail.settings()._replace(tls=throughout, user="sporlog", password="kodeord"), RECIPIENT, None)
        with pytest.raises(NotSentError, match="CERTIFICATE_VERIFY_FAILED"):
            channel.send(REMINDER)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        channel.send(REMINDER)
    assert (len(mail.mails), logins) == (1, [(b"sporlog", b"kodeord")])


def test_a_webhook_gets_signed_json_with_an_id_that_is_the_same_in_every_copy(web: WebServer) -> None:
    channel = webhook_of(web)
    channel.send(REMINDER)
    channel.send(REMINDER)
    first, second = web.posts
    assert first.headers["sporlog-reminder-id"] == second.headers["sporlog-reminder-id"] == REMINDER.id
    assert first.headers["sporlog-signature"] == f"sha256={hmac.new(SECRET.encode(), first.body, 'sha256').hexdigest()}"
    assert first.headers["content-type"] == "application/json"
    told = orjson.loads(first.body)
    assert told["title"] == "H-2026-0042: Tidlig varsling senest lør. 21. nov. 2026 kl. 16.20"
    assert (told["kind"], told["rung"], told["due_at"]) == ("early_warning", "4h-left", "2026-11-21T15:20:00Z")
    assert told["url"] == "https://sporlog.kommune.dk/haendelser/H-2026-0042"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_answers_anything_but_2xx_has_not_taken_it(web: WebServer, status: int) -> None:
    web.status = status
    with pytest.raises(NotSentError, match=f"answered {status}"):
        webhook_of(web).send(REMINDER)


def test_without_a_secret_a_webhook_gets_no_signature(web: WebServer) -> None:
    WebhookChannel(web.settings()._replace(secret=None), None).send(REMINDER)
    assert "sporlog-signature" not in web.posts[0].headers


def test_nobody_there_is_a_failure_that_does_not_name_the_webhooks_address(mail: MailServer) -> None:
    nowhere = free_port()
    address = f"http://127.0.0.1:{nowhere}/hemmelig-sti"
    channels: list[Channel] = [
        MailChannel(mail.settings()._replace(port=nowhere), RECIPIENT, None),
        WebhookChannel(WebhookSettings(address, None), None),
    ]
    for channel in channels:
        with pytest.raises(NotSentError) as failure:
            channel.send(REMINDER)
        assert "hemmelig" not in str(failure.value)


@pytest.mark.parametrize(
    ("changes", "title", "says"),
    [
        ({"rung": "missed"}, "fristen lør. 21. nov. 2026 kl. 16.20 er overskredet", "skriv, hvorfor det kom for sent"),
        (
            {"rung": "limit", "name": "Første vurdering", "decision_makers": ("it-chef", "driftschef", "direktør")},
            "Første vurdering: den interne frist",
            "Ledelsesbeslutningstageren (it-chef); kan vedkommende ikke nås, så til stedfortræderen (driftschef, så direktør).",
        ),
        (
            {"rung": "limit"},
            "den interne frist",
            "Ledelsesbeslutningstageren; kan vedkommende ikke nås, så til stedfortræderen.",
        ),
        ({"noted_at": DUE + timedelta(hours=1)}, "senest", "påmindelsen kommer for sent"),
        ({"exercise": True}, "ØVELSE H-2026-0042", "ØVELSE: det er ikke en virkelig hændelse."),
        ({"demo": True}, "DEMO H-2026-0042", "DEMO: det er ikke en virkelig hændelse."),
        ({"nis2_category": None}, "", "Kategori: ikke vurderet."),
    ],
)
def test_each_occasion_has_its_words(mail: MailServer, changes: dict[str, object], title: str, says: str) -> None:
    mail_of(mail).send(REMINDER.model_copy(update=changes))
    assert title in mail.titles[0]
    assert says in " ".join(mail.mails[0].get_content().split())


def test_a_trial_tells_of_no_incident(mail: MailServer) -> None:
    mail_of(mail).send(trial(DUE))
    assert mail.titles == ["Sporlog: en prøve"]
    assert "H-" not in mail.mails[0].get_content()


def test_every_rung_has_a_name_for_people() -> None:
    assert {rung.key for ladder in LADDER.values() for rung in ladder} == set(VALUES["rung"])


def test_a_silence_says_in_danish_and_then_in_english_which_source_since_when_and_what_to_check(mail: MailServer) -> None:
    mail_of(mail).send(SILENCE)
    (got,) = mail.mails
    assert got["Subject"] == "Kilden wazuh-drift er tavs siden fre. 20. nov. 2026 kl. 10.20"
    assert got["Message-ID"] == f"<{SILENCE.id}@kommune.dk>"
    danish, english = " ".join(got.get_content().split()).split("In English:")
    assert "Kilden wazuh-drift (wazuh) er tavs: der er intet hørt siden fre. 20. nov. 2026 kl. 10.20." in danish
    assert "højst 24 t 0 min mellem to beskeder" in danish
    assert "sporlog source show wazuh-drift" in danish
    assert "https://sporlog.kommune.dk/alarmer#kilder" in danish
    assert "Når kilden taler igen, kommer der ingen besked" in danish
    assert "is silent: nothing was heard since Fri 20 Nov 2026 10:20" in english
    assert "at most 24 h 0 min between two messages" in english


@pytest.mark.parametrize(
    ("changes", "says", "omits"),
    [
        ({"ever_heard": False}, "siden den blev tilføjet fre. 20. nov.", "der er intet hørt siden fre."),
        ({"expected_minutes": None}, "er tavs", "Forventet rytme"),
        ({}, "Forventet rytme", "DEMO"),
        ({"demo": True}, "DEMO: det er ikke en virkelig kilde.", "virkelig hændelse"),
    ],
)
def test_a_silence_says_only_what_holds(mail: MailServer, changes: dict[str, object], says: str, omits: str) -> None:
    mail_of(mail).send(SILENCE.model_copy(update=changes))
    text = " ".join(mail.mails[0].get_content().split())
    assert says in text
    assert omits not in text


@pytest.mark.parametrize(("message", "kind"), [(REMINDER, "early_warning"), (SILENCE, "source_silent")])
def test_a_webhook_tells_messages_apart_by_their_kind(web: WebServer, message: Message, kind: str) -> None:
    webhook_of(web).send(message)
    told = orjson.loads(web.posts[0].body)
    assert (told["kind"], told["id"]) == (kind, message.id)
    assert {"title", "text", "url", "noted_at", "demo"} <= told.keys()
    assert told["url"].startswith("https://sporlog.kommune.dk/")


def test_no_deadline_is_of_the_kind_of_a_silence() -> None:
    assert SILENCE.kind not in {rule.kind for rule in RULES}
