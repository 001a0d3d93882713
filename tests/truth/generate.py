"""Made-up clicks: nasty, valid, and the same for the same seed.

Owns what happened: who clicked what, when, with what outcome. Must not know how an export writes it: that
is contain.py.
"""

import json
import random
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from clock import EPOCH, SECOND
from material import ACTIONS, ADDRESSES, EMPTY_WORDS, HOSTS, ODD_URLS, PATHS, PEOPLE, THREATS, WORKLOADS

NO_ID = "00000000-0000-0000-0000-000000000000"


def moment(year, month, day, hour=0, minute=0, second=0):
    since = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc) - EPOCH
    return int(since.total_seconds()) * SECOND


# Worth being near to: changes of clocks from Berlin to Lord Howe, ends of years, a leap day.
# fmt: off
EDGES = [moment(2023, 12, 31, 23, 59, 50), moment(2024, 1, 1), moment(2024, 2, 29),
         moment(2024, 2, 29, 23, 59, 59),
         moment(2024, 3, 1), moment(2024, 3, 10, 7), moment(2024, 3, 31, 1), moment(2024, 4, 6, 15),
         moment(2024, 4, 25, 22), moment(2024, 10, 5, 15, 30), moment(2024, 10, 27, 1),
         moment(2024, 11, 3, 6),
         moment(2024, 12, 31, 18, 30), moment(2024, 12, 30, 23, 59, 59)]
# fmt: on
FIRST, LAST = moment(2023, 12, 20), moment(2025, 1, 5)


@dataclass
class Event:
    """One click as it happened, with the spelling of its cells."""

    ticks: int
    url: str
    action: str
    user: str
    workload: str
    message: str
    threats: str
    address: str
    clicked: bool
    report: str
    tenant: str
    chain: str
    digits: int  # written digits of the fraction at least
    offset: str
    subject: str

    @property
    def detection(self):
        return json.dumps({self.threats: ["URL detonation"]}) if self.threats.isalpha() else ""


