"""Which of two numbers of a date is the month: decided for all files of one kind together.

Owns that decision. Must not know anything else of a record.
"""

from collections import defaultdict

import clock

LONGEST_SPAN = 31 * 86_400 * clock.SECOND


def day_first_of(sources):
    """For each kind of file whether numeric dates begin with the day."""
    cells = defaultdict(list)
    for source in sources:
        for record in source.records:
            cell = clock.parse_cell(str(record.cells.get("timestamp") or ""))
            if cell and cell.ambiguous:
                cells[source.kind].append(cell)
    return {kind: begins_with_day(kind, of_kind) for kind, of_kind in cells.items()}


def begins_with_day(kind, cells):
    if any(cell.numbers[1] > 12 for cell in cells):
        return True
    if any(cell.numbers[2] > 12 for cell in cells):
        return False
    if kind != "hunting-csv":
        return False
    spans = []
    for day_first in (False, True):
        moments = [clock.ticks(cell, day_first) for cell in cells]
        spans.append(max(moments) - min(moments))
    return spans[0] > LONGEST_SPAN >= spans[1]
