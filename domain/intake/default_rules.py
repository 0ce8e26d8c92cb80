"""The rules that Sporlog brings. They hold until somebody decides otherwise; `sporlog rules export` writes them."""

from domain.intake.rules import Rule, Rules
from domain.signals import Severity, SignalKind

DEFAULT_RULES = Rules(
    rules=(
        # What others know is referenced and opens nothing.
        Rule(name="intelligence", kinds=(SignalKind.INTELLIGENCE,), then="count"),
        Rule(name="maintenance", in_maintenance=True, categories=("availability*", "uptime*", "monitoring*"), then="suppress"),
        # Somebody who marks a ticket as security means it, whatever priority the ticket system gave.
        Rule(
            name="security-ticket",
            kinds=(SignalKind.TICKET,),
            categories=("*security*", "*sikkerhed*"),
            then="open",
            opens_as=Severity.HIGH,
        ),
        # When everything screams at once, one incident is more use than a thousand.
        Rule(name="storm", severity=Severity.HIGH, count=100, minutes=10, then="open", group="source"),
        Rule(name="severe", severity=Severity.HIGH, then="open"),
        # A thousand lesser ones from one source are one flood, not fifty incidents of fifty components.
        Rule(name="flood", severity=Severity.MEDIUM, count=1000, minutes=10, then="open", group="source"),
        # Many different lesser ones on one component within minutes are no noise any more.
        Rule(name="many", severity=Severity.MEDIUM, count=50, minutes=10, then="open"),
        Rule(name="rest", then="attach"),
    )
)
