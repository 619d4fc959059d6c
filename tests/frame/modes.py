"""Units that include everything link, header-only and in separate compilation; no program has both modes."""

import re
import shutil

from common import BUILD, SEPARATE, bodies, compiler_command, headers, in_parallel, is_umbrella, run

LIBRARIES = ["-lboost_json", "-lre2", "-lyaml-cpp", "-llmdb", "-lnghttp2", "-lssl", "-lcrypto", "-lbenchmark",
             "-pthread"]
MIXED = "this_program_mixes_header_only_and_separate_compilation"
NO_BODIES = "separate_compilation_needs_src_hpp_in_one_unit"

# The smallest program of two units; both use something that has its body in another file.
USE = "#include <berth/core/base64.hpp>\n"
MAIN = USE + 'auto f() -> bool;\nauto main() -> int { return f() && berth::base64_encode("a").size() == 4 ? 0 : 1; }\n'
OTHER = USE + 'auto f() -> bool;\nauto f() -> bool { return berth::base64_encode("ab").size() == 4; }\n'
BODIES = "#include <berth/src/core.hpp>\n"


def compiled(folder, compiler, name, text, *mode):
    """(object, complaints) of a unit."""
    source = folder / f"{name}.cpp"
    folder.mkdir(parents=True, exist_ok=True)
    source.write_text(text)
    how = ["-O0", *mode, "-c", source, "-o", source.with_suffix(".o")]
    code, said = run(compiler_command(compiler, *how, cached=True))
    return source.with_suffix(".o"), "" if code == 0 else said or "the compiler failed"


def strong_symbols(made):
    """What a second unit with the same text would define a second time: all of an object that no linker merges. (The
    symbol that tells the modes apart is merged; `small_programs` shows it.)"""
    said = run(["nm", "--demangle", "--defined-only", "--extern-only", made])[1]
    strong = re.findall(rf"^[0-9a-f]+ [A-TX-Z] (?!main$|berth::{MIXED}$)(.+)$", said, re.MULTILINE)
    return [f"in two units that include it, this is defined twice: {name}" for name in strong]


def everything(compiler, library, *mode):
    """Complaints about a unit that includes every header: it compiles, links, and so would another like it."""
    folder = BUILD / "frame" / compiler / ("everything" + "".join(mode))
    text = "".join(f"#include <{header}>\n" for header in headers() if not is_umbrella(header))
    made, said = compiled(folder, compiler, "unit", text + "auto main() -> int {}\n", *mode)
    if said:
        return said
    code, said = run([compiler, made, "-o", folder / "program", *library, *LIBRARIES])
    return said if code != 0 else strong_symbols(made)


def all_bodies(compiler):
    """Complaints about `berth/src.hpp` and the bodies that are in no umbrella, in one unit; they are looked at: the
    library has them compiled."""
    folder = BUILD / "frame" / compiler
    source = folder / "bodies.cpp"
    folder.mkdir(parents=True, exist_ok=True)
    source.write_text("".join(f"#include <{body}>\n" for body in bodies()))
    code, said = run(compiler_command(compiler, SEPARATE, "-fsyntax-only", source))
    return "" if code == 0 else said or "the compiler failed"


def small_programs(report, compiler):
    """What happens to programs of units in the one, the other or both modes, with each linker that is there."""
    folder = BUILD / "frame" / compiler / "modes"
    units = {"main": (MAIN,), "other": (OTHER,), "main_separate": (MAIN, SEPARATE), "other_separate": (OTHER, SEPARATE),
             "bodies": (BODIES, SEPARATE)}
    for name, unit in units.items():
        said = compiled(folder, compiler, name, *unit)[1]
        if said:
            report.check(f"{name} compiles", said)
            return
    programs = [
        ("header-only", ["main", "other"], ""),
        ("separate compilation", ["main_separate", "other_separate", "bodies"], ""),
        ("both modes", ["main", "other_separate", "bodies"], MIXED),
        ("both modes, the other way round", ["bodies", "main_separate", "other"], MIXED),
        ("separate compilation without the bodies", ["main_separate", "other_separate"], NO_BODIES),
        ("both modes without the bodies", ["main", "other_separate"], NO_BODIES),
    ]
    for linker in [name for name in ("bfd", "lld", "gold") if shutil.which(f"ld.{name}")]:
        for what, names, words in programs:
            objects = [folder / f"{name}.o" for name in names]
            code, said = run([compiler, f"-fuse-ld={linker}", *objects, "-o", folder / "program"])
            if words:
                wrong = "" if code != 0 and words in said else f"it does not say {words}:\n{said or 'nothing'}"
                report.check(f"{what}: refused by ld.{linker}", wrong)
            else:
                report.check(f"{what}: links with ld.{linker}", said if code != 0 else run([folder / "program"])[1])


def check(report, compiler, build):
    small_programs(report, compiler)
    library = build / "libberth_compiled.a"
    claims = [("units that include everything link", lambda: everything(compiler, [])),
              ("units that include everything link in separate compilation",
               lambda: everything(compiler, [library], SEPARATE)),
              ("all bodies compile in one unit", lambda: all_bodies(compiler))]
    for (claim, _), said in zip(claims, in_parallel(lambda claim: claim[1](), claims)):
        report.check(claim, said)
