"""Every header compiles alone, and twice, without a warning; in separate compilation its bodies do as well."""

import shutil

from common import BUILD, INCLUDE, SEPARATE, compiler_command, headers, in_parallel, run


def alone_and_twice(header, compiler, mode):
    """Complaints of the compiler about a unit that is just this header, twice. What ccache cannot keep is quicker."""
    folder = BUILD / "frame" / compiler / ("headers" + mode)
    unit = folder / (header.replace("/", "_") + ".cpp")
    text = f"#include <{header}>\n#include <{header}> // again\n"
    bodies = header.removesuffix(".hpp") + ".ipp"
    if mode and (INCLUDE / bodies).exists():
        text += f"#include <{bodies}>\n"
    folder.mkdir(parents=True, exist_ok=True)
    if not unit.exists() or unit.read_text() != text:
        unit.write_text(text)
    how = ["-O0", "-c", unit, "-o", unit.with_suffix(".o")] if shutil.which("ccache") else ["-fsyntax-only", unit]
    code, said = run(compiler_command(compiler, *filter(None, [mode]), *how, cached=True))
    return "" if code == 0 else said or "the compiler failed"


def check(report, compiler):
    cases = [(header, mode) for header in headers() for mode in ("", SEPARATE)]
    judged = in_parallel(lambda case: alone_and_twice(case[0], compiler, case[1]), cases)
    for (header, mode), said in zip(cases, judged):
        how = " in separate compilation" if mode else ""
        report.check(f"{header} compiles alone and twice{how}", said)
