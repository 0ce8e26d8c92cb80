"""A setting that cannot be used is refused at the start, by its name, and a secret is never repeated."""

from pathlib import Path

import pytest

from adapters.settings import MailSettings, SettingError, WebhookSettings, read_settings

MAIL = {
    "SPORLOG_MAIL_URL": "smtp://vagt%40it:p%3Aw@post.kommune.dk:587",
    "SPORLOG_MAIL_FROM": "Sporlog <sporlog@kommune.dk>",
    "SPORLOG_MAIL_TO": "vagt@kommune.dk, Leder <leder@kommune.dk>",
}


def test_nothing_set_sends_nothing(tmp_path: Path) -> None:
    settings = read_settings({}, data=tmp_path)
    assert (settings.mail, settings.webhook, settings.public_url) == (None, None, None)


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
    assert "hemmeligt" not in str(refusal.value)


@pytest.mark.parametrize("option", ["nats", "database"])
def test_an_address_of_something_else_is_refused_before_anything_starts(tmp_path: Path, option: str) -> None:
    with pytest.raises(SettingError, match=f"SPORLOG_{option.upper()} cannot be used") as refused:
        read_settings({}, data=tmp_path, **{option: "http://user:hemmelig@host"})  # type: ignore[arg-type]  # one of the two
    assert "hemmelig" not in str(refused.value)


def test_a_webhook_may_be_unsigned(tmp_path: Path) -> None:
    url = "https://hook.kommune.dk/1"
    assert read_settings({"SPORLOG_WEBHOOK_URL": url}, data=tmp_path).webhook == WebhookSettings(url, None)
