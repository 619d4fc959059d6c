"""Drives a real kubectl through its main verbs against the control plane of the examples."""

import json
import re

from common import in_parallel
from tools import Kubectl, Plane, Scenarios, ended, find_kubectl, has, same, until

scenario = Scenarios()

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: NAME, labels: {app: NAME}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: main, image: 'busybox:1.36', command: [sh, -c, 'SCRIPT']}
"""

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: main
        image: busybox:1.36
        command: [sh, -c, 'echo "hello from $HOSTNAME"; exec sleep 1000']
        resources: {requests: {cpu: 10m, memory: 8Mi}}
"""

SETTINGS = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, labels: {app: settings}}
data: {color: green, size: "4"}
"""


BOATS = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boats.harbour.example.com}
spec:
  group: harbour.example.com
  names: {kind: Boat, plural: boats, singular: boat}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {sails: {type: integer, description: How many.}}}
      additionalPrinterColumns: [{name: Sails, type: integer, jsonPath: .spec.sails}]
"""
BOAT = """\
apiVersion: harbour.example.com/v1
kind: Boat
metadata: {name: tern}
spec: {sails: 2}
"""


def pod(name, script="exec sleep 1000"):
    return POD.replace("NAME", name).replace("SCRIPT", script)


def deployed(kubectl):
    """A deployment called `web` that runs."""
    kubectl("apply", "-f", "-", given=DEPLOYMENT)
    kubectl("rollout", "status", "deployment/web", "--timeout=40s")


@scenario("create makes an object once, and says that it is there the second time")
def _(kubectl):
    has(kubectl("create", "-f", "-", given=SETTINGS), "^configmap/settings created$")
    has(kubectl.refused("create", "-f", "-", given=SETTINGS), r'\(AlreadyExists\).*"settings" already exists')


@scenario("create makes objects of its arguments, which kubectl sends in protobuf")
def _(kubectl):
    kubectl("create", "namespace", kubectl.namespace + "-new")
    kubectl("create", "configmap", "settings", "--from-literal=color=green")
    kubectl("create", "secret", "generic", "key", "--from-literal=password=anchor")
    kubectl("create", "serviceaccount", "captain")
    kubectl("create", "deployment", "web", "--image=busybox", "--replicas=2", "--", "sleep", "1000")
    kubectl("expose", "deployment", "web", "--port=80")
    kubectl("run", "single", "--image=busybox", "--command", "--", "sleep", "1000")
    kubectl("wait", "pod/single", "--for=condition=Ready", "--timeout=40s")
    kubectl("rollout", "status", "deployment/web", "--timeout=40s")
    same(kubectl.path("secret/key", ".data.password"), "YW5jaG9y")
    same(kubectl.json("get", "service/web")["spec"]["selector"], {"app": "web"})
    same(kubectl.path("deployment/web", ".spec.template.spec.containers[0].command"), '["sleep","1000"]')
    has(kubectl("get", "all", "-o", "name"), "^pod/single$", "^service/web$", "^deployment.apps/web$",
        "^replicaset.apps/web-")


@scenario("apply creates, then changes nothing, then changes what the manifest changed and no more")
def _(kubectl):
    has(kubectl("apply", "-f", "-", given=SETTINGS), "^configmap/settings created$")
    before = kubectl.path("configmap/settings", ".metadata.resourceVersion")
    has(kubectl("apply", "-f", "-", given=SETTINGS), "^configmap/settings unchanged$")
    same(kubectl.path("configmap/settings", ".metadata.resourceVersion"), before)
    kubectl("label", "configmap", "settings", "by=hand")
    changed = SETTINGS.replace('green, size: "4"', "red")
    has(kubectl("apply", "-f", "-", given=changed), "^configmap/settings configured$")
    there = kubectl.json("get", "configmap/settings")
    same(there["data"], {"color": "red"})
    same(there["metadata"]["labels"], {"app": "settings", "by": "hand"})


