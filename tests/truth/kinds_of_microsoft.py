"""How Get-SafeLinksDetailReport, the URL protection report, Explorer and the audit log tell of a click.

Owns the words of these exports, what they mean, and the cells of one record, from docs/formats.md. What a
kind has no word for is written with the nearest it has, or with none. Must not know files.
"""

import json
from datetime import timedelta

import values
from clock import MILLISECOND, SECOND
from told import Telling

NOTHING = ("Unknown", "Unknown")

DETAIL = {
    "allowed": ("Safe", "Allowed"),
    "tenantallowed": ("Safe", "Allowed"),
    "blocked": ("Malicious", "Blocked"),
    "tenantblocked": ("Blocked", "Blocked"),
    "clickedevenblocked": ("Malicious", "UserOverride"),
    "tenantblockedandclickedthrough": ("Blocked", "UserOverride"),
    "clickedduringscan": ("Pending", "UserOverride"),
    "scanning": ("Pending", "None"),
}
FLAGS = {"Allowed": "0", "Blocked": "1", "ClickedEvenBlocked": "2", "ClickedDuringScan": "3"}
PHRASES = {
    "Allowed": "Allowed",
    "TenantAllowed": "Allowed by tenant admin",
    "Blocked": "Blocked",
    "TenantBlocked": "Blocked by tenant admin",
    "ClickedEvenBlocked": "Blocked and clicked through",
    "TenantBlockedAndClickedThrough": "Blocked by tenant admin and clicked through",
    "ClickedDuringScan": "Clicked through during scan",
    "Scanning": "Pending scan",
}
PROTECTION = {phrase.lower(): DETAIL[word.lower()] for word, phrase in PHRASES.items()}
EXPLORER = {
    "allowed": ("Safe", "Allowed"),
    "block page": ("Malicious", "Blocked"),
    "blocked": ("Malicious", "Blocked"),
    "block page override": ("Malicious", "UserOverride"),
    "block overridden": ("Malicious", "UserOverride"),
    "pending detonation page": ("Pending", "None"),
    "pending verdict": ("Pending", "None"),
    "pending detonation page override": ("Pending", "UserOverride"),
    "pending verdict bypassed": ("Pending", "UserOverride"),
    "error page": ("Unknown", "None"),
    "error": ("Unknown", "None"),
    "failure": NOTHING,
    "none": NOTHING,
}
AUDIT = {
    "0": NOTHING,
    "none": NOTHING,
    "1": ("Safe", "Allowed"),
    "allowed": ("Safe", "Allowed"),
    "2": ("Malicious", "Blocked"),
    "blockpage": ("Malicious", "Blocked"),
    "3": ("Pending", "None"),
    "pendingdetonationpage": ("Pending", "None"),
    "4": ("Malicious", "UserOverride"),
    "blockpageoverride": ("Malicious", "UserOverride"),
    "5": ("Pending", "UserOverride"),
    "pendingdetonationpageoverride": ("Pending", "UserOverride"),
}
# What each export calls the sources of hunting; other words stay as they are.
APPS = {
    "detail": {"email": "Email Client", "office": "OfficeDocs", "teams": "Teams", "copilot": "Copilot"},
    "protection": {
        "email": "Email client",
        "office": "Office document",
        "teams": "Teams",
        "copilot": "Copilot",
    },
    "audit": {"email": "Mail", "teams": "Teams", "copilot": "Copilot"},
}


def app(one, of):
    return APPS[of].get(one.source, one.event.workload)


def source(one):
    """The source that those apps mean."""
    return values.SOURCES.get(one.source, one.event.workload)


