"""Every benchmark runs for a moment: one case of each, the smallest. No time is looked at."""

import re
import sys

from common import ROOT, run

sys.path.append(str(ROOT / "bench/driver"))
import standings  # noqa: E402
from programs import MOMENT, smallest, sources  # noqa: E402


def programs():
    """The programs in bench/meson.build, as `store/memory`."""
    return sources(ROOT)


def complaints_about(program, build):
    made = build / "bench" / program.replace("/", "_")
    code, said = run([made, "--benchmark_list_tests"], timeout=60)
    if code != 0:
        return f"exit code {code}\n{said}"
    wanted = "|".join(re.escape(name) for name in smallest(said.splitlines()))
    flags = [*MOMENT, "--benchmark_color=false", f"--benchmark_filter=^({wanted})$"]
    code, said = run([made, *flags], timeout=300, cwd=ROOT)
    return "" if code == 0 and "ERROR OCCURRED" not in said else f"exit code {code}\n{said}"


def lost_pairs(build):
    """What `bench/run` shows beside each other, and is not there."""
    for program, ours, _, _ in standings.BESIDE:
        names = run([build / "bench" / program.replace("/", "_"), "--benchmark_list_tests"], timeout=60)[1].splitlines()
        mine = [name for name in names if re.fullmatch(ours, name)]
        if not mine:
            yield f"{program} has no {ours}"
        for name in mine:
            yield from (f"{program}: {other}, beside {name}" for other, _ in standings.beside(program, name)
                        if other not in names)


def check(report, compiler, build):
    report.check("what is shown beside each other is there", sorted(set(lost_pairs(build))))
    for program in programs():
        report.check(f"bench/{program} runs", complaints_about(program, build))