@scenario("get prints an object in every form")
def _(kubectl):
    deployed(kubectl)
    has(kubectl("get", "deployments"), r"^NAME +READY +UP-TO-DATE +AVAILABLE +AGE$", r"^web +2/2 +2 +2 +\d+s$")
    has(kubectl("get", "deployments", "-o", "wide"), r"CONTAINERS +IMAGES +SELECTOR$",
        r"main +busybox:1.36 +app=web$")
    has(kubectl("get", "pods", "-o", "wide"), r"^web-\S+ +1/1 +Running +0 +\d+s +10\.\S+ +worker-\d")
    has(kubectl("get", "pods", "--show-labels"), r"app=web,pod-template-hash=\w+$")
    same(kubectl("get", "deployment", "web", "-o", "name"), "deployment.apps/web\n")
    same(kubectl.json("get", "deployment/web")["spec"]["replicas"], 2)
    has(kubectl("get", "deployment", "web", "-o", "yaml"),
        "^kind: Deployment$", "^  replicas: 2$", "^  readyReplicas: 2$")
    same(kubectl.path("deployment/web", ".spec.template.spec.containers[*].name"), "main")
    same(kubectl("get", "deployment/web", "-o", "go-template={{.metadata.name}}"), "web")
    has(kubectl("get", "deployments", "-o", "custom-columns=WHO:.metadata.name,N:.spec.replicas"),
        r"^WHO +N$", r"^web +2$")
    same(len(kubectl.json("get", "pods", "--sort-by=.metadata.name")["items"]), 2)
    has(kubectl("get", "deployments", "--all-namespaces"), rf"^{kubectl.namespace} +web +2/2")
    has(kubectl.refused("get", "deployment", "nobody"), r'\(NotFound\): deployments.apps "nobody" not found')
    has(kubectl.refused("get", "gadgets"), "doesn't have a resource type")


@scenario("top tells what nodes, pods and containers use")
def _(kubectl):
    deployed(kubectl)
    until(lambda: kubectl.run("top", "pods")[1].count("web-") == 2, "the use of two pods", 60)
    has(kubectl("top", "pods", "--selector", "app=web"), r"^NAME +CPU\(cores\) +MEMORY\(bytes\)",
        r"^web-\S+ +\d+m +\d+Mi")
    has(kubectl("top", "pods", "--containers"), r"^web-\S+ +main +\d+m +\d+Mi")
    has(kubectl("top", "nodes"), r"^worker-1 +\d+m +\d+% +\d+Mi +\d+%")


@scenario("get finds objects by labels and by fields")
def _(kubectl):
    kubectl("apply", "-f", "-", given=pod("one") + "---\n" + pod("two") + "---\n" + SETTINGS)
    same(kubectl.names("pods", "-l", "app=one"), ["pod/one"])
    same(kubectl.names("pods", "-l", "app in (one, two), app!=one"), ["pod/two"])
    same(kubectl.names("pods,configmaps", "-l", "app=settings"), ["configmap/settings"])
    same(kubectl.names("pods", "--field-selector", "metadata.name=two"), ["pod/two"])
    has(kubectl.refused("get", "pods", "-l", "app===web"), "selector")
    has(kubectl.refused("get", "pods", "--field-selector", "spec.color=red"),
        r"field label not supported|not a known field")


@scenario("get -w tells changes as they happen")
def _(kubectl):
    kubectl("apply", "-f", "-", given=SETTINGS)
    watching = kubectl.watching("get", "configmaps", "--watch", "-o",
                                "custom-columns=N:.metadata.name,C:.data.color")
    until(lambda: "settings" in watching.stdout.readline(), "the first line of the watch")
    kubectl("patch", "configmap", "settings", "-p", '{"data": {"color": "blue"}}')
    kubectl("delete", "configmap", "settings")
    kubectl("apply", "-f", "-", given=SETTINGS.replace("green", "black"))
    lines = [watching.stdout.readline() for _ in range(3)]
    ended(watching)
    has("".join(lines), r"^settings +blue\n(settings +blue\n)settings +black$")


