"""Builds and runs all tests; `tests/run` calls it once the packages are there."""

import argparse
import importlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from common import BUILD, CLANG, ROOT, SANITIZED, Report, in_parallel, jobs, room_for, run

sys.path.append(str(ROOT / "tests/e2e"))

# The checks; those of WITH_BUILD look at what was built. Those of BESIDE mostly compile, and run beside each other, in
# this order: who has one command after the other comes first. A check of LONG takes minutes of every processor: it runs
# where it is named, and with --full.
FRAME = ["arrows", "lists", "tidy", "readme", "names", "must_not_compile", "modes", "cost", "installed", "packaging",
         "ten_minutes", "docs", "compare", "stories", "benchmarks", "headers", "clang", "fuzz"]
E2E = ["program", "apart", "nodes", "kubectl", "manifests", "webhooks", "plugins", "stores", "asking"]
WITH_BUILD = ["frame/installed", "frame/docs", "frame/stories", "frame/benchmarks", "frame/clang", "frame/modes",
              *(f"e2e/{name}" for name in E2E)]
BESIDE = ["frame/installed", "frame/clang", "frame/ten_minutes", "frame/modes", "frame/packaging", "frame/docs",
          "frame/must_not_compile", "frame/cost", "frame/benchmarks"]
QUICK = ["frame/arrows", "frame/lists", "frame/tidy", "frame/readme", "frame/names"]
LONG = ["frame/fuzz", "frame/headers", "frame/clang", "frame/benchmarks"]

HELP = """\
tests/run [--full] [--compiler NAME] [--sanitize LIST] [FILTER]
    builds everything in build/ with g++, the benchmarks too, and runs the tests and the checks of the frame, without
    those that take long; ends in `N passed, N failed`
    FILTER          an area (store), a file of it (store/memory), a check of the frame (frame/tidy, frame), the running
                    control plane (e2e, e2e/kubectl), or words of test names
    --compiler      g++ (the default) or clang++-19
    --sanitize      address,undefined or thread: the programs only, not the checks of the frame
    --full          everything with g++ and clang++-19 (with the fuzzers), then with each sanitizer
tests/run frame/clang
    the tests of object, store and api with ASan and UBSan, built by clang++-19, and its look at all the other units
tests/run frame/headers, frame/fuzz, frame/benchmarks, frame/cost, e2e/kubectl ...
    one check, those that take long too (each header alone and twice, the fuzzers for a while);
    `python3 tests/frame/cost.py --write` allows the present costs
tests/run unit-cases FILE [--show N]
    compares the small exact functions with the answers in FILE (.jsonl, .jsonl.gz)
tests/run control-cases CASES VERDICTS [--show N] [--only ID]
    compares what controllers leave with what those of Kubernetes left
tests/run scheduling-cases CASES VERDICTS [--show N] [--only ID]
    compares what the default profile decides with what kube-scheduler decided (.jsonl, .jsonl.gz)
"""


def say(text):
    print(f"==> {text}", flush=True)


class Variant:
    """One way to build: a compiler, and perhaps a sanitizer."""

    def __init__(self, compiler, sanitize="none"):
        self.compiler = compiler
        self.sanitize = sanitize
        self.folder = BUILD / "-".join([compiler, *([] if sanitize == "none" else [sanitize.replace(",", "-")])])

    def __str__(self):
        return self.compiler + ("" if self.sanitize == "none" else f" with the sanitizers {self.sanitize}")

    def configure(self):
        """What g++ sanitizes is optimized a little, where GCC 12 gives false warnings; all else compiles fast."""
        sanitizing = self.sanitize != "none"
        a_little = sanitizing and self.compiler == "g++"
        traced = f"-fno-sanitize-recover=all -fno-omit-frame-pointer {'-g' if a_little else '-gline-tables-only'}"
        options = {
            "werror": str(not a_little).lower(), "optimization": "1" if a_little else "0", "debug": "false",
            "b_sanitize": self.sanitize, "b_lundef": str(not sanitizing).lower(),
            "compiled": str(not sanitizing).lower(), "libdir": "lib",
            "tests": "enabled", "examples": "enabled", "benchmarks": "disabled" if sanitizing else "enabled",
            "cpp_args": " ".join([*room_for(self.compiler), *([traced] if sanitizing else [])]),
        }
        command = ["meson", "setup", self.folder, ROOT, *(f"-D{key}={value}" for key, value in options.items())]
        if (self.folder / "build.ninja").exists():
            command.append("--reconfigure")
        cached = "ccache " if shutil.which("ccache") else ""
        # A link costs a fifth with it, and there are many.
        linker = {"CXX_LD": "mold"} if shutil.which("mold") else {}
        code, said = run(command, env={**os.environ, **linker, "CXX": cached + self.compiler})
        if code != 0:
            print(said)
            sys.exit("meson failed; its words are above")

    def build(self, targets=()):
        """Builds as much as can be built; the compiler speaks for itself."""
        quiet = [] if sys.stdout.isatty() else ["--quiet"]
        command = ["ninja", "-C", self.folder, "-k", "0", *quiet, *targets]
        # Without the first, ccache leaves alone what precompiled headers take part in. Without the second it takes
        # one for another that differs by a comment, which g++ then does not know again as what it includes; the third
        # keeps apart what was stored so.
        cached = {
            **os.environ,
            "CCACHE_SLOPPINESS": "pch_defines,time_macros",
            "CCACHE_DEPEND": "1",
            "CCACHE_NAMESPACE": "berth-by-contents",
        }
        return subprocess.run([str(word) for word in command], env=cached).returncode == 0

    def is_built(self, target):
        code, said = run(["ninja", "-C", self.folder, "-n", target])
        return code == 0 and "no work to do" in said

    def stories(self):
        """The stories that the frame runs; their programs have the folders' names without the numbers."""
        return [re.sub(r"^\d+-", "", folder) for folder in importlib.import_module("stories").short()]

    def benchmarks(self):
        return [f"bench/{name.replace('/', '_')}" for name in importlib.import_module("benchmarks").programs()]

    def areas(self):
        text = (ROOT / "tests/meson.build").read_text(encoding="utf-8")
        return re.findall(r"^    '(\w+)': files\(", text, re.MULTILINE)


