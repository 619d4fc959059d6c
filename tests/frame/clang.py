"""Clang takes every unit that g++ builds: tests, examples, benchmarks and bodies. It looks only, which is quick."""

import json
import shlex
import shutil

from common import WARNINGS, in_parallel, run

CLANG = "clang++-19"


def look(unit):
    """What Clang says about a unit of the compilation database."""
    words = [word for word in shlex.split(unit["command"]) if word not in ("ccache", "-c")]
    flags, skip = [], False
    for word in words[1:]:
        if skip or word in ("-o", "-MF", "-MQ"):
            skip = not skip
        elif not word.startswith("-M"):
            flags.append(word)
    code, said = run([CLANG, *flags, *WARNINGS, "-fsyntax-only"], cwd=unit["directory"])
    return "" if code == 0 else said or "it failed"


def check(report, compiler, build):
    if compiler == CLANG:
        return  # it has built them all
    if not shutil.which(CLANG):
        report.skip("all units", f"{CLANG} is not there")
        return
    units = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    for unit, said in zip(units, in_parallel(look, units)):
        report.check(f"{unit['file']} compiles with {CLANG}", said)