@scenario("describe tells an object's state and its events")
def _(kubectl):
    deployed(kubectl)
    has(kubectl("describe", "deployment", "web"), r"^Replicas: +2 desired \| 2 updated \| 2 total \| 2 available",
        r"^ +Available +True +MinimumReplicasAvailable$", r"Scaled up replica set web-\w+ from 0 to 2")
    one = kubectl.names("pods")[0]
    has(kubectl("describe", one), r"^Node: +worker-\d/", r"^ +State: +Running$",
        r"Successfully assigned \S+ to worker-\d")
    has(kubectl("describe", "node", "worker-1"), r"^ +Ready +True ", r"^Capacity:$", r"^Allocated resources:$")
    has(kubectl("describe", "namespace", kubectl.namespace), r"^Status: +Active$")


@scenario("scale, set image and patch change what runs")
def _(kubectl):
    deployed(kubectl)
    has(kubectl("scale", "deployment/web", "--replicas=3"), "^deployment.apps/web scaled$")
    kubectl("rollout", "status", "deployment/web", "--timeout=40s")
    same(len(kubectl.names("pods", "-l", "app=web")), 3)
    has(kubectl.refused("scale", "deployment/web", "--current-replicas=7", "--replicas=1"),
        "Expected replicas to be 7, was 3")
    has(kubectl("set", "image", "deployment/web", "main=busybox:1.37"), "^deployment.apps/web image updated$")
    has(kubectl("rollout", "status", "deployment/web", "--timeout=40s"), "successfully rolled out")
    until(lambda: set(kubectl.path("pods", ".items[*].spec.containers[0].image").split()) == {"busybox:1.37"},
          "pods of the new image only")
    kubectl("patch", "deployment", "web", "-p",
            '{"spec": {"template": {"spec": {"containers": '
            '[{"name": "main", "env": [{"name": "A", "value": "1"}]}]}}}}')
    kubectl("patch", "deployment", "web", "--type=merge", "-p", '{"spec": {"replicas": 1}}')
    kubectl("patch", "deployment", "web", "--type=json", "-p",
            '[{"op": "replace", "path": "/spec/template/spec/terminationGracePeriodSeconds", "value": 2}]')
    there = kubectl.json("get", "deployment/web")["spec"]
    same(there["replicas"], 1)
    same(there["template"]["spec"]["terminationGracePeriodSeconds"], 2)
    same(there["template"]["spec"]["containers"][0]["env"], [{"name": "A", "value": "1"}])
    same(there["template"]["spec"]["containers"][0]["image"], "busybox:1.37")
    has(kubectl.refused("patch", "deployment", "web", "-p", '{"spec": {"replicas": -1}}'),
        r"spec\.replicas: Invalid value: -1")


@scenario("rollout tells history, undoes, pauses and resumes")
def _(kubectl):
    deployed(kubectl)
    kubectl("annotate", "deployment/web", "kubernetes.io/change-cause=first")
    kubectl("rollout", "status", "deployment/web", "--timeout=40s")  # its replica set has the cause, too
    kubectl("set", "image", "deployment/web", "main=busybox:1.37")
    kubectl("rollout", "status", "deployment/web", "--timeout=40s")
    has(kubectl("rollout", "history", "deployment/web"), r"^1 +first$", r"^2 +first$")
    has(kubectl("rollout", "history", "deployment/web", "--revision=2"), r"Image:\s+busybox:1.37$")
    has(kubectl("rollout", "undo", "deployment/web"), "^deployment.apps/web rolled back$")
    kubectl("rollout", "status", "deployment/web", "--timeout=40s")
    same(kubectl.path("deployment/web", ".spec.template.spec.containers[0].image"), "busybox:1.36")
    same(re.findall(r"^\d+", kubectl("rollout", "history", "deployment/web"), re.MULTILINE), ["2", "3"])
    has(kubectl("rollout", "pause", "deployment/web"), "paused$")
    sets = kubectl.names("replicasets")
    kubectl("set", "image", "deployment/web", "main=busybox:1.38")
    has(kubectl.refused("rollout", "undo", "deployment/web"), "paused")
    same(kubectl.names("replicasets"), sets)
    has(kubectl("rollout", "resume", "deployment/web"), "resumed$")
    kubectl("rollout", "status", "deployment/web", "--timeout=40s")
    same(len(kubectl.names("replicasets")), 3)
    has(kubectl("rollout", "restart", "deployment/web"), "restarted$")
    kubectl("rollout", "status", "deployment/web", "--timeout=40s")


