"""What the checks of the frame share: where things are, how the compiler is called, how results are counted."""

import concurrent.futures
import functools
import os
import pathlib
import re
import shutil
import subprocess
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
BUILD = ROOT / "build"
AREAS = ["core", "object", "store", "schedule", "api", "reconcile", "kube", "node", "sim"]
# Parts of areas that have an umbrella of their own, outside that of the area: not everybody who uses it needs them.
UMBRELLAS_APART = ["kube/schedule"]
# Umbrellas that bring some of what that of an area does: which of its headers.
SELECTIONS = {"kube/types": ("kube", re.compile(r".*/type\.hpp"))}
UMBRELLAS = [*AREAS, *UMBRELLAS_APART, *SELECTIONS]
# Areas whose headers are asked for one by one: no umbrella, no `fwd.hpp`.
APART = ["bench"]
# Areas whose tests also run with ASan and UBSan whenever all tests run, built by this compiler.
SANITIZED = ["object", "store", "api"]
CLANG = "clang++-19"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
SEPARATE = "-DBERTH_SEPARATE_COMPILATION"
INCLUDE_LINE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


class Report:
    """Counts what passed, and prints what failed at once."""

    def __init__(self, name):
        self.name = name
        self.passed = 0
        self.failed = 0
        self.skipped = 0

    def add(self, other):
        """Counts what another has counted."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def skip(self, what, why):
        """One test that cannot be done here."""
        self.skipped += 1
        print(f"SKIPPED {self.name}: {what}: {why}", flush=True)

    def check(self, what, complaints):
        """One test: it passed if there are no complaints (a list of lines, or text)."""
        lines = complaints.splitlines() if isinstance(complaints, str) else list(complaints)
        if not lines:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {self.name}: {what}", flush=True)
        for line in lines[:40]:
            print("    " + line, flush=True)
        if len(lines) > 40:
            print(f"    ... and {len(lines) - 40} more lines", flush=True)


def room_for(compiler):
    """The arguments with which a compiler may use the memory that there is; see `.ci/room`."""
    code, said = run([ROOT / ".ci/room", compiler])
    return said.split() if code == 0 else []


def jobs():
    return len(os.sched_getaffinity(0))


# Checks run beside each other: so many of all their commands run at a time.
SLOTS = threading.BoundedSemaphore(jobs())


def in_parallel(function, items):
    """The results of `function(item)` in the order of the items, as many at a time as there are processors."""
    with concurrent.futures.ThreadPoolExecutor(jobs()) as pool:
        yield from pool.map(function, items)


def compiler_command(compiler, *arguments, cached=False):
    """The command that compiles against the headers of the checkout; through ccache if wished and there."""
    prefix = ["ccache"] if cached and shutil.which("ccache") else []
    return [*prefix, compiler, "-std=c++23", f"-I{INCLUDE}", *WARNINGS, *arguments]


def run(command, timeout=600, **options):
    """Runs a command; returns its exit code and all that it said."""
    try:
        with SLOTS:
            done = subprocess.run(
                [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout,
                text=True, errors="replace", **options)
        return done.returncode, done.stdout
    except subprocess.TimeoutExpired as stopped:
        said = stopped.stdout or b""
        return 124, (said.decode(errors="replace") if isinstance(said, bytes) else said) + "\nno end within the time"
    except OSError as error:
        return 127, str(error)


def headers():
    """All public and internal headers, relative to `include/`, sorted; without those of `src.hpp`."""
    names = sorted(path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.hpp"))
    return [name for name in names if not re.match(r"berth/src[/.]", name)]


def bodies():
    """All files with bodies of functions that their headers declare, relative to `include/`, sorted."""
    return sorted(path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.ipp"))


def area_of(header):
    """`store` for `berth/store/memory.hpp` and for the umbrella `berth/store.hpp`."""
    return header.split("/")[1].split(".")[0]


def is_umbrella(header):
    return header.count("/") == 1 or header in (f"berth/{part}.hpp" for part in UMBRELLAS)


def umbrella_of(header):
    """`kube/schedule` for `berth/kube/schedule/scheduler.hpp`, `store` for `berth/store/memory.hpp`."""
    return next((part for part in UMBRELLAS_APART if header.startswith(f"berth/{part}/")), area_of(header))


def is_detail(header):
    return "/detail/" in header


@functools.cache
def includes_of(path):
    """What a file includes, as (bracket, name) pairs."""
    return [match.groups() for match in INCLUDE_LINE.finditer(path.read_text(encoding="utf-8"))]


def project_files():
    """Every file that belongs to the project (tracked, or new and not ignored), relative to the root."""
    code, said = run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"])
    if code == 0:
        names = said.splitlines()
    else:
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]
        names = [name for name in names if not name.startswith((".git/", "build"))]
    return sorted(name for name in set(names) if (ROOT / name).is_file())
