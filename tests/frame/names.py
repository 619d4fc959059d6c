"""The public names of Berth, kept in tests/data/names.txt: what is added, taken away or changed shows in review.

    python3 tests/frame/names.py --write    writes the list anew

A name is public if it is in an installed header, and neither it nor a namespace around it is called `detail`. Kept are
types with their public members and enumerators, functions with their types, aliases, concepts, constants and macros.
The headers are read by libclang 19 (Debian's python3-clang-19): without it the check is skipped.
"""

import difflib
import importlib
import importlib.machinery
import pathlib
import re
import sys

from common import BUILD, INCLUDE, ROOT, Report, headers, in_parallel, is_detail, is_umbrella, run

KEPT = ROOT / "tests/data/names.txt"


def units():
    """Headers in some groups, which are read at the same time."""
    all_of_them = [h for h in headers() if not is_umbrella(h) and not is_detail(h)]
    kube = [h for h in all_of_them if h.startswith("berth/kube/")]
    return [[h for h in all_of_them if h not in kube], kube]


def reader():
    """libclang, or nothing. (A check of the frame is called `clang` too: it is stepped over.)"""
    here = str(pathlib.Path(__file__).parent)
    places = [place for place in sys.path if place not in (here, "")] + ["/usr/lib/python3/dist-packages"]
    spec = importlib.machinery.PathFinder.find_spec("clang", places)
    if spec is None or not spec.submodule_search_locations:
        return None
    shadow, paths = sys.modules.pop("clang", None), list(sys.path)
    sys.path[:] = [str(pathlib.Path(spec.submodule_search_locations[0]).parent), *places]
    try:
        cindex = importlib.import_module("clang.cindex")
        cindex.Config.set_library_file("libclang-19.so.1")
        cindex.Index.create()
        return cindex
    except (ImportError, OSError, cindex.LibclangError):
        return None
    finally:
        sys.path[:] = paths
        sys.modules.pop("clang", None)
        if shadow is not None:
            sys.modules["clang"] = shadow


class Reading:
    """The names of one unit."""

    def __init__(self, cindex):
        self.kinds = cindex.CursorKind
        self.public = cindex.AccessSpecifier.PUBLIC
        self.found = set()
        k = self.kinds
        self.types = {k.CLASS_DECL, k.STRUCT_DECL, k.UNION_DECL, k.CLASS_TEMPLATE,
                      k.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION}
        self.functions = {k.FUNCTION_DECL, k.FUNCTION_TEMPLATE, k.CXX_METHOD, k.CONSTRUCTOR, k.CONVERSION_FUNCTION}
        self.words = {k.TYPE_ALIAS_DECL: "using", k.TYPE_ALIAS_TEMPLATE_DECL: "using", k.TYPEDEF_DECL: "using",
                      k.CONCEPT_DECL: "concept", k.VAR_DECL: "constant", k.FIELD_DECL: "member"}

    def ours(self, cursor):
        file = cursor.location.file
        return file is not None and file.name.startswith(str(INCLUDE / "berth"))

    def note(self, kind, name, type_=""):
        """What has no name has none of its place either: places move, and differ between machines."""
        type_ = re.sub(r"\((lambda|unnamed|anonymous)[^()]* at [^()]*\)", r"(\1)", type_)
        self.found.add(f"{name} | {kind}" + (f" | {type_}" if type_ else ""))

    def namespace(self, cursor, around):
        for child in cursor.get_children():
            if not self.ours(child) or "detail" in child.spelling.split("::"):
                continue
            if child.kind == self.kinds.NAMESPACE:
                if child.spelling:
                    self.namespace(child, f"{around}{child.spelling}::")
            else:
                self.entity(child, around)

    def entity(self, cursor, around):
        name = around + cursor.spelling
        if cursor.kind in self.types:
            if not cursor.spelling or "(" in cursor.spelling or not cursor.is_definition():
                return
            template = cursor.kind in (self.kinds.CLASS_TEMPLATE, self.kinds.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION)
            self.note("class template" if template else "class", name)
            self.members(cursor, name + "::")
        elif cursor.kind == self.kinds.ENUM_DECL:
            if cursor.is_definition() and cursor.spelling and "(" not in cursor.spelling:
                self.note("enum", name)
                for value in cursor.get_children():
                    if value.kind == self.kinds.ENUM_CONSTANT_DECL:
                        self.note("enumerator", f"{name}::{value.spelling}")
        elif cursor.kind in self.functions:
            kind = "function template" if cursor.kind == self.kinds.FUNCTION_TEMPLATE else "function"
            self.note(kind, name, cursor.type.spelling)
        elif cursor.kind in self.words and cursor.spelling:
            shown = cursor.kind in (self.kinds.FIELD_DECL, self.kinds.TYPE_ALIAS_DECL)
            alias = cursor.kind == self.kinds.TYPE_ALIAS_DECL
            type_ = (cursor.underlying_typedef_type if alias else cursor.type).spelling
            self.note(self.words[cursor.kind], name, type_ if shown and "lambda at" not in type_ else "")

    def members(self, cursor, around):
        for child in cursor.get_children():
            if child.access_specifier == self.public and not child.spelling.startswith("berth_"):
                self.entity(child, around)