@scenario("logs are what a real process printed, also after it has ended")
def _(kubectl):
    talk = 'echo one; echo two >&2; echo "I am $HOSTNAME"; exec sleep 1000'
    kubectl("apply", "-f", "-", given=pod("talker", talk))
    kubectl("wait", "pod/talker", "--for=condition=Ready", "--timeout=40s")
    until(lambda: "I am" in kubectl("logs", "talker"), "the last line")
    same(sorted(kubectl("logs", "talker").splitlines()), ["I am talker", "one", "two"])
    same(len(kubectl("logs", "talker", "--tail=1").splitlines()), 1)
    has(kubectl("logs", "-l", "app=talker", "--prefix"), r"^\[pod/talker/main\] one$")
    has(kubectl("logs", "talker", "--timestamps"), r"^\d{4}-\d\d-\d\dT\S+Z one$")
    brief = pod("brief", "echo done; exit 3").replace("spec:", "spec:\n  restartPolicy: Never", 1)
    kubectl("apply", "-f", "-", given=brief)
    kubectl("wait", "pod/brief", "--for=jsonpath={.status.phase}=Failed", "--timeout=40s")
    same(kubectl("logs", "brief"), "done\n")
    same(kubectl.path("pod/brief", ".status.containerStatuses[0].state.terminated.exitCode"), "3")
    following = kubectl.watching("logs", "--follow", "talker")
    until(lambda: "I am" in following.stdout.readline(), "the followed log")
    kubectl("delete", "pod", "talker", "--wait=false")
    same(following.wait(20), 0)


@scenario("a container that ends is started again, and its former log can be read")
def _(kubectl):
    kubectl("apply", "-f", "-", given=pod("mortal", "echo alive; sleep 0.3"))
    until(lambda: kubectl.path("pod/mortal", ".status.containerStatuses[0].restartCount") not in ("", "0"), "a restart")
    same(kubectl("logs", "mortal", "--previous"), "alive\n")


@scenario("a container without a command says so on its pod")
def _(kubectl):
    silent = re.sub(r", command:.*]", "", pod("silent"))
    kubectl("apply", "-f", "-", given=silent)
    waiting = "pod/silent", ".status.containerStatuses[0].state.waiting.message"
    has(until(lambda: kubectl.path(*waiting), "a message"), "command")


@scenario("events tell what happened to a pod")
def _(kubectl):
    kubectl("apply", "-f", "-", given=pod("seen"))
    kubectl("wait", "pod/seen", "--for=condition=Ready", "--timeout=40s")
    until(lambda: "Started" in kubectl("events"), "the start of the container")
    has(kubectl("events", "--for", "pod/seen"), r"Normal +Scheduled +Pod/seen +Successfully assigned",
        r"Normal +Started")
    has(kubectl("get", "events", "--field-selector", "reason=Scheduled"), r"pod/seen +Successfully assigned")


@scenario("label and annotate add, change and remove")
def _(kubectl):
    kubectl("apply", "-f", "-", given=SETTINGS)
    has(kubectl("label", "configmap", "settings", "tier=back"), "labeled$")
    has(kubectl.refused("label", "configmap", "settings", "tier=front"), "already has a value")
    kubectl("label", "configmap", "settings", "tier=front", "--overwrite")
    same(kubectl.path("configmap/settings", ".metadata.labels.tier"), "front")
    has(kubectl("label", "configmap", "settings", "tier-"), "unlabeled$")
    same(kubectl.path("configmap/settings", ".metadata.labels.tier"), "")
    has(kubectl.refused("label", "configmap", "settings", "tier=no good"), "nvalid")
    kubectl("annotate", "configmap", "settings", "note=a note with spaces")
    same(kubectl.path("configmap/settings", ".metadata.annotations.note"), "a note with spaces")
    kubectl("annotate", "configmap", "settings", "note-")
    same(kubectl.path("configmap/settings", ".metadata.annotations.note"), "")


