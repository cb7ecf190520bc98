#!/usr/bin/env python3
"""Check the arrows of dependence between folders (docs/architecture.md).

Reads the #include lines of every source file, and fails with one line for each arrow that the tables
below do not allow. Tests may include what they test and tests/support besides. Usage:
    scripts/check_layering.py [ROOT]
    scripts/check_layering.py --self-test     a wrong arrow of each kind is found, and no right one
"""

import pathlib
import re
import sys
import tempfile

# Folder -> folders that it may include. A folder may always include itself.
LIBRARY = {
    "base": set(),
    "data": {"base"},
    "tasks": {"base", "data"},
    "model": {"base", "data"},
    "extract": {"base", "data", "tasks"},
    "metrics": {"base", "data"},
    "statistics": {"base", "metrics"},
    "protocol": {"base", "data", "tasks", "model", "extract", "metrics", "statistics"},
    "report": {"base", "data", "tasks", "model", "metrics", "statistics", "protocol"},
    "run": {"base", "data", "tasks", "model", "extract", "metrics", "statistics", "protocol", "report"},
}
TOP = {
    "libstareval": set(),
    "protocols": {"libstareval"},
    "backends": {"libstareval"},
    "reports": {"libstareval"},
    "engine": {"libstareval"},
    "training": {"libstareval"},
    "stareval": {"libstareval", "protocols", "backends", "reports"},
    "apps": {"libstareval", "protocols", "backends", "reports", "engine", "training", "stareval"},
    "examples": {"libstareval", "stareval", "engine", "training"},
}
PLUGINS = {"protocols", "backends", "reports"}  # sub-folders never include each other; shared/ may be
# Of libstareval. Protocol and extract check what a model writes; the engine knows no protocol but by its interface.
ENGINE_MAY_USE = {"base", "data", "tasks", "model", "extract", "protocol", "statistics"}

# Pure folders: no input or output, no clock, no thread.
PURE = ("protocols/", "libstareval/protocol/", "libstareval/extract/", "libstareval/metrics/",
        "libstareval/statistics/")
IMPURE_HEADERS = {"fstream", "iostream", "thread", "mutex", "chrono", "filesystem", "cstdio", "random",
                  "ctime", "libstareval/base/file.h", "libstareval/base/random.h"}
MAY_DRAW_NUMBERS = "libstareval/statistics/"  # resampling, by the library's own generator and its seed
TEST_FOLDERS = ("tests", "bench")

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def is_test(path):
    """A test, or what tests share: test_*_internal.h and the like are never installed."""
    name = path.stem
    shared = name.startswith("test_") and name.endswith("_internal")
    return name.endswith("_test") or shared or path.parts[0] in TEST_FOLDERS


def fault(path, target):
    """Why `path` may not include `target`, or None. Both are relative to the root."""
    here, there = path.parts, pathlib.PurePath(target).parts
    if is_test(path):
        return None
    if there[0] in TEST_FOLDERS:
        return f"{there[0]}/ is for tests only"
    if there[0] not in TOP:
        return None
    if here[0] == there[0]:
        return fault_inside(here, there)
    if there[0] not in TOP.get(here[0], set()):
        return f"{here[0]}/ may include {sorted(TOP.get(here[0], set()))} only"
    if here[0] == "engine" and there[1] not in ENGINE_MAY_USE:
        return f"engine/ may include {sorted(ENGINE_MAY_USE)} of libstareval only"
    return None


def fault_inside(here, there):
    if here[0] == "libstareval" and here[1] != there[1] and there[1] not in LIBRARY[here[1]]:
        return f"libstareval/{here[1]} may include {sorted(LIBRARY[here[1]])} only"
    if here[0] in PLUGINS and len(there) > 2 and len(here) > 2:
        if there[1] not in (here[1], "shared"):
            return f"plug-ins of {here[0]}/ never include each other"
    return None


def impurity(path, target):
    if is_test(path) or not str(path).startswith(PURE) or target not in IMPURE_HEADERS:
        return None
    if target == "libstareval/base/random.h" and str(path).startswith(MAY_DRAW_NUMBERS):
        return None
    return "this folder is pure: no input or output, no clock, no thread, no random numbers"


