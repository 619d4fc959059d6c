"""Nodes as others see them: their ranges, what they use, and how what they run ends."""

import base64
import json
import urllib.request

from tools import Parts, Plane, Scenarios, ask, has, refusal, same, until

scenario = Scenarios()
CORE = "/api/v1/namespaces/default"
APPS = "/apis/apps/v1/namespaces/default"
METRICS = "/apis/metrics.k8s.io/v1beta1"


def made(plane, path, body):
    status, answer = ask(plane, path, body)
    assert status == 201, answer
    return answer


def pod(name, annotations=None, **spec):
    container = {"name": "main", "image": "app:1"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "annotations": annotations or {}},
            "spec": {"containers": [container], **spec}}


def ready_for_pods(plane):
    until(lambda: ask(plane, f"{CORE}/serviceaccounts/default")[0] == 200, "a service account")


def status_of(plane, path):
    return ask(plane, path)[1].get("status", {})


@scenario("each node gets a range of the cluster's, and gives it back when it goes")
def _(program):
    with Plane(program, "--parts", "api,controllers", "--cluster-cidr", "10.9.0.0/23,fd00:9::/63") as plane:
        def ranges(name):
            return ask(plane, f"/api/v1/nodes/{name}")[1].get("spec", {}).get("podCIDRs", [])
        for name in ("a", "b", "c"):
            made(plane, "/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}})
            if name != "c":
                until(lambda: ranges(name), f"a range of {name}")
        same(ranges("a"), ["10.9.0.0/24", "fd00:9::/64"])
        same(ranges("b"), ["10.9.1.0/24", "fd00:9:0:1::/64"])
        told = lambda: [e for e in ask(plane, "/api/v1/events")[1]["items"] if e["reason"] == "CIDRNotAvailable"]
        event = until(told, "that there is none for c")[0]
        same((event["involvedObject"]["name"], event["source"]["component"]), ("c", "cidrAllocator"))
        same(ranges("c"), [])
        ask(plane, "/api/v1/nodes/a", method="DELETE")
        until(lambda: ranges("c") == ["10.9.0.0/24", "fd00:9::/64"], "the range of a at c")
    has(refusal(program, "--serve", "--cluster-cidr", "10.9.0.0"), "is not a range of addresses")
    has(refusal(program, "--serve", "--node-cidr-mask-size", "12"), "does not fit into the cluster's")


@scenario("events go when their time is over, and nothing else does")
def _(program):
    with Plane(program, "--parts", "api", "--event-ttl", "2s") as plane:
        made(plane, f"{CORE}/configmaps", {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "stays"}})
        made(plane, f"{CORE}/events", {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "goes"},
                                       "involvedObject": {"kind": "ConfigMap", "name": "stays", "namespace": "default"},
                                       "reason": "Told", "type": "Normal"})
        same(ask(plane, f"{CORE}/events/goes")[0], 200)
        until(lambda: ask(plane, f"{CORE}/events/goes")[0] == 404, "the end of the event", 20)
        same(ask(plane, f"{CORE}/configmaps/stays")[0], 200)


@scenario("a node's status is kept when it is made, what others add to it stays and can be used")
def _(program):
    with Plane(program, "--workers", "1", "--simulated") as plane:
        ready_for_pods(plane)
        status = {"capacity": {"cpu": "4", "pods": "10"}, "conditions": [{"type": "Ready", "status": "True"}]}
        answer = made(plane, "/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "hand"},
                                               "status": status})
        same(answer["status"]["conditions"][0]["status"], "True")
        same(answer["status"]["allocatable"]["cpu"], "4")
        has(json.dumps(answer["spec"]["taints"]), "node.kubernetes.io/not-ready")
        until(lambda: ask(plane, "/api/v1/nodes/worker-1")[0] == 200, "the worker's node")
        code, answer = ask(plane, "/api/v1/nodes/worker-1/status",
                           {"status": {"capacity": {"example.com/dongle": "2"}}}, "PATCH")
        assert code == 200, answer
        wants = {"name": "main", "image": "app:1", "resources": {"limits": {"example.com/dongle": "2"}}}
        made(plane, f"{CORE}/pods", pod("ext", containers=[wants]))
        until(lambda: status_of(plane, f"{CORE}/pods/ext").get("phase") == "Running", "the pod", 40)
        same(status_of(plane, "/api/v1/nodes/worker-1")["allocatable"]["example.com/dongle"], "2")


