"""Which of two numbers of a date is the month: decided for the files together that write their dates alike.

Owns that decision. Must not know anything else of a record.
"""

import clock

LONGEST_SPAN = 31 * 86_400 * clock.SECOND


def day_first_of(sources):
    """For each source whether its numeric dates begin with the day."""
    cells = [open_cells(source) for source in sources]
    alike = [(source.kind, ways(of_source)) for source, of_source in zip(sources, cells)]
    decided = [by_number(of_source) for of_source in cells]
    return [
        decided[place]
        if decided[place] is not None
        else of_alike(
            alike[place][0],
            [(cells[other], decided[other]) for other in range(len(sources)) if alike[other] == alike[place]],
        )
        for place in range(len(sources))
    ]


def open_cells(source):
    found = (clock.parse_cell(str(record.cells.get("timestamp") or "")) for record in source.records)
    return [cell for cell in found if cell and cell.ambiguous]


def ways(cells):
    """How the dates are written: with AM and PM or without."""
    return frozenset(cell.halves for cell in cells)


def by_number(cells):
    """What a number over 12 in the file says; none when there is none."""
    first, second = (any(cell.numbers[place] > 12 for cell in cells) for place in (1, 2))
    return None if not (first or second) else first and not second


def of_alike(kind, files):
    """The order for files that do not say it themselves, from all that write their dates alike."""
    said = {decided for _, decided in files if decided is not None}
    if len(said) == 1:
        return said.pop()
    if kind != "hunting-csv":
        return False
    fits = [all(span(cells, day_first) <= LONGEST_SPAN for cells, _ in files) for day_first in (False, True)]
    return fits == [False, True]


def span(cells, day_first):
    moments = [clock.ticks(cell, day_first) for cell in cells]
    return max(moments, default=0) - min(moments, default=0)
