"""The clicks of files of several kinds that are opened together, whoever may be mistaken for whom.

Owns what a record of such a file is compared by with those of other files. The rule itself is in clicks.py,
for it is the same among files of one kind. Must not know any kind.
"""

import clock
import values
from answer import Engine
from clicks import Clicks, FileCount, Said, absent_columns, id_of
from read import Record, Source
from told import OPTIONAL, row_of


class SaidByKind:
    """What a record of a file says that is not of the table of hunting."""

    distinct, lacks = False, []

    def __init__(self, telling, kind, columns, file):
        self.telling, self.format, self.layout, self.file = telling, kind, kind, file
        self.record = Record({"url": telling.url})
        self.must_be_equal = (kind, telling.says)
        # Its words tell of click-throughs.
        self.columns = len(columns) + 1
        self.ms = telling.ticks // clock.MILLISECOND
        user = values.text_of(telling.texts.get("user"))
        self.person = user and values.fold(user)
        self.message, self.report = (
            id_of(telling.texts.get("messageId")),
            id_of(telling.texts.get("reportId")),
        )
        ip = values.address_of(telling.texts.get("ip"))
        self.ip = ip and values.fold(ip)
        self.verdict, self.action = telling.verdict, telling.action

    def agrees(self, _other):
        return True

    may_be = Said.may_be


class Whole(Clicks):
    """`files` are sources of hunting, or (kind, columns, tellings), in the order in which they are opened."""

    def __init__(self, files, browser):
        self.rows, self.files, said = [], [], []
        for number, file in enumerate(files):
            if isinstance(file, Source):
                count = FileCount(file.name, absent_columns(file))
                self.files.append(count)
                for record in file.records:
                    self.take(record, file, number, count, said, False)
            else:
                kind, columns, tellings = file
                self.files.append(FileCount(kind, [name for name in OPTIONAL if name not in columns]))
                said += [SaidByKind(telling, kind, columns, number) for telling in tellings]
        for one in self.counted(said):
            if isinstance(one, SaidByKind):
                self.rows.append(row_of(one.telling, len(self.rows), one.file, browser))
            else:
                word = values.text_of(one.record.cells.get("actiontype"))
                self.rows.append(self.click(one.record, one.source, one.file, one.ticks, word, browser))
        self.spell()
        self.newest = max(row.ms for row in self.rows)
        self.oldest = min(row.ms for row in self.rows)


class WholeEngine(Engine):
    """Answers about such files."""

    def __init__(self, clicks):
        super().__init__(None, None)
        self.clicks = clicks
