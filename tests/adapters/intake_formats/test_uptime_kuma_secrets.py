"""Nothing of a secret comes out, in any writing; everything else comes out as it came in."""

import json
from collections.abc import Callable
from time import perf_counter
from urllib.parse import quote, quote_plus, unquote_plus

import orjson
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adapters.intake_formats.uptime_kuma_secrets import redact
from tests.adapters.intake_formats.support import fixtures, read, samples

MARK, END = "Zq7", "x9J"
KEYS = (
    "basic_auth_user",
    "basic_auth_pass",
    "headers",
    "bearer_token",
    "oauth_client_secret",
    "databaseConnectionString",
    "tlsKey",
    "mqttPassword",
    "mqttUsername",
    "pushToken",
    "radiusSecret",
    "PASSPHRASE",
    "apiKey",
    "grpcBody",
    "body",
    "grpcMetadata",
    "kafkaProducerSaslOptions",
    "my\u00e6token",
)
secrets = st.text(
    st.sampled_from("\"\\'{}[]:,/%+&=@ \n\t\r\x00æ€😀u0022aZ-") | st.characters(exclude_categories=["Cs"]), max_size=20
).map(lambda text: MARK + text + END)


def body_with(secret: object, key: str = "pushToken") -> dict[str, object]:
    monitor = {"id": 1, "name": 'x " \\ {[', key: secret, "url": "https://a.example/?q=1&m=a@b", "port": None}
    return {"heartbeat": {"monitorID": 1, "status": 0}, "monitor": monitor, "msg": "m: \\" + '"'}


