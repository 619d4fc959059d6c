"""The stories in their order, and what each says of itself; `examples/run --help` prints them."""

import pathlib
import re
import signal
import sys
import textwrap

EXAMPLES = pathlib.Path(__file__).resolve().parent


def stories():
    """The folders of the stories in their order: those with numbers first."""
    names = (path.parent.name for path in EXAMPLES.glob("*/main.cpp"))
    return sorted(names, key=lambda name: (not name[0].isdigit(), name))


def file_block(path):
    """The paragraphs of a file's `/// \\file` block, without marks of Doxygen."""
    found = re.search(r"^/// \\file\n((?:///.*\n)+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    lines = [re.sub(r"^///( \\brief)? ?", "", line) for line in (found[1] if found else "").splitlines()]
    return [" ".join(part.split()) for part in "\n".join(lines).split("\n\n") if part.strip()]


def about(story):
    """What a story is about: its whole first paragraph."""
    return next(iter(file_block(EXAMPLES / story / "main.cpp")), "")


def table(width=100):
    """A line or some for each story."""
    indent = 4 + max(len(name) for name in stories()) + 2
    return "".join(textwrap.fill(about(name), width, initial_indent=f"    {name}".ljust(indent),
                                 subsequent_indent=" " * indent, break_on_hyphens=False, break_long_words=False) + "\n"
                   for name in stories())


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # who reads the first lines only is no error
    sys.stdout.write(table())
