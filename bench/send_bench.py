#!/usr/bin/env python3
"""How fast star-eval sends pictures, beside wrk, a bare client on libcurl, and promptfoo.

    bench/send_bench.py                 all of the below, with builds from build/release
    bench/send_bench.py rate share memory first promptfoo

Each measurement starts star-mock-server --no-inspect on 127.0.0.1, in rounds that alternate between
the programs, and prints medians and the ratios that bench/README.md states. CPU is user and system
time of the measured process alone. Needs wrk (package wrk); promptfoo is measured where npx can run it
(`npm install promptfoo@0.123 node@22`, and node_modules/.bin first in PATH).
"""
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"
STAR_EVAL = BUILD / "apps/star_eval/star-eval"
MOCK = BUILD / "apps/star_mock_server/star-mock-server"
MAKE = BUILD / "bench/make_send_dataset"
BARE = BUILD / "bench/bare_client"
WORK = Path(os.environ.get("STAREVAL_BENCH", tempfile.gettempdir())) / "stareval-bench"
ROUNDS = int(os.environ.get("ROUNDS", "5"))


def dataset(samples, pictures=200, size=150_000):
    folder = WORK / f"send-{samples}-{pictures}-{size}"
    if not (folder / "dataset.json").exists():
        subprocess.run([MAKE, folder, str(samples), str(pictures), str(size)], check=True)
    return folder


