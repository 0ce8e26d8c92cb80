"""Where to click in each tool, and what to paste there: `{url}`, `{token}` and `{source}` are filled in by `connecting.py`.

Menus differ between versions: each guide ends with the advice to check them.
"""

from adapters.connecting.monitoring import MONITORING
from adapters.words.wording import Words

_CURL = "curl -sS --fail-with-body {url} -H 'Authorization: Bearer {token}' -H 'Content-Type: %s' --data-binary %s"

_WAZUH_SCRIPT = """
#!/bin/sh
exec curl -sS --fail -m 20 -H "Authorization: Bearer $2" -H 'Content-Type: application/json' --data-binary @"$1" "$3"
"""
_WAZUH_CONFIGURATION = """
<integration>
  <name>custom-sporlog</name>
  <hook_url>{url}</hook_url>
  <api_key>{token}</api_key>
  <level>7</level>
  <alert_format>json</alert_format>
</integration>
"""
_SERVICENOW = """
(function executeRule(current) {
  var names = ['sys_id', 'number', 'short_description', 'description', 'state', 'priority', 'category', 'cmdb_ci',
               'business_service', 'opened_at', 'sys_updated_on'];
  var record = {};
  names.forEach(function (name) {
    record[name] = {value: current.getValue(name), display_value: current.getDisplayValue(name)};
  });
  var request = new sn_ws.RESTMessageV2();
  request.setHttpMethod('POST');
  request.setEndpoint('{url}');
  request.setRequestHeader('Authorization', 'Bearer {token}');
  request.setRequestHeader('Content-Type', 'application/json');
  request.setRequestBody(JSON.stringify({table_name: 'incident', record: record}));
  request.executeAsync();
})(current);
"""
_VECTOR = """
[sinks.sporlog]
type = "http"
inputs = ["ocsf"]
uri = "{url}"
encoding.codec = "json"
auth.strategy = "bearer"
auth.token = "{token}"
"""
_CLOUDEVENT = (
    '\'{"specversion": "1.0", "id": "1", "source": "/{source}", "type": "test", '
    '"data": {"title": "Test", "severity": "info", "component": "test"}}\''
)
_MISP = (
    "curl -sS https://MISP/events/restSearch -H 'Authorization: MISP-KEY' -H 'Accept: application/json'"
    ' -H \'Content-Type: application/json\' -d \'{"returnFormat": "json", "last": "1h", "published": true}\' | '
    + _CURL
    % ("application/json", "@-")
)

