"""The page under test, through the driver: a job in, an answer out.

Owns the pipe. Must not know what an answer should be.
"""

import json
import subprocess

import values


class Page:
    """A running driver."""

    def __init__(self, driver):
        self.process = subprocess.Popen(
            [driver], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.complaints = []

    def work(self, **job):
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the driver ended with {self.process.wait()}")
        answer = json.loads(line)
        self.complaints += answer.get("console", [])
        return answer

    def ask(self, questions, files=None):
        """Opens the files, if any, and asks: what open() said, and the answers."""
        job = {"questions": questions}
        if files is not None:
            job["files"] = [str(path) for path in files]
        answer = self.work(**job)
        return answer.get("opened"), answer["answers"]

    def hosts(self, sources):
        """What the browser makes of every URL of these files that it is asked about."""
        texts = {}
        for source in sources:
            for record in source.records:
                url = record.cells.get("url")
                if isinstance(url, str) and (text := values.browser_text(url)[0]) is not None:
                    texts[text] = None
        return dict(zip(texts, self.work(urls=list(texts))["hosts"]))

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
