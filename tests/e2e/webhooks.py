"""Webhooks of admission are called by a running control plane, over HTTP and TLS; a real kubectl sees what they say."""

import base64
import contextlib
import http.server
import json
import pathlib
import shutil
import signal
import ssl
import subprocess
import tempfile
import threading
import time

from tools import Kubectl, Plane, Scenarios, ask, find_kubectl, has, same, until

scenario = Scenarios()


class Webhook:
    """A server that answers reviews with `decide(request)`, until the `with` block ends."""

    def __init__(self, decide, certificate=None):
        self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(handler):  # noqa: N805
                review = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
                self.asked.append(review["request"])
                said = {"uid": review["request"]["uid"], "allowed": True, **decide(review["request"])}
                body = json.dumps({"apiVersion": review["apiVersion"], "kind": review["kind"], "response": said})
                handler.send_response(200)
                handler.send_header("Content-Length", str(len(body)))
                handler.end_headers()
                with contextlib.suppress(OSError):
                    handler.wfile.write(body.encode())

            def log_message(handler, *_):  # noqa: N805
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


@contextlib.contextmanager
def configured(kubectl, kind, client, **more):
    """A configuration with one webhook about config maps with the label `seen`, while the block lasts."""
    hook = {"name": "guard.example.com", "clientConfig": client, "sideEffects": "None", "timeoutSeconds": 2,
            "admissionReviewVersions": ["v1"], "objectSelector": {"matchLabels": {"seen": "yes"}},
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE", "DELETE"],
                       "resources": ["configmaps"]}], **more}
    made = {"apiVersion": "admissionregistration.k8s.io/v1", "kind": f"{kind}WebhookConfiguration",
            "metadata": {"name": "e2e"}, "webhooks": [hook]}
    kubectl("create", "-f", "-", given=json.dumps(made))
    try:
        yield
    finally:
        kubectl.run("delete", f"{kind}WebhookConfiguration".lower(), "e2e", "--request-timeout=5s")


def settings(name, **data):
    return json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "labels": {"seen": "yes"}},
                       "data": data})


def plain(hook, path=""):
    return {"url": f"http://127.0.0.1:{hook.port}{path}"}


@scenario("a mutating webhook changes what is created, and kubectl is warned as it says")
def _(kubectl, plane):
    patch = base64.b64encode(json.dumps([{"op": "add", "path": "/data/added", "value": "1"}]).encode()).decode()
    answer = {"patchType": "JSONPatch", "patch": patch, "warnings": ["the guard was here"]}
    with Webhook(lambda request: answer) as hook, configured(kubectl, "Mutating", plain(hook, "/mutate")):
        code, out, said = kubectl.run("create", "-f", "-", given=settings("changed", a="b"))
        same((code, out), (0, "configmap/changed created\n"))
        has(said, "^Warning: the guard was here$")
        same(kubectl.path("configmap/changed", ".data.added"), "1")
        same([(r["operation"], r["name"]) for r in hook.asked], [("CREATE", "changed")])
        kubectl("create", "configmap", "unseen")
        same(len(hook.asked), 1)


@scenario("a validating webhook refuses in its own words, also a deletion")
def _(kubectl, plane):
    refuse = {"allowed": False, "status": {"code": 403, "reason": "Forbidden", "message": "not on Mondays"}}
    kubectl("create", "-f", "-", given=settings("kept"))
    with Webhook(lambda request: refuse) as hook, configured(kubectl, "Validating", plain(hook)):
        said = kubectl.refused("create", "-f", "-", given=settings("refused"))
        has(said, r'^Error from server \(Forbidden\): .*admission webhook "guard.example.com" denied the request: '
                  r'not on Mondays$')
        has(kubectl.refused("delete", "configmap", "kept"), "denied the request: not on Mondays")
        has(kubectl("get", "configmap", "kept", "-o", "name"), "kept")


