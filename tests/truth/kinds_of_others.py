"""How Proofpoint, Mimecast and Trend Micro tell of a click.

Owns the words of these exports, what they mean, and the cells of one record, from docs/formats.md. Must not
know files.
"""

from clock import MILLISECOND, SECOND
from happened import DEVICES
from told import Telling

TREND = {
    "blocked": ("Malicious", "Blocked"),
    "allowed": ("Safe", "Allowed"),
    "warned and stopped": ("Blocked", "Blocked"),
    "warned but accessed": ("Blocked", "UserOverride"),
}


def milliseconds(one):
    return one.event.ticks // MILLISECOND * MILLISECOND


def seconds(one):
    return one.event.ticks // SECOND * SECOND


def iso_milliseconds(one):
    return f"{one.moment:%Y-%m-%dT%H:%M:%S}.{one.fraction // MILLISECOND:03}Z"


def proofpoint(one, word, action):
    """All that it tells of was held for a threat; what was cleared later is Safe, and the word says so."""
    cleared = None
    if one.verdict == "Safe" and word:
        cleared = one.pick("cleared", ["cleared", "falsePositive"])
    classification = (
        one.threats[0] if one.threats else one.pick("class", ["phish", "malware", "MALWARE", "spam"])
    )
    cells = {
        "campaignId": None,
        "classification": classification,
        "clickIP": one.event.address,
        "clickTime": iso_milliseconds(one),
        "GUID": one.event.message,
        "id": one.id,
        "messageID": one.message,
        "recipient": one.event.user,
        "sender": one.sender,
        "senderIP": "198.51.100.25",
        "threatID": "00ab",
        "threatTime": "2026-05-04T11:00:00.000Z",
        "threatURL": "https://threats.example/1",
        "threatStatus": cleared or one.pick("active", ["active", "Active"]),
        "url": one.event.url,
        "userAgent": one.agent,
    }
    return Telling(
        milliseconds(one),
        one.event.url,
        "Safe" if cleared else "Malicious",
        action,
        cells,
        True,
        {
            "user": one.event.user,
            "source": "Email",
            "ip": one.event.address,
            "device": DEVICES[one.agent],
            "sender": one.sender,
            "rawAction": f"{word} ({cleared})" if cleared else word,
            "threat": classification,
            "messageId": one.message,
            "reportId": one.id,
        },
    )


def proofpoint_arrays(one):
    """An array is all it has to say what was done: what was not blocked was permitted."""
    permitted = one.action in ("Allowed", "UserOverride")
    if permitted:
        return proofpoint(one, "clicksPermitted", "Allowed")
    return proofpoint(one, "clicksBlocked", "Blocked")


def proofpoint_lines(one):
    """A line names its array, or its status, or neither."""
    word = {"Allowed": "permitted", "UserOverride": "permitted", "Blocked": "blocked"}.get(one.action)
    if word is None:
        return proofpoint(one, None, "Unknown")
    done = "Allowed" if word == "permitted" else "Blocked"
    named = one.pick("line", ["event_type", "status"])
    told = proofpoint(one, f"clicks{word.title()}" if named == "event_type" else word, done)
    if named == "event_type":
        told.cells["event_type"] = f"clicks{word.title()}"
    else:
        told.cells |= {"type": "click", "status": word}
    return told


