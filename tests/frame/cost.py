"""What units cost, in numbers that do not flake: preprocessed lines, object bytes, emitted functions.

    python3 tests/frame/cost.py            shows them beside what tests/data/cost.txt allows
    python3 tests/frame/cost.py --write    allows what there is now

Times are measured by `bench/run compile`; nothing here is one. What is counted depends on compiler and libraries, which
the file names: elsewhere the check is skipped.
"""

import re
import sys

from common import BUILD, ROOT, SEPARATE, UMBRELLAS, in_parallel, run

ALLOWED = ROOT / "tests/data/cost.txt"
PROBES = ROOT / "tests/frame/probes"
GROWTH = 1.05
COLUMNS = ["lines", "bytes", "functions"]
MODES = {"header-only": [], "separate": [SEPARATE]}


def probes():
    """(name, text of a unit): each umbrella, and the programs in tests/frame/probes."""
    for part in UMBRELLAS:
        yield f"include {part}", f"#include <berth/{part}.hpp>\n"
    yield "include api/http", "#include <berth/api/http/server.hpp>\n"
    for source in sorted(PROBES.glob("*.cpp")):
        yield source.stem, source.read_text(encoding="utf-8")


def measure(name, text, mode):
    """The counts of a unit as a list, or what the compiler says. Paths are relative, so that no machine's are in it."""
    folder = BUILD / "frame/cost"
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{name}-{mode}.o".replace("/", "-").replace(" ", "-")
    source = made.with_suffix(".cpp")
    source.write_text(text)
    command = ["g++", "-std=c++23", "-O0", "-Iinclude", "-Itests/frame/probes", *MODES[mode], source.relative_to(ROOT)]
    code, said = run([*command, "-E", "-P", "-o", made.with_suffix(".i")], cwd=ROOT)
    if code == 0:
        code, said = run([*command, "-c", "-o", made], cwd=ROOT)
    if code != 0:
        return said or "the compiler failed"
    lines = made.with_suffix(".i").read_bytes().count(b"\n")
    made.with_suffix(".i").unlink()
    symbols = run(["nm", "--defined-only", made])[1]
    return [lines, made.stat().st_size, len(re.findall(r"^[0-9a-f]+ [tTwW] ", symbols, re.MULTILINE))]


def tools():
    """What the counts depend on besides the project."""
    compiler = run(["g++", "-dumpfullversion"])[1].strip()
    asked = "#include <boost/version.hpp>\nBOOST_LIB_VERSION\n"
    boost = run(["g++", "-E", "-P", "-x", "c++", "-"], input=asked)[1].split()
    machine = run(["g++", "-dumpmachine"])[1].strip()
    return f"g++ {compiler}, boost {boost[-1].strip(chr(34)) if boost else '?'}, {machine}"


def allowed():
    """(tools, {(probe, mode): counts}) of the file."""
    lines = ALLOWED.read_text(encoding="utf-8").splitlines() if ALLOWED.exists() else []
    rows = {}
    for line in lines[2:]:
        name, mode, *counts = [cell.strip() for cell in line.split("|")]
        rows[name, mode] = [int(count) for count in counts]
    return (lines[0].removeprefix("# ") if lines else ""), rows


def measured():
    """((probe, mode), counts or complaint) of all."""
    cases = [(name, text, mode) for name, text in probes() for mode in MODES]
    for (name, _, mode), found in zip(cases, in_parallel(lambda case: measure(*case), cases)):
        yield (name, mode), found


def complaints(found, limit):
    if isinstance(found, str):
        return found
    if limit is None:
        return "tests/data/cost.txt does not know it; `python3 tests/frame/cost.py --write` mends it"
    return [f"{count} {column}, {count / most - 1:+.1%} of the allowed {most}"
            for count, most, column in zip(found, limit, COLUMNS) if count > GROWTH * most]


def check(report, compiler):
    if compiler != "g++":
        return
    made_with, rows = allowed()
    if made_with != tools():
        report.skip("the cost of units", f"tests/data/cost.txt is of {made_with or 'nothing'}, this is {tools()}")
        return
    found = dict(measured())
    for key, counts in found.items():
        report.check(" ".join(key), complaints(counts, rows.get(key)))
    gone = [f"not there: {' '.join(key)}" for key in rows if key not in found]
    report.check("tests/data/cost.txt is of what there is", gone)


def show(write):
    _, rows = allowed()
    text = f"# {tools()}\n# unit | mode | {' | '.join(COLUMNS)}\n"
    for (name, mode), counts in measured():
        if isinstance(counts, str):
            sys.exit(f"{name}, {mode}: it does not compile\n{counts}")
        limit = rows.get((name, mode))
        beside = "" if limit is None else "  allowed: " + " ".join(f"{most:>9}" for most in limit)
        print(f"{name:<20}{mode:<14}" + " ".join(f"{count:>9}" for count in counts) + beside, flush=True)
        text += f"{name} | {mode} | {' | '.join(map(str, counts))}\n"
    if write:
        ALLOWED.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    show("--write" in sys.argv)
