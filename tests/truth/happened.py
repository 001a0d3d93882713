"""A made-up click as all exports of it see it: its ids, its sender, and what it comes to.

Owns what the generator does not draw because the table of hunting has no column for it. It follows from the
click alone, so that the same click twice is twice the same. Must not know any export.
"""

import hashlib
import zlib

import values
from spell import moment_of

SENDERS = [
    None,
    "it@supplier.example",
    "billing@fabrikam.example",
    "It@Supplier.example",
    "ünï@bücher.example",
]
DEVICES = {
    None: None,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64)": "Desktop, Windows",
}


class Happened:
    """One click, and everything an export may say about it."""

    def __init__(self, event):
        self.event = event
        digest = hashlib.sha1(repr(event).encode()).hexdigest()
        self.seed = digest[:16]
        self.id = f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
        self.moment, self.fraction = moment_of(event)
        self.raw = event.action.lower()
        self.threats = values.threats_of(event.threats)
        self.verdict, self.action = values.verdict_and_action(
            values.text_of(event.action), bool(self.threats), event.clicked, True
        )
        self.of_policy = self.raw == "clickblockedbytenantpolicy"
        self.waits = self.raw == "urlscaninprogress"
        self.source = values.fold(event.workload)
        self.sender = self.pick("sender", SENDERS)
        self.agent = self.pick("agent", list(DEVICES))
        self.organisation = f"{event.tenant[:4].lower()}.onmicrosoft.example"
        self.message = f"<{self.pick('message', range(5_000))}@supplier.example>"

    def pick(self, what, options):
        """One of the options, always the same for the same click."""
        return options[zlib.crc32(f"{what} {self.seed}".encode()) % len(options)]

    def cased(self, word):
        """A word as it is, now and then in another case."""
        return self.pick("case", [word] * 12 + [word.upper(), word.lower()])
