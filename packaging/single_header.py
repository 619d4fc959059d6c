"""One header of an area: all that it includes of Berth in one file, to paste into an online compiler or to copy.

    python3 packaging/single_header.py schedule > berth_schedule.hpp
    python3 packaging/single_header.py store --output berth_store.hpp
    python3 packaging/single_header.py berth/store/lmdb.hpp -o lmdb.hpp     # any header

Comments are left out; what is not Berth's stays an include. Both areas need the standard library only.
"""

import argparse
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parents[1]
INCLUDE = re.compile(r'^\s*#\s*include\s*<([^>]+)>')
# Comments, beside texts that may look like some: raw strings, strings, characters.
TOKENS = re.compile(r'R"(?P<mark>[^ ()\\]{0,16})\(.*?\)(?P=mark)"|"(?:[^"\\\n]|\\.)*"'
                    r'|(?<![0-9A-Fa-f])\'(?:[^\'\\\n]|\\.)+\'|//[^\n]*|/\*.*?\*/', re.DOTALL)


def without_comments(text):
    """The text without its comments and the lines that they leave empty."""
    bare = TOKENS.sub(lambda found: " " if found[0].startswith(("//", "/*")) else found[0], text)
    return "\n".join(line.rstrip() for line in bare.splitlines() if line.strip())


class Unfolding:
    """Headers put one after the other, each when it is included first."""

    def __init__(self, folder):
        self.folder = folder
        self.seen = set()
        self.others = set()
        self.depth = 0

    def unfold(self, name):
        """The lines of a header and of those that it includes; each of Berth's once, each other at its first place."""
        if name in self.seen:
            return
        self.seen.add(name)
        path = self.folder / name
        if not path.is_file():
            sys.exit(f"there is no header {name} in {self.folder}")
        conditional = 0
        for line in without_comments(path.read_text(encoding="utf-8")).splitlines():
            stripped = line.lstrip()
            if stripped == "#pragma once":
                continue
            if re.match(r"#\s*if", stripped):
                conditional += 1
            if re.match(r"#\s*endif", stripped):
                conditional -= 1
            found = INCLUDE.match(line)
            if found and found[1].startswith("berth/"):
                yield from self.unfold(found[1])
            elif found and conditional == 0 and found[1] in self.others:
                continue
            else:
                if found and conditional == 0:
                    self.others.add(found[1])
                yield line


def version_of(root):
    text = root / "meson.build"
    found = re.search(r"version: '([^']+)'", text.read_text(encoding="utf-8")) if text.is_file() else None
    return found[1] if found else "installed"


def single_header(name, folder=HERE / "include"):
    """The text of the one header of an area (`schedule`) or of a header (`berth/schedule/place.hpp`)."""
    header = name if name.startswith("berth/") else f"berth/{name}.hpp"
    lines = list(Unfolding(folder).unfold(header))
    # The mode of separate compilation has no bodies in one file.
    return (f"// Berth {version_of(HERE)}: <{header}> and what it includes, in one file. Apache-2.0.\n#pragma once\n"
            "#if defined(BERTH_SEPARATE_COMPILATION)\n"
            "#error \"a single header has all bodies: it is for programs without BERTH_SEPARATE_COMPILATION\"\n"
            "#endif\n" + "\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="an area (schedule, store, core), or a header (berth/schedule/place.hpp)")
    parser.add_argument("-o", "--output", help="the file to write; standard output if not given")
    parser.add_argument("--include", type=pathlib.Path, default=HERE / "include", help="where `berth/` lies")
    given = parser.parse_args()
    text = single_header(given.name, given.include)
    if given.output:
        pathlib.Path(given.output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
