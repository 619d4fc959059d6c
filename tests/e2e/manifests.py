"""Ten manifests in the shape of well-known applications are applied, applied again, compared and deleted."""

import http.client
import json
import re
import urllib.parse

from common import ROOT
from tools import Kubectl, Plane, Scenarios, ask, find_kubectl, same, until

FOLDER = ROOT / "tests/data/manifests"


def documents(file):
    """The documents of a manifest, as (apiVersion, kind, namespace or "", name, text)."""
    for text in re.split(r"^---\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
        said = {name: re.search(pattern, text, re.MULTILINE) for name, pattern in [
            ("version", r"^apiVersion: (\S+)$"), ("kind", r"^kind: (\S+)$"),
            ("space", r"^metadata:.*(?:\n  [^\n]*)*?[\n{ ,]+namespace: ([^\s,}]+)"),
            ("name", r"^metadata:[\s{]*name: ([^\s,}]+)")]}
        yield (said["version"][1], said["kind"][1], said["space"][1] if said["space"] else "", said["name"][1], text)


def is_definition(document):
    return document[1] == "CustomResourceDefinition"


class Applier:
    """A client that knows server-side apply and nothing else: for machines without kubectl, and beside it."""

    def __init__(self, plane):
        self.plane = plane
        self.plurals = {}
        address = urllib.parse.urlsplit(plane.url())
        self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)

    def path(self, version, kind, space, name):
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        if (version, kind) not in self.plurals:
            for found in ask(self.plane, root)[1].get("resources", []):
                self.plurals.setdefault((version, found["kind"]), (found["name"], found["namespaced"]))
        plural, namespaced = self.plurals[version, kind]
        return f"{root}/namespaces/{space or 'default'}/{plural}/{name}" if namespaced else f"{root}/{plural}/{name}"

    def apply(self, document):
        version, kind, space, name, text = document
        self.connection.request("PATCH", self.path(version, kind, space, name) + "?fieldManager=e2e", text,
                                {"Content-Type": "application/apply-patch+yaml"})
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def delete(self, document):
        return ask(self.plane, self.path(*document[:4]), method="DELETE")


def served(plane, document):
    """Whether the kind that a definition describes is served."""
    plural, _, group = document[3].partition(".")
    try:
        said = ask(plane, f"/apis/{group}/v1")[1]
    except ValueError:  # a path that nobody knows is answered in plain words
        return False
    return any(r["name"] == plural for r in said.get("resources", []))


def established(plane, path):
    """Whether a definition's status says so. A kind is served before, so that who reads this may use it at once."""
    conditions = ask(plane, path)[1].get("status", {}).get("conditions") or []
    return any(c["type"] == "Established" and c["status"] == "True" for c in conditions)


def apply_over_http(plane, file):
    """Each document makes its object, makes nothing new of it again, and goes."""
    client = Applier(plane)
    all_of_it = sorted(documents(file), key=lambda d: not is_definition(d))
    revisions = []
    for document in all_of_it:
        status, said = client.apply(document)
        assert status == 201, f"{document[1]} {document[3]}: {status} {said.get('message')}"
        revisions.append(said["metadata"]["resourceVersion"])
        if is_definition(document):
            until(lambda: established(plane, client.path(*document[:4])), f"{document[3]} established")
            assert served(plane, document), f"{document[3]} is established, and not served"
            revisions[-1] = client.apply(document)[1]["metadata"]["resourceVersion"]
    for document, revision in zip(all_of_it, revisions):
        status, said = client.apply(document)
        assert status == 200, f"again, {document[1]} {document[3]}: {status} {said.get('message')}"
        same((document[3], said["metadata"]["resourceVersion"]), (document[3], revision))
    for document in reversed(all_of_it):
        status, said = client.delete(document)
        assert status == 200, f"deleted, {document[1]} {document[3]}: {status} {said.get('message')}"


def versions(kubectl, file):
    """What a change of an object would change: its generation, or its revision where it has none."""
    found = json.loads(kubectl("get", "-f", str(file), "-o", "json"))["items"]
    return {(o["kind"], o["metadata"].get("namespace", ""), o["metadata"]["name"]):
            o["metadata"].get("generation", o["metadata"]["resourceVersion"]) for o in found}


def apply_by_kubectl(kubectl, file):
    """Applied, applied again without a change, no difference told, and deleted. (kubectl says of some objects that
    they are configured though nothing changes: budgets, claims of sets, lists whose elements have defaults.)"""
    first = "---\n".join(d[4] for d in documents(file) if is_definition(d))
    if first:
        kubectl("apply", "-f", "-", given=first)
        kubectl("wait", "-f", "-", "--for=condition=Established", "--timeout=20s", given=first)
    made = kubectl("apply", "-f", str(file)).splitlines()
    same(len(made), len(list(documents(file))))
    before = versions(kubectl, file)
    again = kubectl("apply", "-f", str(file)).splitlines()
    same(versions(kubectl, file), before)
    assert sum(line.endswith(" unchanged") for line in again) > len(again) / 2, "\n".join(again)
    same(kubectl("diff", "-f", str(file)), "")
    kubectl("delete", "-f", str(file), "--ignore-not-found", "--timeout=60s", timeout=90)
    for version, kind, space, name, text in documents(file):
        code, out, _ = kubectl.run("get", "-f", "-", "--ignore-not-found", "-o", "name", given=text)
        same((kind, name, out), (kind, name, ""))


def check(report, compiler, build):
    program = build / "examples/control-plane"
    files = sorted(FOLDER.glob("*.yaml"))
    report.check("there are ten manifests", "" if len(files) >= 10 else f"there are {len(files)}")
    http_scenarios, kubectl_scenarios = Scenarios(), Scenarios()
    for file in files:
        http_scenarios(f"{file.stem} by server-side apply")(lambda plane, file=file: apply_over_http(plane, file))
        kubectl_scenarios(f"{file.stem} by kubectl")(lambda kubectl, file=file: apply_by_kubectl(kubectl, file))
    with Plane(program, "--parts", "api") as plane:
        http_scenarios.check(report, plane)
    kubectl, missing = find_kubectl()
    if missing:
        report.skip("the manifests by kubectl", missing)
        return
    with Plane(program, "--parts", "api,controllers") as plane:
        kubectl_scenarios.check(report, Kubectl(kubectl, plane.kubeconfig, None))
