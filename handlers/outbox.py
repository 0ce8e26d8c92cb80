"""The port to the messages that are to go out: what one tells, and who has it in hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

from pydantic import ConfigDict

from domain.emergency_lists.seen import Problem, Trouble
from domain.events import Frozen, Meta
from domain.incident.events import Nis2Category
from domain.incident.state import Status
from domain.pack import PackProblem

SILENCE: Literal["source_silent"] = "source_silent"
LIST_ALARM: Literal["emergency_list"] = "emergency_list"
PACK_MISSED: Literal["pack_missed"] = "pack_missed"
MANAGEMENT_REPORT: Literal["management_report"] = "management_report"


class Told(Frozen):
    """What every message has. Clear data only: it leaves the house by mail. Times are UTC."""

    id: str
    """Follows from what the message is about: the same message has the same id wherever and whenever it is made."""
    kind: str
    """What is owed, as `domain.deadline_rules` names it, or `source_silent`, `emergency_list`, `pack_missed`,
    `management_report`: so that it tells messages apart."""
    noted_at: datetime
    """When it was noted: what the message says was so then."""
    demo: bool = False


class Reminder(Told):
    """A deadline comes near or has passed. Its id follows from incident, kind, due time and rung."""

    incident_id: UUID
    reference: str
    rung: str
    """A key of the ladder, or `missed`."""
    due_at: datetime
    name: str
    """What falls due, as the law calls it, Danish."""
    explanation: str
    """What the law asks and why it falls due then, Danish sentences; empty if the clock no longer runs."""
    paragraph: str
    status: Status
    nis2_category: Nis2Category | None
    decision_makers: tuple[str, ...] = ()
    """At the internal limit: ids of the Ledelsesbeslutningstager and the deputies in their order, as far as they are placed."""
    exercise: bool = False


class Silence(Told):
    """A source was expected to speak and does not. Its id follows from source and since.

    That it speaks again is no message and no event: pages show it, and the next silence has a `since` and an id of its own.
    """

    kind: Literal["source_silent"] = SILENCE
    source: str
    format: str
    since: datetime
    """When it was heard last; when it was added, if it never was."""
    ever_heard: bool
    expected_minutes: int | None
    """How often it should speak at least; None if that was taken back while the silence was noted."""


class ListAlarm(Told):
    """Nobody may rely on an emergency list: it is late, empty, open to others. Its id follows from name and since.

    That it is in order again is no message: pages show it, and the next problem has a `since` and an id of its own.
    """

    kind: Literal["emergency_list"] = LIST_ALARM
    list_name: str
    system: str
    problems: tuple[Problem, ...]
    trouble: Trouble | None
    since: datetime
    written_at: datetime | None
    """Of the newest whole file; None: there is none, or it could not be read."""


class PackLapse(Told):
    """The house has had no fresh emergency pack for too long. Its id follows from problem and since."""

    kind: Literal["pack_missed"] = PACK_MISSED
    problem: PackProblem
    since: datetime | None
    """When the newest whole one was made; None: none was ever seen."""


class BoardReport(Told):
    """The management report of a period, made once: what lies here is what everybody gets, however late the mail server is.

    Its id follows from period and administration; one that a person sends by hand has an id of its own.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    kind: Literal["management_report"] = MANAGEMENT_REPORT
    period: str
    administration: str | None
    report_position: int
    report_sha256: str
    title: str
    text: str
    """The three answers of the first page, Danish first, English second."""
    file_name: str
    pdf: bytes
    meta: Meta
    """Who sends it, for the record."""


Message = Silence | ListAlarm | PackLapse | BoardReport | Reminder


class Outbox(Protocol):
    """Which messages are to go out on which channel. What a method wrote is durable when it returns.

    Safe from several threads and processes. Raises `UnavailableError`.
    """

    def position(self) -> int | None:
        """Up to which event the log was looked at; None before the first start."""

    def channels(self) -> frozenset[str]:
        """The channels that messages are kept for."""

    def begin(self, channels: Sequence[str], position: int, due: Sequence[Message], passed: Sequence[Message]) -> None:
        """From now on these channels and no others, from `position` on.

        One that is new gets what is `due` now, and never what has `passed`; what waits for one that is gone is given up.
        """

    def add(self, channels: Sequence[str], messages: Sequence[Message], position: int, untold: Sequence["Untold"] = ()) -> None:
        """Messages to be sent, each once per channel however often it is added; up to `position` the log is looked at.

        With them, durable together or not at all, the events that no message could be made of.
        """

    def untold(self, *, waiting: bool) -> "list[Untold]":
        """Events that no message could be made of, in the log's order; with `waiting` those not put aside yet."""

    def put_aside(self, position: int) -> None:
        """That event is where a person finds it."""

    def claim(self, channel: str, now: datetime, until: datetime) -> "Claimed | None":
        """The message that has waited longest of those to be tried now, in nobody else's hands until `until`.

        A claim that has run out is one of a worker that died or hangs: its message is given out again.
        """

    def sent(self, claimed: "Claimed", now: datetime) -> None:
        """It went out, also if the claim has run out meanwhile."""

    def failed(self, claimed: "Claimed", error: str, again_at: datetime) -> None:
        """It did not go out, and why; nothing, if the claim has run out meanwhile."""

    def post(self, channels: Sequence[str], message: Message) -> None:
        """A message that no event calls for, to be sent once on each of these channels; all of them have it, or none."""

    def find(self, identity: str) -> Message | None:
        """The message with this id, as it was first added on any channel."""

    def drop(self, prefix: str, kept: Sequence[str]) -> None:
        """Delete what is not sent yet on channels whose name begins so, but for those that are kept."""

    def delivered(self, prefix: str) -> "list[Delivered]":
        """What went out on channels whose name begins so, and is not on record; in the order in which it went."""

    def noted(self, delivered: "Delivered") -> None:
        """That it went out is on record."""

    def unsent(self, before: datetime) -> "list[Unsent]":
        """Of the messages that were noted before this time those still to go out, by channel."""


class Untold(NamedTuple):
    """An event that no message could be made of, and why. `recorded_at` is the event's, UTC."""

    position: int
    recorded_at: datetime
    reason: str


class Claimed(NamedTuple):
    """A message in a worker's hands."""

    channel: str
    message: Message
    attempt: int
    """1 for the first."""
    until: datetime


class Delivered(NamedTuple):
    """A message that a channel took, and when, UTC."""

    channel: str
    message: Message
    at: datetime


class Unsent(NamedTuple):
    """What a channel did not take: how many, and what was said of the oldest when it was last tried."""

    channel: str
    messages: int
    error: str | None
