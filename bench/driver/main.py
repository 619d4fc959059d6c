"""Builds and runs the benchmarks; `bench/run` calls it once the packages are there."""

import json
import pathlib
import re
import subprocess
import sys
import time

import comparison
import standings
from programs import MOMENT, ROOT, Tree, smallest, sources

HELP = """\
bench/run [FILTER] [--quick] [--benchmark_...]
    installs missing packages, builds in build/bench/ with -O3 (some also with -O2) and runs the benchmarks.
    Without FILTER: all, and at the end a table of each beside its rival or limit, kept in build/bench/results/.
    Allow it an hour or more of a machine that does nothing else; building is a third of it on two processors.
    --quick         the smallest case of each, for a moment: shows that it works, and no more; in minutes once built
    FILTER          a file (schedule/place), an area (schedule, api/http), `compile` (what units cost the compiler),
                    or a regular expression for the names of benchmarks
    --benchmark_... goes to the programs (--benchmark_min_time=2, --benchmark_format=json)
bench/run compare OLD NEW [FILTER] [--rounds N] [--output DIR] [--benchmark_...]
    two commits, `.` (what is checked out), or two files of results (Google Benchmark's JSON, of one or several runs).
    Commits are built, and run in turns, N times each (10); what differs beyond the noise gets a verdict: the
    Mann-Whitney rank test, p < 0.01 after Holm's correction, and medians at least 1 % apart. Writes a table and
    compare.svg, and results as JSON, to DIR (build/bench/compare/). Exit status 1: something became slower.
bench/run serve [--workers N] [--pods N] [--rest SECONDS] [-- ARGUMENT...]
    the control plane as a program, as examples/run builds it (-O2): how long it takes to start, until N simulated
    workers (64) are ready, and until N pods of one deployment are; what it costs at rest; and its memory.

programs:
"""


def say(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


def parse(words):
    """(filter words, flags for the programs, own options)."""
    plain, flags, own = [], [], {}
    words = list(words)
    while words:
        word = words.pop(0)
        if word.startswith("--benchmark_"):
            flags.append(word)
        elif word in ("--rounds", "--output"):
            if not words:
                sys.exit(f"{word} needs a value; see bench/run --help")
            own[word] = words.pop(0)
        elif word == "--quick":
            own[word] = True
        elif word.startswith("-"):
            print(f"unknown option {word}; see bench/run --help", file=sys.stderr)
            sys.exit(2)
        else:
            plain.append(word)
    return plain, flags, own


def chosen(wanted, flags):
    """The programs that a filter means, and the flags with it: what is no program's name is for benchmarks' names."""
    mine = [name for name in sources(ROOT) if not wanted or re.fullmatch(rf"({wanted})(/.*)?", name)]
    if mine or wanted == "compile":
        return mine, flags
    return sources(ROOT), [*flags, f"--benchmark_filter={wanted}"]


def compile_cost():
    say("compile: what units cost the compiler")
    return subprocess.run([sys.executable, "-B", ROOT / "bench/compile/cost.py"]).returncode


def quickly(tree, name, level, flags):
    """The flags that cut a program short; nothing if no benchmark of it is left."""
    few = smallest(tree.cases(name, level, flags))
    left = [flag for flag in flags if not flag.startswith("--benchmark_filter=")]
    return few and [*MOMENT, *left, "--benchmark_filter=^(" + "|".join(map(re.escape, few)) + ")$"]


def run_all(wanted, flags, quick):
    names, flags = chosen(wanted, flags)
    tree = Tree(ROOT, ROOT / "build/bench")
    found = []
    if names:
        say(f"building {len(names)} programs in build/bench")
        tree.build(names)
    for name in names:
        for level in tree.levels(name):
            given = quickly(tree, name, level, flags) if quick else flags
            if quick and not given:
                continue
            say(f"{name} at -O{level}")
            found += tree.run(name, level, given, shown=True)
    if quick:
        say(f"{len(found)} benchmarks ran for a moment each: take no figure from them")
        return 0 if found else 1
    if found and not wanted:
        folder = ROOT / "build/bench/results"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / time.strftime("%Y-%m-%d-%H%M%S.json")
        path.write_text(json.dumps({"benchmarks": found}, indent=1), encoding="utf-8")
        table = standings.table(found)
        path.with_suffix(".txt").write_text(table, encoding="utf-8")
        print(f"\nBeside rivals and limits (x: how many times as fast)\n{table}\nkept in {path.relative_to(ROOT)}")
    return compile_cost() if wanted in ("", "compile") else 0


def serve(words):
    folder = "build/examples-O2"
    say(f"building the control plane in {folder}")
    command = [ROOT / "examples/run", "-O2", "040-control-plane", "--help"]
    built = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    program = ROOT / folder / "examples/control-plane"
    return built or subprocess.run([sys.executable, "-B", ROOT / "bench/serve.py", program, *words]).returncode


def rounds_of(own):
    try:
        rounds = int(own.get("--rounds", "10"))
    except ValueError:
        rounds = 0
    if rounds < 1:
        sys.exit("--rounds needs a number of rounds, 1 or more")
    return rounds


def compare(plain, flags, own):
    if len(plain) not in (2, 3):
        sys.exit("bench/run compare needs two commits or two files of results; see bench/run --help")
    old, new, wanted = (*plain, "")[:3]
    output = pathlib.Path(own.get("--output", ROOT / "build/bench/compare"))
    output.mkdir(parents=True, exist_ok=True)
    if pathlib.Path(old).is_file() and pathlib.Path(new).is_file():
        runs = [comparison.read(pathlib.Path(path)) for path in (old, new)]
    else:
        names, flags = chosen(wanted, flags)
        runs = comparison.measure(ROOT, (old, new), names, flags, rounds_of(own), say)
        for side, found in zip(("old", "new"), runs):
            (output / f"{side}.json").write_text(json.dumps({"benchmarks": found}, indent=1), encoding="utf-8")
    rows = comparison.rows(*runs)
    if not rows:
        sys.exit("the two have no benchmark in common")
    text = comparison.table(rows, old, new)
    print(text)
    (output / "compare.txt").write_text(text, encoding="utf-8")
    (output / "compare.svg").write_text(comparison.picture(rows, old, new), encoding="utf-8")
    say(f"written to {output}")
    return 1 if any(row.verdict == "slower" for row in rows) else 0


def main(words):
    if any(word in ("--help", "-h") for word in words):
        print(HELP + "".join(f"    {name}\n" for name in ["compile", *sources(ROOT)]), end="")
        return 0
    if words[:1] == ["serve"]:
        return serve(words[1:])
    plain, flags, own = parse(words)
    if plain[:1] == ["compare"]:
        if own.pop("--quick", False):
            sys.exit("compare needs whole measurements: --quick is not for it")
        return compare(plain[1:], flags, own)
    quick = own.pop("--quick", False)
    if own or len(plain) > 1:
        sys.exit("one filter at most, and --rounds and --output only with compare; see bench/run --help")
    return run_all(plain[0] if plain else "", flags, quick)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
