"""Parts of a control plane in another process than its API server, and what they make of each other's deaths."""

import signal
import socket
import tempfile

from tools import Parts, Plane, Scenarios, ask, has, refusal, until

scenario = Scenarios()
DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments"


def deployment(replicas):
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "main", "image": "web:1"}]}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
            "spec": {"replicas": replicas, "selector": {"matchLabels": {"app": "web"}}, "template": template}}


def scale(plane, replicas):
    status, answer = ask(plane, f"{DEPLOYMENTS}/web", {"spec": {"replicas": replicas}}, "PATCH")
    assert status == 200, answer


def available(plane):
    status = ask(plane, f"{DEPLOYMENTS}/web")[1].get("status", {})
    return status.get("availableReplicas", 0), status.get("replicas", 0)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@scenario("a scheduler and controllers in a process of their own bring up what is wanted, also after they were killed")
def _(program):
    with Plane(program, "--parts", "api,workers", "--simulated") as plane:
        with Parts(program, plane.url(), "scheduler,controllers") as parts:
            status, answer = ask(plane, DEPLOYMENTS, deployment(3))
            assert status == 201, answer
            until(lambda: available(plane) == (3, 3), "three pods", 60)
            parts.stop(signal.SIGKILL)
            scale(plane, 5)
        with Parts(program, plane.url(), "controllers"), Parts(program, plane.url(), "scheduler"):
            until(lambda: available(plane) == (5, 5), "five pods", 90)


@scenario("of two schedulers one works, and the other takes over when it stops or is killed")
def _(program):
    with Plane(program, "--parts", "api,controllers,workers", "--simulated") as plane:
        with Parts(program, plane.url(), "scheduler", "--lease", "3") as one:
            until(lambda: "kube-scheduler leads" in one.output(), "a leader")
            with Parts(program, plane.url(), "scheduler", "--lease", "3") as two:
                assert ask(plane, DEPLOYMENTS, deployment(2))[0] == 201
                until(lambda: available(plane) == (2, 2), "two pods", 60)
                assert "leads" not in two.output(), two.output()
                one.stop(signal.SIGTERM)
                has(one.output(), "kube-scheduler leads no more")
                until(lambda: "kube-scheduler leads" in two.output(), "another leader", 5)
                with Parts(program, plane.url(), "scheduler", "--lease", "3") as three:
                    two.stop(signal.SIGKILL)
                    scale(plane, 4)
                    until(lambda: "kube-scheduler leads" in three.output(), "a third leader", 20)
                    until(lambda: available(plane) == (4, 4), "four pods", 60)


@scenario("a plane that has a scheduler and controllers needs no others: theirs wait until it has gone")
def _(program):
    with Plane(program, "--simulated") as plane:
        assert ask(plane, DEPLOYMENTS, deployment(3))[0] == 201
        until(lambda: available(plane) == (3, 3), "three pods", 60)
        with Parts(program, plane.url(), "scheduler,controllers") as parts:
            scale(plane, 6)
            until(lambda: available(plane) == (6, 6), "six pods", 60)
            assert "leads" not in parts.output(), parts.output()
            events = ask(plane, "/api/v1/namespaces/default/events")[1]["items"]
            assert sum(e["reason"] == "SuccessfulCreate" for e in events) == 6, "somebody else made pods too"


@scenario("they go on when their API server was killed and is there again")
def _(program):
    with tempfile.TemporaryDirectory() as folder:
        how = ["--parts", "api,workers", "--simulated", "--store", f"lmdb:{folder}/store", "--port", str(free_port())]
        with Plane(program, *how) as plane:
            with Parts(program, plane.url(), "scheduler,controllers") as parts:
                assert ask(plane, DEPLOYMENTS, deployment(2))[0] == 201
                until(lambda: available(plane) == (2, 2), "two pods", 60)
                plane.stop(signal.SIGKILL)
                with Plane(program, *how) as again:
                    scale(again, 4)
                    until(lambda: available(again) == (4, 4), "four pods", 90)
                assert parts.process.poll() is None, parts.output()


@scenario("workers in a process of their own run pods")
def _(program):
    with Plane(program, "--parts", "api,scheduler,controllers") as plane:
        with Parts(program, plane.url(), "workers", "--simulated", "--workers", "2"):
            assert ask(plane, DEPLOYMENTS, deployment(2))[0] == 201
            until(lambda: available(plane) == (2, 2), "two pods", 60)


@scenario("where nobody answers it is said")
def _(program):
    has(refusal(program, "--server", f"http://127.0.0.1:{free_port()}"), "cannot be reached")
    has(refusal(program, "--server", "nowhere"), "nowhere.*http://host:port")


def check(report, compiler, build):
    scenario.check(report, str(build / "examples/control-plane"))