def check(root):
    """A line for each wrong arrow below `root`, and how many files were read."""
    faults, files = [], 0
    for top in [*TOP, *TEST_FOLDERS]:
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cc"):
                continue
            files += 1
            path = file.relative_to(root)
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                why = fault(path, match[1]) or impurity(path, match[1])
                if why:
                    faults.append(f'{path}:{number}: includes "{match[1]}": {why}')
    return faults, files


# File, what it includes, and a part of the fault; None where the arrow is right.
SELF_TEST = (
    ("libstareval/base/a.h", "libstareval/data/sample.h", "libstareval/base may include"),
    ("libstareval/run/a.cc", "backends/openai/openai.h", "libstareval/ may include"),
    ("libstareval/run/b.cc", "engine/synth.h", "libstareval/ may include"),
    ("libstareval/run/c.cc", "tests/support/samples.h", "tests/ is for tests only"),
    ("engine/a.cc", "bench/timer.h", "bench/ is for tests only"),
    ("engine/b.cc", "protocols/protocols.h", "engine/ may include"),
    ("engine/c.cc", "libstareval/run/plan.h", "of libstareval only"),
    ("backends/openai/a.cc", "backends/replay/replay.h", "never include each other"),
    ("stareval/a.h", "engine/synth.h", "stareval/ may include"),
    ("training/a.cc", "protocols/protocols.h", "training/ may include"),
    ("training/b.cc", "engine/synth.h", "training/ may include"),
    ("examples/a.cc", "apps/star_eval/command.h", "examples/ may include"),
    ("protocols/counting/a.cc", "fstream", "this folder is pure"),
    ("protocols/counting/b.cc", "libstareval/base/random.h", "this folder is pure"),
    ("libstareval/extract/a.cc", "thread", "this folder is pure"),
    ("libstareval/metrics/a.cc", "chrono", "this folder is pure"),
    ("libstareval/protocol/a.cc", "libstareval/base/file.h", "this folder is pure"),
    ("libstareval/statistics/a.cc", "random", "this folder is pure"),
    ("libstareval/statistics/b.cc", "libstareval/base/file.h", "this folder is pure"),
    ("libstareval/statistics/c.cc", "libstareval/base/random.h", None),
    ("libstareval/run/d.cc", "libstareval/data/sample.h", None),
    ("libstareval/run/a_test.cc", "tests/support/samples.h", None),
    ("libstareval/run/e.cc", "fstream", None),
    ("engine/draw/test_scenes_internal.h", "tests/support/temp_folder.h", None),
    ("engine/e.cc", "libstareval/protocol/protocol.h", None),
    ("engine/d.cc", "libstareval/data/dataset_internal.h", None),
    ("backends/openai/b.cc", "backends/shared/settings.h", None),
    ("training/c.cc", "libstareval/run/registry.h", None),
    ("apps/star_eval/a.cc", "engine/synth.h", None),
    ("apps/star_eval/b.cc", "training/export.h", None),
    ("tests/conformance/a_test.cc", "backends/openai/openai.h", None),
)


def self_test():
    """Build a tree that holds the arrows of SELF_TEST, and print each that is judged otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, target, _ in SELF_TEST:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(f'#pragma once\n#include "{target}"\n', encoding="utf-8")
        faults, files = check(root)
    wrong = [] if files == len(SELF_TEST) else [f"expected {len(SELF_TEST)} files, read {files}"]
    for path, target, why in SELF_TEST:
        found = [fault for fault in faults if fault.startswith(f"{path}:")]
        right = not found if why is None else len(found) == 1 and found[0].startswith(
            f'{path}:2: includes "{target}": ') and why in found[0]
        if not right:
            wrong.append(f"{path} includes {target}: expected {why or 'no fault'}, found {found}")
    print("\n".join(wrong) if wrong else f"layering: {len(SELF_TEST)} arrows judged as expected")
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    faults, files = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve())
    print("\n".join(faults) if faults else f"layering: {files} files, every arrow allowed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
