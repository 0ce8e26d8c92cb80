"""A setting that cannot be used is refused at the start, by its name, and a secret is never repeated."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.audit.anchor_settings import AnchorSettings, AuthoritySettings
from adapters.management.settings import ReportSettings
from adapters.setting_error import SettingError
from adapters.settings import MailSettings, WebhookSettings, read_settings
from adapters.ways_in.settings import AUTO, GraphSettings, ImapSettings, SyslogSettings, WaysSettings
from domain.management.period import Every

MAIL = {
    "SPORLOG_MAIL_URL": "smtp://vagt%40it:p%3Aw@post.kommune.dk:587",
    "SPORLOG_MAIL_FROM": "Sporlog <sporlog@kommune.dk>",
    "SPORLOG_MAIL_TO": "vagt@kommune.dk, Leder <leder@kommune.dk>",
}
WAYS = {
    "SPORLOG_SYSLOG": "udp://127.0.0.1:5514, tcp://[::1]:6514?source=cef",
    "SPORLOG_IMAP": "imaps://nis2%40kommune.dk:p%2Cw@post.kommune.dk",
    "SPORLOG_GRAPH": "graph://t-1:c-1:s~%2F1@graph.microsoft.com?source=defender-skole&every=300",
}


def test_nothing_set_sends_nothing(tmp_path: Path) -> None:
    settings = read_settings({}, data=tmp_path)
    assert (settings.mail, settings.webhook, settings.public_url) == (None, None, None)


def test_there_are_one_or_two_processes(tmp_path: Path) -> None:
    assert read_settings({}, data=tmp_path).processes == 1
    assert read_settings({"SPORLOG_PROCESSES": "2"}, data=tmp_path).processes == 2
    for wrong in ("0", "3", "to"):
        with pytest.raises(SettingError, match=f"SPORLOG_PROCESSES is '{wrong}': use 1 or 2"):
            read_settings({"SPORLOG_PROCESSES": wrong}, data=tmp_path)


def test_anchors_are_read(tmp_path: Path) -> None:
    given = {"SPORLOG_TSA_URL": "https://tsa.example/tsr", "SPORLOG_TSA_CHAIN": str(tmp_path / "chain.pem")}
    anchors = read_settings(MAIL | given | {"SPORLOG_ANCHOR_MAIL": "log@arkiv.example"}, data=tmp_path).anchors
    assert anchors == AnchorSettings(
        AuthoritySettings("https://tsa.example/tsr", tmp_path / "chain.pem"),
        tmp_path / "chain.pem",
        "log@arkiv.example",
        timedelta(hours=24),
    )
    assert read_settings({}, data=tmp_path).anchors == AnchorSettings(None, None, None, timedelta(hours=24))


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SPORLOG_TSA_URL": "https://tsa.example"}, "SPORLOG_TSA_CHAIN"),
        ({"SPORLOG_TSA_URL": "tsa.example/hemmeligt", "SPORLOG_TSA_CHAIN": "chain.pem"}, "SPORLOG_TSA_URL"),
        ({"SPORLOG_ANCHOR_MAIL": "arkivet", **MAIL}, "SPORLOG_ANCHOR_MAIL"),
        ({"SPORLOG_ANCHOR_MAIL": "log@arkiv.example"}, "SPORLOG_MAIL_URL"),
        ({"SPORLOG_ANCHOR_HOURS": "0"}, "SPORLOG_ANCHOR_HOURS"),
        ({"SPORLOG_ANCHOR_HOURS": "dagligt"}, "SPORLOG_ANCHOR_HOURS"),
    ],
)
def test_an_anchor_that_cannot_be_used_is_named(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named) as refused:
        read_settings(given, data=tmp_path)
    assert named in refused.value.danish
    assert "hemmeligt" not in str(refused.value) + refused.value.danish


def test_who_gets_which_report_is_read(tmp_path: Path) -> None:
    told = "Direktion <direktion@kommune.dk>, bi@kommune.dk; Børn, Unge og Kultur: chef@kommune.dk; bi@kommune.dk"
    reports = read_settings(MAIL | {"SPORLOG_REPORT_TO": told, "SPORLOG_REPORT_EVERY": "month"}, data=tmp_path).reports
    assert reports == ReportSettings(
        {None: ("Direktion <direktion@kommune.dk>", "bi@kommune.dk"), "Børn, Unge og Kultur": ("chef@kommune.dk",)},
        Every.MONTH,
    )
    assert read_settings({}, data=tmp_path).reports == ReportSettings({}, Every.QUARTER)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SPORLOG_REPORT_TO": "direktion@kommune.dk"}, "SPORLOG_MAIL_URL"),
        ({"SPORLOG_REPORT_TO": "direktionen", **MAIL}, "SPORLOG_REPORT_TO"),
        ({"SPORLOG_REPORT_TO": "a@kommune.dk; Sundhed:", **MAIL}, "SPORLOG_REPORT_TO"),
        ({"SPORLOG_REPORT_EVERY": "uge"}, "SPORLOG_REPORT_EVERY"),
    ],
)
def test_a_report_that_cannot_be_sent_is_refused_by_name(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named):
        read_settings(given, data=tmp_path)


def test_a_mail_server_is_read_with_its_login_and_addresses(tmp_path: Path) -> None:
    assert read_settings(MAIL, data=tmp_path).mail == MailSettings(
        "post.kommune.dk",
        587,
        tls=False,
        user="vagt@it",
        password="p:w",
        sender="Sporlog <sporlog@kommune.dk>",
        recipients=("vagt@kommune.dk", "Leder <leder@kommune.dk>"),
    )


@pytest.mark.parametrize(
    ("url", "port", "tls"), [("smtp://relay", 25, False), ("smtps://relay", 465, True), ("smtps://relay:2465", 2465, True)]
)
def test_the_scheme_decides_port_and_tls(tmp_path: Path, url: str, port: int, *, tls: bool) -> None:
    mail = read_settings(MAIL | {"SPORLOG_MAIL_URL": url}, data=tmp_path).mail
    assert mail is not None
    assert (mail.port, mail.tls, mail.user, mail.password) == (port, tls, None, None)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SPORLOG_MAIL_URL", "post.kommune.dk"),
        ("SPORLOG_MAIL_URL", "imap://sporlog:hemmeligt@post.kommune.dk"),
        ("SPORLOG_MAIL_URL", "smtp://sporlog:hemmeligt@post.kommune.dk:mange"),
        ("SPORLOG_MAIL_URL", "smtp://sporlog:hemmeligt@:25"),
        ("SPORLOG_MAIL_FROM", ""),
        ("SPORLOG_MAIL_TO", "vagten"),
        ("SPORLOG_MAIL_TO", "vagt@kommune.dk, vagten"),
        ("SPORLOG_WEBHOOK_URL", "ftp://hemmeligt.dk"),
        ("SPORLOG_PUBLIC_URL", "sporlog.kommune.dk"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=variable) as refusal:
        read_settings(MAIL | {variable: value}, data=tmp_path)
    assert variable in refusal.value.danish
    assert "hemmeligt" not in str(refusal.value) + refusal.value.danish


@pytest.mark.parametrize("option", ["nats", "database"])
def test_an_address_of_something_else_is_refused_before_anything_starts(tmp_path: Path, option: str) -> None:
    with pytest.raises(SettingError, match=f"SPORLOG_{option.upper()} cannot be used") as refused:
        read_settings({}, data=tmp_path, **{option: "http://user:hemmelig@host"})  # type: ignore[arg-type]  # one of the two
    assert f"SPORLOG_{option.upper()} kan ikke bruges" in refused.value.danish
    assert "hemmelig" not in str(refused.value) + refused.value.danish


def test_a_webhook_may_be_unsigned(tmp_path: Path) -> None:
    url = "https://hook.kommune.dk/1"
    assert read_settings({"SPORLOG_WEBHOOK_URL": url}, data=tmp_path).webhook == WebhookSettings(url, None)


def test_the_ways_in_are_read_with_what_they_leave_out(tmp_path: Path) -> None:
    ways = read_settings(WAYS, data=tmp_path).ways
    assert ways.syslog == (
        SyslogSettings("udp", "127.0.0.1", 5514, AUTO),
        SyslogSettings("tcp", "::1", 6514, "cef"),
    )
    assert ways.imap == (
        ImapSettings("post.kommune.dk", 993, "nis2@kommune.dk", "p,w", "INBOX", "email", every_s=60, seen=False),
    )
    assert ways.graph == (GraphSettings("graph.microsoft.com", "t-1", "c-1", "s~/1", "defender-skole", every_s=300),)
    assert read_settings({}, data=tmp_path).ways == WaysSettings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SPORLOG_SYSLOG", "udp://127.0.0.1:5514,udp://127.0.0.1"),
        ("SPORLOG_SYSLOG", "tls://127.0.0.1:6514"),
        ("SPORLOG_SYSLOG", "udp://hemmeligt@127.0.0.1:5514"),
        ("SPORLOG_SYSLOG", "udp://127.0.0.1:5514?source=Hemmeligt"),
        ("SPORLOG_SYSLOG", "udp://127.0.0.1:5514?every=60"),
        ("SPORLOG_SYSLOG", "udp://127.0.0.1:hemmeligt"),
        ("SPORLOG_IMAP", "imap://user:hemmeligt@host"),
        ("SPORLOG_IMAP", "imaps://user@host/hemmeligt"),
        ("SPORLOG_IMAP", "imaps://user:hem#meligt@host"),
        ("SPORLOG_IMAP", "imaps://user:hemmeligt@host?every=1"),
        ("SPORLOG_IMAP", "imaps://user:hemmeligt@host?seen=hemmeligt"),
        ("SPORLOG_IMAP", "imaps://user:hemmeligt@host/Indb%C3%B8rn"),
        ("SPORLOG_GRAPH", "graph://tenant:hemmeligt@graph.microsoft.com"),
        ("SPORLOG_GRAPH", "graph://tenant:client:hemmeligt@graph.microsoft.com/v1.0"),
        ("SPORLOG_GRAPH", "graph://ten%2Fant:client:hemmeligt@graph.microsoft.com"),
    ],
)
def test_a_way_in_that_cannot_be_used_is_refused_by_name_and_told_how_to_write_it(
    tmp_path: Path, variable: str, value: str
) -> None:
    with pytest.raises(SettingError, match=rf"{variable}, address \d cannot be used: .*; write ") as refusal:
        read_settings({variable: value}, data=tmp_path)
    assert re.fullmatch(rf"{variable}, adresse \d, kan ikke bruges: .*; skriv .*", refusal.value.danish)
    assert "hemmeligt" not in (str(refusal.value) + refusal.value.danish).casefold()