def writings(secret: str) -> set[bytes]:
    plain = {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    twice = {json.dumps(text)[1:-1] for text in plain}
    encoded = {code(text) for text in plain | twice for code in (quote, quote_plus)}
    return {text.encode() for text in plain | twice | encoded}


def holds_nothing_of(secret: str, body: bytes) -> None:
    out = redact(body)
    assert not [text for text in (*writings(secret), MARK.encode(), END.encode()) if text in out], out
    parsed = read("uptime-kuma", out)
    assert MARK not in repr(parsed)


@pytest.mark.parametrize("key", KEYS)
@given(secret=secrets, ascii_only=st.booleans())
def test_a_secret_gives_way_and_the_rest_stays_byte_for_byte(key: str, secret: str, ascii_only: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    body, wanted = (json.dumps(body_with(each, key), ensure_ascii=ascii_only).encode() for each in (secret, "[redacted]"))
    assert redact(body) == wanted


@given(secrets, st.integers(1, 3))
def test_also_in_json_that_was_written_into_a_text(secret: str, times: int) -> None:
    body, wanted = body_with(secret), body_with("[redacted]")
    for _ in range(times):
        body, wanted = {"text": json.dumps(body)}, {"text": json.dumps(wanted)}
    assert redact(orjson.dumps(body)) == orjson.dumps(wanted)


@given(secrets, st.sampled_from([quote, quote_plus]))
def test_also_in_a_urlencoded_form(secret: str, code: Callable[[str], str]) -> None:
    body, wanted = (f"a=1&data={code(json.dumps(body_with(each)))}&b=2".encode() for each in (secret, "[redacted]"))
    out = redact(body)
    assert out == wanted.replace(b"%5Bredacted%5D", b"[redacted]")
    assert json.loads(unquote_plus(out.decode()).split("data=")[1].rpartition("&b=2")[0]) == body_with("[redacted]")


@given(secrets)
def test_also_in_a_form_of_many_parts(secret: str) -> None:
    head, tail = b'--b1\r\nContent-Disposition: form-data; name="data"\r\n\r\n', b"\r\n--b1--\r\n"
    body, wanted = (head + orjson.dumps(body_with(each)) + tail for each in (secret, "[redacted]"))
    assert redact(body) == wanted


@given(secrets, st.recursive(st.none() | st.text(max_size=5), lambda each: st.lists(each) | st.dictionaries(st.text(), each)))
def test_objects_and_lists_of_secrets_give_way_whole(secret: str, beside: object) -> None:
    body = body_with({"a": [secret, beside, {"b": secret}]})
    assert redact(orjson.dumps(body)) == orjson.dumps(body_with("[redacted]"))


@given(secrets, st.data())
def test_nothing_of_it_is_left_in_a_body_that_was_cut_off(secret: str, data: st.DataObject) -> None:
    whole = json.dumps(body_with(secret)).encode()
    for body in (whole, quote_plus(whole).encode()):
        holds_nothing_of(secret, body[: data.draw(st.integers(0, len(body)))])


@given(secrets, st.data())
def test_nothing_of_it_is_left_in_a_body_that_lost_a_sign(secret: str, data: st.DataObject) -> None:
    body = json.dumps(body_with(secret)).encode()
    start, end = body.index(MARK.encode()), body.index(END.encode())
    signs = [at for at, byte in enumerate(body) if byte in b'"{}[]:,\\' and not start <= at < end]
    at = data.draw(st.sampled_from(signs))
    # A closing quote that is lost takes what follows with it, up to the next one.
    holds_nothing_of(secret, body[:at] + body[at + 1 :])


@given(secrets)
def test_nothing_of_it_is_left_when_the_sender_did_not_escape_it(secret: str) -> None:
    assume('",' not in secret.replace(" ", "") and '"}' not in secret and '"]' not in secret)
    assume(not any(f'"{space}{sign}' in secret for space in (" ", "\n", "\t", "\r", "+") for sign in ",}]"))
    assume("\\" not in secret)
    holds_nothing_of(secret, b'{"monitor": {"pushToken": "%s", "id": 1}}' % secret.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_nothing_of_it_is_left_in_an_encoding_that_is_refused(encoding: str) -> None:
    out = redact(json.dumps(body_with(MARK + END)).encode(encoding))
    assert MARK.encode(encoding)[-12:] not in out
    assert MARK.encode() not in out.replace(b"\0", b"")


@pytest.mark.parametrize("value", [None, True, False, ""])
def test_whether_there_is_a_secret_may_be_seen(value: object) -> None:
    body = orjson.dumps(body_with(value))
    assert redact(body) == body


def test_a_number_is_a_secret_too() -> None:
    assert redact(orjson.dumps(body_with(20301))) == orjson.dumps(body_with("[redacted]"))


@pytest.mark.parametrize("key", ["push\\u0054oken", "p\\u0061ss", 'a\\"b_token_c'])
def test_a_key_may_be_written_with_escapes(key: str) -> None:
    assert redact(b'{"%s": "%s", "id": 1}' % (key.encode(), MARK.encode())) == b'{"%s": "[redacted]", "id": 1}' % key.encode()


@pytest.mark.parametrize("url", ["https://me:Zq7@a.example/x", "postgres://Zq7@h:5432/db"])
def test_the_password_in_an_address_gives_way(url: str) -> None:
    out = redact(orjson.dumps({"heartbeat": None, "monitor": {"url": url, "port": 1}, "msg": "kan ikke nå " + url}))
    assert b"Zq7" not in out
    assert out.count(b"://[redacted]@") == 2


@pytest.mark.parametrize(
    "text", ["https://a.example/a@b", "mail a@b.example", "https://a.example?x=a@b", "token: 7", 'password "x"']
)
def test_addresses_without_a_password_and_plain_words_stay(text: str) -> None:
    body = orjson.dumps({"heartbeat": None, "monitor": {"name": text, "type": "http"}, "msg": text})
    assert redact(body) == body


def test_bodies_without_secrets_stay_as_they_are() -> None:
    for path in (*fixtures("uptime-kuma"), *samples("uptime-kuma")):
        assert redact(path.read_bytes()) == path.read_bytes()


@given(st.binary(max_size=300), st.sampled_from([b'"token":', b'\\"key\\":', b"%22pass%22%3A", b'"', b"{", b"\\"]))
def test_any_bytes_at_all_are_taken_and_twice_is_the_same_as_once(noise: bytes, piece: bytes) -> None:
    redact(noise + piece + noise)
    assert redact(body := orjson.dumps(body_with(noise.hex() + "g"))) == redact(redact(body))


@pytest.mark.parametrize(
    "piece",
    [
        b"\\",
        b'\\"',
        b'"',
        b'":',
        b'"key":',
        b'"key":"',
        b'"key":{',
        b"://",
        b"%22key%22%3A",
        b"pass",
        b'\\\\\\":',
        b'\0"\0k\0e\0y',
    ],
)
def test_a_hostile_body_costs_no_more_than_its_size(piece: bytes) -> None:
    body = piece * (1_000_000 // len(piece))
    begin = perf_counter()
    redact(body)
    assert perf_counter() - begin < 15