class Mock:
    """A server that answers "4" after `latency_ms`, and notes each request in the file `log`."""

    def __init__(self, latency_ms=0, log=None):
        script = WORK / "script.json"
        script.write_text(json.dumps({"default": {"text": "4"}}))
        self.process = subprocess.Popen(
            [MOCK, "--no-inspect", "--script", script, "--latency-ms", str(latency_ms),
             *(["--log", log] if log else [])],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.base = re.search(r"http://127\.0\.0\.1:\d+/v1", line).group(0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def measured(command, **options):
    """Seconds, CPU seconds, peak memory in MB, output of a process that must succeed."""
    before = time.monotonic()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, **options)
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - before
    if status != 0:
        sys.exit(f"{command[0]} failed ({status}):\n{err.decode()[-2000:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.decode()


def star_eval(base, folder, concurrency, extra=()):
    out = WORK / "run"
    shutil.rmtree(out, ignore_errors=True)
    command = [STAR_EVAL, "--backend", "openai", "--base-url", base, "--model", "m", "--task", "EC",
               "--dataset", folder, "--concurrency", concurrency, "--out", out, "--quiet", "--json",
               *extra]
    seconds, cpu, peak, text = measured(command)
    task = json.loads(text)["tasks"]["EC"]
    assert task["outcomes"] == {"answered": task["n"]}, task["outcomes"]
    assert task["metrics"]["accuracy"]["value"] == 1, task["metrics"]
    return {"n": task["n"], "seconds": seconds, "cpu": cpu, "peak": peak}


def bare(base, folder, n, concurrency):
    seconds, cpu, peak, text = measured([BARE, base + "/chat/completions", folder, n, concurrency])
    assert int(text) == n
    return {"n": n, "seconds": seconds, "cpu": cpu, "peak": peak}


def wrk(base, concurrency, seconds=4):
    body = WORK / "post.lua"
    picture = next((dataset(2000) / "images").glob("*.png"))
    import base64
    encoded = base64.b64encode(picture.read_bytes()).decode()
    body.write_text(
        'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = [[' +
        '{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":' +
        '{"url":"data:image/png;base64,' + encoded + '"}},{"type":"text","text":"How many?"}]}]}]]\n')
    took, cpu, peak, text = measured(["wrk", "-t1", f"-c{concurrency}", f"-d{seconds}s", "-s", body,
                                      base + "/chat/completions"])
    n = int(re.search(r"(\d+) requests in", text).group(1))
    assert "Non-2xx" not in text, text
    return {"n": n, "seconds": seconds, "cpu": cpu, "peak": peak}


def rate(run):
    return run["n"] / run["seconds"]


def cpu_us(run):
    return run["cpu"] / run["n"] * 1e6


def show(name, runs):
    print(f"  {name:<22}{statistics.median(map(rate, runs)):>9,.0f} requests/s"
          f"{statistics.median(map(cpu_us, runs)):>8.0f} us CPU a request"
          f"{max(r['peak'] for r in runs):>8.0f} MB")


def ratio(ours, theirs, of):
    return statistics.median(of(a) / of(b) for a, b in zip(ours, theirs))


def measure_rate():
    for concurrency in (32, 256):
        folder = dataset(20_000)
        n = 20_000
        ours, barely, limit = [], [], []
        with Mock() as mock:
            for _ in range(ROUNDS):
                limit.append(wrk(mock.base, concurrency))
                barely.append(bare(mock.base, folder, n, concurrency))
                ours.append(star_eval(mock.base, folder, concurrency))
        print(f"rate, concurrency {concurrency}: pictures of 150 KB, no latency, whole program, "
              f"{n} samples, {ROUNDS} rounds")
        show("wrk, one body", limit)
        show("bare libcurl client", barely)
        show("star-eval", ours)
        print(f"  star-eval / wrk {ratio(ours, limit, rate):.2f} (aim 0.27 at 32), "
              f"/ bare client {ratio(ours, barely, rate):.2f} (aim 0.8), "
              f"CPU / wrk's {ratio(ours, limit, cpu_us):.1f} (aim at most 4)")


def measure_share():
    print("share of the ideal (concurrency / latency), pictures of 150 KB")
    for latency_ms, concurrency, aim in ((200, 64, 0.97), (500, 256, 0.95), (500, 1024, 0.90)):
        rounds = max(40, 10_000 // concurrency) if concurrency < 1024 else 20
        folder = dataset(concurrency * rounds)
        shares = []
        with Mock(latency_ms) as mock:
            for _ in range(3):
                run = star_eval(mock.base, folder, concurrency)
                shares.append(run["n"] / (run["seconds"] * concurrency / (latency_ms / 1000)))
        print(f"  {latency_ms} ms x {concurrency:<5} {statistics.median(shares):.3f} (aim {aim})")


def measure_memory():
    print("memory")
    with Mock(50) as mock:
        run = star_eval(mock.base, dataset(20_000), 256)
        print(f"  concurrency 256, 20,000 samples, 50 ms: {run['peak']:.0f} MB (aim below 64)")
    with Mock() as mock:
        small = star_eval(mock.base, dataset(1_000, 200, 2_000), 64)
        large = star_eval(mock.base, dataset(100_000, 200, 2_000), 64)
        print(f"  concurrency 64, pictures of 2 KB: {small['peak']:.0f} MB at 1,000 samples, "
              f"{large['peak']:.0f} MB at 100,000 (aim: within 10)")


def measure_first():
    folder = dataset(10_000)
    times = []
    for _ in range(ROUNDS):
        out, log = WORK / "run", WORK / "requests.jsonl"
        shutil.rmtree(out, ignore_errors=True)
        log.unlink(missing_ok=True)
        with Mock(log=log) as mock:
            begin = time.monotonic()
            client = subprocess.Popen([STAR_EVAL, "--backend", "openai", "--base-url", mock.base,
                                       "--model", "m", "--task", "EC", "--dataset", folder, "--out", out,
                                       "--quiet"],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while not log.exists() or log.stat().st_size == 0:
                time.sleep(0.001)
            times.append(time.monotonic() - begin)
            client.terminate()
            client.wait()
    print(f"first request at 10,000 samples: {statistics.median(times):.3f} s (aim 0.1)")


def measure_promptfoo():
    folder = dataset(1_000)
    if shutil.which("npx") is None:
        print("promptfoo: npx is not there")
        return
    config = WORK / "promptfoo"
    config.mkdir(exist_ok=True)
    import base64
    tests = []
    for i in range(1_000):
        tests.append({"vars": {"picture": f"file://{folder}/images/{i % 200:04}.png"},
                      "assert": [{"type": "contains", "value": "4"}]})
    (config / "prompt.json").write_text(json.dumps(
        [{"role": "user", "content": [
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,{{picture}}"}},
            {"type": "text", "text": "How many?"}]}]))
    environment = dict(os.environ, OPENAI_API_KEY="none", PROMPTFOO_DISABLE_TELEMETRY="1",
                       PROMPTFOO_DISABLE_UPDATE="1", PROMPTFOO_CONFIG_DIR=str(config / "home"))
    rates = []
    with Mock() as mock:
        (config / "promptfooconfig.json").write_text(json.dumps(
            {"prompts": [f"file://{config}/prompt.json"],
             "providers": [{"id": "openai:chat:m", "config": {"apiBaseUrl": mock.base}}],
             "tests": tests}))
        command = ["npx", "--yes", "promptfoo@0.123", "eval", "-c", config / "promptfooconfig.json",
                   "--no-cache", "-j", "32", "--no-progress-bar", "--no-table", "-o", config / "out.json"]
        for _ in range(2):
            begin = time.monotonic()
            done = subprocess.run([str(c) for c in command], env=environment, capture_output=True,
                                  text=True)
            seconds = time.monotonic() - begin
            if not (config / "out.json").exists():
                print("promptfoo: cannot be run here:", (done.stderr or done.stdout)[-300:])
                return
            stats = json.loads((config / "out.json").read_text())["results"]["stats"]
            ours = star_eval(mock.base, folder, 32)
            assert stats["successes"] == 1_000, stats
            rates.append((rate(ours), 1_000 / seconds))
    print(f"promptfoo, concurrency 32, 1,000 samples: {rates[-1][1]:.0f} requests/s, "
          f"star-eval {rates[-1][0]:,.0f}: {statistics.median(a / b for a, b in rates):.0f} times (aim 30)")


MEASUREMENTS = {"rate": measure_rate, "share": measure_share, "memory": measure_memory,
                "first": measure_first, "promptfoo": measure_promptfoo}


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:] or list(MEASUREMENTS)
    unknown = [name for name in wanted if name not in MEASUREMENTS]
    if unknown:
        sys.exit(f"send_bench.py: no measurement is named {', '.join(unknown)}; "
                 f"there are: {', '.join(MEASUREMENTS)}")
    for name in wanted:
        MEASUREMENTS[name]()


if __name__ == "__main__":
    main()