def counts(said):
    """(passed, failed) test cases according to Catch2's last words; None if it did not get that far."""
    if good := re.findall(r"^All tests passed \(\d+ assertions? in (\d+) test cases?\)", said, re.MULTILINE):
        return int(good[-1]), 0
    if mixed := re.findall(r"^test cases:\s*(\d+) \|(.*)$", said, re.MULTILINE):
        parts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed)", mixed[-1][1])}
        return parts.get("passed", 0), parts.get("failed", 0)
    if "No tests ran" in said or "No test cases matched" in said:
        return 0, 0
    return None


def ran(variant, area, arguments):
    """(exit code, what it says, seconds) of the test program of an area."""
    started = time.monotonic()
    environment = {
        **os.environ, "BERTH_BUILD": str(variant.folder), "BERTH_SOURCE": str(ROOT),
        "UBSAN_OPTIONS": "print_stacktrace=1", "TSAN_OPTIONS": "second_deadlock_stack=1",
    }
    program = [variant.folder / "tests" / f"test_{area}", *arguments]
    return *run(program, timeout=900, env=environment, cwd=ROOT), time.monotonic() - started


def report_area(area, code, said, took, report):
    """Adds the test cases of an area to the report."""
    found = counts(said)
    if found is None or (code != 0 and found[1] == 0):
        report.check(f"test_{area} runs to its end", said[-6000:] + f"\nexit code {code}")
        return
    passed, failed = found
    if failed:
        print(said)
    if passed + failed:
        print(f"    {area:<24}{passed} passed, {failed} failed  ({took:.1f} s)", flush=True)
    report.passed += passed
    report.failed += failed


def selection(pattern, areas):
    """What a filter means: (areas to run, arguments of the test programs, checks)."""
    checks = [f"frame/{name}" for name in FRAME] + [f"e2e/{name}" for name in E2E]
    head, _, rest = pattern.partition("/")
    if head in ("frame", "e2e"):
        group = [name for name in checks if name.startswith(head + "/") and name not in LONG]
        return [], [], [pattern] if pattern in checks else [] if rest else group
    if head in areas:
        return [head], ["-#", f"[#{pathlib.PurePath(rest).stem}]"] if rest else [], []
    return areas, [f"*{pattern}*"], []


class Part:
    """What is run of a variant: areas (with arguments for their programs), and checks."""

    def __init__(self, variant, areas, checks=(), arguments=(), everything=False, then=None):
        self.variant = variant
        self.areas = areas
        self.checks = checks
        self.arguments = arguments
        self.everything = everything
        self.then = then  # another part, before the checks

    def targets(self):
        """What must be built; nothing at all, or everything (which ninja takes for no target)."""
        if self.everything:
            return []
        wanted = [f"tests/test_{area}" for area in self.areas]
        wanted += [f"examples/{name}" for name in self.variant.stories()] if "frame/stories" in self.checks else []
        wanted += ["examples/control-plane"] if any(name.startswith("e2e/") for name in self.checks) else []
        wanted += ["libberth_compiled.a"] if {"frame/installed", "frame/modes"} & set(self.checks) else []
        wanted += ["examples/ask-the-scheduler"] if "e2e/asking" in self.checks else []
        wanted += self.variant.benchmarks() if "frame/benchmarks" in self.checks else []
        return wanted


def parts_of(chosen):
    """What is to be done, in order."""
    areas = Variant("g++").areas()
    checks = [f"frame/{name}" for name in FRAME] + [f"e2e/{name}" for name in E2E]
    if chosen.full:
        return [Part(Variant(compiler), areas, checks, everything=True) for compiler in ("g++", "clang++-19")] + [
            Part(Variant(CLANG, "address,undefined"), areas), Part(Variant("g++", "thread"), areas)]
    variant = Variant(chosen.compiler, chosen.sanitize)
    if chosen.filter:
        mine, arguments, wanted = selection(chosen.filter, areas)
        # What is sanitized is built by Clang, so that it has looked at those units.
        sanitized = Part(Variant(CLANG, "address,undefined"), SANITIZED) if "frame/clang" in wanted else None
        return [Part(variant, mine, wanted, arguments, then=sanitized)]
    if chosen.sanitize != "none":  # the programs only, and the control plane where it is asked for by name
        return [Part(variant, areas)]
    short = [name for name in checks if name not in LONG]
    return [Part(variant, areas, short, everything=True)]


