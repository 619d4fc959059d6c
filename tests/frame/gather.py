"""Writes a unit that compiles several tests at once, so that what they instantiate is compiled for all of them.

    python3 tests/frame/gather.py UNIT TEST...

The unit first includes what its tests include. Then comes each test, in a namespace of its own: helpers of one name do
not meet. A test that includes something under a condition, or defines what lies in another namespace, needs the global
one; such tests come last.
"""

import os
import pathlib
import re
import sys

DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(\w+)[ \t]*(.*?)[ \t]*$", re.MULTILINE)
DEFINED_OUTSIDE = r"auto (?:\w+::|operator (?:new|delete)\()"
GLOBAL = re.compile(rf"^(?:namespace [\w:]+ \{{|template <> |extern |{DEFINED_OUTSIDE}|[A-Z][A-Z_]+\()", re.MULTILINE)


def directives(text):
    """What a test says to the preprocessor: (word, rest) of each line."""
    return DIRECTIVE.findall(text)


def is_global(text):
    """Whether a test cannot be put into a namespace."""
    mine = re.sub(r"^(TEST_CASE|TEMPLATE_TEST_CASE|SCENARIO)\(", "", text, flags=re.MULTILINE)
    words = [word for word, _ in directives(text)]
    return GLOBAL.search(mine) is not None or words != sorted(words, key=lambda word: word != "include")


def included(path, text, folder):
    """What a test includes, in the words of a file in another folder."""
    for word, name in directives(text):
        beside = path.parent / name.strip('"')
        if word == "include":
            yield quoted(beside, folder) if name.startswith('"') and beside.exists() else name


def quoted(path, folder):
    return f'"{os.path.relpath(path, folder)}"'


def unit(paths, folder):
    """The text of the unit, which lies in a folder."""
    tests = [(path, path.read_text(encoding="utf-8")) for path in paths]
    apart = [(path, text) for path, text in tests if not is_global(text)]
    lines = [f"#include {name}"
             for name in dict.fromkeys(name for path, text in apart for name in included(path, text, folder))]
    for number, (path, _) in enumerate(apart):
        lines += [f"namespace test_{number} {{", f"#include {quoted(path, folder)}", "}"]
    lines += [f"#include {quoted(path, folder)}" for path, text in tests if is_global(text)]
    return "".join(line + "\n" for line in lines)


def main():
    made, *tests = (pathlib.Path(word) for word in sys.argv[1:])
    made.write_text(unit(tests, made.parent), encoding="utf-8")


if __name__ == "__main__":
    main()
