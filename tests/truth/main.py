"""Asks the packed page and the second engine the same questions: `main.py DRIVER FOLDER QUESTIONS SEED`.

Owns the run and what it says. Ends with "n asked, m disagree", and fails when any does.
"""

import json
import shutil
import sys
import time
from pathlib import Path

import contain
import measure
import promises_answers
import promises_filters
import promises_hosts
import promises_records
import promises_values
from answer import Engine
from ask_kinds import AskKinds
from compare import differences
from narrow import Filter
from page import Page
from questions import Asker
from read import read
from second import SecondOpinion

FEW = 1_000  # questions of a run that is to be short
ROWS = [300, 900, 2_500]
LONGEST = 1_500
# Clicks that every kind of export tells of, and how many questions by chance each is asked: of a run that is
# to be short, and of another.
OF_KINDS = ((500, 4), (20_000, 12))


class Run:
    """What was asked so far."""

    def __init__(self, page, folder):
        self.page, self.folder = page, folder
        self.asked = self.disagree = 0

    def report(self, where, question, page, reference, found):
        self.disagree += 1
        print(f"\nDISAGREE {where}\n  asked     {short(question)}")
        for each in found:
            print(f"  {each[:LONGEST]}")
        print(f"  page      {short(page)}\n  reference {short(reference)}", flush=True)

    def keep(self, promise):
        """A promise: minimal files, and what the answers must say."""
        self.asked += 1
        paths = []
        for name, content in promise.files or []:
            path = self.folder / "promises" / promise.name / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            paths.append(path)
        if not paths:
            self.page.work(fresh=True)
        opened, answers = self.page.ask(promise.questions, paths or None)
        try:
            got = opened if opened and "error" in opened else promise.read(answers)
        except (KeyError, IndexError, TypeError, StopIteration) as wrong:
            got = f"{type(wrong).__name__}: {wrong}"
        if json.dumps(got, sort_keys=True) != json.dumps(promise.wanted, sort_keys=True):
            self.report(
                f"{promise.name}: {promise.says}, files {[str(path) for path in paths]}",
                promise.questions,
                got,
                promise.wanted,
                [],
            )
            return False
        return True

    def data_set(self, seed, wanted):
        """One made-up data set and its questions; its files stay when anything disagrees."""
        folder = self.folder / f"seed-{seed}"
        paths = contain.make(seed, folder, ROWS[seed % len(ROWS)])
        sources = [read(path) for path in paths]
        engine = Engine(sources, self.page.hosts(sources))
        questions = Asker(engine, seed).questions(wanted)
        opened, answers = self.page.ask(questions, paths)
        before = self.disagree
        where = f"seed {seed}, files {[str(path) for path in paths]}"
        if "error" in opened or opened["rows"] != len(engine.clicks.rows):
            self.report(where, "open", opened.get("error") or opened["rows"], len(engine.clicks.rows), [])
        second = SecondOpinion(engine.clicks)
        for (method, params), page in zip(questions, answers):
            reference = engine.answer(method, params)
            self.asked += 1
            found = objections(second, engine, method, params, reference)
            found += differences(method, params, page, reference, engine)
            if found:
                self.report(where, [method, params], page, reference, found)
        self.round_trip(seed, folder, where, engine)
        if self.disagree == before:
            shutil.rmtree(folder)

    def round_trip(self, seed, folder, where, engine):
        """Our own export opens again with the same totals: CSV or JSON, defanged or not."""
        asked = {"format": ("csv", "json")[seed % 2], "defang": seed % 4 < 2}
        _, (export,) = self.page.ask([("export", asked)])
        self.asked += 1
        totals = measure.totals(engine.clicks.rows)
        got = export
        if "text" in export:
            path = folder / f"own.{export['format']}"
            path.write_text(export["text"], encoding="utf-8", newline="")
            opened, (again,) = self.page.ask([("report", {"limit": 0})], [path])
            got = again["totals"] if "error" not in opened and "totals" in again else opened
            if asked["defang"] and got.get("urls", 0) <= totals["urls"]:
                # URLs that the export held defanged and not are one now.
                got = {**got, "urls": totals["urls"]}
        got.pop("automated", None)
        if got != totals:
            self.report(f"our own export opened again, {where}", ("export", asked), got, totals, [])


def objections(second, engine, method, params, reference):
    """What the database says against the reference, before the page is looked at."""
    if (
        isinstance(reference, dict)
        and "error" not in reference
        and method in ("query", "report", "dashboard")
    ):
        params = params if isinstance(params, dict) else {"filter": params}
        if not params.get("limit") and not params.get("offset") or method != "query":
            return second.objections(engine, method, Filter(params.get("filter")), params, reference)
    return []


def short(value):
    """An answer in one line, its long lists cut."""
    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if key not in ("whole", "keys", "selected", "zone")}
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"


def main():
    driver, folder, questions, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    started = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    page = Page(driver)
    run = Run(page, folder)
    modules = (promises_filters, promises_answers, promises_hosts, promises_records, promises_values)
    promises = [promise for module in modules for promise in module.PROMISES]
    kept = sum(run.keep(promise) for promise in promises)
    print(f"promises: {len(promises)} asked, {len(promises) - kept} not kept", flush=True)
    while run.asked < questions:
        run.data_set(seed, 25 if questions <= FEW else 60)
        seed += 1
    of_kinds = AskKinds(run, folder, int(sys.argv[4]), *OF_KINDS[questions > FEW])
    of_kinds.all()
    of_kinds.tidy()
    page.close()
    for each in page.complaints[:10]:
        print(f"the page complained: {short(each)}")
    print(f"{run.asked} asked, {run.disagree} disagree ({time.monotonic() - started:.0f} s)")
    sys.exit(1 if run.disagree or page.complaints else 0)


if __name__ == "__main__":
    main()
