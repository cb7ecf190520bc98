#!/usr/bin/env python3
"""Check the arrows of dependence between folders (docs/architecture.md).

Reads the #include lines of every source file, and fails with one line for each arrow that the tables
below do not allow. Tests may include what they test and tests/support besides. Usage:
    scripts/check_layering.py [ROOT]
"""

import pathlib
import re
import sys

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
    "stareval": {"libstareval", "protocols", "backends", "reports"},
    "apps": {"libstareval", "protocols", "backends", "reports", "engine", "stareval"},
    "examples": {"libstareval", "stareval", "engine"},
}
PLUGINS = {"protocols", "backends", "reports"}  # sub-folders never include each other; shared/ may be
ENGINE_MAY_USE = {"base", "data", "tasks", "model"}  # of libstareval

# Pure folders: no input or output, no clock, no thread.
PURE = ("protocols/", "libstareval/protocol/", "libstareval/extract/", "libstareval/metrics/")
IMPURE_HEADERS = {"fstream", "iostream", "thread", "mutex", "chrono", "filesystem", "cstdio", "random",
                  "ctime", "libstareval/base/file.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def is_test(path):
    return path.stem.endswith("_test") or path.parts[0] in ("tests", "bench")


def fault(path, target):
    """Why `path` may not include `target`, or None. Both are relative to the root."""
    here, there = path.parts, pathlib.PurePath(target).parts
    if is_test(path) or there[0] not in TOP:
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
    return "this folder is pure: no input or output, no clock, no thread, no random numbers"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    faults, files = [], 0
    for top in [*TOP, "tests", "bench"]:
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
    print("\n".join(faults) if faults else f"layering: {files} files, every arrow allowed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
