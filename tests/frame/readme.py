"""Every command that README.md names is run by a test: here, if it is cheap, else by the check that the table names."""

import pathlib
import re
import sys

from common import ROOT, run

sys.path.append(str(ROOT / "bench/driver"))
from programs import sources  # noqa: E402

# (what the command looks like, the check that runs it, what that check's source says then)
RUN_BY = [
    (r"examples/run", "e2e/program", r"the story sees every step happen"),
    (r"examples/run --serve( --kubeconfig \S+ &)?", "e2e/program", r"--kubeconfig is written once the server answers"),
    (r"examples/run --serve --parts api --port \d+ &", "e2e/program", r'"--parts", "api"'),
    (r"examples/run --server \S+ --parts scheduler,controllers", "e2e/apart", r'"scheduler,controllers"'),
    (r"examples/run --serve --simulated", "e2e/program", r"--simulated runs pods without processes"),
    (r"examples/run --serve --config \S+", "e2e/program", r'"--serve", "--config"'),
    (r"cc -shared -fPIC -Iinclude -o few_pods.so \S+", "e2e/plugins", r'"cc", "-shared", "-fPIC"'),
    (r"examples/run --serve --config \S+ --plugin-library \S+", "e2e/plugins", r'"--plugin-library", built'),
    (r"examples/run --serve --store lmdb:\S+", "e2e/stores", r'"--store", f"lmdb:'),
    (r"examples/run --serve --store etcd:\S+", "e2e/stores", r'"--store", f"etcd:'),
    (r"examples/run 050 (lmdb|etcd):\S+", "frame/stories", r'"(lmdb|etcd):'),
    (r"examples/run million", "frame/stories", r'"--pods", "2000"'),
    (r"examples/run fgd \S+( --lists \S+ --policies \S+ --seeds \d+)?", "frame/stories", r"openb-small"),
    (r"examples/run explain \S+( -o svg)? --kubeconfig \S+", "e2e/asking", r'"explain", "small", by="--kubeconfig"'),
    (r"examples/run what-if fits -f \S+ --replicas \d+ --kubeconfig \S+", "e2e/asking", r'"--replicas", "2"'),
    (r"examples/run what-if drain \S+ --kubeconfig \S+", "e2e/asking", r'"what-if", "drain", "amber"'),
    (r"kubectl (--kubeconfig \S+ )?apply( -f \S+)?", "e2e/kubectl", r'kubectl\("apply", "-f"'),
    (r"kubectl logs", "e2e/kubectl", r'kubectl(\.refused)?\("logs"'),
    (r"kubectl get lease -n kube-system", "e2e/stores", r"namespaces/kube-system/leases/berth"),
    (r"kubectl drain", "e2e/kubectl", r'kubectl(\.refused)?\("drain"'),
    (r"meson setup build( -Dcompiled=true --buildtype=release)? && meson install -C build", "frame/installed",
     r'"meson", "install"'),
    (r"(c\+\+ -std=c\+\+23 main.cpp \$\()?pkg-config --cflags --libs berth(-compiled)?\)?", "frame/installed",
     r'"pkg-config", "--cflags", "--libs"'),
    (r"tests/run", "frame/readme", r"tests/run"),
    (r'meson setup build --prefix="\$PWD/berth" --libdir=lib && meson install -C build', "frame/ten_minutes",
     "SECTION ="),
    (r'export PKG_CONFIG_PATH="\$PWD/berth/lib/pkgconfig"', "frame/ten_minutes", "SECTION ="),
    (r"c\+\+ -std=c\+\+23( -O2)? \w+\.cpp .*-o (\w+) && \./\2", "frame/ten_minutes", "SECTION ="),
    (r"bench/run serve( --\w+ \d+)+", "e2e/program", r"bench/serve\.py"),
    (r"bench/run compare \S+\.json \S+\.json", "frame/compare", r"run\(\[\*main, old, new"),
    (r"bench/run compare main \.", "frame/compare", r'"compare", "main", "\."'),
    (r"tests/run scheduling-cases \S+ \S+", "frame/run", r'"scheduling_cases": \('),
    (r"tests/run control-cases \S+ \S+", "frame/run", r'"control_cases": \('),
]
# What is run here, and what it must say: a pattern for each line of a list of files.
RUN_HERE = {
    "tests/run --help": lambda: [r"--full", r"--sanitize"],
    "bench/run --help": lambda: [re.escape(name) for name in benchmarks()],
    "examples/run --help": lambda: [path.parent.name for path in (ROOT / "examples").glob("*/main.cpp")],
}
PROGRAMS = r"(?:examples/run|tests/run|bench/run|kubectl|meson|pkg-config|c\+\+)"


def benchmarks():
    """What `bench/run` takes: programs, their areas, and the measuring of units."""
    return sorted({"compile", *sources(ROOT)})


def commands(text):
    """The commands of a document: lines of its sh blocks, and pieces of code in its sentences that begin with a program
    and go on. A program's bare name is a name."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    found = [re.sub(r"\s+#.*", "", line).strip() for block in blocks for line in block.splitlines()]
    sentences = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    found += re.findall(rf"`({PROGRAMS} [^`]+)`", sentences)
    return sorted({command for command in found if command})


def complaint_about(command):
    if command in RUN_HERE:
        return ""
    if named := re.fullmatch(r"bench/run (\S+)", command):
        known = any(name == named[1] or name.startswith(named[1] + "/") for name in benchmarks())
        return "" if known else "there is no such benchmark"
    for pattern, check, says in RUN_BY:
        if re.fullmatch(pattern, command):
            source = ROOT / "tests" / pathlib.Path(check).with_suffix(".py")
            runs = re.search(says, source.read_text(encoding="utf-8"))
            return "" if runs else f"{check} should run it, and does not say {says!r} any more"
    return "no test runs it: RUN_BY in tests/frame/readme.py names the one that does"


def complaint_about_running(command):
    code, said = run(command.split(), cwd=ROOT, timeout=120)
    lost = [f"it does not say {what!r}" for what in RUN_HERE[command]() if not re.search(what, said)]
    return f"exit code {code}\n{said}" if code != 0 else lost


def check(report, compiler):
    for command in commands((ROOT / "README.md").read_text(encoding="utf-8")):
        report.check(f"README.md: {command}", complaint_about(command))
    for command in RUN_HERE:
        report.check(command, complaint_about_running(command))