def mimecast_api(one):
    """What was thought of it is the scan's result; a warning that somebody passed is an override."""
    action = {"Allowed": "allow", "UserOverride": "warn", "None": "warn", "Blocked": "block"}.get(one.action)
    if one.action == "None" and not one.waits:
        action = ""
    if one.verdict == "Malicious":
        result = "malicious"
    else:
        result = "clean" if one.verdict == "Safe" or one.of_policy else ""
    went_on = one.pick("went on", [("Continue", "None"), ("N/A", "Permit")])
    awareness, override = (
        went_on if one.action == "UserOverride" else ("N/A", one.pick("unset", ["None", None]))
    )
    done = {"allow": "Allowed", "block": "Blocked", "warn": "Blocked"}.get(action or "", "Unknown")
    if one.action == "UserOverride":
        done = "UserOverride"
    verdict = {"malicious": "Malicious", "clean": "Safe"}.get(result)
    if verdict is None:
        verdict = "Blocked" if action in ("warn", "block") else "Unknown"
    cells = {
        "userEmailAddress": one.event.user,
        "fromUserEmailAddress": one.sender,
        "url": one.event.url,
        "ttpDefinition": "Default Inbound URL Protect Definition",
        "subject": one.event.subject,
        "action": action,
        "adminOverride": "None",
        "userOverride": override,
        "scanResult": result,
        "category": "Business",
        "sendingIp": "198.51.100.25",
        "userAwarenessAction": awareness,
        "date": f"{one.moment:%Y-%m-%dT%H:%M:%S}+0000",
        "actions": (action or "").title(),
        "route": "inbound",
        "creationMethod": "User Click",
        "emailPartsDescription": ["Body"],
        "messageId": one.message,
        "tagMap": {},
    }
    return Telling(
        seconds(one),
        one.event.url,
        verdict,
        done,
        {**cells, "emailPartsDescription": "Body", "tagMap": None},
        True,
        {
            "user": one.event.user,
            "source": "Email",
            "subject": one.event.subject,
            "sender": one.sender,
            "rawAction": "warn, continued" if one.action == "UserOverride" else action,
            "messageId": one.message,
            "record": cells,
        },
    )


def mimecast_siem(one):
    """Only what was done and why: no way through a warning."""
    action = {"Allowed": "Allow", "UserOverride": "Warn", "None": "Warn", "Blocked": "Block"}.get(
        one.action, ""
    )
    reason = "malicious" if one.verdict == "Malicious" else ""
    verdict = "Malicious" if reason else "Blocked" if action in ("Warn", "Block") else "Unknown"
    done = {"Allow": "Allowed", "Warn": "Blocked", "Block": "Blocked"}.get(action, "Unknown")
    cells = {
        "aggregateId": one.id,
        "processingId": f"proc-{one.id}",
        "accountId": "C0EXAMPLE",
        "timestamp": one.event.ticks // MILLISECOND,
        "action": action,
        "blockReason": reason,
        "urlCategory": "Phishing & Fraud",
        "senderDomain": "supplier.example",
        "sourceIp": "198.51.100.25",
        "route": "Inbound",
        "messageId": one.message,
        "subject": one.event.subject,
        "senderEnvelope": one.sender,
        "recipients": one.event.user,
        "url": one.event.url,
        "type": "url protect",
        "subtype": action,
    }
    return Telling(
        milliseconds(one),
        one.event.url,
        verdict,
        done,
        cells,
        True,
        {
            "user": one.event.user,
            "source": "Email",
            "subject": one.event.subject,
            "sender": one.sender,
            "rawAction": action,
            "messageId": one.message,
        },
    )


def trend_word(one):
    if one.action == "Allowed":
        return "Allowed"
    if one.action == "Blocked":
        return "Blocked" if one.verdict == "Malicious" else "Warned and stopped"
    if one.action == "UserOverride":
        return "Warned but accessed"
    return "Warned and stopped" if one.waits else one.event.action if one.action == "Unknown" else ""


def trend_micro(one):
    word = one.cased(trend_word(one))
    verdict, action = TREND.get(word.lower(), ("Unknown", "Unknown"))
    cells = {
        "Sender": one.sender,
        "Recipient": one.event.user,
        "URL": one.event.url,
        "Message ID": one.message,
        "Direction": "Incoming",
        "Action Applied": word,
    }
    return Telling(
        seconds(one),
        one.event.url,
        verdict,
        action,
        cells,
        word.lower() in TREND,
        {
            "user": one.event.user,
            "source": "Email",
            "sender": one.sender,
            "rawAction": word,
            "messageId": one.message,
        },
    )


def trend_micro_cef(one):
    """A line of CEF also has the subject."""
    told = trend_micro(one)
    del told.cells["Direction"]
    told.cells["Subject"] = told.texts["subject"] = one.event.subject
    return told
