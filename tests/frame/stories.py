"""The small examples run to their end and say something. (The control plane is run end to end, see `tests/e2e`.)"""

import pathlib
import re
import shutil
import tempfile

from common import ROOT, run

SHORT = re.compile(r"0[12356]\d-.*")
LEDGER = "050-keep-a-ledger"
# What some of the small ones are told.
TOLD = {"032-configure-the-profiles": [ROOT / "examples/032-configure-the-profiles/profiles.yaml"]}


def short():
    """The folders of the small examples."""
    folders = sorted(path.parent.name for path in (ROOT / "examples").glob("*/main.cpp"))
    return [folder for folder in folders if SHORT.fullmatch(folder)]


def complaint_about(folder, build, *arguments):
    code, said = run([build / "examples" / re.sub(r"^\d+-", "", folder), *arguments], timeout=60)
    return "" if code == 0 and said.strip() else f"exit code {code}\n{said}"


def complaint_about_plugin(build):
    """The library of a story, built by another compiler and for another language, is as good as the one beside it."""
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(folder) / "libtidal.so"
        source = ROOT / "examples/037-load-a-plugin/tidal.c"
        code, said = run(["clang-19", "-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror",
                          "-fPIC", "-shared", "-I", ROOT / "include", source, "-o", library])
        if code != 0:
            return said
        program = build / "examples/load-a-plugin"
        beside, here = run([program], timeout=60), run([program, library], timeout=60)
        if beside[0] != 0 or beside != here:
            return f"beside it: {beside}\nby clang-19: {here}"
        refused = run([program, library, "-1"], timeout=60)
        none = run([program, folder + "/none.so"], timeout=60)
        lost = [] if refused[0] == 1 and "is no number of centimetres" in refused[1] else [refused[1]]
        return lost + ([] if none[0] == 1 and "cannot be loaded" in none[1] else [none[1]])


def complaint_about_fgd(build):
    """A small form of the trace, with two of the policies: no mean was published of it."""
    chosen = ["--lists", "small", "--policies", "FGD,BestFit", "--seeds", "2", "--svg", ""]
    code, said = run([build / "examples/fgd", ROOT / "tests/data/openb-small", *chosen], timeout=60)
    lost = [f"it does not say {what!r}" for what in (r"\n *FGD +\d+\.\d\d \(\d\.\d\d\)", r"\n *BestFit ", "Nothing was")
            if not re.search(what, said)]
    wrong = run([build / "examples/fgd", "--sedes", "2"], timeout=60)
    told = run([build / "examples/fgd", "--help"], timeout=60)
    lost += [] if told[0] == 0 and "exit status: " in told[1] else [f"--help: {told}"]
    lost += [f"a long line of --help: {line}" for line in told[1].splitlines() if len(line) > 110]
    lost += [] if wrong[0] == 2 and "--sedes" in wrong[1] else [f"wrong arguments: {wrong}"]
    return f"exit code {code}\n{said}" if code != 0 else lost


def check(report, compiler, build):
    for folder in short():
        report.check(f"examples/{folder} runs", complaint_about(folder, build, *TOLD.get(folder, [])))
    small = ["--nodes", "2000", "--pods", "2000"]
    report.check("a small million is placed and bound", complaint_about("million", build, *small))
    report.check("a library by clang-19 decides in a host by g++ as the one beside it", complaint_about_plugin(build))
    report.check("the experiment of FGD is repeated on a small trace", complaint_about_fgd(build))
    with tempfile.TemporaryDirectory() as place:
        report.check("the ledger is kept on a disk", complaint_about(LEDGER, build, f"lmdb:{place}/ledger"))
    if not shutil.which("etcd"):
        return report.skip("the ledger is kept in etcd", "there is no etcd in PATH")
    from stores import Etcd  # of the end-to-end tests

    with Etcd() as etcd:
        report.check("the ledger is kept in etcd", complaint_about(LEDGER, build, f"etcd:{etcd.url}"))
    return None
