"""The first ten minutes, with nothing but what README.md says: its programs are written down as they stand there, its
commands are typed as they stand there, in a checkout and on the headers that it installs."""

import os
import re
import shutil
import time

from common import BUILD, ROOT, run

PLACE = BUILD / "frame" / "ten_minutes"
SECTION = re.compile(r"^## The first ten minutes\n(.*?)^## ", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^<!-- (from|file|step): (\S+) -->\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
# What the steps must say, beside ending well.
SAYS = {"./main": (ROOT / "tests/frame/outside/output.txt").read_text(encoding="utf-8"),
        "./controller": "3 ships are to be made", "./bench": "items_per_second"}


def blocks(readme):
    """The first program of the README, and what its section has: (kind, name, text)."""
    first = next(found for found in BLOCK.findall(readme) if found[1].endswith("outside/main.cpp"))
    return [("file", "main.cpp", first[2]), *BLOCK.findall(SECTION.search(readme)[1])]


def checkout():
    """The files of the project that an installation needs, as somebody would have cloned them."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    for name in ("include", "packaging", "docs", "meson.build", "meson_options.txt"):
        (PLACE / name).symlink_to(ROOT / name)


def commands(text):
    """The commands of a block, without what is said of them."""
    return [re.sub(r"\s+#.*", "", line) for line in text.splitlines() if line.strip()]


def complaint_about(text, environment):
    """Runs commands in one shell, each in its place; exports stay. The benchmark is run for a moment, and unoptimised:
    what it says is asked for, not how fast it is."""
    for command in commands(text):
        typed = command.replace(" -O2 ", " -O0 ")
        typed = re.sub(r"\./bench$", "./bench --benchmark_min_time=0.01", typed)
        if exported := re.fullmatch(r'export (\w+)="(.*)"', typed):
            environment[exported[1]] = exported[2].replace("$PWD", str(PLACE))
            continue
        code, said = run(["sh", "-e", "-c", typed], cwd=PLACE, env=environment)
        wanted = next((words for program, words in SAYS.items() if command.endswith(f"&& {program}")), "")
        if code != 0 or wanted not in said:
            return f"{command}: {code}\n{said}"
    return ""


def check(report, compiler):
    checkout()
    begin = time.monotonic()
    path = PLACE / "bin"
    path.mkdir()
    (path / "c++").symlink_to(shutil.which(compiler))
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}", "CXX": compiler}
    found = blocks((ROOT / "README.md").read_text(encoding="utf-8"))
    for kind, name, text in found:
        if kind == "step":
            report.check(f"the first ten minutes: {name}", complaint_about(text, environment))
        else:
            (PLACE / name).write_text(text, encoding="utf-8")
    programs = [name for kind, name, _ in found if kind != "step"]
    report.check("the first ten minutes have all their steps",
                 [] if len(programs) == 4 and len(found) == 6 else str([block[:2] for block in found]))
    print(f"    the first ten minutes took {time.monotonic() - begin:.0f} s", flush=True)