@scenario("a webhook that is not there stops writes, or is ignored")
def _(kubectl, plane):
    with Webhook(lambda request: {}) as gone:
        client = plain(gone)
    with configured(kubectl, "Validating", client):
        has(kubectl.refused("create", "-f", "-", given=settings("stopped")),
            r'^Error from server \(InternalError\): .*Internal error occurred: failed calling webhook '
            r'"guard.example.com": failed to call webhook: Post "http://127.0.0.1:\d+\?timeout=2s": '
            r'dial tcp 127.0.0.1:\d+: connect: connection refused$')
    with configured(kubectl, "Validating", client, failurePolicy="Ignore"):
        has(kubectl("create", "-f", "-", given=settings("passed")), "^configmap/passed created$")


@scenario("webhooks that never answer stop nobody else, and are given up in time")
def _(kubectl, plane):
    free = threading.Event()

    def wait(request):
        free.wait(10)
        return {}

    with Webhook(wait) as hook, configured(kubectl, "Validating", plain(hook)):
        answers = []
        writers = [threading.Thread(target=lambda n=n: answers.append(
            ask(plane, "/api/v1/namespaces/default/configmaps", json.loads(settings(f"slow-{n}"))))) for n in range(6)]
        for writer in writers:
            writer.start()
        while len(hook.asked) < len(writers):
            time.sleep(0.01)
        begun = time.monotonic()
        same(ask(plane, "/api/v1/namespaces/default")[0], 200)
        same(ask(plane, "/api/v1/namespaces/default/secrets", {"metadata": {"name": "quick"}})[0], 201)
        assert time.monotonic() - begun < 1.5, "others waited for the webhook"
        for writer in writers:
            writer.join()
        free.set()
        for status, said in answers:
            same(status, 500)
            has(said["message"], "context deadline exceeded$")


@scenario("webhooks are called over TLS, by their URL and by a service, and only those that are vouched for")
def _(kubectl, plane):
    if not shutil.which("openssl"):
        return
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-keyout", at / "key.pem", "-out", at / "cert.pem", "-days", "2",
                        "-subj", "/CN=guard",
                        "-addext", "subjectAltName=IP:127.0.0.1,DNS:guard.default.svc"],
                       check=True, capture_output=True)
        bundle = base64.b64encode((at / "cert.pem").read_bytes()).decode()
        with Webhook(lambda request: {}, at) as hook:
            url = f"https://127.0.0.1:{hook.port}"
            with configured(kubectl, "Validating", {"url": url, "caBundle": bundle}):
                kubectl("create", "-f", "-", given=settings("by-url"))
            same(len(hook.asked), 1)
            with configured(kubectl, "Validating", {"url": url}):
                has(kubectl.refused("create", "-f", "-", given=settings("untrusted")), "certificate verify failed")
            service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "guard"},
                       "spec": {"type": "ExternalName", "externalName": "localhost"}}
            kubectl("create", "-f", "-", given=json.dumps(service))
            client = {"service": {"name": "guard", "namespace": "default", "port": hook.port}, "caBundle": bundle}
            with configured(kubectl, "Validating", client):
                kubectl("create", "-f", "-", given=settings("by-service"))
            same(len(hook.asked), 2)


@scenario("a control plane that is told to stop does not wait for webhooks that never answer")
def _(kubectl, plane):
    free = threading.Event()
    with Webhook(lambda request: free.wait(60) and {}) as hook, Plane(plane.command[0], "--parts", "api") as other:
        writer = Kubectl(kubectl.program, other.kubeconfig)
        with configured(writer, "Validating", plain(hook), timeoutSeconds=30, failurePolicy="Ignore"):
            answers = []
            asking = threading.Thread(target=lambda: answers.append(
                ask(other, "/api/v1/namespaces/default/configmaps", json.loads(settings("held")))))
            asking.start()
            until(lambda: hook.asked, "the webhook is asked")
            begun = time.monotonic()
            same(other.stop(signal.SIGTERM), 0)
            assert time.monotonic() - begun < 6, "it waited for the webhook"
            asking.join()
            free.set()
            same(answers[0][0], 504)
            has(answers[0][1]["message"], "request did not complete within requested timeout")


def check(report, compiler, build):
    kubectl, missing = find_kubectl()
    if missing:
        report.skip("webhooks", missing)
        return
    with Plane(build / "examples/control-plane", "--parts", "api") as plane:
        scenario.check(report, Kubectl(kubectl, plane.kubeconfig), plane)