def read(cindex, group):
    unit = BUILD / "frame" / "names" / f"{len(group)}.cpp"
    unit.parent.mkdir(parents=True, exist_ok=True)
    unit.write_text("".join(f"#include <{header}>\n" for header in group))
    index = cindex.Index.create()
    arguments = ["-std=c++2b", f"-I{INCLUDE}", "-DBERTH_SEPARATE_COMPILATION", *builtin_headers()]
    tree = index.parse(str(unit), args=arguments,
                       options=cindex.TranslationUnit.PARSE_SKIP_FUNCTION_BODIES)
    errors = [str(d) for d in tree.diagnostics if d.severity >= cindex.Diagnostic.Error]
    if errors:
        sys.exit("the headers cannot be read: " + "; ".join(errors[:3]))
    reading = Reading(cindex)
    for child in tree.cursor.get_children():
        if child.kind == cindex.CursorKind.NAMESPACE and child.spelling == "berth" and reading.ours(child):
            reading.namespace(child, "berth::")
    return reading.found


def builtin_headers():
    """Where Clang's own headers lie, which libclang does not know by itself."""
    code, said = run(["clang++-19", "-print-resource-dir"])
    return ["-resource-dir", said.strip()] if code == 0 else []


def macros():
    """Macros that outlive their header and do not say that they are internal."""
    names = set()
    for header in headers():
        text = (INCLUDE / header).read_text(encoding="utf-8")
        undone = set(re.findall(r"^#undef (\w+)", text, re.MULTILINE))
        defined = set(re.findall(r"^#define (\w+)", text, re.MULTILINE)) - undone
        names |= {f"{name} | macro" for name in defined if not name.startswith("BERTH_DETAIL")}
    return names


def names(cindex):
    found = macros()
    for some in in_parallel(lambda group: read(cindex, group), units()):
        found |= some
    return "".join(f"{line}\n" for line in sorted(found))


POSIX = ["fcntl.h", "netdb.h", "poll.h", "pthread.h", "signal.h", "stdio.h", "stdlib.h", "string.h", "strings.h",
         "sys/socket.h", "sys/stat.h", "sys/time.h", "sys/wait.h", "time.h", "unistd.h"]


def ambiguous(compiler):
    """The names of namespace berth itself that mean two things where POSIX is there and `using namespace berth` stands,
    each on a line of its own; and `kill`, a name that is put there to be found."""
    own = sorted(set(re.findall(r"^berth::(\w+) \|", KEPT.read_text(encoding="utf-8"), re.MULTILINE)))
    core = [h for h in headers() if h.startswith("berth/core/") and not is_detail(h)]
    lines = [f"#include <{header}>" for header in POSIX + core]
    lines += ["namespace berth { class kill; }", "using namespace berth;"]
    lines += [f"auto use_{name} = {name};" for name in [*own, "kill"]]
    unit = BUILD / "frame" / "names" / "beside_posix.cpp"
    unit.parent.mkdir(parents=True, exist_ok=True)
    unit.write_text("\n".join(lines) + "\n")
    limit = "-ferror-limit=0" if "clang" in compiler else "-fmax-errors=0"
    _, said = run([*compiler.split(), "-std=c++2b", "-fsyntax-only", limit, f"-I{INCLUDE}",
                   "-DBERTH_SEPARATE_COMPILATION", unit], timeout=300)
    return sorted(set(re.findall(r"reference to \W(\w+)\W is ambiguous", said)))


def check(report, compiler):
    found = ambiguous(compiler or "g++")
    words = ", ".join(found) or "none, not even kill, which is there to be found"
    report.check("`using namespace berth` makes no name of POSIX ambiguous",
                 "" if found == ["kill"] else f"ambiguous are {words}")
    cindex = reader()
    if cindex is None:
        report.skip("the public names are those that are kept", "there is no libclang 19 (python3-clang-19)")
        return
    kept = KEPT.read_text(encoding="utf-8") if KEPT.exists() else ""
    lines = difflib.unified_diff(kept.splitlines(), names(cindex).splitlines(), "kept", "there", lineterm="", n=0)
    complaints = [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]
    mend = ["what is meant: `python3 tests/frame/names.py --write`, and a line in CHANGELOG.md"]
    report.check("the public names are those that are kept", complaints and mend + complaints)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        if (found := reader()) is None:
            sys.exit("there is no libclang 19: install python3-clang-19")
        KEPT.write_text(names(found), encoding="utf-8")
    else:
        print(__doc__)
        check(Report("frame/names"), "")
