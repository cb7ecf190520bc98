#!/usr/bin/env python3
"""Runs killed at random moments and given again: is anything lost, changed, or paid for twice?

    bench/kill_bench.py                       100 kills, with the builds from build/release
    bench/kill_bench.py --kills 20 --seed 7 --build build/dev
    bench/kill_bench.py --cache               with --cache FILE, gone on with in another folder

A trial starts star-eval on 100 samples against star-mock-server, kills it by SIGKILL at a moment drawn
from the seed, and gives the same command again, which half of the time is killed as well, until it
ends by itself. Of each trial is asked
  * summary.json, scores.jsonl and `star-eval report` in all its formats: byte for byte those of an
    unbroken run;
  * the journal: one reply a sample;
  * the requests: no sample whose reply was in the journal at a kill is sent again, and no more are
    sent twice than were under way (the concurrency) at each kill.
With --cache the run goes on in another folder each time; then the same is asked of the replies that
the cache held, and the replies that were in the journal but not yet in the cache are counted.
Prints one line, and exits with 1 where something is not as it should be.
"""
import argparse
import collections
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONCURRENCY = 8
LATENCY_MS = 15
TASKS = "RC,EC"
DERIVED = ("summary.json", "scores.jsonl")
REPORTS = "markdown,csv,json"