@scenario("a pod that fits nowhere waits, says why, and goes where it fits once there is such a place")
def _(kubectl):
    picky = pod("picky").replace("spec:", f"spec:\n  nodeSelector: {{only: {kubectl.namespace}}}", 1)
    kubectl("apply", "-f", "-", given=picky)
    waits = ".status.conditions[?(@.reason==\"Unschedulable\")].message"
    reason = until(lambda: kubectl.path("pod/picky", waits), "why the pod waits")
    has(reason, "^0/3 nodes are available: .*node.s. didn't match Pod's node affinity/selector")
    kubectl("label", "node", "worker-2", f"only={kubectl.namespace}", "--overwrite")
    kubectl("wait", "pod/picky", "--for=condition=Ready", "--timeout=40s")
    same(kubectl.path("pod/picky", ".spec.nodeName"), "worker-2")
    kubectl("label", "node", "worker-2", "only-")


@scenario("taint and cordon keep pods away, and a tolerated taint does not")
def _(kubectl):
    pinned = pod("NAME").replace("spec:", "spec:\n  nodeSelector: {kubernetes.io/hostname: worker-3}", 1)
    tolerating = pinned.replace("spec:", "spec:\n  tolerations: [{key: e2e, operator: Exists}]", 1)
    waits = ".status.conditions[?(@.reason==\"Unschedulable\")].message"
    has(kubectl("taint", "nodes", "worker-3", "e2e=yes:NoSchedule"), "^node/worker-3 tainted$")
    try:
        kubectl("apply", "-f", "-", given=pinned.replace("NAME", "shy") + "---\n" + tolerating.replace("NAME", "bold"))
        kubectl("wait", "pod/bold", "--for=condition=Ready", "--timeout=40s")
        has(until(lambda: kubectl.path("pod/shy", waits), "why the pod waits"), "untolerated taint")
    finally:
        has(kubectl("taint", "nodes", "worker-3", "e2e-"), "^node/worker-3 untainted$")
    kubectl("wait", "pod/shy", "--for=condition=Ready", "--timeout=40s")
    has(kubectl("cordon", "worker-3"), "^node/worker-3 cordoned$")
    try:
        has(kubectl("get", "nodes"), r"^worker-3 +Ready,SchedulingDisabled ")
        kubectl("apply", "-f", "-", given=pinned.replace("NAME", "late"))
        has(until(lambda: kubectl.path("pod/late", waits), "why the pod waits"), "were? unschedulable")
    finally:
        has(kubectl("uncordon", "worker-3"), "^node/worker-3 uncordoned$")
    kubectl("wait", "pod/late", "--for=condition=Ready", "--timeout=40s")


@scenario("drain empties a node")
def _(kubectl):
    pinned = pod("guest").replace("spec:", "spec:\n  nodeSelector: {kubernetes.io/hostname: worker-2}", 1)
    kubectl("apply", "-f", "-", given=pinned)
    kubectl("wait", "pod/guest", "--for=condition=Ready", "--timeout=40s")
    try:
        mine = ["--pod-selector", "app=guest"]
        has(kubectl.refused("drain", "worker-2", *mine), "cannot delete.*that declare no controller")
        has(kubectl("drain", "worker-2", *mine, "--force", "--timeout=40s"), "^node/worker-2 drained$")
        same(kubectl.names("pods"), [])
        same(kubectl.path("node/worker-2", ".spec.unschedulable"), "true")
    finally:
        kubectl("uncordon", "worker-2")


@scenario("server-side apply knows owners, and takes by force only")
def _(kubectl):
    apply = ["apply", "--server-side", "-f", "-"]
    has(kubectl(*apply, given=SETTINGS), "^configmap/settings serverside-applied$")
    other = [*apply, "--field-manager=other"]
    red = SETTINGS.replace("green", "red")
    has(kubectl.refused(*other, given=red), 'conflict with "kubectl"')
    has(kubectl(*other, "--force-conflicts", given=red), "^configmap/settings serverside-applied$")
    same(kubectl.path("configmap/settings", ".data.color"), "red")
    has(kubectl("get", "configmap", "settings", "-o", "yaml", "--show-managed-fields"), "manager: kubectl")


