"""Programs that must be refused by the compiler, in words that help: `tests/fail/*.cpp`.

A program states what the diagnostics must say and how long they may be, and turns right with -DTWIN:

    // expect: a filter takes (task const&, node const&)
    // at most: 12 lines
"""

import re
import shutil

from common import ROOT, compiler_command, in_parallel, run

STYLE = {"g++": ["-fdiagnostics-color=never"], "clang++-19": ["-fno-color-diagnostics"]}


def compile_it(source, compiler, *arguments):
    return run(compiler_command(compiler, *STYLE.get(compiler, []), "-fsyntax-only", *arguments, source))


def refusal(source, compiler):
    """Complaints about how a compiler refuses the program."""
    text = source.read_text(encoding="utf-8")
    expected = re.findall(r"^//\s*expect:\s*(.+?)\s*$", text, re.MULTILINE)
    limit = re.search(r"^//\s*at most:\s*(\d+)\s*lines?", text, re.MULTILINE)
    if not expected or not limit:
        return ["the program must say `// expect: WORDS` and `// at most: N lines`"]
    code, said = compile_it(source, compiler)
    if code == 0:
        return ["it compiles"]
    complaints = [f"the diagnostics do not say: {words}" for words in expected if words not in said]
    if len(said.splitlines()) > int(limit[1]):
        complaints.append(f"the diagnostics have {len(said.splitlines())} lines, more than {limit[1]}")
    return complaints and [*complaints, *said.splitlines()]


def twin(source, compiler):
    """Complaints about the twin, which must compile."""
    if "TWIN" not in source.read_text(encoding="utf-8"):
        return "the program has no twin: something that compiles with -DTWIN"
    code, said = compile_it(source, compiler, "-DTWIN")
    return said if code != 0 else ""


def check(report, compiler):
    compilers = [compiler] + [other for other in ("clang++-19",) if other != compiler and shutil.which(other)]
    cases = [(judge, source, by) for source in sorted((ROOT / "tests/fail").glob("*.cpp")) for by in compilers
             for judge in (refusal, twin)]
    for (judge, source, by), complaints in zip(cases, in_parallel(lambda case: case[0](*case[1:]), cases)):
        report.check(f"{judge.__name__} of tests/fail/{source.name} by {by}", complaints)
