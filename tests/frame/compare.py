"""`bench/run compare`: the rank test, verdicts only beyond the noise, tables and pictures; what stands beside what."""

import json
import itertools
import math
import random
import shutil
import sys
import tempfile
import xml.etree.ElementTree
from pathlib import Path

from common import ROOT, run

sys.path.append(str(ROOT / "bench/driver"))
import comparison  # noqa: E402
import standings  # noqa: E402


def by_counting(a, b):
    """The two-sided p by looking at every way in which the values could be shared out."""
    def u(first):
        return sum(x > y for x in first for y in together if y not in first)
    together = a + b
    low = min(u(a), len(a) * len(b) - u(a))
    ways = list(itertools.combinations(together, len(a)))
    return min(1.0, 2 * sum(u(way) <= low for way in ways) / len(ways))


def rank_test_complaints():
    draw = random.Random(1)
    for _ in range(60):
        a = [draw.random() for _ in range(draw.randint(1, 5))]
        b = [draw.random() + draw.random() for _ in range(draw.randint(1, 5))]
        told, exact = comparison.rank_test(a, b), by_counting(a, b)
        if not math.isclose(told, exact):
            yield f"{a} and {b}: {told} instead of {exact}"
    many = [draw.gauss(0, 1) for _ in range(60)]
    if not 0.2 < comparison.rank_test(many, [x + 0.01 for x in many]) <= 1:
        yield "many values: what is hardly shifted is told apart"
    if comparison.rank_test(many, [x + 2 for x in many]) > 1e-6:
        yield "many values: what is far apart is not told apart"
    if comparison.rank_test([3.0] * 9, [3.0] * 8) != 1:
        yield "equal values are told apart"


def results_of(names, draw, shift=lambda name: 1.0, runs=10, noise=0.03):
    """Made-up results: times with noise, some of it in bursts, as on a busy machine."""
    found = []
    for _ in range(runs):
        burst = 1.3 if draw.random() < 0.15 else 1.0
        found += [{"name": name, "run_type": "iteration", "time_unit": "us",
                   "real_time": 100 * shift(name) * burst * (1 + abs(draw.gauss(0, noise)))} for name in names]
    return found


def verdict_complaints():
    names = [f"row/{i}" for i in range(20)]
    false = 0
    for seed in range(100):
        draw = random.Random(seed)
        rows = comparison.rows(results_of(names, draw), results_of(names, draw))
        false += any(row.verdict for row in rows)
    if false > 4:  # one in a hundred is promised
        yield f"{false} of 100 comparisons of equals have a verdict"
    draw = random.Random(1)
    told = comparison.rows(results_of(names, draw), results_of(
        names, draw, lambda name: {"row/3": 1.5, "row/4": 0.6}.get(name, 1.0)))
    wrong = {row.name: row.verdict for row in told
             if row.verdict != {"row/3": "slower", "row/4": "faster"}.get(row.name, "")}
    if wrong:
        yield f"half as much more, or less, is not told, or others are: {wrong}"
    few = comparison.rows(results_of(names, draw, runs=3), results_of(names, draw, lambda _: 2.0, runs=3))
    if {row.verdict for row in few} != {"too few runs"}:
        yield "three runs are taken for enough"


def program_complaints():
    """The command on two files: its table, its exit status, its files; and what it says of files that are none."""
    draw = random.Random(5)
    names = ["a<b>/1", "unchanged"]
    with tempfile.TemporaryDirectory() as place:
        old, new, out = (Path(place) / name for name in ("old.json", "new.json", "out"))
        old.write_text(json.dumps({"benchmarks": results_of(names, draw)}))
        new.write_text(json.dumps({"benchmarks": results_of(names, draw, lambda n: 1.5 if "a" in n[:1] else 1.0)}))
        main = [sys.executable, "-B", ROOT / "bench/driver/main.py", "compare"]
        code, said = run([*main, old, new, "--output", out])
        if code != 1 or "1 slower, 0 faster, 1 without a verdict" not in said:
            yield f"exit code {code}: {said}"
        picture = xml.etree.ElementTree.parse(out / "compare.svg")
        if len(list(picture.iter("{http://www.w3.org/2000/svg}circle"))) != 40:
            yield "the picture does not have a dot for each run"
        code, said = run([*main, old, old, "--output", out])
        if code != 0 or "0 slower" not in said:
            yield f"the same file twice: exit code {code}: {said}"
        new.write_text("no JSON")
        code, said = run([*main, old, new])
        if code == 0 or "is not a file of results" not in said:
            yield f"a file of no results: {said}"
        for words, wanted in ((["no-such-commit", "HEAD"], "neither a commit"), ([old], "needs two commits"),
                              ([old, new, "--rounds", "none"], "is not a file"),
                              (["a", "b", "--round"], "unknown option"),
                              (["HEAD", "HEAD", "--rounds", "0"], "--rounds needs")):
            code, said = run([*main, *words])
            if code == 0 or wanted not in said:
                yield f"{words}: {said}"