@scenario("system namespaces come back when they are deleted")
def _(program):
    with Plane(program, "--parts", "api,controllers") as plane:
        before = ask(plane, "/api/v1/namespaces/kube-node-lease")[1]["metadata"]["uid"]
        ask(plane, "/api/v1/namespaces/kube-node-lease", method="DELETE")
        again = lambda: ask(plane, "/api/v1/namespaces/kube-node-lease")[1]["metadata"].get("uid", before)
        until(lambda: again() != before, "the namespace anew", 60)


@scenario("what could not be created is told, by the beginning of its name, up to the deployment")
def _(program):
    template = {"metadata": {"labels": {"app": "sa"}},
                "spec": {"serviceAccountName": "late", "containers": [{"name": "main", "image": "app:1"}]}}
    body = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "sa"},
            "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "sa"}}, "template": template}}
    with Plane(program, "--parts", "api,controllers") as plane:
        made(plane, f"{APPS}/deployments", body)
        def failure():
            all_of = status_of(plane, f"{APPS}/deployments/sa").get("conditions", [])
            return [c for c in all_of if c["type"] == "ReplicaFailure" and c["status"] == "True"]
        told = until(failure, "ReplicaFailure")[0]
        same(told["reason"], "FailedCreate")
        has(told["message"], r'^pods "sa-[a-z0-9]+-" is forbidden: error looking up service account default/late')
        made(plane, f"{CORE}/serviceaccounts",
             {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "late"}})
        until(lambda: not failure(), "the end of the failure", 60)


@scenario("pretended containers end when they are to, with what they are told")
def _(program):
    with Plane(program, "--simulated", "--workers", "1", "--simulated-runs-for", "100ms") as plane:
        ready_for_pods(plane)
        prefix = "simulated.berth.dev/"
        made(plane, f"{CORE}/pods", pod("once", restartPolicy="Never"))
        made(plane, f"{CORE}/pods", pod("fails", {prefix + "exit-code": "3"}, restartPolicy="Never"))
        made(plane, f"{CORE}/pods", pod("stays", {prefix + "runs-for": "ever"}, restartPolicy="Never"))
        made(plane, f"{CORE}/pods", pod("after", initContainers=[{"name": "first", "image": "app:1"}]))
        made(plane, f"{CORE}/pods", pod("crashes", {prefix + "runs-for": "0s", prefix + "exit-code": "1"}))
        probe = {"grpc": {"port": 9555}, "periodSeconds": 1}
        made(plane, f"{CORE}/pods", pod("asked", containers=[{"name": "m", "image": "a", "readinessProbe": probe}]))
        state = lambda name: status_of(plane, f"{CORE}/pods/{name}")
        until(lambda: state("once").get("phase") == "Succeeded", "the end of once")
        until(lambda: state("fails").get("phase") == "Failed", "the failure")
        same(state("fails")["containerStatuses"][0]["state"]["terminated"]["exitCode"], 3)
        until(lambda: state("after").get("phase") == "Running", "what comes after")
        until(lambda: state("crashes").get("containerStatuses", [{}])[0].get("restartCount", 0) > 0, "a restart")
        until(lambda: state("asked").get("containerStatuses", [{}])[0].get("ready"), "an answer to the gRPC probe")
        same(state("stays")["phase"], "Running")


def web(load):
    container = {"name": "main", "image": "app:1", "resources": {"requests": {"cpu": "100m"}}}
    template = {"metadata": {"labels": {"app": "web"}, "annotations": {"simulated.berth.dev/cpu": load}},
                "spec": {"terminationGracePeriodSeconds": 0, "containers": [container]}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
            "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "web"}}, "template": template}}


@scenario("an autoscaler scales by what pods use, up and down")
def _(program):
    with Plane(program, "--simulated", "--workers", "2", "--metrics", "--metrics-resolution", "1s",
               "--horizontal-pod-autoscaler-sync-period", "1s") as plane:
        ready_for_pods(plane)
        made(plane, f"{APPS}/deployments", web("200m"))
        target = {"type": "Utilization", "averageUtilization": 50}
        metric = {"type": "Resource", "resource": {"name": "cpu", "target": target}}
        at_once = {"scaleDown": {"stabilizationWindowSeconds": 0}}
        made(plane, "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
             {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "web"},
              "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
                       "minReplicas": 1, "maxReplicas": 4, "metrics": [metric], "behavior": at_once}})
        replicas = lambda: ask(plane, f"{APPS}/deployments/web")[1]["spec"]["replicas"]
        until(lambda: replicas() == 4, "four replicas", 90)
        used = lambda: ask(plane, f"{METRICS}/namespaces/default/pods?labelSelector=app%3Dweb")[1]["items"]
        until(lambda: len(used()) == 4, "the use of four pods", 30)
        same({c["usage"]["cpu"] for p in used() for c in p["containers"]}, {"200m"})
        same(len(ask(plane, f"{METRICS}/nodes")[1]["items"]), 2)
        for p in used():
            ask(plane, f"{CORE}/pods/{p['metadata']['name']}",
                {"metadata": {"annotations": {"simulated.berth.dev/cpu": "5m"}}}, "PATCH")
        until(lambda: replicas() == 1, "one replica", 90)


