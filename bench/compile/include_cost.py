"""What does it cost to include an area? CPU seconds of `g++ -fsyntax-only`, over an empty file.

    include_cost.py [--compiler NAME] [--repeat N] [HEADER...]    without a header: each area against its aim
"""

import argparse
import os
import pathlib
import subprocess
import tempfile

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"

AREAS = ["core", "object", "store", "schedule", "api", "reconcile", "kube", "node", "sim"]

# (what, headers, aim in CPU seconds): the aims are those that Berth sets itself.
AIMS = [
    ("every fwd.hpp", [f"berth/{area}/fwd.hpp" for area in AREAS], 0.10),
    ("core", ["berth/core.hpp"], None),
    ("object", ["berth/object.hpp"], 0.35),
    ("schedule", ["berth/schedule.hpp"], 0.45),
    ("store", ["berth/store.hpp"], 0.85),
    ("reconcile", ["berth/reconcile.hpp"], 0.85),
    ("api", ["berth/api.hpp"], None),
    ("api/http", ["berth/api/http/server.hpp"], 2.6),
    ("kube", ["berth/kube.hpp"], None),
    ("node", ["berth/node.hpp"], None),
    ("sim", ["berth/sim.hpp"], None),
]


def seconds(compiler, headers, repeat):
    """The least CPU time of some compilations of a file that includes the headers; None if it does not compile."""
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as unit:
        unit.write("".join(f"#include <{header}>\n" for header in headers))
        unit.flush()
        times = []
        for _ in range(repeat):
            before = os.times()
            command = [compiler, "-std=c++23", f"-I{INCLUDE}", "-fsyntax-only", unit.name]
            if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
                return None
            after = os.times()
            times.append(sum(after[2:4]) - sum(before[2:4]))  # user and system time of the children
        return min(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("header", nargs="*")
    chosen = parser.parse_args()
    rows = [(header, [header], None) for header in chosen.header] or AIMS
    empty = seconds(chosen.compiler, [], chosen.repeat)
    print(f"{chosen.compiler}, least of {chosen.repeat}, over an empty file ({empty:.2f} s)")
    print(f"{'include':<32}{'CPU s':>8}{'aim':>8}")
    for what, headers, aim in rows:
        there = [header for header in headers if (INCLUDE / header).exists()]
        cost = seconds(chosen.compiler, there, chosen.repeat) if there else None
        shown = f"{max(cost - empty, 0):.2f}" if cost is not None else "does not compile" if there else "-"
        verdict = "" if aim is None or cost is None else "   within" if cost - empty <= aim else "   over"
        print(f"{what:<32}{shown:>8}{f'{aim:.2f}' if aim else '':>8}{verdict}", flush=True)


if __name__ == "__main__":
    main()
