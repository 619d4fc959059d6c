"""Every benchmark runs for a moment: one case of each, the smallest. No time is looked at."""

import re
import sys

from common import ROOT, run

sys.path.append(str(ROOT / "bench/driver"))
import standings  # noqa: E402
from programs import sources  # noqa: E402

FLAGS = ["--benchmark_min_time=0.01", "--benchmark_color=false"]
LARGE = 20_000
# What asks a program of others that takes a minute of its own.
LEFT_OUT = ["etcd_check_perf"]


def programs():
    """The programs in bench/meson.build, as `store/memory`."""
    return sources(ROOT)


def smallest(names):
    """The first case of each benchmark that has no large argument."""
    chosen = {}
    for name in names:
        if name.split("/")[0] in LEFT_OUT:
            continue
        if all(int(number) < LARGE for number in re.findall(r"(?<=[/:])\d+", name)):
            chosen.setdefault(name.split("/")[0], name)
    return list(chosen.values())


def complaints_about(program, build):
    made = build / "bench" / program.replace("/", "_")
    code, said = run([made, "--benchmark_list_tests"], timeout=60)
    if code != 0:
        return f"exit code {code}\n{said}"
    wanted = "|".join(re.escape(name) for name in smallest(said.splitlines()))
    code, said = run([made, *FLAGS, f"--benchmark_filter=^({wanted})$"], timeout=300, cwd=ROOT)
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