# A tree of one benchmark, which pretends: it says that it took so long, and a little more.
TOY_MESON = """\
project('toy', 'cpp')
subdir('bench')
"""
TOY_BENCH = """\
bench_sources = [
    'toy/one.cpp',
]
executable('toy_one', 'toy/one.cpp')
"""
TOY_OPTIONS = "".join(f"option('{name}', type: 'feature')\n" for name in ("benchmarks", "tests", "examples"))
TOY_PROGRAM = """\
#include <cstdio>
#include <cstring>
#include <ctime>
int main(int argc, char** argv) {
    auto now = timespec();
    clock_gettime(CLOCK_REALTIME, &now);
    for (int i = 1; i < argc; ++i)
        if (std::strncmp(argv[i], "--benchmark_out=", 16) == 0)
            if (auto* const f = std::fopen(argv[i] + 16, "w")) {
                std::fprintf(f, "{\\"benchmarks\\": [{\\"name\\": \\"one\\", \\"real_time\\": %d.%03d, "
                                "\\"time_unit\\": \\"us\\"}]}", TOOK, int(now.tv_nsec % 1000));
                std::fclose(f);
            }
}
"""


def commits_complaints():
    """Two commits, and what is checked out: built, run in turns, told apart."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        for name, text in (("meson.build", TOY_MESON), ("meson_options.txt", TOY_OPTIONS),
                           ("bench/meson.build", TOY_BENCH), ("bench/toy/one.cpp", TOY_PROGRAM.replace("TOOK", "100"))):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        shutil.copytree(ROOT / "bench/driver", root / "bench/driver", ignore=shutil.ignore_patterns("__pycache__"))
        git = ["git", "-C", root, "-c", "user.name=t", "-c", "user.email=t@t.invalid"]
        for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
            code, said = run([*git, *command])
            if code != 0:
                return said
        (root / "bench/toy/one.cpp").write_text(TOY_PROGRAM.replace("TOOK", "150"))
        program = [sys.executable, "-B", root / "bench/driver/main.py"]
        code, said = run([*program, "compare", "main", ".", "--rounds", "6"])
        if code != 1 or "1 slower, 0 faster" not in said or "6+6" not in said:
            return f"exit code {code}: {said}"
        (root / "bench/toy/one.cpp").write_text(TOY_PROGRAM.replace("TOOK", "100"))
        code, said = run([*program, "compare", "main", ".", "--rounds", "6"])
        return "" if code == 0 and "0 slower, 0 faster" in said else f"nothing has changed, exit code {code}: {said}"


def standings_complaints():
    rows = [{"name": name, "program": "schedule/place", "level": level, "real_time": time, "time_unit": "us"}
            for level in (3, 2) for name, time in (("by_hand/5000", 10), ("place_pointwise/5000", 20))]
    puts = (("put_existing/10000", 2e6), ("put_existing_obvious/10000", 1e6))
    rows += [{"name": name, "program": "store/memory", "level": 3, "real_time": 1, "time_unit": "ns",
              "items_per_second": rate} for name, rate in puts]
    wanted = """\
benchmark                                            ours    beside it     x
schedule/place: place_pointwise/5000                20 us        10 us  0.50  the loop by hand
schedule/place: place_pointwise/5000 at -O2         20 us        10 us  0.50  the loop by hand
store/memory: put_existing/10000             2,000,000 /s  1,000,000 /s  2.00  std::map and a log
"""
    told = standings.table(rows)
    return "" if told.split() == wanted.split() else told


def check(report, compiler):
    report.check("the rank test is exact", list(rank_test_complaints()))
    report.check("there is a verdict only beyond the noise", list(verdict_complaints()))
    report.check("bench/run compare works on files of results, and says what is wrong", list(program_complaints()))
    report.check("bench/run compare builds two commits and runs them in turns", commits_complaints())
    report.check("what runs is shown beside its rival", standings_complaints())