class Company:
    """Draws clicks. Everything follows from the seed and the number of rows."""

    def __init__(self, seed, rows):
        self.draw = random.Random(f"clicks {seed}")
        draw = self.draw
        self.size = rows
        self.urls = self.make_urls(draw.choice([40, 200, 900]))
        self.people = PEOPLE + [
            f"user{i}@{draw.choice(['contoso.com', 'Fabrikam.com', 'tailspin.example'])}"
            for i in range(draw.choice([10, 120, 500]))
        ]
        self.addresses = ADDRESSES * 2 + [
            f"10.{draw.randrange(256)}.{draw.randrange(256)}.{draw.randrange(1, 255)}" for _ in range(40)
        ]
        self.tenants = [self.guid() for _ in range(3)]
        self.tenants.append(self.tenants[0].upper())
        self.ties = [FIRST + draw.randrange(LAST - FIRST) // SECOND * SECOND for _ in range(40)]
        self.recent_skew = draw.random() < 0.5

    def guid(self):
        digits = f"{self.draw.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def make_urls(self, size):
        draw, found = self.draw, list(ODD_URLS)
        while len(found) < size + len(ODD_URLS):
            host = draw.choice(HOSTS)
            if draw.random() < 0.4:
                domain = draw.choice(["example", "Example", "test", "co.uk"])
                host = f"h{draw.randrange(max(3, size // 12))}.{domain}"
            path = draw.choice(PATHS)
            if draw.random() < 0.6:
                path = (path or "/") + (
                    f"{draw.randrange(10_000)}"
                    if set("?#") & set(path)
                    else f"?id={draw.randrange(1_000_000)}"
                )
            found.append(
                draw.choice(["https://"] * 6 + ["http://", "HTTPS://", "Http://"])
                + draw.choice([""] * 12 + ["user@", "u:p@"])
                + host
                + draw.choice([""] * 10 + [":8443", ":80", ":443"])
                + path
            )
        return list(dict.fromkeys(found))

    def cased(self, text):
        """The same value in another spelling, now and then."""
        kind = self.draw.random()
        if kind < 0.7 or text.upper().lower() != text.lower():
            return text
        return text.upper() if kind < 0.8 else text.lower() if kind < 0.9 else text.title()

    def when(self):
        draw, kind = self.draw, self.draw.random()
        if kind < 0.25:
            ticks = draw.choice(EDGES) + draw.randrange(-10_800, 10_800) * SECOND + draw.randrange(SECOND)
        elif kind < 0.3:
            ticks = draw.choice(EDGES) + draw.choice(
                [0, 0, -1, 1, -10_000, 10_000, 3_600 * SECOND, -3_600 * SECOND]
            )
        elif kind < 0.45:
            ticks = draw.choice(self.ties)
        elif self.recent_skew and kind < 0.8:
            ticks = LAST - int(draw.expovariate(1 / (20 * 86_400)) * SECOND)
        else:
            ticks = FIRST + draw.randrange(LAST - FIRST)
        return max(FIRST, min(LAST, ticks))

    def skewed(self, values, mean):
        return values[min(len(values) - 1, int(self.draw.expovariate(1 / mean)))]

    def fresh(self):
        draw = self.draw
        action = draw.choice(ACTIONS)
        threats = draw.choice(THREATS if action != "ClickAllowed" or draw.random() < 0.5 else [""])
        warned = action in ("ClickBlocked", "ClickBlockedByTenantPolicy", "UrlScanInProgress")
        url = draw.choice(self.urls) if draw.random() < 0.5 else self.skewed(self.urls, 12)
        user = self.cased(self.skewed(self.people, len(self.people) / 4))
        digits = draw.choice([0, 0, 1, 2, 3, 3, 3, 6, 7, 7])
        unit = 10 ** (7 - digits)
        return Event(
            ticks=self.when() // unit * unit,
            url=url,
            action=action,
            user=draw.choice(EMPTY_WORDS) if draw.random() < 0.05 else user,
            workload=draw.choice(WORKLOADS),
            message=draw.choice([self.guid()] * 8 + ["", NO_ID]),
            threats=threats,
            address=draw.choice(EMPTY_WORDS) if draw.random() < 0.1 else draw.choice(self.addresses),
            clicked=draw.random() < (0.25 if warned else 0.02),
            report=draw.choice(
                [self.guid()] * 12 + ["", "null", f"evt-{draw.randrange(50)}", f"Evt-{draw.randrange(50)}"]
            ),
            tenant=draw.choice(self.tenants),
            chain=draw.choice(["", "[]", json.dumps([url]), json.dumps([url, "https://land.example/"])]),
            digits=digits,
            offset=draw.choice(["Z"] * 14 + ["+00:00", "+02:00", "-05:00", "+05:30", "+10:30"]),
            subject=draw.choice(
                ["", "Invoice, overdue", "=SUM(1)", "Your mailbox\nis full", "Ünïcode", "https://x.example/"]
            ),
        )

    def again(self, event):
        """Another row of the attempt: an override, a retry, or somebody else under the same report id."""
        draw = self.draw
        after = min(LAST, event.ticks + draw.randrange(1, 60) * SECOND)
        other = replace(event, ticks=after, clicked=draw.choice([True, True, False]))
        kind = draw.random()
        if kind < 0.2:
            other.user = self.cased(other.user)
        elif kind < 0.3:
            other.user = draw.choice(self.people)
        elif kind < 0.4:
            other.report = other.report.upper() if len(other.report) > 30 else other.report
        elif kind < 0.5 and len(other.report) > 30:
            other.report = "{" + other.report + "}"
        if draw.random() < 0.3:
            other.action = draw.choice(ACTIONS)
        return other

    def events(self):
        """All clicks, some twice, some of one attempt; by time or in no order."""
        draw, made, recent = self.draw, [], []
        while len(made) < self.size:
            kind = draw.random()
            if recent and kind < 0.03:
                made.append(replace(draw.choice(recent)))
            elif recent and kind < 0.12:
                made.append(self.again(draw.choice(recent)))
            else:
                made.append(self.fresh())
                recent = (recent + [made[-1]])[-200:] if draw.random() < 0.3 else recent
        if draw.random() < 0.5:
            draw.shuffle(made)
        else:
            made.sort(key=lambda event: event.ticks)
        return made
