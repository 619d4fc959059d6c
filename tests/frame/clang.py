"""Clang takes every unit of C++ that g++ builds: tests, examples, benchmarks and bodies. It looks only, which is quick,
and reads once what the units of a program share: the headers that several of them name are precompiled. What it has
built as it is now, for the tests with sanitizers, it has seen."""

import collections
import hashlib
import json
import pathlib
import re
import shlex
import shutil

from common import BUILD, CLANG, SANITIZED, WARNINGS, in_parallel, run

WORK = BUILD / "frame/clang"
INCLUDE = re.compile(r'^#include (<[^>]+>|"[^"]+")$', re.MULTILINE)
SHARED_FROM = 6  # a group of fewer units has nothing precompiled
NAMED_BY = 3  # by so many units a header is named that is precompiled


def flags_of(unit):
    """What Clang is told about a unit, its file apart; the order of the words is that of the command."""
    words = [word for word in shlex.split(unit["command"]) if word not in ("ccache", "-c", unit["file"])]
    flags, skip = [], False
    for word in words[1:]:
        if skip or word in ("-o", "-MF", "-MQ", "-include"):
            skip = not skip
        elif not re.match(r"-M|-I\S+\.p$|-fpch-preprocess$", word):  # what g++ has of its own
            flags.append(word)
    return tuple(flags)


def neighbours(unit):
    """What a unit is looked at with: the tests of an area, all examples, all benchmarks; and under which flags."""
    folder, _, rest = unit["output"].partition("/")
    return (rest.partition(".p/")[0] if folder == "tests" else folder, flags_of(unit))


def named_headers(units):
    """The headers that several units of a program name, as lines of a unit."""
    counted = collections.Counter()
    for unit in units:
        source = (pathlib.Path(unit["directory"]) / unit["file"]).resolve()
        for name in INCLUDE.findall(source.read_text(encoding="utf-8")):
            counted[name if name.startswith("<") else f'"{(source.parent / name.strip(chr(34))).resolve()}"'] += 1
    return "".join(f"#include {name}\n" for name, times in sorted(counted.items()) if times >= NAMED_BY)


def precompiled(group):
    """(flags for the units of a group, or what Clang says of the headers that they share)."""
    (_, flags), units = group
    lines = named_headers(units) if len(units) >= SHARED_FROM else ""
    if not lines:
        return flags, ""
    source = WORK / f"{hashlib.sha256(repr(group[0]).encode()).hexdigest()[:16]}.hpp"
    source.write_text(lines, encoding="utf-8")
    made = source.with_suffix(".pch")
    how = ["-fpch-instantiate-templates", "-x", "c++-header"]
    command = [CLANG, *flags, *WARNINGS, *how, source, "-o", made]
    code, said = run(command, cwd=units[0]["directory"])
    return (*flags, "-include-pch", str(made)), "" if code == 0 else said or "it failed"


def look(job):
    """What Clang says of a unit of the compilation database; without what is precompiled where that is in its way."""
    shared, unit = job
    said = "it was not looked at"
    for flags in dict.fromkeys([shared, flags_of(unit)]):
        code, said = run([CLANG, *flags, *WARNINGS, "-fsyntax-only", unit["file"]], cwd=unit["directory"])
        if code == 0:
            return ""
    return said or "it failed"


def seen():
    """The objects, as they are named in each build, that a build by Clang has made of the units as they are now; the
    same warnings are errors there."""
    found = set()
    for folder in BUILD.glob(f"{CLANG}*"):
        for program in [f"tests/test_{area}" for area in SANITIZED]:
            if "no work to do" in run(["ninja", "-C", folder, "-n", program])[1]:
                found.update(run(["ninja", "-C", folder, "-t", "inputs", program])[1].splitlines())
    return found


def check(report, compiler, build):
    if compiler == CLANG:
        return  # it has built them all
    if not shutil.which(CLANG):
        report.skip("all units", f"{CLANG} is not there")
        return
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    groups = collections.defaultdict(list)
    built = seen()
    for unit in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        if unit["file"].endswith(".cpp") and unit["output"] not in built:
            groups[neighbours(unit)].append(unit)
    jobs = []
    for units, (flags, said) in zip(groups.values(), in_parallel(precompiled, groups.items())):
        report.check(f"the headers of {units[0]['file']} and {len(units) - 1} others precompile", said)
        jobs += [(flags, unit) for unit in units]
    for (_, unit), said in zip(jobs, in_parallel(look, jobs)):
        report.check(f"{unit['file']} compiles with {CLANG}", said)
    shutil.rmtree(WORK)
