"""Random questions about a data set: every call, every key, valid and not.

Owns what is asked and how it is spelled. Must not know the answers.
"""

import random
from urllib.parse import quote

import clock
import measure
from wrong import CALLS, INVALID, UNKNOWN

ZONES = [
    None,
    None,
    None,
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "+02:00",
    "-03:30",
    "europe/berlin",
]
WORDS = {
    "threat": ["Phish", "Malware", "Spam", "none", "PHISH", "Späh", "SPÄH"],
    "verdict": ["safe", "malicious", "blocked", "pending", "unknown", "Safe"],
    "action": ["allowed", "blocked", "useroverride", "none", "unknown", "UserOverride"],
    "reached": ["yes", "no", "unsafe", "waiting", "YES"],
    "weekday": list("0123456"),
    "hour": [str(hour) for hour in range(24)],
    "without": "user ip host source tenant threat rawAction reportId messageId subject sender "
    "device".split(),
}
OF_ROWS = ("user", "host", "rawAction", "source", "tenant", "ip", "messageId")
KEYS = [*WORDS, *OF_ROWS, "url", "q", "urlIs", "time", "time"]


class Asker:
    """Draws questions about the clicks of one engine."""

    def __init__(self, engine, seed):
        self.draw = random.Random(f"questions {seed}")
        self.rows = engine.clicks.rows

    def piece(self, text):
        """A part of a text in another case; never one that would exclude."""
        start = self.draw.randrange(max(1, len(text) - 1))
        part = text[start : start + self.draw.randrange(1, 14)].strip().lstrip("!")
        return "".join(self.recased(each) for each in part) or "example"

    def recased(self, letter):
        upper = letter.upper()
        return self.draw.choice([letter, upper]) if len(upper) == 1 and upper.lower() == letter else letter

    def value(self, key):
        draw, row = self.draw, self.draw.choice(self.rows)
        if key in WORDS:
            return draw.choice(WORDS[key])
        if key == "urlIs":
            return row.url if draw.random() < 0.9 else row.url.upper()
        if key == "url":
            return self.piece(row.url)
        if key == "q":
            return self.piece(
                draw.choice([each for each in (row.url, row.user, row.ip, row.subject, row.url) if each])
            )
        found = getattr(row, key)
        if draw.random() < 0.03 or not found:
            return "nothing-like-this"
        if draw.random() < 0.2 and found.upper().lower() == found.lower():
            return found.upper()
        return f" {found}" if draw.random() < 0.03 else found

    def stamp(self, milliseconds):
        draw = self.draw
        whole = clock.written(milliseconds // 1000 * 1000)
        kind = draw.random()
        if kind < 0.4:
            return whole[:10]
        if kind < 0.5:
            return whole[:10].replace("-", "")
        if kind < 0.6:
            return whole[:16].replace("T", draw.choice("T "))
        if kind < 0.8:
            return f"{whole[:19]}.{milliseconds % 1000:03}" + draw.choice(["", "Z"])
        return whole[:19] + draw.choice(["", "Z", "+02:00", "-05:00", "+05:30"])

    def filter(self, keys=None):
        """A list of keys, each with its terms: (excluded, value)."""
        draw, parts = self.draw, []
        for key in draw.sample(KEYS, draw.choice([0, 1, 1, 1, 2, 2, 3]) if keys is None else keys):
            if key == "time":
                if any(name in ("range", "from", "to") for name, _ in parts):
                    continue
                if draw.random() < 0.4:
                    parts.append(
                        ("range", [(False, draw.choice("7d 30d 90d 12h 36h 4w 1w 400d 1h 25D".split()))])
                    )
                first, last = sorted(draw.choice(self.rows).ms for _ in range(2))
                if draw.random() < 0.6:
                    parts.append(("from", [(False, self.stamp(first))]))
                if draw.random() < 0.6:
                    parts.append(("to", [(False, self.stamp(last))]))
                continue
            negative = draw.random() < 0.25
            terms = [
                (negative or draw.random() < 0.05, self.value(key))
                for _ in range(draw.choice([1, 1, 1, 2, 3]))
            ]
            if draw.random() < 0.05:
                terms.append(terms[0])
            parts.append(
                (
                    key,
                    [
                        (no, text.strip() if key != "urlIs" and text.startswith(" !") else text)
                        for no, text in terms
                    ],
                )
            )
        if zone := draw.choice(ZONES):
            parts.append(("tz", [(False, zone)]))
        if draw.random() < 0.04:
            key, text = draw.choice(INVALID)
            parts = [part for part in parts if part[0] != key]
            parts.append((key, [(text.startswith("!"), text.lstrip("!"))]))
        if draw.random() < 0.05:
            parts.append((draw.choice(UNKNOWN), [(False, "blue")]))
        if draw.random() < 0.1:
            parts = [(draw.choice([key, key.upper(), key.lower()]), terms) for key, terms in parts]
        return parts

    def given(self, parts):
        """A filter as text or as an object."""
        only_text = any(not no and text.startswith("!") for _, terms in parts for no, text in terms)
        if only_text or self.draw.random() < 0.6:
            return "&".join(
                f"{key}=" + ",".join(("!" if no else "") + encoded(text) for no, text in terms)
                for key, terms in parts
            )
        found = {}
        for key, terms in parts:
            listed = [("!" if no else "") + text for no, text in terms]
            if key.lower() in ("weekday", "hour") and listed[0].isdigit() and self.draw.random() < 0.5:
                listed[0] = int(listed[0])
            found[key] = listed[0] if len(listed) == 1 and self.draw.random() < 0.7 else listed
        return found

    def orders(self, names, most):
        some = self.draw.sample(names, min(len(names), self.draw.choice(range(1, most + 1))))
        listed = [self.draw.choice(["", "-"]) + name for name in some]
        return listed[0] if len(listed) == 1 and self.draw.random() < 0.3 else listed

    def cut(self, params):
        if self.draw.random() < 0.4:
            params["limit"] = self.draw.choice([0, 1, 3, 10, 50, 1000])
        if self.draw.random() < 0.3:
            params["offset"] = self.draw.choice([0, 1, 7, 100, 2500])
        return params

    def tabled(self):
        draw = self.draw
        groups = draw.sample(measure.GROUPS, draw.choice([0, 1, 1, 2, 2, 3]))
        measures = draw.sample(measure.MEASURES, draw.choice([0, 1, 2, 8]))
        params = {}
        if groups or draw.random() < 0.5:
            params["groupBy"] = groups[0] if len(groups) == 1 and draw.random() < 0.3 else groups
        if measures:
            params["measures"] = measures
        if draw.random() < 0.15:
            row = draw.choice(self.rows)
            params["find"] = self.piece(draw.choice([row.user, row.host, row.ip]) or row.url)
        if draw.random() < 0.5:
            params["orderBy"] = self.orders(groups + (measures or ["clicks"]), 3)
        return self.cut(params)

    def listed(self):
        params = {}
        if self.draw.random() < 0.7:
            params["columns"] = self.draw.sample(measure.COLUMNS, self.draw.choice([1, 3, 6]))
        if self.draw.random() < 0.8:
            params["orderBy"] = self.orders([*measure.COLUMNS, "risk", "risk"], 3)
        return self.cut(params)

    def question(self):
        draw, kind = self.draw, self.draw.random()
        if kind < 0.03:
            return draw.choice(CALLS)
        method, params = (
            ("query", self.tabled())
            if kind < 0.38
            else ("rows", self.listed())
            if kind < 0.6
            else ("report", {"limit": 0} if draw.random() < 0.7 else self.listed())
            if kind < 0.76
            else ("dashboard", {})
            if kind < 0.86
            else (draw.choice(["topUrls", "topUsers"]), self.cut({}))
            if kind < 0.94
            else ("export", {"format": draw.choice(["csv", "json"]), **self.listed()})
            if kind < 0.98
            else ("trust", None)
        )
        if method == "trust":
            return method, None
        if method == "export" and draw.random() < 0.5:
            params["defang"] = draw.choice([True, False])
        chosen = self.given(self.filter())
        if method != "export" and not params and isinstance(chosen, str) and draw.random() < 0.5:
            return method, chosen
        params["filter"] = chosen
        if method == "query" and draw.random() < 0.05:
            return method, [params, self.tabled()]
        return method, params

    def questions(self, wanted):
        """Some of what must always hold, every group with every measure among it; then by chance."""
        every = [("trust", None), ("dashboard", {}), ("report", {"limit": 0}), ("rows", {"limit": 100_000})]
        every += [("query", {"groupBy": [name], "measures": measure.MEASURES}) for name in measure.GROUPS]
        every += [("export", {"format": name}) for name in ("csv", "json")]
        self.draw.shuffle(every)
        every = every[: max(1, wanted // 3)]
        return every + [self.question() for _ in range(wanted - len(every))]


def encoded(text):
    """A value in the text of a filter: what the syntax needs is encoded, and sometimes everything."""
    whole = (
        quote(text, safe="")
        if len(text) % 5 == 0
        else "".join(f"%{ord(each):02X}" if each in "%&,=#+" else each for each in text)
    )
    return "%21" + whole[1:] if whole.startswith("!") else whole
