"""Questions about a running cluster: why a pod is where it is, and what would be if."""

import json
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree

from tools import Plane, Scenarios, ask, has, same

scenario = Scenarios()


def node(name, **change):
    return {"apiVersion": "v1", "kind": "Node",
            "metadata": {"name": name, "labels": {"topology.kubernetes.io/zone": change.get("zone", "north")}},
            "spec": {"unschedulable": change.get("cordoned", False), "taints": change.get("taints", [])},
            "status": {"allocatable": {"cpu": change.get("cpu", "2"), "memory": "1Gi", "pods": "10"}}}


def pod(name, cpu="100m", on=None, owner=None):
    out = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
           "spec": {"automountServiceAccountToken": False,
                    "containers": [{"name": "main", "image": "none", "resources": {"requests": {"cpu": cpu}}}]}}
    if on:
        out["spec"]["nodeName"] = on
    if owner:
        out["metadata"]["ownerReferences"] = [{"apiVersion": "apps/v1", "kind": owner, "name": "owner", "uid": "1-2",
                                               "controller": True}]
    return out


def create(plane, path, body):
    status, answer = ask(plane, path, body)
    assert status == 201, answer
    if body["kind"] == "Node":  # which begins with the taint of one that is not ready
        taints = {"spec": {"taints": body["spec"]["taints"]}}
        same(ask(plane, f"{path}/{body['metadata']['name']}", taints, "PATCH")[0], 200)
        same(ask(plane, f"{path}/{body['metadata']['name']}/status", {"status": body["status"]}, "PATCH")[0], 200)


def fill(plane):
    """Three nodes: one full, one cordoned, one tainted; and pods."""
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}
    ask(plane, "/api/v1/namespaces/default/serviceaccounts", account)
    taint = {"key": "x", "value": "y", "effect": "NoSchedule"}
    for each in [node("amber"), node("birch", cordoned=True), node("cedar", zone="south", taints=[taint])]:
        create(plane, "/api/v1/nodes", each)
    for each in [pod("big", "1500m", on="amber", owner="ReplicaSet"), pod("waits", "800m"), pod("small", "100m")]:
        create(plane, "/api/v1/namespaces/default/pods", each)


class Asker:
    """The program, speaking to a plane."""

    def __init__(self, plane, program):
        self.plane = plane
        self.program = program

    def __call__(self, *arguments, by="--server"):
        where = self.plane.url() if by == "--server" else str(self.plane.kubeconfig)
        return subprocess.run([self.program, *arguments, by, where], capture_output=True, text=True, timeout=60)

    def says(self, status, *arguments, by="--server"):
        done = self(*arguments, by=by)
        assert done.returncode == status, f"exit status {done.returncode} for {arguments}\n{done.stdout}{done.stderr}"
        return done.stdout if status < 2 else done.stderr


def asked(function):
    """A scenario on a filled plane that has no scheduler."""
    def play(program, asker):
        with Plane(program, "--parts", "api") as plane:
            fill(plane)
            function(Asker(plane, asker))
    return play


@scenario("explain tells of a pod that waits what each node says, and what would have to change")
@asked
def _(ask_it):
    said = ask_it.says(1, "explain", "waits")
    has(said, "pod default/waits is on no node", "no place: none of 3 nodes will do",
        "NodeUnschedulable: node", "NodeResourcesFit: Insufficient cpu", "TaintToleration",
        r"1 node: 300m more cpu \(amber\)", r"1 node: uncordon \(birch\)",
        r"1 node: tolerate taint x=y:NoSchedule \(cedar\)")
    has(ask_it.says(0, "explain", "small", by="--kubeconfig"), "goes to amber", "no other node will do")


@scenario("explain tells of a bound pod how it would be decided now, without it")
@asked
def _(ask_it):
    has(ask_it.says(0, "explain", "big"), "is on amber; as it would be decided now, without it", "goes to amber")


@scenario("explain answers JSON and a picture too")
@asked
def _(ask_it):
    told = json.loads(ask_it.says(1, "explain", "waits", "-o", "json"))
    same((told["pod"], told["chosen"]), ("default/waits", ""))
    same({n["name"]: n["refusals"][0]["plugin"] for n in told["nodes"]},
         {"amber": "NodeResourcesFit", "birch": "NodeUnschedulable", "cedar": "TaintToleration"})
    same(sorted(a["nodes"][0] for a in told["advice"] if a["complete"]), ["amber", "birch", "cedar"])
    picture = xml.etree.ElementTree.fromstring(ask_it.says(1, "explain", "waits", "--output", "svg"))
    titles = [e.text for e in picture.iter("{http://www.w3.org/2000/svg}title")]
    same(len(titles), 3)
    same(ask_it.says(0, "explain", "small", "-o", "json"), ask_it.says(0, "explain", "small", "-o", "json"))


@scenario("what-if change tells what would have to change, and that is so when it is done")
@asked
def _(ask_it):
    has(ask_it.says(1, "what-if", "change", "waits"), "0 of 3 nodes will do", r"1 node: uncordon \(birch\)")
    same(ask(ask_it.plane, "/api/v1/nodes/birch", {"spec": {"unschedulable": False, "taints": []}}, "PATCH")[0], 200)
    has(ask_it.says(0, "what-if", "change", "waits"), "1 of 3 nodes will do")
    has(ask_it.says(0, "explain", "waits"), "goes to birch")


