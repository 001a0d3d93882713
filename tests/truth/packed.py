"""Exports as they are kept and sent: gzip, ZIP, a workbook.

Owns the bytes of these containers. Must not know what is inside.
"""

import gzip
import io
import zipfile
from datetime import datetime, timezone
from xml.sax.saxutils import escape

from clock import MILLISECOND, SECOND, ticks_of

DAY = 86_400 * SECOND
START = ticks_of(datetime(1899, 12, 30, tzinfo=timezone.utc))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Results" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def gzipped_in_two(data):
    """Two members one after the other, the border anywhere."""
    middle = len(data) // 2
    return b"".join(gzip.compress(part, 6, mtime=0) for part in (data[:middle], data[middle:]))


def archive(entries):
    """A ZIP, its entries deflated and stored in turn, with what a system leaves among them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("__MACOSX/._a.csv", b"\0\5\26\7")
        for number, (name, data) in enumerate(entries):
            way = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            packed.writestr(zipfile.ZipInfo(name), data, way)
    return out.getvalue()


def workbook(head, lines):
    """A sheet: instants are days since 1899 with a style, texts are shared, empty cells left out."""
    texts, rows = {}, []

    def text_at(text):
        return texts.setdefault(text, len(texts))

    for number, line in enumerate([head, *lines], 1):
        cells = []
        for place, cell in enumerate(line):
            at = f'r="{letters(place)}{number}"'
            if isinstance(cell, bool):
                cells.append(f'<c {at} t="b"><v>{int(cell)}</v></c>')
            elif isinstance(cell, int):
                cells.append(f'<c {at} s="1"><v>{days(cell)!r}</v></c>')
            elif cell:
                cells.append(f'<c {at} t="s"><v>{text_at(cell)}</v></c>')
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    sheet = f"<sheetData>{''.join(rows)}</sheetData>"
    shared = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    parts = PARTS | {
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" uniqueCount="{len(texts)}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
    return out.getvalue()


def days(ticks):
    """An instant as a spreadsheet counts it, to the millisecond."""
    return (ticks - START) // MILLISECOND * MILLISECOND / DAY


def letters(place):
    return chr(ord("A") + place) if place < 26 else letters(place // 26 - 1) + letters(place % 26)