@scenario("a custom kind is served as soon as it is defined")
def _(kubectl):
    has(kubectl("apply", "-f", "-", given=BOATS), "boats.harbour.example.com created$")
    kubectl("wait", "crd/boats.harbour.example.com", "--for=condition=Established", "--timeout=20s")
    has(kubectl("apply", "-f", "-", given=BOAT), "^boat.harbour.example.com/tern created$")
    has(kubectl.refused("apply", "-f", "-", given=BOAT.replace("sails: 2", "sails: two")), "must be of type integer")
    has(kubectl("get", "boats"), "^tern +2$")
    has(kubectl("explain", "boats.spec.sails"), "How many")
    has(kubectl("delete", "crd", "boats.harbour.example.com"), "deleted")


@scenario("what this server has no part of is refused in plain words")
def _(kubectl):
    kubectl("apply", "-f", "-", given=pod("alone"))
    kubectl("wait", "pod/alone", "--for=condition=Ready", "--timeout=40s")
    has(kubectl.refused("exec", "alone", "--", "ls"), r"node worker-\d takes no exec connections")
    has(kubectl.refused("exec", "alone", "-c", "other", "--", "ls"), "container other is not valid for pod alone")


@scenario("an account has a token, for those who may ask for one")
def _(kubectl):
    same(kubectl("create", "token", "default").count("."), 2)
    has(kubectl.refused("create", "token", "nobody"), 'serviceaccounts "nobody" not found')
    has(kubectl.refused("create", "token", "default", "--duration=1s"), "duration less than 10 minutes")


@scenario("delete in the background and in the foreground takes what is owned along, orphan leaves it")
def _(kubectl):
    for cascade in ["background", "foreground"]:
        deployed(kubectl)
        has(kubectl("delete", "deployment", "web", f"--cascade={cascade}"), '^deployment.apps "web" deleted')
        until(lambda: not kubectl.names("replicasets,pods"), f"nothing left after a deletion in the {cascade}")
    deployed(kubectl)
    kubectl("delete", "deployment", "web", "--cascade=orphan")
    same(len(kubectl.names("replicasets")), 1)
    same(len(kubectl.names("pods")), 2)
    same(kubectl.path("replicasets", ".items[*].metadata.ownerReferences"), "")
    owner = kubectl.path("pods", ".items[0].metadata.ownerReferences[0].kind")
    same(owner, "ReplicaSet")


@scenario("delete takes objects by name, by label and all of them, and a namespace with all that is in it")
def _(kubectl):
    within = in_new_namespace(kubectl, kubectl.namespace + "-doomed")
    manifests = [SETTINGS.replace("name: settings", f"name: {name}") for name in "abc"] + [pod("here")]
    within("apply", "-f", "-", given="---\n".join(manifests))
    has(within("delete", "configmap", "a"), '^configmap "a" deleted')
    within("delete", "configmaps", "-l", "app=settings")
    same([name for name in within.names("configmaps") if "kube-root" not in name], [])
    has(within.refused("delete", "configmap", "a"), "NotFound")
    has(within("delete", "configmap", "a", "--ignore-not-found"), "^$")
    within("delete", "pods", "--all", "--now")
    same(within.names("pods"), [])
    within("apply", "-f", "-", given=SETTINGS)
    kubectl("delete", "namespace", within.namespace, "--timeout=40s")
    has(kubectl.refused("get", "namespace", within.namespace), "NotFound")
    same(within.names("configmaps"), [])


@scenario("explain tells the fields of the kinds")
def _(kubectl):
    has(kubectl("explain", "pod.spec.containers"), r"^KIND: +Pod$", r"^FIELD: containers", r"^ +image\s+<string>")
    has(kubectl("explain", "deployment.spec", "--recursive"), r"^GROUP: +apps$", r"maxSurge\s+<")
    has(kubectl.refused("explain", "pod.spec.colour"), 'field "colour" does not exist')


