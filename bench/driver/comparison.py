"""Two versions compared: each benchmark's times in interleaved runs, and a verdict only beyond the noise."""

import dataclasses
import html
import json
import math
import statistics
import subprocess
import sys

from programs import Tree, sources

CERTAIN = 0.01  # the greatest p that gives a verdict, after Holm's correction
APART = 0.01    # and the least difference of medians
UNITS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


@dataclasses.dataclass
class Row:
    name: str
    old: list
    new: list
    p: float = 1.0
    verdict: str = ""

    @property
    def ratio(self):
        return statistics.median(self.new) / statistics.median(self.old)


def read(path):
    """The results in a file of Google Benchmark's JSON."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return list(found["benchmarks"])
    except (OSError, ValueError, KeyError, TypeError):
        sys.exit(f"{path} is not a file of results: Google Benchmark writes one with --benchmark_out=FILE")


def tree_of(root, commit):
    """A commit's source tree and build; `.` is what is checked out."""
    if commit == ".":
        return Tree(root, root / "build/bench/compare/here")
    done = subprocess.run(["git", "-C", root, "rev-parse", "--verify", "--quiet", commit + "^{commit}"],
                          stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{commit} is neither a commit nor, with the other one, a file of results")
    name = done.stdout.strip()[:12]
    source = root / "build/bench/compare" / name / "source"
    if not (source / "meson.build").exists():
        source.mkdir(parents=True, exist_ok=True)
        archive = subprocess.Popen(["git", "-C", root, "archive", commit], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", source], stdin=archive.stdout, check=True)
        if archive.wait() != 0:
            sys.exit(f"git cannot give the files of {commit}")
    return Tree(source, source.parent / "build")


def measure(root, commits, names, flags, rounds, say):
    """The results of two commits, run in turns; which one goes first changes from round to round."""
    trees = [tree_of(root, commit) for commit in commits]
    both = [name for name in names if all(name in sources(tree.root) for tree in trees)]
    for commit, tree in zip(commits, trees):
        say(f"building {len(both)} programs of {commit}")
        tree.build(both)
    results = [[], []]
    for turn in range(rounds):
        for name in both:
            say(f"round {turn + 1} of {rounds}: {name}")
            for side in ((0, 1) if turn % 2 == 0 else (1, 0)):
                for level in trees[side].levels(name):
                    results[side] += trees[side].run(name, level, flags)
    return results


def times(results):
    """The times of each benchmark in nanoseconds, run by run; not those of aggregates and failures."""
    found = {}
    for row in results:
        if row.get("run_type", "iteration") != "iteration" or row.get("error_occurred") or "real_time" not in row:
            continue
        level = row.get("level", 3)
        name = (row["program"] + ": " if "program" in row else "") + row["name"]
        name += "" if level == 3 else f" at -O{level}"
        found.setdefault(name, []).append(row["real_time"] * UNITS[row.get("time_unit", "ns")])
    return found


def exact_share(n, m, least):
    """How many of the arrangements of n and m values without ties have a U of `least` or less, as a share."""
    counts = [[1]] + [[] for _ in range(n)]  # counts[i][u]: ways to choose i of the first k ranks with this U
    for k in range(1, n + m + 1):
        for i in range(min(k, n), 0, -1):
            # The k-th value is of the first kind: all of the second kind before it count.
            shift = k - i
            if shift > m:
                continue
            before = counts[i - 1]
            grown = counts[i] + [0] * max(0, len(before) + shift - len(counts[i]))
            for u, ways in enumerate(before):
                grown[u + shift] += ways
            counts[i] = grown
    return sum(counts[n][:least + 1]) / math.comb(n + m, n)


def rank_test(a, b):
    """The two-sided p of the Mann-Whitney test: exact for few values without ties, else by the normal approximation
    with corrections for ties and for continuity."""
    n, m = len(a), len(b)
    u = sum((x > y) + 0.5 * (x == y) for x in a for y in b)
    low = min(u, n * m - u)
    together = sorted(a + b)
    ties = [together.count(value) for value in sorted(set(together))]
    if max(ties) == 1 and n * m <= 900:
        return min(1.0, 2 * exact_share(n, m, int(low)))
    total = n + m
    variance = n * m / 12 * (total + 1 - sum(t**3 - t for t in ties) / (total * (total - 1)))
    if variance <= 0:
        return 1.0
    z = max(0.0, n * m / 2 - low - 0.5) / math.sqrt(variance)
    return math.erfc(z / math.sqrt(2))


def judge(all_rows):
    """Gives verdicts; p values are corrected for how many there are (Holm), so that noise is taken for a change in one
    comparison of a hundred, however many rows it has."""
    able = []
    for row in all_rows:
        row.p = rank_test(row.old, row.new)
        # With so few runs no arrangement is rare enough.
        if 2 / math.comb(len(row.old) + len(row.new), len(row.old)) > CERTAIN:
            row.verdict = "too few runs"
        else:
            able.append(row)
    worst = 0.0
    for place, row in enumerate(sorted(able, key=lambda row: row.p)):
        worst = max(worst, min(1.0, row.p * (len(able) - place)))
        row.p = worst
        if row.p < CERTAIN and abs(row.ratio - 1) >= APART:
            row.verdict = "slower" if row.ratio > 1 else "faster"


def rows(old, new):
    """The benchmarks that both have, with verdicts."""
    before, after = times(old), times(new)
    found = [Row(name, before[name], after[name]) for name in before if name in after]
    judge(found)
    return found


def in_words(nanoseconds):
    for unit, size in (("ns", 1), ("us", 1e3), ("ms", 1e6)):
        if nanoseconds < 1000 * size:
            return f"{nanoseconds / size:.4g} {unit}"
    return f"{nanoseconds / 1e9:.4g} s"


def aligned(lines, left=(0,)):
    """Columns: some to the left, the others to the right."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    padded = [[cell.ljust(w) if i in left else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths))]
              for line in lines]
    return "".join("  ".join(line).rstrip() + "\n" for line in padded)


def table(all_rows, old, new):
    lines = [["benchmark", old, new, "time", "p", "runs", ""]]
    for row in all_rows:
        lines.append([row.name, in_words(statistics.median(row.old)), in_words(statistics.median(row.new)),
                      f"{row.ratio - 1:+.1%}", f"{row.p:.2g}", f"{len(row.old)}+{len(row.new)}", row.verdict])
    counts = [sum(row.verdict == verdict for row in all_rows) for verdict in ("slower", "faster")]
    few = sum(row.verdict == "too few runs" for row in all_rows)
    words = f"{counts[0]} slower, {counts[1]} faster, {len(all_rows) - sum(counts)} without a verdict"
    words += f" ({few} of them for want of runs: 5 of each are the least)" if few else ""
    return aligned(lines) + words + "\n"


def picture(all_rows, old, new):
    """An SVG: for each benchmark the runs of both, as multiples of the old median, on a logarithmic axis."""
    least, most = 0.8, 1.25
    for row in all_rows:
        middle = statistics.median(row.old)
        least = min(least, *(t / middle for t in row.old + row.new))
        most = max(most, *(t / middle for t in row.old + row.new))
    left, width, step = 20 + 7 * min(60, max(len(row.name) for row in all_rows)), 480, 22
    height = 60 + step * len(all_rows)

    def x(ratio):
        return left + width * math.log(ratio / least) / math.log(most / least)

    colour = {"slower": "#b3261e", "faster": "#1b7a3d"}
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 110} {height}" '
           'font-family="sans-serif" font-size="12">',
           f'<rect width="100%" height="100%" fill="white"/><text x="10" y="20">{html.escape(new)} beside '
           f'{html.escape(old)} (grey): time of each run; 1 is the median of {html.escape(old)}; left is faster</text>']
    for tick in (0.25, 0.5, 0.8, 1, 1.25, 2, 4):
        if least <= tick <= most:
            out.append(f'<line x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="34" y2="{height - 8}" stroke="#ddd"/>'
                       f'<text x="{x(tick):.1f}" y="44" text-anchor="middle" fill="#555">{tick:g}</text>')
    for place, row in enumerate(all_rows):
        y, middle = 62 + step * place, statistics.median(row.old)
        name = row.name if len(row.name) <= 60 else "..." + row.name[-57:]
        out.append(f'<text x="10" y="{y + 4}">{html.escape(name)}</text>')
        for side, shade, up in ((row.old, "#999", -3), (row.new, colour.get(row.verdict, "#1f4e8c"), 3)):
            out += [f'<circle cx="{x(t / middle):.1f}" cy="{y + up}" r="2.5" fill="{shade}" fill-opacity="0.6"/>'
                    for t in side]
        out.append(f'<text x="{left + width + 10}" y="{y + 4}" fill="{colour.get(row.verdict, "#555")}">'
                   f'{row.ratio - 1:+.1%} {row.verdict if row.verdict in colour else ""}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"