def run_part(part, report):
    variant = part.variant
    if not shutil.which(variant.compiler):
        return report.skip(f"what is built with {variant}", f"{variant.compiler} is not there")
    if "frame/clang" in part.checks:
        variant.configure()  # it reads the compilation database
    if part.everything or part.targets():
        say(f"building with {variant} in {variant.folder.relative_to(ROOT)}, {jobs()} jobs")
        variant.configure()
        if not variant.build(part.targets()) and part.everything:
            report.check(f"everything builds with {variant}", "it does not; the compiler's words are above")
    say(f"running the tests built with {variant}")
    built = [area for area in part.areas if variant.is_built(f"tests/test_{area}")]
    for area in part.areas:
        if area not in built:
            report.check(f"test_{area} builds with {variant}", "it does not; the compiler's words are above")
    for area, result in zip(built, in_parallel(lambda area: ran(variant, area, part.arguments), built)):
        report_area(area, *result, report)
    if part.everything:
        run_kept_cases(variant, report)
    if part.then:
        run_part(part.then, report)
    return run_checks(part.checks, variant, report)


def run_checks(names, variant, report):
    """Those that compile beside each other, and the others one by one: the quick ones before, the rest after."""
    beside = [name for name in BESIDE if name in names]
    others = [name for name in names if name not in BESIDE]
    quick = [name for name in others if name in QUICK]
    for name in quick:
        report.add(run_check(name, variant))
    for part in in_parallel(lambda name: run_check(name, variant), beside):
        report.add(part)
    for name in others:
        if name not in quick:
            report.add(run_check(name, variant))


def run_check(name, variant):
    """The report of one check."""
    started = time.monotonic()
    part = Report(name)
    if name.startswith("e2e/") and not variant.is_built("examples/control-plane"):
        part.check("the control plane builds", "it does not; the compiler's words are above")
    else:
        more = [variant.folder] if name in WITH_BUILD else []
        importlib.import_module(name.partition("/")[2]).check(part, variant.compiler, *more)
    took = time.monotonic() - started
    print(f"    {name:<24}{part.passed} passed, {part.failed} failed  ({took:.1f} s)", flush=True)
    return part


KEPT_CASES = {
    "unit_cases": ("the small exact functions answer as Kubernetes does", ["units.jsonl"]),
    "scheduling_cases": ("the default profile decides as kube-scheduler does",
                         ["scheduling-cases.jsonl.gz", "scheduling-verdicts.jsonl.gz"]),
    "control_cases": ("controllers leave what those of Kubernetes leave",
                      ["control-cases.jsonl.gz", "control-verdicts.jsonl.gz"]),
}


def run_kept_cases(variant, report):
    """Programs that compare answers, with the answers that the project keeps."""
    for program, (claim, files) in KEPT_CASES.items():
        if not variant.is_built(f"tests/{program}"):
            report.check(f"{program} builds", "it does not; the compiler's words are above")
            continue
        code, said = run([variant.folder / "tests" / program, *(ROOT / "tests/data" / name for name in files)])
        found = re.search(r"^(\d+) passed, (\d+) failed$", said, re.MULTILINE)
        if code != 0 or not found:
            report.check(claim, said[-6000:] + f"\nexit code {code}")
            continue
        print(f"    {program.replace('_', ' '):<24}{found[0]}", flush=True)
        report.passed += int(found[1])


def cases(program, arguments):
    """Builds a program that compares answers with those in files, and runs it on them."""
    variant = Variant("g++")
    say(f"building {program} in {variant.folder.relative_to(ROOT)}")
    variant.configure()
    if not variant.build([f"tests/{program}"]):
        return 1
    return subprocess.run([str(variant.folder / "tests" / program), *arguments]).returncode


def main():
    if sys.argv[1:2] in (["unit-cases"], ["control-cases"], ["scheduling-cases"]):
        sys.exit(cases(sys.argv[1].replace("-", "_"), sys.argv[2:]))
    parser = argparse.ArgumentParser(prog="tests/run", usage=HELP, add_help=False)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--compiler", choices=["g++", "clang++-19"], default="g++")
    parser.add_argument("--sanitize", choices=["none", "address,undefined", "thread"], default="none")
    parser.add_argument("filter", nargs="?", default="")
    chosen = parser.parse_args()

    report = Report("tests")
    for part in parts_of(chosen):
        run_part(part, report)
    skipped = f", {report.skipped} skipped" if report.skipped else ""
    print(f"{report.passed} passed, {report.failed} failed{skipped}")
    if report.passed + report.failed + report.skipped == 0:
        sys.exit(f"no test matches {chosen.filter!r}")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    if {"--help", "-h"} & set(sys.argv[1:]):
        print(HELP, end="")
    else:
        main()