@scenario("wait ends when a condition holds, and in time when it does not")
def _(kubectl):
    kubectl("apply", "-f", "-", given=DEPLOYMENT)
    has(kubectl("wait", "deployment/web", "--for=condition=Available", "--timeout=40s"), "condition met$")
    has(kubectl("wait", "pods", "-l", "app=web", "--for=jsonpath={.status.phase}=Running", "--timeout=40s"),
        "condition met$")
    has(kubectl.refused("wait", "deployment/web", "--for=condition=Purple", "--timeout=1s"), "timed out")
    kubectl("delete", "deployment", "web", "--wait=false")
    kubectl("wait", "deployment/web", "--for=delete", "--timeout=40s")


@scenario("replace needs the object, and refuses to overwrite what it has not seen")
def _(kubectl):
    has(kubectl.refused("replace", "-f", "-", given=SETTINGS), "NotFound")
    kubectl("create", "-f", "-", given=SETTINGS)
    seen = kubectl.json("get", "configmap/settings")
    has(kubectl("replace", "-f", "-", given=SETTINGS.replace("green", "white")), "^configmap/settings replaced$")
    same(kubectl.path("configmap/settings", ".data.color"), "white")
    has(kubectl.refused("replace", "-f", "-", given=json.dumps(seen)), "Conflict")
    same(kubectl.path("configmap/settings", ".data.color"), "white")
    kubectl("replace", "--force", "-f", "-", given=SETTINGS)
    now = kubectl.path("configmap/settings", ".metadata.uid")
    assert now != seen["metadata"]["uid"], "a forced replacement is a new object"


@scenario("diff shows what apply would change, and changes nothing")
def _(kubectl):
    kubectl("apply", "-f", "-", given=SETTINGS)
    same(kubectl.run("diff", "-f", "-", given=SETTINGS)[0], 0)
    code, out, _ = kubectl.run("diff", "-f", "-", given=SETTINGS.replace("green", "pink"))
    same(code, 1)
    has(out, r"^-  color: green$", r"^\+  color: pink$")
    same(kubectl.path("configmap/settings", ".data.color"), "green")
    has(kubectl("apply", "-f", "-", "--dry-run=server", given=SETTINGS.replace("green", "pink")),
        r"configured \(server dry run\)$")
    same(kubectl.path("configmap/settings", ".data.color"), "green")


@scenario("what is wrong with a manifest is told by field, and nothing is stored")
def _(kubectl):
    wrong = DEPLOYMENT.replace("cpu: 10m", "cpu: ten").replace("replicas: 2", "replicas: 2\n  colour: red")
    has(kubectl.refused("create", "-f", "-", given=wrong), 'unknown field "spec.colour"|quantities must match')
    other = DEPLOYMENT.replace("app: web}}\n    spec", "app: other}}\n    spec")
    has(kubectl.refused("create", "-f", "-", given=other),
        r"spec\.template\.metadata\.labels: Invalid value")
    same(kubectl.names("deployments"), [])


def in_new_namespace(kubectl, name):
    """kubectl in a namespace that is made for it, and has the service account without which no pod is let in."""
    made = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
    kubectl("apply", "-f", "-", given=json.dumps(made))
    within = kubectl.within(name)
    until(lambda: within.run("get", "serviceaccount", "default")[0] == 0, f"the service account of {name}")
    return within


def check(report, compiler, build):
    """All scenarios, each in a namespace of its own, two at a time."""
    program, missing = find_kubectl()
    if missing:
        report.skip("kubectl's verbs", missing)
        return
    with Plane(build / "examples/control-plane", "--metrics", "--metrics-resolution", "1s") as plane:
        everywhere = Kubectl(program, plane.kubeconfig)
        until(lambda: everywhere.run("get", "nodes", "worker-3")[0] == 0, "the third node")
        everywhere("wait", "nodes", "--all", "--for=condition=Ready", "--timeout=40s")

        def play(numbered):
            number, (sentence, function) = numbered
            return scenario.play(sentence, function, in_new_namespace(everywhere, f"e2e-{number}"))

        for (sentence, _), complaints in zip(scenario.all, in_parallel(play, list(enumerate(scenario.all)))):
            report.check(sentence, complaints)
        report.check("the control plane is still there", "" if plane.process.poll() is None else plane.output())
        ended_well = plane.stop() == 0
        report.check("it stops when it is told to", "" if ended_well else "it did not:\n" + plane.output())
