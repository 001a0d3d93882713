"""Clicks as one export tells of them, where that is not the table of hunting.

Owns which records of such a file are counted, and the engine over them. What a record says is given: the
kinds say it. Must not know any kind.
"""

from collections import Counter
from dataclasses import dataclass, field

import clock
import values
from answer import Engine
from clicks import Click, Clicks, FileCount, id_of

# Columns that an export may lack; the others always are there.
OPTIONAL = "user source ip device subject sender tenant rawAction threat messageId reportId".split()


@dataclass
class Telling:
    """What one record says of a click, and the cells that it is compared by."""

    ticks: int
    url: str
    verdict: str
    action: str
    cells: dict
    known: bool  # whether the kind has its word for what happened
    texts: dict = field(default_factory=dict)  # user, source and the like, as the cell has them

    @property
    def says(self):
        """What makes two records of one file the same."""
        cells = ((name, said(cell)) for name, cell in self.cells.items())
        return self.ticks, frozenset((name, text) for name, text in cells if text is not None)


def said(cell):
    text = values.guid_of(values.text_of(cell))
    return None if text is None or (len(text) == 36 and values.is_zeros(text)) else text


class Told(Clicks):
    """The clicks of one file. `columns` are those of OPTIONAL that its kind has."""

    def __init__(self, name, columns, tellings, browser):
        self.rows = []
        absent = [column for column in OPTIONAL if column not in columns]
        self.files = [FileCount(name, absent)]
        self.strange = Counter()
        met = set()
        for one in tellings:
            says = one.says
            if says in met:
                self.files[0].duplicates += 1
                continue
            met.add(says)
            self.files[0].rows += 1
            self.rows.append(row_of(one, len(self.rows), 0, browser))
            word = self.rows[-1].rawAction
            if word and not one.known:
                self.strange[values.fold(word)] += 1
        self.spell()
        self.newest = max((row.ms for row in self.rows), default=None)
        self.oldest = min((row.ms for row in self.rows), default=None)


def row_of(one, number, file, browser):
    """The click of a record."""
    row = Click(number, file, one.ticks // clock.MILLISECOND, True, one.url)
    row.verdict, row.action = one.verdict, one.action
    for name in ("user", "source", "device", "subject", "sender", "tenant", "rawAction"):
        setattr(row, name, values.text_of(one.texts.get(name)))
    row.ip = values.address_of(one.texts.get("ip"))
    row.threats = values.threats_of(one.texts.get("threat"))
    row.messageId, row.reportId = id_of(one.texts.get("messageId")), id_of(one.texts.get("reportId"))
    row.host = values.host_of(row.url, browser)
    return row


class ToldEngine(Engine):
    """Answers about the clicks of such a file."""

    def __init__(self, clicks):
        super().__init__(None, None)
        self.clicks = clicks

    def trust(self):
        """Words that the kind does not know are said; the five of hunting mean nothing here."""
        answer = super().trust()
        shown = {row.keys["rawAction"]: row.rawAction for row in self.clicks.rows if row.rawAction}
        words = sorted(
            self.clicks.strange.items(), key=lambda item: (-item[1], values.text_order(shown[item[0]]))
        )
        answer["files"][0]["unknownActions"] = [
            {"word": shown[key], "clicks": clicks} for key, clicks in words
        ]
        answer["files"][0]["notes"] = ["unknown-action"] if words else []
        return answer
