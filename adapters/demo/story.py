"""The story, as data: what happened in Lærkeborg Kommune, incident by incident. Nobody and nothing in it is real."""

from adapters.demo.chapters.care_server import CARE_SERVER_STEPS
from adapters.demo.chapters.mailbox import MAILBOX_STEPS
from adapters.demo.chapters.national_login import NATIONAL_LOGIN_STEPS
from adapters.demo.chapters.phishing import PHISHING
from adapters.demo.chapters.tablets import TABLETS_STEPS
from adapters.demo.steps import Step

STORY: dict[str, tuple[Step, ...]] = {
    "omsorg": CARE_SERVER_STEPS,
    "phishing": PHISHING,
    "login": NATIONAL_LOGIN_STEPS,
    "postkasse": MAILBOX_STEPS,
    "tablets": TABLETS_STEPS,
}
"""Each incident, by its name within the story, in the order of their references; its first step opens it."""

DUE_SOON, WAITING = "postkasse", "tablets"
"""The incident whose early warning is to be sent, and the one that waits for an assessment."""