@scenario("who reads the documents of OpenID finds the key that a token names")
def _(program):
    with Plane(program, "--workers", "1", "--simulated") as plane:
        until(lambda: ask(plane, f"{CORE}/serviceaccounts/default")[0] == 200, "an account to ask for")
        status, made_token = ask(plane, f"{CORE}/serviceaccounts/default/token",
                                 {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}})
        assert status == 201, made_token
        head, claims, _ = made_token["status"]["token"].split(".")
        read = lambda part: json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        config = ask(plane, "/.well-known/openid-configuration")[1]
        same(config["issuer"], read(claims)["iss"])
        with urllib.request.urlopen(config["jwks_uri"]) as answer:
            keys = json.load(answer)["keys"]
            same(answer.headers.get_all("Cache-Control"), ["public, max-age=3600"])
            same(answer.headers["Content-Type"], "application/jwk-set+json")
        same([k["alg"] for k in keys if k["kid"] == read(head)["kid"]], config["id_token_signing_alg_values_supported"])


FLEETS = "/apis/sea.example.org/v1/namespaces/default/fleets"


def fleet_kind():
    integer = {"type": "integer"}
    spec = {"type": "object", "properties": {"ships": integer}}
    status = {"type": "object", "properties": {"ships": integer, "selector": {"type": "string"}}}
    schema = {"type": "object", "properties": {"spec": spec, "status": status}}
    scale = {"specReplicasPath": ".spec.ships", "statusReplicasPath": ".status.ships",
             "labelSelectorPath": ".status.selector"}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema},
               "subresources": {"status": {}, "scale": scale}}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "fleets.sea.example.org"},
            "spec": {"group": "sea.example.org", "scope": "Namespaced", "versions": [version],
                     "names": {"plural": "fleets", "singular": "fleet", "kind": "Fleet", "listKind": "FleetList"}}}


def scale_a_fleet(plane):
    """A kind of somebody else's, whose pods use more than they ask for."""
    ready_for_pods(plane)
    kinds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    made(plane, kinds, fleet_kind())
    said = lambda: ask(plane, f"{kinds}/fleets.sea.example.org")[1].get("status", {}).get("conditions") or []
    until(lambda: any(c["type"] == "Established" and c["status"] == "True" for c in said()), "the kind is served")
    made(plane, FLEETS, {"apiVersion": "sea.example.org/v1", "kind": "Fleet", "metadata": {"name": "f"},
                         "spec": {"ships": 1}})
    status, answer = ask(plane, f"{FLEETS}/f/status", {"status": {"ships": 1, "selector": "app=web"}}, "PATCH")
    assert status == 200, answer
    made(plane, f"{APPS}/deployments", web("200m"))
    metric = {"type": "Resource", "resource": {"name": "cpu",
                                               "target": {"type": "Utilization", "averageUtilization": 50}}}
    made(plane, "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
         {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "f"},
          "spec": {"scaleTargetRef": {"apiVersion": "sea.example.org/v1", "kind": "Fleet", "name": "f"},
                   "minReplicas": 1, "maxReplicas": 3, "metrics": [metric]}})
    until(lambda: ask(plane, f"{FLEETS}/f")[1]["spec"]["ships"] == 3, "three ships", 90)


METERED = ("--simulated", "--workers", "2", "--metrics", "--metrics-resolution", "1s")


@scenario("an autoscaler scales a custom kind by its subresource")
def _(program):
    with Plane(program, *METERED, "--horizontal-pod-autoscaler-sync-period", "1s") as plane:
        scale_a_fleet(plane)


@scenario("an autoscaler in another process scales a custom kind over HTTP")
def _(program):
    with Plane(program, *METERED, "--parts", "api,scheduler,workers") as plane:
        with Parts(program, plane.url(), "controllers", "--horizontal-pod-autoscaler-sync-period", "1s"):
            scale_a_fleet(plane)


def check(report, compiler, build):
    scenario.check(report, str(build / "examples/control-plane"))
