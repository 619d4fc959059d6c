"""Lengths, dead headers, documents: the habits of the source that a machine can see."""

import pathlib
import re

from common import INCLUDE, ROOT, bodies, headers, includes_of, is_umbrella, project_files
from source_text import functions

LINE = {".cpp": 110, ".hpp": 110, ".ipp": 110, ".py": 120, ".build": 120}
FUNCTION = 70
HEADER = 500
# Words that have no place in the project; written in two halves, so that this file may name them.
FORBIDDEN = [r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"/wo" + r"rk/\w", r"/ro" + r"ot/", r"/ho" + r"me/\w"]
TOP_LEVEL = {"include", "tests", "bench", "examples", "packaging", "docs", "meson.build",
             "meson_options.txt", "README.md", "LICENSE",
             "CONTRIBUTING.md", "CHANGELOG.md"}


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def is_text(name):
    return not name.endswith((".gz", ".png", ".svg")) and name != "LICENSE"


def long_lines(name):
    limit = LINE[pathlib.PurePath(name).suffix]
    for number, line in enumerate(text_of(name).splitlines(), 1):
        if len(line) > limit:
            yield f"{name}:{number}: {len(line)} columns, more than {limit}"


def long_functions(name):
    for first, lines, head in functions(text_of(name)):
        if lines > FUNCTION:
            yield f"{name}:{first}: {lines} lines, more than {FUNCTION}: {head[:80]}"


def dangling_loops(name):
    """Before C++23's P2718 (GCC 15), `for (x : f().value())` walks through a temporary that is gone.

    Not so `cursor.next().value()`, which is a value (store/watch.hpp)."""
    inside = re.compile(r"(\*[\w:.>-]+\(.*\)|.*\)(\.|->)(value|error)\(\)(\.\w+)?)")
    for number, line in enumerate(text_of(name).splitlines(), 1):
        if loop := re.search(r"\bfor \([^:;()]* : ((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)", line):
            if inside.fullmatch(loop[1]) and not re.fullmatch(r"\*?\w+\.next\(\)(\.value\(\))?", loop[1]):
                yield f"{name}:{number}: {line.strip()[:90]}"


def repeated_values(names):
    """Lists of allowed values that a check repeats, though the description of a member has them (`check_field.hpp`)."""
    texts = {name: text_of(name) for name in names if name.startswith("include/")}
    told = {frozenset(m[1].split(",")) for text in texts.values() for m in re.finditer(r'\.values = "([^"]*)"', text)}
    for name, text in texts.items():
        for call in re.finditer(r"not_supported\([^;]*?\{([^{};]*)\}\)", text):
            if frozenset(re.findall(r'"([^"]*)"', call[1])) in told:
                yield f"{name}:{text.count(chr(10), 0, call.start()) + 1}: {{{call[1].strip()}}}"


def forbidden_words(name):
    for number, line in enumerate(text_of(name).splitlines(), 1):
        for word in FORBIDDEN:
            if re.search(word, line):
                yield f"{name}:{number}: {line.strip()[:90]}"


def shape_of(header):
    """Complaints about the first lines and the length of a header."""
    text = (INCLUDE / header).read_text(encoding="utf-8")
    if not text.startswith("#pragma once\n"):
        yield "it does not begin with #pragma once"
    if not re.search(r"^/// \\file\n/// \S", text, re.MULTILINE):
        yield "it has no `/// \\file` block that says what it is for"
    if text.count("\n") > HEADER:
        yield f"it has {text.count(chr(10))} lines, more than {HEADER}"


BODIES = "#if !defined(BERTH_SEPARATE_COMPILATION)\n#include <{}>\n#endif\n"


def bodies_of(body):
    """Complaints about how a file with bodies and its header belong together."""
    header = body.removesuffix(".ipp") + ".hpp"
    if not (INCLUDE / header).exists():
        yield f"{body}: there is no {header}"
    elif header not in {name for _, name in includes_of(INCLUDE / body)}:
        yield f"{body} does not include {header}"
    elif not text_of(f"include/{header}").endswith(BODIES.format(body)) and body != "berth/core/config.ipp":
        yield f"{header} must end with: {BODIES.format(body)}"


def dead_headers():
    """Headers that only an umbrella includes, or nothing at all."""
    used = set()
    for name in project_files():
        if name.endswith((".hpp", ".ipp", ".cpp")) and not re.fullmatch(r"include/berth/(\w+|src/.*)\.hpp", name):
            own = name.removeprefix("include/").removesuffix(".ipp") + ".hpp"
            used |= {included for _, included in includes_of(ROOT / name)} - {own}
    return [f"{h}: nothing includes it, not even a test" for h in headers()
            if h not in used and not is_umbrella(h) and not h.endswith("/fwd.hpp")]


def titles(name):
    """A document has one title, in its first line."""
    outside = re.sub(r"^```.*?^```", "", text_of(name), flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"^# .*", outside, re.MULTILINE)
    if len(found) != 1 or not outside.startswith("# "):
        yield f"{name}: {len(found)} titles; there must be one, in the first line"


def quotes(name):
    """Code that a document quotes (`<!-- from: FILE -->` stands before it) must be in the file, as it is."""
    for file, block in re.findall(r"<!-- from: (\S+) -->\n```\w*\n(.*?)^```", text_of(name), re.MULTILINE | re.DOTALL):
        if not (ROOT / file).exists() or block not in text_of(file):
            yield f"{name}: the quotation from {file} is not in that file"


def version():
    """Meson's version is that of the macros, and the newest that the change log has a number for; what is unreleased
    stands above it."""
    wanted = re.search(r"version: '([^']+)'", text_of("meson.build"))[1]
    macros = re.findall(r"#define BERTH_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", text_of("include/berth/core/version.hpp"))
    if ".".join(macros) != wanted:
        yield f"meson.build says {wanted}, core/version.hpp says {'.'.join(macros)}"
    newest = re.search(r"^## (\d\S*)", text_of("CHANGELOG.md"), re.MULTILINE)
    if not newest or newest[1] != wanted:
        yield f"meson.build says {wanted}, CHANGELOG.md says {newest and newest[1]}"


def top_level():
    for name in {name.split("/")[0] for name in project_files()} - TOP_LEVEL:
        if not name.startswith("."):
            yield f"{name} has no place at the top level"


def of_all(names, judge):
    return [complaint for name in names for complaint in judge(name)]


def check(report, compiler):
    names = [name for name in project_files() if is_text(name)]
    code = [name for name in names if name.endswith(tuple(LINE))]
    cpp = [name for name in code if name.endswith((".hpp", ".ipp", ".cpp"))]
    documents = [name for name in names if name.endswith(".md")]
    report.check("no line is too long", of_all(code, long_lines))
    report.check(f"no function is longer than {FUNCTION} lines", of_all(cpp, long_functions))
    report.check("no loop walks through a temporary's inside", of_all(cpp, dangling_loops))
    report.check("no check repeats the allowed values of a description", list(repeated_values(cpp)))
    report.check("no left-over words or paths of a machine", of_all(names, forbidden_words))
    report.check("every header is used", dead_headers())
    report.check("bodies lie beside their headers", of_all(bodies(), bodies_of))
    for header in headers() + bodies():
        report.check(f"the shape of {header}", shape_of(header))
    report.check("every document has one title", of_all(documents, titles))
    report.check("documents quote what is there", of_all(documents, quotes))
    report.check("the version is told once", version())
    report.check("the top level is what it should be", top_level())