def seconds(one, late=0):
    return (one.event.ticks // SECOND + late) * SECOND


def cmdlet_word(one):
    """What the cmdlet calls it: nothing for an error page, and a new word is kept as it is."""
    if one.action == "Allowed":
        return one.pick("tenant", ["Allowed"] * 9 + ["TenantAllowed"])
    if one.waits:
        return "ClickedDuringScan" if one.event.clicked else "Scanning"
    if one.action == "Blocked":
        return "TenantBlocked" if one.of_policy else "Blocked"
    if one.action == "UserOverride":
        return "TenantBlockedAndClickedThrough" if one.of_policy else "ClickedEvenBlocked"
    return "" if one.action == "None" else one.event.action


def detail_report(one, late=0):
    plain = cmdlet_word(one)
    word = one.cased(plain)
    verdict, action = DETAIL.get(word.lower(), NOTHING)
    cells = {
        "NetworkMessageId": one.event.message,
        "ClientMessageId": None,
        "SenderAddress": one.sender,
        "RecipientAddress": one.event.user,
        "Url": one.event.url,
        "UrlDomain": "x.example",
        "Action": word,
        "AppName": app(one, "detail"),
        "SourceId": None,
        "Organization": one.organisation,
        "DetectedBy": "ATP safe links",
        "UrlType": "",
        "Flags": FLAGS.get(plain, ""),
    }
    return Telling(
        seconds(one, late),
        one.event.url,
        verdict,
        action,
        cells,
        word.lower() in DETAIL,
        {
            "user": one.event.user,
            "source": source(one),
            "sender": one.sender,
            "tenant": one.organisation,
            "rawAction": word,
            "messageId": one.event.message,
        },
    )


def detail_report_to_milliseconds(one):
    """As ConvertTo-Json of Windows PowerShell writes an instant."""
    told = detail_report(one)
    told.ticks = one.event.ticks // MILLISECOND * MILLISECOND
    return told


def url_protection(one, late=0):
    plain = cmdlet_word(one)
    word = one.cased(one.pick("enum", [PHRASES.get(plain, plain)] * 9 + [plain]))
    verdict, action = (PROTECTION | DETAIL).get(word.lower(), NOTHING)
    cells = {
        "User": one.event.user,
        "URL": one.event.url,
        "Action": word,
        "App": app(one, "protection"),
        "Tags": one.pick("tags", ["", "", "Priority account", "Priority account, Board"]),
    }
    return Telling(
        seconds(one, late),
        one.event.url,
        verdict,
        action,
        cells,
        word.lower() in PROTECTION | DETAIL,
        {"user": one.event.user, "source": source(one), "rawAction": word},
    )


LONG_WORDS = {
    ("Blocked", False): "Block page",
    ("UserOverride", False): "Block page override",
    ("None", True): "Pending detonation page",
    ("UserOverride", True): "Pending detonation page override",
    ("Allowed", False): "Allowed",
    ("None", False): "Error page",
}
SHORT_WORDS = {
    ("Blocked", False): "Blocked",
    ("UserOverride", False): "Block overridden",
    ("None", True): "Pending verdict",
    ("UserOverride", True): "Pending verdict bypassed",
    ("Allowed", False): "Allowed",
    ("None", False): "Error",
}


def explorer(one, late=0, words=LONG_WORDS, click_id=None):
    """A threat makes Safe Malicious; `Block` is an entry of a list, which makes Malicious Blocked."""
    happened = one.action, one.waits
    word = words.get(happened) or one.pick("failure", ["Failure", "None", "", "Detonated later"])
    word = one.cased(word)
    threat = one.event.threats
    if one.of_policy:
        threat = one.pick("block", ["Block", "Block", "block", threat])
        if one.threats and threat.lower() == "block":
            threat = f"{threat}, {one.threats[0]}"
    found = [each for each in values.types_in(threat) if each.lower() != "block"]
    verdict, action = EXPLORER.get(word.lower(), NOTHING)
    if verdict == "Safe" and found:
        verdict = "Malicious"
    if verdict == "Malicious" and values.types_in(threat) and not found:
        verdict = "Blocked"
    cells = {
        "Recipient": one.event.user,
        "URL click action": word,
        "URL": one.event.url,
        "Tags": "",
        "Network message ID": one.event.message,
        "Click ID": one.id if click_id is None else click_id,
        "Client IP": one.event.address,
        "URL chain": one.event.chain,
        "Threat type": threat,
        "Detection technology": "URL detonation" if one.threats else "",
    }
    return Telling(
        seconds(one, late),
        one.event.url,
        verdict,
        action,
        cells,
        word.lower() in EXPLORER,
        {
            "user": one.event.user,
            "ip": one.event.address,
            "rawAction": word,
            "threat": threat,
            "messageId": one.event.message,
            "reportId": cells["Click ID"],
        },
    )


def explorer_short(one, late=0):
    """The small export, which calls what was done a verdict."""
    told = explorer(one, late, SHORT_WORDS)
    del told.cells["URL chain"]
    told.cells = {
        {"URL click action": "Click verdict"}.get(name, name): cell for name, cell in told.cells.items()
    }
    return told


CODES = {
    ("Allowed", False): (1, "Allowed"),
    ("Blocked", False): (2, "Blockpage"),
    ("None", True): (3, "PendingDetonationPage"),
    ("UserOverride", False): (4, "BlockPageOverride"),
    ("UserOverride", True): (5, "PendingDetonationPageOverride"),
}


def audit(one, late=0):
    """Record type 41. The action is a number, a number in a text or a name; or it is missing."""
    code, name = CODES.get((one.action, one.waits), (None, None))
    if code is None:
        word = one.pick("no action", [None, None, 0, "0", "None", "ClickedWhileWarned"])
    else:
        word = one.pick("code", [code] * 6 + [str(code), one.cased(name)])
    verdict, action = AUDIT.get(str(word).lower(), NOTHING)
    clicked = one.moment + timedelta(seconds=late)
    cells = {
        "CreationTime": f"{clicked + timedelta(minutes=37):%Y-%m-%dT%H:%M:%S}",
        "Id": one.id,
        "Operation": "TIUrlClickData",
        "OrganizationId": one.event.tenant,
        "RecordType": 41,
        "UserKey": "ThreatIntel",
        "UserType": 4,
        "Version": 1,
        "Workload": "ThreatIntelligence",
        "UserId": one.event.user,
        "AppName": app(one, "audit"),
        "AppVersion": "0.0.0000",
        "SourceId": one.event.message,
        "TimeOfClick": f"{clicked:%Y-%m-%dT%H:%M:%S}",
        "Url": one.event.url,
        "UserIp": one.event.address,
    }
    if word is not None:
        cells["UrlClickAction"] = word
    return Telling(
        seconds(one, late),
        one.event.url,
        verdict,
        action,
        {key: json.dumps(cell) if not isinstance(cell, str) else cell for key, cell in cells.items()},
        str(word).lower() in AUDIT,
        {
            "user": one.event.user,
            "source": source(one),
            "ip": one.event.address,
            "tenant": one.event.tenant,
            "rawAction": word,
            "messageId": one.event.message if one.source == "email" else None,
            "record": cells,
        },
    )
