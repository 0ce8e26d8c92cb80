"""The way out for management reports: a mail channel for each recipient."""

from collections.abc import Callable
from datetime import datetime

from adapters.channels.mail import MailChannel
from adapters.settings import Settings
from handlers.outbox import Outbox
from handlers.report_sending import PREFIX, ReportPost
from handlers.unit_of_work import Committer


def report_post(settings: Settings, outbox: Outbox, committer: Committer, clock: Callable[[], datetime]) -> ReportPost:
    """To those who are configured; to nobody while none are."""
    channels = {
        administration: [MailChannel(settings.mail, one, settings.public_url, PREFIX) for one in addresses]
        for administration, addresses in settings.reports.recipients.items()
        if settings.mail is not None
    }
    return ReportPost(outbox, channels, committer, clock)
