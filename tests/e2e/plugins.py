"""Plugins of the scheduler from shared libraries, built here: a profile names them, and what is wrong is told."""

import pathlib
import subprocess
import tempfile

from common import ROOT
from tools import Plane, Scenarios, ask, has, refusal, same, until

scenario = Scenarios()

STORY = ROOT / "examples/040-control-plane"
PODS = "/api/v1/namespaces/default/pods"


def built(folder, name="few_pods", **changes):
    """The story's plugin as a shared library in `folder`; each change replaces a text of it that stands for a name."""
    text = (STORY / "few_pods.c").read_text()
    for old, new in changes.get("instead", {}).items():
        assert old in text, old
        text = text.replace(old, new)
    source = pathlib.Path(folder) / f"{name}.c"
    source.write_text(text)
    library = source.with_suffix(".so")
    subprocess.run(["cc", "-shared", "-fPIC", "-I", ROOT / "include", "-o", library, source], check=True, timeout=60)
    return str(library)


def pod(name):
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
            "spec": {"containers": [{"name": "main", "image": "none"}]}}


def node_of(plane, name):
    return ask(plane, f"{PODS}/{name}")[1].get("spec", {}).get("nodeName", "")


def complaint(program, library, config=STORY / "few_pods.yaml"):
    said = refusal(program, "--serve", "--config", str(config), "--plugin-library", library)
    has(said, "^control-plane: ")
    return said


@scenario("a plugin that was built by cc keeps nodes from getting more pods")
def _(program):
    with tempfile.TemporaryDirectory() as folder:
        options = ["--config", str(STORY / "few_pods.yaml"), "--plugin-library", built(folder)]
        with Plane(program, "--simulated", "--workers", "2", *options) as plane:
            until(lambda: ask(plane, "/api/v1/namespaces/default/serviceaccounts/default")[0] == 200, "an account")
            names = [f"p{i}" for i in range(5)]
            for name in names:
                status, answer = ask(plane, PODS, pod(name))
                same(status, 201)
            until(lambda: sum(node_of(plane, name) != "" for name in names) == 4, "four pods with nodes")
            nodes = sorted(node_of(plane, name) for name in names)
            same(nodes, ["", "worker-1", "worker-1", "worker-2", "worker-2"])
            waiting = next(name for name in names if not node_of(plane, name))
            condition = until(lambda: ask(plane, f"{PODS}/{waiting}")[1]["status"].get("conditions"), "a condition")[0]
            has(condition["message"], r"^0/2 nodes are available: 2 enough pods already\.")
            gone = next(name for name in names if name != waiting)
            ask(plane, f"{PODS}/{gone}", method="DELETE")
            until(lambda: node_of(plane, waiting), f"{waiting} has a node")


@scenario("a library that cannot be used is told with the reason")
def _(program):
    with tempfile.TemporaryDirectory() as folder:
        has(complaint(program, f"{folder}/none.so"), "none.so: cannot be loaded: cannot open shared object file")
        text = pathlib.Path(folder) / "text.so"
        text.write_text("no library")
        has(complaint(program, str(text)), "text.so: cannot be loaded: file too short")
        other = built(folder, "other", instead={"berth_schedule_plugins(": "somebody_elses_plugins("})
        has(complaint(program, other), "other.so: is no library of plugins: it does not export berth_schedule_plugins$")
        later = built(folder, "later", instead={"BERTH_PLUGIN_ABI_VERSION": "2"})
        has(complaint(program, later), "later.so: has no plugins for version 1 of the interface")
        stubborn = built(folder, "stubborn", instead={"sizeof table, BERTH_PLUGIN_ABI_VERSION": "sizeof table, 2"})
        has(complaint(program, stubborn), "speaks version 2 of the interface, this program version 1")
        odd = built(folder, "odd", instead={"sizeof of_nodes[0]": "17"})
        has(complaint(program, odd), "plugin FewPods: its fields are said to take 17 bytes each")
        table = pathlib.Path(folder) / "table.c"
        table.write_text("int berth_schedule_plugins[4] = {1};\n")
        subprocess.run(["cc", "-shared", "-fPIC", "-o", table.with_suffix(".so"), table], check=True, timeout=60)
        has(complaint(program, str(table.with_suffix(".so"))), "its berth_schedule_plugins is no function$")
        stock = built(folder, "stock", instead={'"FewPods"': '"NodeName"'})
        has(complaint(program, stock), "plugin NodeName: kube-scheduler has one of that name$")


@scenario("a name that stands twice, arguments that a plugin refuses and a forgotten file are told")
def _(program):
    with tempfile.TemporaryDirectory() as folder:
        one, two = built(folder, "one"), built(folder, "two")
        config = str(STORY / "few_pods.yaml")
        twice = refusal(program, "--config", config, "--plugin-library", one, "--plugin-library", two)
        has(twice, f"two.so: plugin FewPods: there is one of that name in {one}$")
        has(refusal(program, "--config", config), 'few_pods.yaml:9: .*name: Unsupported value: "FewPods"')
        has(refusal(program, "--plugin-library", one), "--plugin-library requires --config")
        wrong = pathlib.Path(folder) / "wrong.yaml"
        wrong.write_text((STORY / "few_pods.yaml").read_text().replace("most: 2", "least: 2"))
        has(complaint(program, one, wrong),
            r'wrong.yaml:12: profiles\[0\].pluginConfig\[0\].args: .*one.so: plugin FewPods refuses its arguments: '
            r'{"least":2} is not like {"most":2}$')


def check(report, compiler, build):
    scenario.check(report, str(build / "examples/control-plane"))
