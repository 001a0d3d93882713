"""What a cell means: empty, a threat list, an address, a GUID, a boolean, a host.

Owns the section "Values" and the table "Verdict and action" of docs/words.md. Must not know containers,
files or questions.
"""

import ipaddress
import json
import re

EMPTY = {"", "null", "none", "n/a", "-", "[]", "{}"}
NO_THREAT = "nothreatsfound"
TRUE = set("1 true yes wahr vrai verdadero verdadeiro vero waar sant prawda tak ja oui si sí sì sim".split())
FALSE = set("0 false no falsch faux falso onwaar falskt fałsz nein nee nej nie non não".split())
GUID = re.compile(r"\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$", re.I)
WHITE = " \t\n\x0b\x0c\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
SOURCES = {name.lower(): name for name in ("Email", "Teams", "Office", "Copilot")}
VERDICTS = ["Malicious", "Blocked", "Pending", "Safe", "Unknown"]
ACTIONS = ["Allowed", "Blocked", "UserOverride", "None", "Unknown"]
SCHEMES_WITH_HOST = {"http", "https", "ftp", "ws", "wss"}


def fold(text):
    """What two spellings of one value have in common."""
    return text.strip(WHITE).lower()


def text_of(value):
    """The text of a cell, or none when it is empty."""
    if value is None:
        return None
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    value = value.strip(WHITE)
    return None if value.lower() in EMPTY else value


def boolean_of(value):
    """True, false, or none for a word that is neither."""
    if isinstance(value, bool):
        return value
    text = text_of(value)
    if text is None or text.lower() in FALSE:
        return False
    return True if text.lower() in TRUE else None


def guid_of(text):
    """The one form of a GUID, or the text as it is."""
    found = text and GUID.match(text)
    return found[1].lower() if found else text


def is_zeros(text):
    return not text.strip("0-{}")


def types_in(value):
    """The threat types that a cell names, as written."""
    pieces = [piece.strip(WHITE + "[]\"'") for piece in re.split("[,;]", text_of(value) or "")]
    return [piece for piece in pieces if piece.lower() not in EMPTY and piece.lower() != NO_THREAT]


def threats_of(value):
    """The threat types of a cell, each once, in the spelling met first."""
    types = {}
    for piece in types_in(value):
        types.setdefault(piece.lower(), piece)
    return list(types.values())


def address_of(value):
    """The address of a cell in its one form; what is none, as written; none when empty."""
    text = text_of(value)
    if text is None:
        return None
    first = re.split(r"[,;\s]+", text)[0]
    plain = address_text(first)
    return text if plain is None else plain


def address_text(text):
    bare = text
    if found := re.match(r"\[([^\]]*)\](?::\d+)?$", text):
        bare = found[1]
    elif re.match(r"\d+\.\d+\.\d+\.\d+:\d+$", text):
        bare = text.rsplit(":", 1)[0]
    bare, percent, zone = bare.partition("%")
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    if address.version == 6 and address.ipv4_mapped and not percent:
        address = address.ipv4_mapped
    return str(address) + percent + zone


def address_order(text):
    """A key that sorts addresses by number, version 4 first, and texts that are none after them."""
    bare = text.partition("%")[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return (9, 0, text_order(text))
    return (address.version, int(address), text_order(text))


def text_order(text):
    """A key that sorts texts by lower case, then by code point."""
    return (text.lower(), text)


def refanged(url):
    """The URL that a defanged one stands for."""
    url = re.sub(r"⟨U\+([0-9A-F]{4,6})⟩", lambda found: chr(int(found[1], 16)), url)
    url = re.sub(r"^(\s*)hxxp", r"\1http", url, count=1, flags=re.I)
    return url.replace("[.]", ".").replace("(.)", ".").replace("[:]//", "://")


def typed(text):
    """What was typed without its defanging, in lower case."""
    return fold(refanged(text))


def host_of(url, browser):
    """The host of a URL. `browser` answers `new URL(…).hostname` for the texts of `browser_texts`."""
    text, kind = browser_text(url)
    if text is None:
        return None
    host = browser.get(text)
    if kind == "bare" and not host:
        return None
    return (host or "").rstrip(".") or None


def browser_text(url):
    """What to ask the browser for this URL, if anything, and whether the scheme was ours."""
    url = refanged(url)
    if found := re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", url):
        if found[1].lower() in SCHEMES_WITH_HOST:
            return url, "own"
        if not re.match(r"\s*[^/?#:]+\.[^/?#:.]+:\d+(?:[/?#]|$)", url):
            return None, "other"
    if re.match(r"\s*[^\s/?#:@=\"'()<>]+\.[^\s/?#:@=\"'()<>.]+\.?(?::\d+)?(?:[/?#]|$)", url):
        return "http://" + url.strip(), "bare"
    return None, "none"


def verdict_and_action(raw_action, has_threat, clicked, knows_threats):
    """The table of docs/words.md. `has_threat` is false where threats are not known."""
    word = (raw_action or "").lower()
    if clicked:
        if word == "urlscaninprogress":
            verdict = "Malicious" if has_threat else "Pending"
        elif not knows_threats:
            verdict = "Blocked" if word == "clickblockedbytenantpolicy" else "Unknown"
        else:
            verdict = "Malicious" if has_threat else "Blocked"
        return verdict, "UserOverride"
    if word == "clickallowed":
        return ("Malicious" if has_threat else "Safe" if knows_threats else "Unknown"), "Allowed"
    if word == "clickblocked":
        return ("Malicious" if has_threat else "Blocked" if knows_threats else "Unknown"), "Blocked"
    if word == "clickblockedbytenantpolicy":
        return "Blocked", "Blocked"
    if word == "urlerrorpage":
        return "Unknown", "None"
    if word == "urlscaninprogress":
        return "Pending", "None"
    return ("Malicious" if has_threat else "Unknown"), "Unknown"