@scenario("what-if fits counts pods of a manifest, and of a template")
@asked
def _(ask_it):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "pod.yaml"
        file.write_text(json.dumps(pod("new", "200m")))
        has(ask_it.says(0, "what-if", "fits", "-f", str(file)), "^2 fit, by the default profile$", "2 on amber",
            "no more, as then 0/3 nodes")
        has(ask_it.says(0, "what-if", "fits", "-f", str(file), "--replicas", "2"), "^2 of 2 fit, ")
        has(ask_it.says(1, "what-if", "fits", "-f", str(file), "--replicas", "3"), "^2 of 3 fit, ")
        template = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d"},
                    "spec": {"template": {"spec": pod("x", "500m")["spec"]}}}
        file.write_text(json.dumps(template))
        has(ask_it.says(0, "what-if", "fits", "-f", str(file)), "^1 fit, ")
        file.write_text("kind: ConfigMap\napiVersion: v1\n")
        has(ask_it.says(2, "what-if", "fits", "-f", str(file)), "is neither a Pod nor has it a pod template")


@scenario("what-if drain tells where the pods of a node would go, and what keeps them")
@asked
def _(ask_it):
    has(ask_it.says(1, "what-if", "drain", "amber"), "amber cannot be drained; it has 1 pod", "default/big stays: 0/3")
    same(ask(ask_it.plane, "/api/v1/nodes/birch", {"spec": {"unschedulable": False, "taints": []}}, "PATCH")[0], 200)
    has(ask_it.says(0, "what-if", "drain", "amber"), "amber can be drained", "default/big goes to birch")
    has(ask_it.says(0, "what-if", "drain", "cedar"), "cedar can be drained; it has 0 pods")


PROFILES = """
apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
profiles:
- schedulerName: default-scheduler
  plugins:
    multiPoint:
      disabled:
      - name: NodeUnschedulable
- schedulerName: careful
"""


@scenario("answers are by the profiles of a scheduler's file, and say by which of them")
@asked
def _(ask_it):
    careful = pod("careful", "800m")
    careful["spec"]["schedulerName"] = "careful"
    odd = pod("odd", "100m", on="amber", owner="ReplicaSet")
    odd["spec"]["schedulerName"] = "odd"
    for each in [careful, odd]:
        create(ask_it.plane, "/api/v1/namespaces/default/pods", each)
    has(ask_it.says(1, "explain", "waits"), "^by the default profile$")
    has(ask_it.says(1, "explain", "careful"),
        r"^by the default profile \(it asks for the scheduler careful, whose profiles --config FILE would say\)$")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "scheduler.yaml"
        file.write_text(PROFILES)
        config = ["--config", str(file)]
        has(ask_it.says(0, "explain", "waits", *config), f"^by profile default-scheduler of {file}$", "goes to birch")
        told = json.loads(ask_it.says(0, "explain", "waits", "-o", "json", *config))
        same(told["chosen"], "birch")
        has(told["policy"], "^default-scheduler: ")
        has(ask_it.says(1, "explain", "careful", *config), f"^by profile careful of {file}$", "NodeUnschedulable: node")
        has(ask_it.says(0, "what-if", "change", "waits", *config), "^1 of 3 nodes will do")
        has(ask_it.says(2, "explain", "odd", *config),
            "scheduler.yaml has no profile odd, which the pod asks for .*; it has: default-scheduler, careful$")
        said = ask_it.says(0, "what-if", "drain", "amber", *config)
        has(said, f"default/big goes to birch, by profile default-scheduler of {file}$",
            r"default/odd goes to birch, .* \(it asks for the scheduler odd, of which .* says nothing\)$")
        manifest = pathlib.Path(folder) / "pod.yaml"
        manifest.write_text(json.dumps(pod("new", "1500m")))
        has(ask_it.says(0, "what-if", "fits", "-f", str(manifest), *config), "^1 fit, by profile default-scheduler of ")
        file.write_text(PROFILES.replace("NodeUnschedulable", "NodeShy"))
        has(ask_it.says(2, "explain", "waits", *config), r'scheduler.yaml:9: .*"NodeShy"')
    has(ask_it.says(2, "explain", "waits", "--config", "/nowhere"), "/nowhere: cannot be read")


@scenario("nothing of it changes the cluster")
@asked
def _(ask_it):
    def all_of_it():
        return [ask(ask_it.plane, path)[1]["items"] for path in ["/api/v1/nodes", "/api/v1/pods"]]
    before = all_of_it()
    for question in [("explain", "waits"), ("what-if", "change", "waits"), ("what-if", "drain", "amber")]:
        ask_it(*question)
    same(all_of_it(), before)


@scenario("wrong arguments and clusters that cannot be read are told with exit status 2")
@asked
def _(ask_it):
    has(ask_it.says(2, "explain", "nobody"), "there is no pod default/nobody")
    has(ask_it.says(2, "explain", "waits", "-n", "elsewhere"), "there is no pod elsewhere/waits")
    has(ask_it.says(2, "what-if", "drain", "nowhere"), "there is no node nowhere")
    has(ask_it.says(2, "explain", "waits", "-o", "poem"), "poem")
    has(ask_it.says(2, "what-if"), "subcommand")

    def alone(*arguments):
        done = subprocess.run([ask_it.program, *arguments], capture_output=True, text=True, timeout=60,
                              env={"PATH": "/usr/bin:/bin"})
        return done.returncode, done.stdout + done.stderr
    same(alone("explain", "waits")[0], 2)
    has(alone("explain", "waits")[1], "say where the cluster is")
    same(alone("explain", "waits", "--server", "http://127.0.0.1:1")[0], 2)
    has(alone("explain", "waits", "--server", "https://127.0.0.1:1")[1], "TLS is not spoken here")
    same(alone("--help")[0], 0)
    has(alone("explain", "--help")[1], "--namespace", "--output", "--server", "--kubeconfig", "--config",
        "--plugin-library")


def check(report, compiler, build):
    scenario.check(report, str(build / "examples/control-plane"), str(build / "examples/ask-the-scheduler"))