GUIDES: dict[str, Words] = {
    **MONITORING,
    "cloudevents": Words(
        "Send hver hændelse som CloudEvents 1.0, struktureret, batch eller binært. En prøve:\n"
        + _CURL % ("application/cloudevents+json", _CLOUDEVENT),
        "Send each event as CloudEvents 1.0, structured, as a batch or binary. A test:\n"
        + _CURL % ("application/cloudevents+json", _CLOUDEVENT),
    ),
    "csv": Words(
        "Gem regnearket som CSV med kolonnernes navne øverst (Id;Titel;Alvor;Tidspunkt;System), og send filen:\n"
        + _CURL % ("text/csv", "@fil.csv"),
        "Save the sheet as CSV with the columns' names on top (Id;Title;Severity;Detected_at;Component) and send it:\n"
        + _CURL % ("text/csv", "@file.csv"),
    ),
    "defender": Words(
        "Azure > Logic App med tidsplan (fx hvert 5. minut) og administreret identitet, der har SecurityIncident.Read.All:\n"
        "1. HTTP GET https://graph.microsoft.com/v1.0/security/incidents?$expand=alerts&$filter=lastUpdateDateTime ge <sidst>\n"
        "2. HTTP POST {url}, headers som ovenfor, Body: @{body('HTTP')}\n"
        "Eller Defender > Settings > Streaming API til en Event Hub, og derfra en Logic App med samme POST.",
        "Azure > Logic App with a schedule (say every 5 minutes) and a managed identity that has SecurityIncident.Read.All:\n"
        "1. HTTP GET https://graph.microsoft.com/v1.0/security/incidents?$expand=alerts&$filter=lastUpdateDateTime ge <last>\n"
        "2. HTTP POST {url}, headers as above, Body: @{body('HTTP')}\n"
        "Or Defender > Settings > Streaming API to an Event Hub, and from there a Logic App with the same POST.",
    ),
    "elastic": Words(
        "Kibana > Stack Management > Connectors > Create > Webhook: metode POST, URL og header som ovenfor.\n"
        "På hver regel: Actions > den connector, ved hver alarm, med denne krop:\n"
        '{"alerts": {{{context.alerts.asJSON}}}}\n'
        "Tryk på Test i connectoren.",
        "Kibana > Stack Management > Connectors > Create > Webhook: method POST, URL and header as above.\n"
        "On each rule: Actions > that connector, for each alert, with this body:\n"
        '{"alerts": {{{context.alerts.asJSON}}}}\n'
        "Press Test in the connector.",
    ),
    "email": Words(
        "På mailserveren: lad en adresse (fx brud@) gå til et script. Postfix, i /etc/aliases:\n"
        'brud: "|/usr/local/bin/til-sporlog"\n'
        "og i scriptet:\n" + _CURL % ("message/rfc822", "@-"),
        "On the mail server: let an address (say breach@) go to a script. Postfix, in /etc/aliases:\n"
        'breach: "|/usr/local/bin/to-sporlog"\n'
        "and in the script:\n" + _CURL % ("message/rfc822", "@-"),
    ),
    "json": Words(
        "Sæt værktøjets webhook til at sende sit eget JSON, uændret, med metode POST og headeren ovenfor.\n"
        "Det første, der kommer, gemmes og venter på, at nogen siger, hvordan det læses:\n"
        "sporlog source map {source} prøve.json              viser et forslag og de alarmer, det giver\n"
        "sporlog source map {source} prøve.json --save --reason '...'\n"
        "sporlog intake reprocess --source {source}           læser det, der ventede",
        "Let the tool's webhook send its own JSON, unchanged, with method POST and the header above.\n"
        "What comes first is kept and waits until somebody says how it is read:\n"
        "sporlog source map {source} sample.json             shows a proposal and the alerts that it gives\n"
        "sporlog source map {source} sample.json --save --reason '...'\n"
        "sporlog intake reprocess --source {source}           reads what waited",
    ),
    "misp": Words(
        f"En cron-linje på en maskine, der når MISP, fx hver time:\n{_MISP}",
        f"A line of cron on a machine that reaches MISP, say every hour:\n{_MISP}",
    ),
    "ocsf": Words(
        f"Amazon Security Lake, Vector, Fluent Bit og andre kan sende OCSF over HTTP. Vector, i vector.toml:\n{_VECTOR}",
        f"Amazon Security Lake, Vector, Fluent Bit and others can send OCSF by HTTP. Vector, in vector.toml:\n{_VECTOR}",
    ),
    "sentinel": Words(
        "Sentinel > Automation > Create > Playbook with incident trigger. Et trin: HTTP, metode POST, URI {url},"
        " headers som ovenfor og Content-Type: application/json, Body: @{triggerBody()}\n"
        "Derefter Automation > Create > Automation rule: når en hændelse oprettes (og en til opdateringer) > Run playbook.\n"
        "Prøv: en hændelse > Actions > Run playbook.",
        "Sentinel > Automation > Create > Playbook with incident trigger. One step: HTTP, method POST, URI {url},"
        " headers as above and Content-Type: application/json, Body: @{triggerBody()}\n"
        "Then Automation > Create > Automation rule: when an incident is created, and one more for updated > Run playbook.\n"
        "Try it: an incident > Actions > Run playbook.",
    ),
    "servicenow": Words(
        "System Definition > Business Rules > New: Table Incident, When async, Insert og Update, Advanced. Script:"
        f"\n{_SERVICENOW}\n"
        "Tider i value er UTC. Kun sager, hvis kategori indeholder security eller sikkerhed, åbner en hændelse.",
        "System Definition > Business Rules > New: Table Incident, When async, Insert and Update, Advanced. Script:"
        f"\n{_SERVICENOW}\n"
        "Times in value are UTC. Only cases whose category contains security or sikkerhed open an incident.",
    ),
    "stix": Words(
        "Send hver STIX 2.1-bundle, som den er:\n" + _CURL % ("application/stix+json;version=2.1", "@bundle.json"),
        "Send each STIX 2.1 bundle as it is:\n" + _CURL % ("application/stix+json;version=2.1", "@bundle.json"),
    ),
    "thehive": Words(
        "TheHive 5: Organization > Endpoints > HTTP/Webhook: URL og Bearer-token som ovenfor. Derefter Organization >"
        " Notifications: udløser AlertCreated (og AlertUpdated), notifier Webhook, dette endpoint.",
        "TheHive 5: Organization > Endpoints > HTTP/Webhook: URL and bearer token as above. Then Organization >"
        " Notifications: trigger AlertCreated (and AlertUpdated), notifier Webhook, this endpoint.",
    ),
    "wazuh": Words(
        "På manageren: gem dette som /var/ossec/integrations/custom-sporlog, ejer root:wazuh, rettigheder 750:"
        f"\n{_WAZUH_SCRIPT}\n"
        f"og dette i /var/ossec/etc/ossec.conf, og kør `systemctl restart wazuh-manager`:\n{_WAZUH_CONFIGURATION}\n"
        "level er det laveste niveau, der sendes: 7 er mellem, 12 høj, 15 kritisk.",
        "On the manager: save this as /var/ossec/integrations/custom-sporlog, owner root:wazuh, mode 750:"
        f"\n{_WAZUH_SCRIPT}\n"
        f"and this in /var/ossec/etc/ossec.conf, and run `systemctl restart wazuh-manager`:\n{_WAZUH_CONFIGURATION}\n"
        "level is the lowest that is sent: 7 is medium, 12 high, 15 critical.",
    ),
}
