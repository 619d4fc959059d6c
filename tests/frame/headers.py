"""Every header compiles alone, and twice, without a warning; and two units that include everything can be linked."""

import shutil

from common import BUILD, compiler_command, headers, in_parallel, is_umbrella, run


def alone_and_twice(header, compiler):
    """Complaints of the compiler about a unit that is just this header, twice. What ccache cannot keep is quicker."""
    folder = BUILD / "frame" / compiler / "headers"
    unit = folder / (header.replace("/", "_") + ".cpp")
    text = f"#include <{header}>\n#include <{header}> // again\n"
    folder.mkdir(parents=True, exist_ok=True)
    if not unit.exists() or unit.read_text() != text:
        unit.write_text(text)
    how = ["-O0", "-c", unit, "-o", unit.with_suffix(".o")] if shutil.which("ccache") else ["-fsyntax-only", unit]
    code, said = run(compiler_command(compiler, *how, cached=True))
    return "" if code == 0 else said or "the compiler failed"


def two_units(compiler):
    """Complaints of the linker about two units that include every header."""
    folder = BUILD / "frame" / compiler / "two_units"
    folder.mkdir(parents=True, exist_ok=True)
    everything = "".join(f"#include <{header}>\n" for header in headers() if not is_umbrella(header))
    (folder / "one.cpp").write_text(everything + "auto other() -> int;\nauto main() -> int { return other(); }\n")
    (folder / "two.cpp").write_text(everything + "auto other() -> int;\nauto other() -> int { return 0; }\n")

    def compiled(name):
        source = folder / name
        return run(compiler_command(compiler, "-O0", "-c", source, "-o", source.with_suffix(".o"), cached=True))

    for code, said in in_parallel(compiled, ["one.cpp", "two.cpp"]):
        if code != 0:
            return said or "the compiler failed"
    objects = [folder / "one.o", folder / "two.o"]
    libraries = ["-lboost_json", "-lyaml-cpp", "-llmdb", "-lssl", "-lcrypto", "-pthread"]
    code, said = run([compiler, *objects, "-o", folder / "both", *libraries])
    return "" if code == 0 else said


def check(report, compiler):
    names = headers()
    for header, complaints in zip(names, in_parallel(lambda name: alone_and_twice(name, compiler), names)):
        report.check(f"{header} compiles alone and twice", complaints)
    report.check("two units that include everything link", two_units(compiler))
