"""The control plane as a program: how it starts, what it refuses, how it stops, and its story."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

from common import ROOT
from tools import Plane, Scenarios, ask, has, processes_with, refusal, same, until

scenario = Scenarios()


def sleeper(name, mark, script):
    """A pod of a shell script whose processes carry `mark` in their environment."""
    container = {"name": "main", "image": "none", "command": ["sh", "-c", script],
                 "env": [{"name": "MARK", "value": mark}]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
            "spec": {"containers": [container], "terminationGracePeriodSeconds": 1}}


def phase(plane, name):
    return ask(plane, f"/api/v1/namespaces/default/pods/{name}")[1].get("status", {}).get("phase", "")


def run_pods(plane, mark):
    """Two pods: one ends when asked to, one takes no notice and has children."""
    until(lambda: ask(plane, "/api/v1/namespaces/default/serviceaccounts/default")[0] == 200, "a service account")
    scripts = {"polite": "exec sleep 1000", "deaf": "trap '' TERM INT HUP; sleep 1000 & sleep 1000 & wait; wait; wait"}
    for name, script in scripts.items():
        status, answer = ask(plane, "/api/v1/namespaces/default/pods", sleeper(name, mark, script))
        assert status == 201, answer
    for name in scripts:
        until(lambda: phase(plane, name) == "Running", f"{name} runs")
    until(lambda: len(processes_with(mark)) >= 4, "four processes")


@scenario("a signal stops everything, and no process stays behind")
def _(program):
    for number, how in enumerate([signal.SIGINT, signal.SIGTERM]):
        mark = f"berth-e2e-{os.getpid()}-{number}"
        with Plane(program) as plane:
            run_pods(plane, mark)
            same(plane.stop(how), 0)
            same(processes_with(mark), {})
            has(plane.output(), "^stopping$")


@scenario("no process stays behind even when the program is killed")
def _(program):
    mark = f"berth-e2e-{os.getpid()}-killed"
    with Plane(program) as plane:
        run_pods(plane, mark)
        same(plane.stop(signal.SIGKILL), -signal.SIGKILL)
        until(lambda: not processes_with(mark), "the end of all processes", 10)


@scenario("a folder for logs does not stay behind either")
def _(program):
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = folder
        try:
            with Plane(program) as plane:
                run_pods(plane, f"berth-e2e-{os.getpid()}-logs")
                same(plane.stop(), 0)
                left = [name for name in os.listdir(folder) if not name.startswith("berth-e2e-")]
        finally:
            os.environ.pop("TMPDIR") if before is None else os.environ.update(TMPDIR=before)
    same(left, [])


@scenario("what it takes to serve is measured")
def _(program):
    told = subprocess.run(
        [ROOT / "bench/serve.py", program, "--workers", "3", "--pods", "5", "--rest", "0.1"],
        stdout=subprocess.PIPE, text=True, timeout=120)
    same(told.returncode, 0)
    for step in ("serving", "3 nodes registered", "3 nodes ready", "5 pods ready", "0.1 seconds at rest"):
        has(told.stdout, rf"^{step} .* CPU s .* MiB ")
    has(told.stdout, "3 of 3 workers are ready, the last renewal")


@scenario("wrong arguments are refused with a sentence and an exit status")
def _(program):
    for wrong in (["--sevre"], ["--lease", "1"], ["--event-ttl", "20ms"], ["--workers", "70"]):
        same(subprocess.run([program, *wrong], capture_output=True, timeout=30).returncode, 2)
    has(refusal(program, "--sevre"), "--sevre")
    has(refusal(program, "--serve", "--parts", "api,cook"), "cook not in")
    has(refusal(program, "--serve", "--port", "many"), "many")
    has(refusal(program, "--serve", "--port", "70000"), "70000")
    has(refusal(program, "--serve", "--workers", "0"), "--workers")
    has(refusal(program, "--serve", "--manifests", "/no/such/folder"), "/no/such/folder")
    has(refusal(program, "--serve", "--kubeconfig", "/no/such/folder/kubeconfig"), "cannot write .*/no/such/folder")


@scenario("--help tells all options in lines that can be read, and exits with 0")
def _(program):
    done = subprocess.run([program, "--help"], capture_output=True, text=True, timeout=20)
    same(done.returncode, 0)
    has(done.stdout, "--serve", "--kubeconfig", "--manifests", "--parts", "--port", "--workers", "--simulated")
    has(done.stdout, "^  --lease INT .*", r"2 to 3600\)$", "--plugin-library FILE .*", "^exit status: 0 ")
    same([line for line in done.stdout.splitlines() if len(line) > 110], [])


@scenario("two control planes run side by side and know nothing of each other; a taken port is refused")
def _(program):
    with Plane(program, "--parts", "api") as one, Plane(program, "--parts", "api") as two:
        assert one.url() != two.url(), "both say that they are at " + one.url()
        body = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "mine"}}
        same(ask(one, "/api/v1/namespaces", body)[0], 201)
        same(ask(two, "/api/v1/namespaces/mine")[0], 404)
        port = str(urllib.parse.urlsplit(one.url()).port)
        has(refusal(program, "--serve", "--port", port), port)
        same(ask(one, "/api/v1/namespaces/mine")[0], 200)


@scenario("--port is where it listens, on loopback only, and again at once after it stopped")
def _(program):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for _ in range(2):
        with Plane(program, "--parts", "api", "--port", str(port)) as plane:
            same(plane.url(), f"http://127.0.0.1:{port}")
            same(ask(plane, "/version")[0], 200)
            same(plane.stop(), 0)


@scenario("--parts starts only what it names")
def _(program):
    pod = sleeper("idle", "nothing", "sleep 1000")
    with Plane(program, "--parts", "api") as plane:
        same(ask(plane, "/api/v1/nodes")[1]["items"], [])
    with Plane(program, "--parts", "api,workers", "--workers", "2") as plane:
        until(lambda: len(ask(plane, "/api/v1/nodes")[1]["items"]) == 2, "two nodes")
        pod["spec"]["serviceAccountName"] = pod["spec"]["serviceAccount"] = "captain"
        body = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "captain"}}
        same(ask(plane, "/api/v1/namespaces/default/serviceaccounts", body)[0], 201)
        pod["spec"]["automountServiceAccountToken"] = False
        same(ask(plane, "/api/v1/namespaces/default/pods", pod)[0], 201)
        time.sleep(1)
        there = ask(plane, "/api/v1/namespaces/default/pods/idle")[1]
        same((there["spec"].get("nodeName", ""), there["status"]["phase"]), ("", "Pending"))


@scenario("--config says which profiles the scheduler has, and a bad file is told by line and field")
def _(program):
    head = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "profiles.yaml"
        file.write_text(head + "profile: []\n", encoding="utf-8")
        has(refusal(program, "--serve", "--config", str(file)), re.escape(f"{file}:3: profile: Unknown field"))
        has(refusal(program, "--serve", "--config", folder + "/none.yaml"), "none.yaml: cannot be read")
        file.write_text(head + "percentageOfNodesToScore: 50\nprofiles: [{schedulerName: mine}]\n", encoding="utf-8")
        with Plane(program, "--workers", "1", "--simulated", "--config", str(file)) as plane:
            account = "/api/v1/namespaces/default/serviceaccounts/default"
            until(lambda: ask(plane, account)[0] == 200, "a service account")
            for name, scheduler in {"mine": "mine", "theirs": "default-scheduler"}.items():
                pod = sleeper(name, "nothing", "sleep 1000")
                pod["spec"]["schedulerName"] = scheduler
                same(ask(plane, "/api/v1/namespaces/default/pods", pod)[0], 201)
            until(lambda: phase(plane, "mine") == "Running", "the pod of the profile in the file runs")
            same(phase(plane, "theirs"), "Pending")
            has(plane.output(), "percentageOfNodesToScore has no effect")


@scenario("--kubeconfig is written once the server answers, and --manifests are applied by then")
def _(program):
    manifests = ROOT / "examples/040-control-plane/manifests"
    with Plane(program, "--parts", "api", "--manifests", str(manifests)) as plane:
        has(plane.kubeconfig.read_text(),
            "^kind: Config$", "^current-context: berth$", r"server: http://127\.0\.0\.1:\d+$",
            "insecure-skip-tls-verify: true$")
        same(plane.kubeconfig.stat().st_mode & 0o777, 0o600)
        items = ask(plane, "/apis/apps/v1/namespaces/default/deployments")[1]["items"]
        same(sorted(item["metadata"]["name"] for item in items), ["database", "frontend", "reports"])
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "broken.yaml").write_text("kind: Pod\napiVersion: v1\nmetadata: {name: UPPER}\n")
        has(refusal(program, "--serve", "--parts", "api", "--manifests", folder), "broken.yaml", "UPPER|spec")


CLAIM = {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "kept"},
         "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "local",
                  "resources": {"requests": {"storage": "1Gi"}}}}


def on_volume(name, script, **source):
    """A pod that ends, of a script that finds a volume at `v` below its folder."""
    pod = sleeper(name, "nothing", script)
    pod["spec"].update(restartPolicy="Never", volumes=[dict(source, name="v")])
    pod["spec"]["containers"][0]["volumeMounts"] = [{"name": "v", "mountPath": "/v"}]
    return pod


def events_of(plane, name):
    items = ask(plane, "/api/v1/namespaces/default/events")[1]["items"]
    return [e["message"] for e in items if e["involvedObject"]["name"] == name and e["reason"] == "FailedMount"
            and "kube-root-ca.crt" not in e["message"]]


@scenario("what a pod writes to its claim is there for the next one, and goes with the claim")
def _(program):
    kind = {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "local"},
            "provisioner": "local.berth", "volumeBindingMode": "WaitForFirstConsumer"}
    claims, pods = "/api/v1/namespaces/default/persistentvolumeclaims", "/api/v1/namespaces/default/pods"
    source = {"persistentVolumeClaim": {"claimName": "kept"}}
    with tempfile.TemporaryDirectory() as folder, Plane(program, "--volumes", folder) as plane:
        until(lambda: ask(plane, "/api/v1/namespaces/default/serviceaccounts/default")[0] == 200, "a service account")
        same(ask(plane, "/apis/storage.k8s.io/v1/storageclasses", kind)[0], 201)
        same(ask(plane, claims, CLAIM)[0], 201)
        for name, script in {"writer": "echo cargo > $BERTH_ROOT/v/hold", "reader": "grep cargo v/hold"}.items():
            same(ask(plane, pods, on_volume(name, script, **source))[0], 201)
            until(lambda: phase(plane, name) == "Succeeded", f"{name} ends well")
        kept = list(pathlib.Path(folder).glob("persistent/*/hold"))
        same([file.read_text() for file in kept], ["cargo\n"])
        same(ask(plane, "/api/v1/persistentvolumes")[1]["items"][0]["status"]["phase"], "Bound")
        for path in (pods + "/writer", pods + "/reader", claims + "/kept"):
            same(ask(plane, path, method="DELETE")[0], 200)
        until(lambda: not ask(plane, "/api/v1/persistentvolumes")[1]["items"], "the end of the volume")
        assert not kept[0].parent.exists(), "the folder is still there"


@scenario("a pod waits for the objects of its volumes and says so, on workers that run and on those that pretend")
def _(program):
    there = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "late"}, "data": {"a": "1"}}
    for more in ([], ["--simulated"]):
        with Plane(program, *more) as plane:
            until(lambda: ask(plane, "/api/v1/namespaces/default/serviceaccounts/default")[0] == 200, "an account")
            for name, optional in {"waits": False, "runs": True}.items():
                source = {"configMap": {"name": "late", "optional": optional}}
                pod = on_volume(name, "exec sleep 1000", **source)
                same(ask(plane, "/api/v1/namespaces/default/pods", pod)[0], 201)
            until(lambda: phase(plane, "runs") == "Running", "the pod whose map is optional runs")
            until(lambda: events_of(plane, "waits"), "an event")
            has(events_of(plane, "waits")[0], '^MountVolume.SetUp failed for volume "v" : configmap "late" not found$')
            same((phase(plane, "waits"), events_of(plane, "runs")), ("Pending", []))
            same(ask(plane, "/api/v1/namespaces/default/configmaps", there)[0], 201)
            until(lambda: phase(plane, "waits") == "Running", "the pod that waited runs", 30)


@scenario("--simulated runs pods without processes")
def _(program):
    mark = f"berth-e2e-{os.getpid()}-simulated"
    with Plane(program, "--simulated") as plane:
        until(lambda: ask(plane, "/api/v1/namespaces/default/serviceaccounts/default")[0] == 200, "a service account")
        same(ask(plane, "/api/v1/namespaces/default/pods", sleeper("dream", mark, "sleep 1000"))[0], 201)
        until(lambda: phase(plane, "dream") == "Running", "the pod runs")
        same(processes_with(mark), {})


def marked_story(folder, mark):
    """The arguments for the story's own application, with `mark` in the environment of its frontends."""
    for manifest in (ROOT / "examples/040-control-plane/manifests").iterdir():
        (pathlib.Path(folder) / manifest.name).write_text(manifest.read_text().replace("welcome aboard", mark))
    return ["--manifests", folder]


@scenario("the story sees every step happen, and no process stays behind")
def _(program):
    mark = f"berth-e2e-{os.getpid()}-story"
    with tempfile.TemporaryDirectory() as folder:
        command = [program, *marked_story(folder, mark)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, f"exit status {done.returncode}\n{done.stdout[-3500:]}{done.stderr}"
    has(done.stdout, "^Timeline$", "reborn elsewhere", "^Where every pod runs, and why$", "<- chosen",
        "^Every step was seen")
    assert not re.search("NOT SEEN|NOT APPLIED", done.stdout), done.stdout
    same(processes_with(mark), {})


@scenario("a signal ends the story, and no process stays behind")
def _(program):
    mark = f"berth-e2e-{os.getpid()}-stopped"
    with tempfile.TemporaryDirectory() as folder:
        command = [program, *marked_story(folder, mark)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        until(lambda: processes_with(mark), "a pod of the story")
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)[0]
    assert process.returncode > 0, f"exit status {process.returncode}, though not every step was seen"
    has(said, "stopped by a signal")
    same(processes_with(mark), {})


def check(report, compiler, build):
    scenario.check(report, str(build / "examples/control-plane"))
