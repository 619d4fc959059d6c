"""The control plane on stores that outlive it: killed and started again on a directory, and two of them on one etcd."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse

from tools import Plane, Scenarios, ask, has, refusal, same, until

scenario = Scenarios()

LEASE = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/berth"
PODS = "/api/v1/namespaces/default/pods"
MAPS = "/api/v1/namespaces/default/configmaps"


def pod(name):
    container = {"name": "main", "image": "none", "command": ["sleep", "1000"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": {"containers": [container]}}


def deployment(replicas):
    template = {"metadata": {"labels": {"app": "web"}}, "spec": pod("x")["spec"]}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
            "spec": {"replicas": replicas, "selector": {"matchLabels": {"app": "web"}}, "template": template}}


def ready_to_take_pods(plane):
    until(lambda: ask(plane, "/api/v1/namespaces/default/serviceaccounts/default")[0] == 200, "a service account")


class Writers:
    """Threads that create config maps until the server is gone, and remember what was acknowledged."""

    def __init__(self, plane, label, count=4):
        self.acknowledged = {}
        self.threads = [threading.Thread(target=self.write, args=(plane, f"{label}-{i}")) for i in range(count)]
        for thread in self.threads:
            thread.start()

    def write(self, plane, label):
        try:
            for number in range(100_000):
                name = f"{label}-{number}"
                body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"is": name}}
                status, answer = ask(plane, MAPS, body)
                assert status == 201, answer
                self.acknowledged[name] = answer["metadata"]["resourceVersion"]
        except (OSError, http.client.HTTPException, ValueError):
            pass  # the server was killed

    def join(self):
        for thread in self.threads:
            thread.join()


@scenario("what a store on disk acknowledged is there after a SIGKILL at any moment, and it goes on")
def _(program):
    draw = random.Random(8)
    there = {}
    with tempfile.TemporaryDirectory() as folder:
        store = ["--store", f"lmdb:{folder}/store", "--parts", "api"]
        for life in range(6):
            with Plane(program, *store) as plane:
                _, found = ask(plane, MAPS)
                now = {item["metadata"]["name"]: item["metadata"]["resourceVersion"] for item in found["items"]}
                lost = {name: (rev, now.get(name)) for name, rev in there.items() if now.get(name) != rev}
                same(lost, {})
                there = now
                writers = Writers(plane, f"life-{life}")
                until(lambda: len(writers.acknowledged) > 20, "some writes")
                time.sleep(draw.random() * 0.3)
                same(plane.stop(signal.SIGKILL), -signal.SIGKILL)
                writers.join()
                there.update(writers.acknowledged)
        assert len(there) > 120, f"only {len(there)} writes were acknowledged"


@scenario("a control plane that was killed has its deployments and runs their pods again")
def _(program):
    path = "/apis/apps/v1/namespaces/default/deployments"
    with tempfile.TemporaryDirectory() as folder:
        store = ["--store", f"lmdb:{folder}/store", "--simulated"]
        available = {}
        with Plane(program, *store) as plane:
            ready_to_take_pods(plane)
            status, made = ask(plane, path, deployment(3))
            same(status, 201)
            until(lambda: ask(plane, f"{path}/web")[1]["status"].get("availableReplicas") == 3, "three pods")
            same(plane.stop(signal.SIGKILL), -signal.SIGKILL)
        with Plane(program, *store) as plane:
            _, available = ask(plane, f"{path}/web")
            same(available["metadata"]["uid"], made["metadata"]["uid"])
            status, _ = ask(plane, f"{path}/web", {"spec": {"replicas": 5}}, "PATCH")
            same(status, 200)
            until(lambda: ask(plane, f"{path}/web")[1]["status"].get("availableReplicas") == 5, "five pods")
            running = [p for p in ask(plane, PODS)[1]["items"] if p["status"]["phase"] == "Running"]
            same(len(running), 5)
            same(plane.stop(), 0)


@scenario("a store that cannot be had is refused with a sentence")
def _(program):
    has(refusal(program, "--serve", "--store", "sqlite:x"), "sqlite:x: a store is memory, lmdb:DIR or etcd:URL")
    has(refusal(program, "--serve", "--store", "lmdb:"), "what follows the colon is missing")
    has(refusal(program, "--serve", "--store", "memory:x"), "a store is memory")
    has(refusal(program, "--serve", "--store", "lmdb:/no/such/place/store"), "/no/such/place/store: it cannot be made")
    has(refusal(program, "--serve", "--store", "etcd:localhost"), "localhost")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        has(refusal(program, "--serve", "--store", f"etcd:{url}"), "refused|connect")
    with tempfile.TemporaryDirectory() as folder:
        with Plane(program, "--store", f"lmdb:{folder}/store", "--parts", "api") as plane:
            said = refusal(program, "--serve", "--store", f"lmdb:{folder}/store")
            has(said, f"it is in use by process {plane.process.pid}")


class Etcd:
    """A fresh etcd on loopback that runs until the `with` block ends."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="berth-e2e-etcd-")
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            two.bind(("127.0.0.1", 0))
            self.url, peer = (f"http://127.0.0.1:{s.getsockname()[1]}" for s in (one, two))
        command = ["etcd", "--data-dir", f"{self.folder.name}/data", "--listen-client-urls", self.url,
                   "--advertise-client-urls", self.url, "--listen-peer-urls", peer,
                   "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}",
                   "--logger", "zap", "--log-level", "error"]
        self.log = open(f"{self.folder.name}/log", "w")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        until(self.healthy, "etcd's health")
        return self

    def healthy(self):
        address = urllib.parse.urlsplit(self.url)
        try:
            connection = http.client.HTTPConnection(address.hostname, address.port, timeout=2)
            connection.request("GET", "/health")
            return b"true" in connection.getresponse().read()
        except OSError:
            return False

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.log.close()
        self.folder.cleanup()