class Mock:
    """A server that answers the golds of the atlas and keeps a log."""

    def __init__(self, program, log):
        self.log = log
        self.process = subprocess.Popen(
            [program, "--answers", f"gold:{ROOT}/share/datasets/atlas", "--latency-ms",
             str(LATENCY_MS), "--log", log], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.base = re.search(r"http://127\.0\.0\.1:\d+/v1", line).group(0)

    def samples(self):
        return [json.loads(line)["sample"] for line in whole_lines(self.log)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def whole_lines(path):
    if not path.exists():
        return []
    text = path.read_text()
    return text[:text.rfind("\n") + 1].splitlines()


def journalled(run):
    return [json.loads(line)["sample"] for line in whole_lines(run / "replies.jsonl")]


def cached(path):
    if not path.exists():
        return set()
    with sqlite3.connect(path) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE name = 'replies'").fetchall()
        rows = database.execute("SELECT sample FROM replies").fetchall() if tables else []
    return {row[0] for row in rows}


class Bench:
    def __init__(self, options):
        self.star_eval = options.build / "apps/star_eval/star-eval"
        self.mock = options.build / "apps/star_mock_server/star-mock-server"
        self.cache = options.cache
        self.environment = dict(os.environ, STAREVAL_DATA=str(ROOT / "share"))
        self.faults = []
        self.resent = 0         # requests for a sample that was asked before
        self.most_resent = 0    # of one kill
        self.uncached = 0       # replies in a journal at a kill, and not in the cache
        self.by_phase = collections.Counter()

    def start(self, base, folder, out):
        command = [self.star_eval, "--backend", "openai", "--base-url", base, "--task", TASKS, "--quiet",
                   "--concurrency", str(CONCURRENCY), "--out", out]
        if self.cache:
            command += ["--cache", "cache.sqlite"]
        return subprocess.Popen([str(word) for word in command], cwd=folder, env=self.environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def finish(self, process):
        _, err = process.communicate(timeout=300)
        if process.returncode != 0:
            sys.exit(f"star-eval failed ({process.returncode}):\n{err.decode()[-2000:]}")

    def report(self, folder, out):
        shutil.rmtree(folder / "report", ignore_errors=True)
        subprocess.run([self.star_eval, "report", out, "--format", REPORTS, "--out", "report"], cwd=folder,
                       env=self.environment, check=True, capture_output=True)
        return {path.name: path.read_bytes() for path in sorted((folder / "report").iterdir())}

    def results(self, folder, out):
        """What must not depend on kills, by name. The folder's name must: it is moved to `run`."""
        if out != "run":
            shutil.rmtree(folder / "run", ignore_errors=True)
            (folder / out).rename(folder / "run")
        files = {name: (folder / "run" / name).read_bytes() for name in DERIVED}
        return {**files, **self.report(folder, "run")}

    def unbroken(self, work):
        folder = work / "unbroken"
        folder.mkdir()
        with Mock(self.mock, folder / "requests.jsonl") as mock:
            begin = time.monotonic()
            self.finish(self.start(mock.base, folder, "run"))
            seconds = time.monotonic() - begin
            return self.results(folder, "run"), seconds, len(mock.samples())

    def fault(self, trial, text):
        self.faults.append(f"trial {trial}: {text}")

    def kill_once(self, mock, folder, out, seconds):
        """False where the process was quicker than its killer."""
        process = self.start(mock.base, folder, out)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def trial(self, number, folder, random_moment, unbroken):
        """The number of kills that found the process alive."""
        folder.mkdir()
        kills, attempt = 0, 0
        held = set()  # samples that must not be asked again
        with Mock(self.mock, folder / "requests.jsonl") as mock:
            while True:
                out = f"run{attempt}" if self.cache else "run"
                attempt += 1
                seen = len(mock.samples())
                moment = random_moment(first=attempt == 1)
                if moment is None:
                    self.finish(self.start(mock.base, folder, out))
                elif self.kill_once(mock, folder, out, moment):
                    kills += 1
                    self.check_requests(number, mock.samples(), seen, held)
                    held = self.look_at_kill(number, mock, folder, out, held)
                    continue
                self.check_requests(number, mock.samples(), seen, held)
                break
            self.check_end(number, mock, folder, out, kills, unbroken)
        return kills

    def look_at_kill(self, number, mock, folder, out, held):
        replies = set(journalled(folder / out))
        asked = mock.samples()
        self.by_phase["before" if not asked else "after" if len(replies) == 100 else "during"] += 1
        stored = cached(folder / "cache.sqlite") if self.cache else replies
        self.uncached += len(replies - stored)
        under_way = len(set(asked) - replies - held)
        if under_way > CONCURRENCY:
            self.fault(number, f"{under_way} requests had no reply in the journal at a kill")
        return stored

    def check_requests(self, number, asked, seen, held):
        again = [sample for sample in asked[seen:] if sample in held]
        if again:
            self.fault(number, f"asked again, though there was a reply: {again}")
        resent = len(set(asked[:seen]) & set(asked[seen:]))
        self.resent += resent
        self.most_resent = max(self.most_resent, resent)
        if resent > CONCURRENCY and not self.cache:
            self.fault(number, f"{resent} requests sent twice after a kill")

    def check_end(self, number, mock, folder, out, kills, unbroken):
        samples = journalled(folder / out)
        if len(samples) != len(set(samples)) or len(samples) != unbroken[2]:
            self.fault(number, f"{len(samples)} lines, {len(set(samples))} samples in the journal")
        requests = len(mock.samples())
        if requests > unbroken[2] + kills * CONCURRENCY and not self.cache:
            self.fault(number, f"{requests} requests after {kills} kills")
        results = self.results(folder, out)
        for name, expected in unbroken[0].items():
            if results.get(name) != expected:
                self.fault(number, f"{name} differs from that of an unbroken run")


def run(options, work):
    draw = random.Random(options.seed)
    bench = Bench(options)
    unbroken = bench.unbroken(work)

    def random_moment(first):
        if not first and draw.random() < 0.5:
            return None
        return draw.uniform(0, unbroken[1] * 1.1)

    kills, trials = 0, 0
    while kills < options.kills:
        folder = work / f"trial{trials}"
        kills += bench.trial(trials, folder, random_moment, unbroken)
        trials += 1
        if not bench.faults:
            shutil.rmtree(folder)
    for fault in bench.faults:
        print(fault)
    phases = ", ".join(f"{bench.by_phase[name]} {name}" for name in ("before", "during", "after"))
    cache = f", {bench.uncached} replies journalled but not yet cached" if options.cache else ""
    print(f"{kills} kills in {trials} trials ({phases} the requests), seed {options.seed}: "
          f"{'no fault' if not bench.faults else f'{len(bench.faults)} FAULTS'}; "
          f"{bench.resent} requests sent twice, {bench.most_resent} at most after one kill "
          f"(limit {CONCURRENCY}){cache}")
    return 1 if bench.faults else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=lambda text: Path(text).resolve(), default=ROOT / "build/release")
    parser.add_argument("--cache", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stareval-kills-") as work:
        return run(options, Path(work))


if __name__ == "__main__":
    sys.exit(main())
