// Sends a Zabbix problem, its updates and its recovery to Sporlog. Runs in the Zabbix server (Duktape, ECMAScript 5).
// The fields are those of a Zabbix connector, so that Sporlog reads both alike.
var event = {};

// A macro that this Zabbix version does not know stays as it is written, or becomes *UNKNOWN*.
function known(text) {
    return typeof text === 'string' && text !== '' && !/^(\{[$#]?[A-Z][A-Z0-9_]*(\.[\w.-]+)?(:[^{}]*)?\}|\*UN(KNOWN|DEFINED)\*)$/.test(text);
}

function set(field, text) {
    if (known(text)) {
        event[field] = text;
    }
}

function time(prefix, clock, date, hour) {
    if (/^\d+$/.test(clock)) {
        event[prefix + 'clock'] = clock;
    } else {
        set(prefix + 'date', date);
        set(prefix + 'time', hour);
    }
}

try {
    var params = JSON.parse(value),
        request = new HttpRequest(),
        recovered = params.event_value === '0',
        answer;

    if (!known(params.sporlog_url) || !known(params.sporlog_token)) {
        throw 'sporlog_url and sporlog_token: fill in the address of the source in Sporlog, and its token';
    }
    if (params.event_source !== '0') {
        throw 'only events of triggers are sent: limit the action to trigger actions';
    }
    if (!/^\d+$/.test(params.event_id)) {
        throw 'event_id is no number: to test the media type, write a number in its place';
    }

    event.hosts = [{ host: params.host, name: params.host_name, ip: params.host_ip }];
    event.value = recovered ? '0' : '1';
    if (recovered) {
        set('eventid', params.event_recovery_id);
        event.p_eventid = params.event_id;
        time('', params.event_recovery_timestamp, params.event_recovery_date, params.event_recovery_time);
        time('p_', params.event_timestamp, params.event_date, params.event_time);
    } else {
        event.eventid = params.event_id;
        time('', params.event_timestamp, params.event_date, params.event_time);
    }
    if (params.event_update_status === '1') {
        time('update_', params.event_update_timestamp, params.event_update_date, params.event_update_time);
    }
    event.name = params.event_name;
    set('severity', params.event_nseverity);
    set('acknowledged', params.event_ack_status);
    set('opdata', params.event_opdata);
    set('description', params.trigger_description);
    set('triggerid', params.trigger_id);
    set('url', params.trigger_url);
    set('server', params.zabbix_url);
    try {
        event.tags = JSON.parse(params.event_tags);
    } catch (unresolved) {
        event.tags = [];
    }

    request.addHeader('Content-Type: application/json; charset=utf-8');
    request.addHeader('Authorization: Bearer ' + params.sporlog_token);
    if (known(params.http_proxy)) {
        request.setProxy(params.http_proxy);
    }
    answer = request.post(params.sporlog_url, JSON.stringify(event));
    // Anything but 2xx is an error: Zabbix then shows it and tries again.
    if (request.getStatus() < 200 || request.getStatus() >= 300) {
        throw 'Sporlog answered ' + request.getStatus() + ': ' + answer;
    }
    return 'OK';
} catch (error) {
    Zabbix.log(3, '[Sporlog] not sent: ' + error);
    throw 'Sporlog: ' + error;
}
