"""The benchmark programs of a source tree: which there are, and how they are built and run."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def sources(root):
    """The programs that bench/meson.build names, as `store/memory`."""
    text = (root / "bench/meson.build").read_text(encoding="utf-8")
    return re.findall(r"^    '(.+)\.cpp',$", text, re.MULTILINE)


# Each benchmark for a moment: whether it works is seen, how fast it is is not.
MOMENT = ["--benchmark_min_time=0.01"]
LARGE = 20_000
# What asks a program of others that takes a minute of its own.
LEFT_OUT = ["etcd_check_perf"]


def smallest(names):
    """The first case of each benchmark that has no large argument."""
    chosen = {}
    for name in names:
        if name.split("/")[0] in LEFT_OUT:
            continue
        if all(int(number) < LARGE for number in re.findall(r"(?<=[/:])\d+", name)):
            chosen.setdefault(name.split("/")[0], name)
    return list(chosen.values())


class Tree:
    """A source tree and the folder that it is built in."""

    def __init__(self, root, build):
        self.root = root
        self.folder = build
        text = (root / "bench/meson.build").read_text(encoding="utf-8")
        listed = re.search(r"^o2_sources = \[(.*)\]$", text, re.MULTILINE)
        self.also_o2 = re.findall(r"'(.+?)\.cpp'", listed[1]) if listed else []

    def levels(self, name):
        """The levels of optimisation at which a program is measured: -O3, and -O2 where bench/meson.build says so."""
        return [3, 2] if name in self.also_o2 else [3]

    @staticmethod
    def binary(name, level):
        return "bench/" + name.replace("/", "_") + ("" if level == 3 else f"_o{level}")

    def build(self, names):
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "build.ninja").exists():
            done = subprocess.run(
                ["meson", "setup", self.folder, self.root, "--buildtype=release", "-Dbenchmarks=enabled",
                 "-Dtests=disabled", "-Dexamples=disabled"],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                sys.exit(done.stdout + "meson failed; its words are above")
        quiet = [] if sys.stderr.isatty() else ["--quiet"]
        targets = [self.binary(name, level) for name in names for level in self.levels(name)]
        done = subprocess.run(["ninja", "-C", self.folder, *quiet, *targets], stdout=sys.stderr)
        if done.returncode != 0:
            sys.exit(done.returncode)

    def cases(self, name, level, flags):
        """The benchmarks of a program that the flags leave."""
        command = [self.folder / self.binary(name, level), *flags, "--benchmark_list_tests"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return done.stdout.splitlines() if done.returncode == 0 else []

    def run(self, name, level, flags, shown=False):
        """Runs a program; its results, each with the program's name and level."""
        with tempfile.TemporaryDirectory() as place:
            out = pathlib.Path(place) / "results.json"
            command = [self.folder / self.binary(name, level), *flags, f"--benchmark_out={out}",
                       "--benchmark_out_format=json"]
            done = subprocess.run(command, stdout=None if shown else subprocess.DEVNULL)
            if done.returncode != 0:
                sys.exit(f"{name} at -O{level} failed with exit status {done.returncode}")
            text = out.read_text(encoding="utf-8") if out.exists() else ""
        found = json.loads(text)["benchmarks"] if text.strip() else []
        return [{**row, "program": name, "level": level} for row in found]
