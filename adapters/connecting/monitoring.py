"""Where to click in the tools of operations and of the network; filled in by `connecting.py` as the others."""

from adapters.words.wording import Words

_ALERTMANAGER = """
receivers:
  - name: sporlog
    webhook_configs:
      - url: {url}
        send_resolved: true
        http_config:
          authorization: {type: Bearer, credentials: {token}}
route:
  receiver: sporlog
"""
_ICINGA2 = """
curl -sSN --cacert /var/lib/icinga2/certs/ca.crt -u sporlog:PASSWORD -H 'Accept: application/json' -X POST \\
  https://ICINGA:5665/v1/events -d '{"queue": "sporlog", "types": ["StateChange", "AcknowledgementSet",
    "AcknowledgementCleared", "DowntimeStarted", "DowntimeRemoved"]}' |
while IFS= read -r line; do
  printf %s "$line" | curl -sS --retry 5 {url} -H 'Authorization: Bearer {token}' \\
    -H 'Content-Type: application/json' --data-binary @-
done
"""
_EVE = """
[sources.eve]
type = "file"
include = ["/var/log/suricata/eve.json"]

[transforms.alerts]
type = "filter"
inputs = ["eve"]
condition = 'contains(string!(.message), "\\"event_type\\":\\"alert\\"")'

[sinks.sporlog]
type = "http"
inputs = ["alerts"]
uri = "{url}"
encoding.codec = "text"
framing.method = "newline_delimited"
auth.strategy = "bearer"
auth.token = "{token}"
"""
_SYSLOG = """
[sources.network]
type = "socket"
mode = "tcp"
address = "0.0.0.0:5514"

[sinks.sporlog]
type = "http"
inputs = ["network"]
uri = "{url}"
encoding.codec = "text"
framing.method = "newline_delimited"
auth.strategy = "bearer"
auth.token = "{token}"
"""
_IODEF = (
    "curl -sS --fail-with-body {url} -H 'Authorization: Bearer {token}' -H 'Content-Type: application/xml'"
    " --data-binary @iodef.xml"
)


_LISTEN = "SPORLOG_SYSLOG=tcp://0.0.0.0:5514?source={source}"


def _syslog(kind: str) -> Words:
    return Words(
        "Sporlog kan selv lytte. Sæt dette, genstart Sporlog, og lad udstyret sende "
        f"{kind} med syslog dertil:\n{_LISTEN}\n"
        f"Eller over HTTPS, fra en maskine med Vector, hvortil udstyret sender på TCP-port 5514. I vector.toml:\n{_SYSLOG}",
        f"Sporlog can listen itself. Set this, restart Sporlog, and let the device send {kind} by syslog there:\n{_LISTEN}\n"
        f"Or by HTTPS, from a machine with Vector to whose TCP port 5514 the device sends. In vector.toml:\n{_SYSLOG}",
    )


MONITORING: dict[str, Words] = {
    "alertmanager": Words(
        f"Skriv dette i alertmanager.yml, og genindlæs med `kill -HUP` eller POST /-/reload:\n{_ALERTMANAGER}",
        f"Put this into alertmanager.yml and reload with `kill -HUP` or POST /-/reload:\n{_ALERTMANAGER}",
    ),
    "cef": _syslog("CEF"),
    "grafana": Words(
        "Grafana > Alerting > Contact points > New > Webhook: URL {url}, HTTP Method POST, under Optional settings:\n"
        "Authorization Header Scheme = Bearer, Authorization Header Credentials = {token}\n"
        "Lad beskedens krop være Grafanas egen. Tryk på Test, og vælg kontaktpunktet under Notification policies.",
        "Grafana > Alerting > Contact points > New > Webhook: URL {url}, HTTP Method POST, under Optional settings:\n"
        "Authorization Header Scheme = Bearer, Authorization Header Credentials = {token}\n"
        "Leave the message's body as Grafana's own. Press Test, and choose the contact point under Notification policies.",
    ),
    "icinga2": Words(
        'Lav en ApiUser "sporlog" med permissions = [ "events/*" ], og lad systemd køre dette script, Restart=always:'
        f"\n{_ICINGA2}\n"
        "Strømmen gentager intet: det, der sker, mens scriptet er nede, kommer ikke.",
        'Make an ApiUser "sporlog" with permissions = [ "events/*" ] and let systemd run this script, Restart=always:'
        f"\n{_ICINGA2}\n"
        "The stream repeats nothing: what happens while the script is down does not come.",
    ),
    "iodef": Words(f"Send hvert IODEF-dokument, som det er:\n{_IODEF}", f"Send each IODEF document as it is:\n{_IODEF}"),
    "leef": _syslog("LEEF"),
    "suricata": Words(
        f"Vector på sensoren læser eve.json og sender alarmerne. I vector.toml:\n{_EVE}",
        f"Vector on the sensor reads eve.json and sends the alerts. In vector.toml:\n{_EVE}",
    ),
    "uptime-kuma": Words(
        "Uptime Kuma > Settings > Notifications > Setup > Webhook: Post URL {url}, Request Body: Preset - application/json.\n"
        'Additional Headers: {"Authorization": "Bearer {token}"}\n'
        "Tryk på Test, og slå den til på hver monitor (eller Apply on all existing monitors).",
        "Uptime Kuma > Settings > Notifications > Setup > Webhook: Post URL {url}, Request Body: Preset - application/json.\n"
        'Additional Headers: {"Authorization": "Bearer {token}"}\n'
        "Press Test, and turn it on for each monitor (or Apply on all existing monitors).",
    ),
    "zabbix": Words(
        "Zabbix > Alerts > Media types > Import: deploy/zabbix/media-type.yaml fra Sporlog. Ret parametrene i den:\n"
        "sporlog_url = {url}\n"
        "sporlog_token = {token}\n"
        "Giv en bruger mediet (Users > en bruger > Media), og lad en Action sende problemer, løsning og opdateringer dertil.\n"
        "Tryk på Test ved siden af mediet.",
        "Zabbix > Alerts > Media types > Import: deploy/zabbix/media-type.yaml of Sporlog. Change its parameters:\n"
        "sporlog_url = {url}\n"
        "sporlog_token = {token}\n"
        "Give a user the medium (Users > a user > Media), and let an Action send problems, recoveries and updates to it.\n"
        "Press Test beside the media type.",
    ),
}
