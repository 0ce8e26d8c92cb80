"""`sporlog report send` and `sporlog report sent`: a report by mail now, and who got which."""

import asyncio
from contextlib import closing

import typer

from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, office, origin
from adapters.cli.output import console, print_json, table
from adapters.cli.report_options import Administration, PeriodOption, house_of
from domain.errors import InvalidInputError
from domain.primary import NotPrimaryError


def add_sending(app: typer.Typer) -> None:
    """The two commands."""
    now = say(
        "Send rapporten nu med mail til SPORLOG_REPORT_TO. Det føres i loggen, hvem der fik den.",
        "Send the report now by mail to SPORLOG_REPORT_TO. Who got it is on record.",
    )
    app.command("send", help=now)(send)
    app.command("sent", help=say("Vis, hvem der har fået hvilken rapport.", "Show who got which report."))(sent)


def send(
    *,
    period: PeriodOption,
    administration: Administration = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Exit code 1 when a recipient has not got it yet: it waits, and a running Sporlog goes on trying."""
    from adapters import main
    from adapters.management.mailing import report_mail
    from adapters.management.posting import report_post
    from domain.management.period import parse_period
    from handlers.report_sending import report_id, reports_sent
    from handlers.requests import StepRequest, meta_of

    wanted = parse_period(period)
    with office(data, database) as opened, closing(main.open_outbox(opened.settings)) as outbox, house_of(opened) as house:
        if why := opened.store.read_only():
            # Sent from here, it could not be recorded.
            raise NotPrimaryError(why)
        if house.demo:
            raise InvalidInputError(say("en demo sender intet", "a demo sends nothing"))
        recipients = opened.settings.reports.recipients.get(administration, ())
        if not recipients:
            raise InvalidInputError(say("til hvem? Sæt SPORLOG_REPORT_TO", "to whom? Set SPORLOG_REPORT_TO"))
        meta = meta_of(StepRequest(), origin())
        report = report_mail(house, wanted, administration, report_id(wanted, administration, meta), meta)
        post = report_post(opened.settings, outbox, opened.desk.committer, main.utc_now)
        post.post(report)
        asyncio.run(post.deliver())
        # As the log has it: a running Sporlog may have been quicker with some.
        gone = [one.recipient for one in reports_sent(opened.store) if one.meta.correlation_id == meta.correlation_id]
    waiting = len(recipients) - len(gone)
    if as_json:
        told = {"period": report.period, "position": report.report_position, "report_sha256": report.report_sha256}
        print_json({**told, "recipients": gone, "waiting": waiting})
    else:
        for one in gone:
            console().print(say(f"Sendt til {one}", f"Sent to {one}"))
        if waiting:
            console().print(
                say(
                    f"{waiting} venter: mailserveren tog dem ikke. De prøves igen, mens Sporlog kører; se sporlog doctor.",
                    f"{waiting} wait: the mail server did not take them. A running Sporlog tries again; see sporlog doctor.",
                )
            )
    if waiting:
        raise typer.Exit(1)


def sent(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """The last one first."""
    from adapters.management.json import sending_object
    from handlers.report_sending import sendings_of

    with office(data, database) as opened:
        found = sendings_of(opened.store)
    if as_json:
        print_json([sending_object(one) for one in found])
        return
    if not found:
        console().print(say("Ingen rapport er sendt endnu.", "No report was sent yet."))
        return
    shown = table(say("Periode", "Period"), say("Logpost", "Position"), say("Sendt", "Sent"), say("Til", "To"))
    for one in found:
        for mail in one.mails:
            named = ", ".join(filter(None, (one.period, one.administration)))
            shown.add_row(named, str(one.report_position), show_time(mail.at), mail.recipient or say("(slettet)", "(erased)"))
    console().print(shown)
