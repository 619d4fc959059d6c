"""Programs that must be refused by the compiler, in words that help: `tests/fail/*.cpp`.

A program states what the diagnostics must say and how long they may be, and turns right with -DTWIN:

    // expect: a filter takes (task const&, node const&)
    // at most: 12 lines
"""

import collections
import pathlib
import re
import shutil
import tempfile
import typing

from common import INCLUDE, ROOT, compiler_command, in_parallel, includes_of, run

STYLE = {"g++": ["-fdiagnostics-color=never"], "clang++-19": ["-fno-color-diagnostics"]}


class Taken(typing.NamedTuple):
    """How a compiler takes a program's first header from what it has made of it, most of what a program costs being to
    read that; or that it reads it."""

    arguments: tuple = ()
    lines: int = 0  # of a message that are not there then


def take(compiler, header, folder):
    made = pathlib.Path(folder) / compiler / f"{header}.gch"
    made.parent.mkdir(parents=True, exist_ok=True)
    no_main = ["-Wno-pragma-once-outside-header"] if compiler.startswith("clang") else []
    code, _ = run(compiler_command(compiler, *no_main, "-x", "c++-header", INCLUDE / header, "-o", made))
    if code != 0:
        return Taken()
    if compiler.startswith("clang"):
        return Taken(("-include-pch", made))
    return Taken((f"-I{pathlib.Path(folder) / compiler}",), 1)  # "from tests/fail/x.cpp:5"


def taken_headers(sources, compilers, folder):
    """{(compiler, header): Taken} for what three programs or more include first."""
    times = collections.Counter(includes_of(source)[0][1] for source in sources)
    cases = [(by, header, folder) for header, n in times.items() if n >= 3 for by in compilers]
    return {case[:2]: taken for case, taken in zip(cases, in_parallel(lambda case: take(*case), cases))}


def compile_it(source, compiler, taken, *arguments):
    """The exit code, what is said, and in how many lines it would be said by a compiler that reads all."""
    command = compiler_command(compiler, *STYLE.get(compiler, []), "-fsyntax-only", *arguments, source)
    command[1:1] = taken.arguments  # it is looked for there first
    code, said = run(command)
    return code, said, len(said.splitlines()) + taken.lines


def refusal(source, compiler, taken):
    """Complaints about how a compiler refuses the program."""
    text = source.read_text(encoding="utf-8")
    expected = re.findall(r"^//\s*expect:\s*(.+?)\s*$", text, re.MULTILINE)
    limit = re.search(r"^//\s*at most:\s*(\d+)\s*lines?", text, re.MULTILINE)
    if not expected or not limit:
        return ["the program must say `// expect: WORDS` and `// at most: N lines`"]
    code, said, lines = compile_it(source, compiler, taken)
    if code == 0:
        return ["it compiles"]
    complaints = [f"the diagnostics do not say: {words}" for words in expected if words not in said]
    if lines > int(limit[1]):
        complaints.append(f"the diagnostics have {lines} lines, more than {limit[1]}")
    return complaints and [*complaints, *said.splitlines()]


def twin(source, compiler, taken):
    """Complaints about the twin, which must compile."""
    if "TWIN" not in source.read_text(encoding="utf-8"):
        return "the program has no twin: something that compiles with -DTWIN"
    code, said, _ = compile_it(source, compiler, taken, "-DTWIN")
    return said if code != 0 else ""


def check(report, compiler):
    compilers = [compiler] + [other for other in ("clang++-19",) if other != compiler and shutil.which(other)]
    sources = sorted((ROOT / "tests/fail").glob("*.cpp"))
    with tempfile.TemporaryDirectory() as folder:
        taken = taken_headers(sources, compilers, folder)
        cases = [(judge, source, by) for source in sources for by in compilers for judge in (refusal, twin)]
        judged = in_parallel(
            lambda case: case[0](*case[1:], taken.get((case[2], includes_of(case[1])[0][1]), Taken())), cases)
        for (judge, source, by), complaints in zip(cases, judged):
            report.check(f"{judge.__name__} of tests/fail/{source.name} by {by}", complaints)
