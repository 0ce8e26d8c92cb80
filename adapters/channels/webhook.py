"""Messages to one webhook, as JSON:

    POST <SPORLOG_WEBHOOK_URL>
    Content-Type: application/json
    Sporlog-Reminder-Id: 3f6c0d...            the same in every copy: take each id once
    Sporlog-Signature: sha256=9b1e52...       HMAC-SHA256 of the body's bytes with SPORLOG_WEBHOOK_SECRET, hex

    {"id":"3f6c0d...","reference":"H-2026-0042","kind":"early_warning","rung":"4h-left","due_at":"2026-11-21T15:20:00Z",
     "title":"H-2026-0042: Tidlig varsling senest ...","text":"...","url":"https://.../haendelser/H-2026-0042", ...}

    {"id":"7be1a4...","kind":"source_silent","source":"wazuh-drift","format":"wazuh","since":"2026-11-21T02:07:00Z",
     "expected_minutes":60,"title":"Kilden wazuh-drift er tavs siden ...","text":"...","url":"https://.../alarmer#kilder", ...}

`kind` tells what it is about: `source_silent` is a source's silence, `emergency_list` an emergency list that nobody may rely
on, `pack_missed` that there is no fresh emergency pack, every other one a deadline.
Any answer of 200 to 299 means that it was taken; everything else, and none within ten seconds, is tried again later.
"""  # noqa: D415 - the bytes are the summary

import hashlib
import hmac

import httpx
import orjson

from adapters.settings import WebhookSettings
from adapters.words.letters import letter_of, link_to
from handlers.outbox import Message
from handlers.sending import NotSentError

TIMEOUT_S = 10.0


class WebhookChannel:
    """See `handlers.sending.Channel`. Redirects are not followed: what is signed for one address goes nowhere else."""

    name = "webhook"

    def __init__(self, settings: WebhookSettings, public_url: str | None) -> None:
        self._settings, self._public_url = settings, public_url

    def send(self, message: Message) -> None:
        """Return when the other end has answered 2xx. Raises `NotSentError`, without the address: that may be a secret."""
        body = self.compose(message)
        headers = {"Content-Type": "application/json", "Sporlog-Reminder-Id": message.id}
        if self._settings.secret is not None:
            headers["Sporlog-Signature"] = signature(body, self._settings.secret)
        try:
            answer = httpx.post(self._settings.url, content=body, headers=headers, timeout=TIMEOUT_S)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            msg = f"the webhook did not answer: {type(error).__name__}: {error}"
            raise NotSentError(msg) from error
        if not answer.is_success:
            msg = f"the webhook answered {answer.status_code}"
            raise NotSentError(msg)

    def compose(self, message: Message) -> bytes:
        """The body: the message's own fields, and the words that a person reads."""
        letter = letter_of(message, self._public_url)
        words = {"title": letter.title, "text": letter.text, "url": link_to(message, self._public_url)}
        return orjson.dumps(message.model_dump(mode="json") | words)


def signature(body: bytes, secret: str) -> str:
    """`sha256=` and 64 hex digits."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