def holder(plane):
    """Who leads, as a plane sees it."""
    status, lease = ask(plane, LEASE)
    return lease["spec"]["holderIdentity"] if status == 200 else ""


def roles(east, west):
    """(name, plane, other plane) of who leads."""
    first = until(lambda: holder(west), "a leader")
    planes = {"east": east, "west": west}
    return first, planes.pop(first), next(iter(planes.values()))


def bindings(plane, since):
    """The nodes that each pod was ever bound to, in order, out of the history of all pods."""
    address = urllib.parse.urlsplit(plane.url())
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    connection.request("GET", f"{PODS}?watch=1&resourceVersion={since}&timeoutSeconds=3")
    nodes = {}
    for line in connection.getresponse().read().splitlines():
        event = json.loads(line)
        assert event["type"] in ("ADDED", "MODIFIED", "DELETED", "BOOKMARK"), event
        if event["type"] == "BOOKMARK":
            continue
        known = nodes.setdefault(event["object"]["metadata"]["uid"], [])
        node = event["object"]["spec"].get("nodeName", "")
        if node and (not known or known[-1] != node):
            known.append(node)
    return nodes


def create_pods(plane, label, count):
    """Creates pods one after the other; answers how many were acknowledged."""
    for number in range(count):
        status, answer = ask(plane, PODS, pod(f"{label}-{number}"))
        assert status == 201, answer


def all_bound(plane, count):
    items = ask(plane, PODS)[1]["items"]
    return len(items) == count and all(p["spec"].get("nodeName") for p in items)


@scenario("of two control planes on one etcd one leads, the other serves and takes over; no pod is bound twice")
def _(program):
    with Etcd() as etcd:
        common = ["--store", f"etcd:{etcd.url}", "--lease", "3", "--simulated", "--workers", "2"]
        with Plane(program, *common, "--name", "east") as east, Plane(program, *common, "--name", "west") as west:
            first, leader, other = roles(east, west)
            same(holder(east), first)
            until(lambda: len(ask(east, "/api/v1/nodes")[1]["items"]) == 4, "four nodes")
            ready_to_take_pods(west)
            since = ask(other, PODS)[1]["metadata"]["resourceVersion"]
            create_pods(other, "before", 10)
            until(lambda: all_bound(other, 10), "ten pods that are bound")
            writer = threading.Thread(target=create_pods, args=(other, "during", 30))
            writer.start()
            time.sleep(0.3)
            same(leader.stop(signal.SIGKILL), -signal.SIGKILL)
            writer.join()
            second = until(lambda: holder(other) not in ("", first) and holder(other), "another leader")
            create_pods(other, "after", 5)
            until(lambda: all_bound(other, 45), "forty-five pods that are bound", 60)
            has(other.output(), "^this control plane leads$")
            twice = {uid: nodes for uid, nodes in bindings(other, since).items() if len(nodes) != 1}
            same(twice, {})
            same(sorted({first, second}), ["east", "west"])
            same(other.stop(), 0)


@scenario("a leader that is told to stop hands over at once")
def _(program):
    with Etcd() as etcd:
        common = ["--store", f"etcd:{etcd.url}", "--lease", "60", "--parts", "api,scheduler,controllers"]
        with Plane(program, *common, "--name", "east") as east, Plane(program, *common, "--name", "west") as west:
            first, leader, other = roles(east, west)
            same(leader.stop(), 0)
            has(leader.output(), "^this control plane leads no more$")
            second = until(lambda: holder(other) not in ("", first) and holder(other), "the other leader")
            same(sorted({first, second}), ["east", "west"])


@scenario("a paused leader does nothing after another has taken over")
def _(program):
    with Etcd() as etcd:
        common = ["--store", f"etcd:{etcd.url}", "--lease", "3", "--simulated", "--workers", "1"]
        with Plane(program, *common, "--name", "east") as east, Plane(program, *common, "--name", "west") as west:
            first, leader, other = roles(east, west)
            ready_to_take_pods(other)
            since = ask(other, PODS)[1]["metadata"]["resourceVersion"]
            os.kill(leader.process.pid, signal.SIGSTOP)
            try:
                create_pods(other, "meanwhile", 10)
                until(lambda: holder(other) not in ("", first), "another leader")
                until(lambda: all_bound(other, 10), "ten pods that are bound")
            finally:
                os.kill(leader.process.pid, signal.SIGCONT)
            until(lambda: "leads no more" in leader.output(), "the end of the first one's leadership")
            create_pods(other, "later", 10)
            until(lambda: all_bound(other, 20), "twenty pods that are bound", 60)
            same({uid: nodes for uid, nodes in bindings(other, since).items() if len(nodes) != 1}, {})


def check(report, compiler, build):
    scenario.check(report, str(build / "examples/control-plane"))
