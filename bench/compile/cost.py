"""What does a unit cost? CPU seconds over an empty file, peak memory and object size, beside the aims of Berth.

    cost.py [--compiler NAME] [--repeat N] [--only WORD] [HEADER...]

With headers: the cost of including them. Without: each area (looked at only, as an editor does), and the units in
tests/frame/probes, header-only and in separate compilation, at -O0 and -O2. `tests/run frame/cost` keeps what is won.
"""

import argparse
import os
import pathlib
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
AREAS = ["core", "object", "store", "schedule", "api", "reconcile", "kube", "node", "sim"]
SEPARATE = "-DBERTH_SEPARATE_COMPILATION"
LOOK = ["-fsyntax-only"]

# (what, headers, aim in CPU seconds)
INCLUDES = [
    ("every fwd.hpp", [f"berth/{area}/fwd.hpp" for area in AREAS], 0.10),
    ("core", ["berth/core.hpp"], None),
    ("object", ["berth/object.hpp"], 0.35),
    ("schedule", ["berth/schedule.hpp"], 0.45),
    ("store", ["berth/store.hpp"], 0.85),
    ("reconcile", ["berth/reconcile.hpp"], 0.85),
    ("api", ["berth/api.hpp"], None),
    ("api/http", ["berth/api/http/server.hpp"], 2.0),
    ("kube", ["berth/kube.hpp"], 2.0),
    ("kube/types", ["berth/kube/types.hpp"], None),
    ("kube/schedule", ["berth/kube/schedule.hpp"], None),
    ("node", ["berth/node.hpp"], None),
    ("sim", ["berth/sim.hpp"], None),
]

# (what, probe, aims in CPU seconds: header-only -O0, -O2, separate -O0, -O2)
PROBES = [
    ("the table of pod", "table", (2.0, 3.0, 0.7, 0.7)),
    ("own controller, kube/types", "types", (7.0, 8.0, 3.0, 3.5)),
    ("own controller, all of kube", "controller", (7.0, 8.0, 3.0, 3.5)),
    ("... with server and loop", "server", (10.0, 12.0, 4.0, 5.0)),
    ("... with one more kind", "kind", (None, None, None, None)),
]
MEMORY_AIM = 600  # MB, of the controller
LONG = 20  # seconds: what has taken so long is not compiled again, for noise is a small part of it


class Cost:
    """What one compilation took."""

    def __init__(self, seconds, megabytes, size):
        self.seconds = seconds
        self.once = False  # nobody knows how much of the seconds is noise
        self.megabytes = megabytes
        self.size = size


def compile_once(compiler, text, flags):
    with tempfile.TemporaryDirectory() as folder:
        unit, made = pathlib.Path(folder) / "unit.cpp", pathlib.Path(folder) / "unit.o"
        unit.write_text(text)
        output = [] if flags[-1:] == LOOK else ["-c", "-o", str(made)]
        paths = [f"-I{ROOT}/include", f"-I{ROOT}/tests/frame/probes"]
        command = [compiler, "-std=c++23", *paths, *flags, *output, str(unit)]
        quiet = os.open(os.devnull, os.O_WRONLY)
        before = os.times()
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, quiet, 2)])
        _, status, used = os.wait4(child, 0)
        after = os.times()
        os.close(quiet)
        if status != 0:
            return None
        seconds = sum(after[2:4]) - sum(before[2:4])  # user and system time of the children
        return Cost(seconds, used.ru_maxrss / 1024, made.stat().st_size if made.exists() else 0)


def cost(chosen, text, flags):
    """The cheapest of some compilations, fewer where one takes long; None if it does not compile."""
    found = []
    while len(found) < chosen.repeat and sum(one.seconds for one in found) < LONG:
        one = compile_once(chosen.compiler, text, flags)
        if one is None:
            return None
        found.append(one)
    best = min(found, key=lambda one: one.seconds)
    best.once = len(found) == 1
    return best


def row(what, how, found, empty, aim):
    if found is None:
        print(f"{what:<30}{how:<18}  does not compile", flush=True)
        return
    seconds = max(found.seconds - empty.seconds, 0)
    verdict = "" if aim is None else "within" if seconds <= aim else "over"
    size = f"{found.size / 1024:,.0f}" if found.size else ""
    shown = f"{aim:.2f}" if aim is not None else ""
    print(f"{what:<30}{how:<18}{seconds:>7.2f}{shown:>7}  {verdict:<7}{found.megabytes:>7.0f}{size:>9}",
          flush=True)


def text_of(headers):
    return "".join(f"#include <{header}>\n" for header in headers)


def includes(chosen, rows):
    for mode, flags in (("header-only", LOOK), ("separate", [SEPARATE, *LOOK])):
        empty = cost(chosen, "", flags)
        for what, headers, aim in rows:
            row(f"include {what}", mode, cost(chosen, text_of(headers), flags), empty, aim)


def another_kind(how, with_it, without):
    """The difference that one more kind makes."""
    if with_it and without:
        milliseconds = max(with_it.seconds - without.seconds, 0) * 1000
        size = (with_it.size - without.size) / 1024
        time = f"{'noise':>7}" if with_it.once or without.once else f"{milliseconds:>7.0f} ms (50)"
        print(f"{'one more kind':<30}{how:<18}{time}, {size:.1f} KiB (4)", flush=True)


def probes(chosen):
    found = {}
    for number, (mode, flags) in enumerate((("header-only", []), ("separate", [SEPARATE]))):
        for level in (0, 2):
            how = f"{mode} -O{level}"
            empty = cost(chosen, "", [*flags, f"-O{level}"])
            for what, name, aims in PROBES:
                text = (ROOT / "tests/frame/probes" / f"{name}.cpp").read_text(encoding="utf-8")
                found[name] = cost(chosen, text, [*flags, f"-O{level}"])
                if name != "kind":
                    row(what, how, found[name], empty, aims[2 * number + level // 2])
            another_kind(how, found["kind"], found["controller"])
            if found["controller"] and found["controller"].megabytes > MEMORY_AIM:
                print(f"{'':<30}{how:<18}the controller takes more than {MEMORY_AIM} MB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", choices=["includes", "probes"])
    parser.add_argument("header", nargs="*")
    chosen = parser.parse_args()
    print(f"{chosen.compiler}, least of {chosen.repeat} (of fewer from {LONG} s on), over an empty file")
    print(f"{'unit':<30}{'':<18}{'CPU s':>7}{'aim':>7}  {'':<7}{'MB':>7}{'KiB':>9}")
    if chosen.header:
        includes(chosen, [(header, [header], None) for header in chosen.header])
        return
    if chosen.only != "probes":
        includes(chosen, INCLUDES)
    if chosen.only != "includes":
        probes(chosen)


if __name__ == "__main__":
    main()
