#!/usr/bin/env python3
"""Figures of the control plane as a program: what it takes to start, to rest, for many simulated nodes to become
ready, and for the pods of one deployment, from the request until all are ready. One line for each step: wall time,
processor time of the process, resident memory, and how busy the machine was. Exit status 1: not all became ready.

    bench/run serve --workers 64 --pods 5000
    bench/serve.py build/examples-O2/examples/control-plane --workers 64 --pods 5000
"""

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import time
from datetime import datetime


class Plane:
    """A control plane that serves, as a process of its own."""

    def __init__(self, program, arguments):
        self.begin = time.monotonic()
        self.process = subprocess.Popen(
            [program, "--serve", *arguments], stdout=subprocess.PIPE, text=True)
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("the control plane ended before it served")
            found = re.search(r"listens on http://([^:]+):(\d+)", line)
            if found:
                break
        self.served = time.monotonic() - self.begin
        self.address = (found.group(1), int(found.group(2)))
        self.connection = http.client.HTTPConnection(*self.address, timeout=120)

    def ask(self, path, method="GET", body=None, accept="application/json"):
        self.connection.request(method, path, body and json.dumps(body),
                                {"Content-Type": "application/json", "Accept": accept})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text)

    def count(self, path):
        """How many objects there are, by a list of one."""
        listed = self.ask(path + "?limit=1")
        return len(listed["items"]) + listed["metadata"].get("remainingItemCount", 0)

    def is_ready(self, number):
        """Whether a worker may be given pods."""
        node = self.ask(f"/api/v1/nodes/worker-{number}")
        conditions = node["status"].get("conditions", [])
        return not node["spec"].get("taints") and any(
            c["type"] == "Ready" and c["status"] == "True" for c in conditions)

    def renewed(self, number):
        """How many seconds ago a worker has renewed its lease."""
        lease = self.ask(f"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/worker-{number}")
        at = datetime.fromisoformat(lease["spec"]["renewTime"].replace("Z", "+00:00"))
        return time.time() - at.timestamp()

    def processor(self):
        with open(f"/proc/{self.process.pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def deployment(replicas):
    labels = {"app": "web"}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
            "spec": {"replicas": replicas, "selector": {"matchLabels": labels},
                     "template": {"metadata": {"labels": labels},
                                  "spec": {"containers": [{"name": "main", "image": "app:v1", "resources": {
                                      "requests": {"cpu": "10m", "memory": "16Mi"}}}]}}}}


def until(what, limit=600, pause=0.02):
    end = time.monotonic() + limit
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--workers", type=int, default=64)
    parser.add_argument("--pods", type=int, default=0)
    parser.add_argument("--rest", type=float, default=0, help="seconds to watch it at rest at the end")
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("further", nargs="*", metavar="ARGUMENT", help="for the program, after --")
    a = parser.parse_args()
    plane = Plane(a.program, ["--simulated", "--workers", str(a.workers), *a.further])
    before = [plane.begin, 0.0]

    def tell(step):
        now, used = time.monotonic(), plane.processor()
        print(f"{step:40} {now - before[0]:8.3f} s  {used - before[1]:8.2f} CPU s  {plane.resident():9.1f} MiB"
              f"   load {os.getloadavg()[0]:.1f}", flush=True)
        before[:] = [now, used]

    try:
        tell("serving")
        ok = until(lambda: plane.count("/api/v1/nodes") >= a.workers, a.limit, 0.1)
        tell(f"{a.workers} nodes registered" if ok else "NOT ALL NODES REGISTERED")
        # A sample: to read all of very many would be work and memory of its own.
        some = random.Random(1).sample(range(1, a.workers + 1), min(a.workers, 100))
        ok = ok and until(lambda: all(map(plane.is_ready, some)), a.limit, 0.1)
        tell(f"{a.workers} nodes ready" if ok else "NOT ALL NODES READY")
        if a.pods:
            time.sleep(3)
            tell("three seconds at rest")
            base = plane.resident()
            path = "/apis/apps/v1/namespaces/default/deployments"
            plane.ask(path, "POST", deployment(a.pods))
            status = lambda: plane.ask(path + "/web/status")["status"].get("readyReplicas", 0)
            all_run = until(lambda: status() >= a.pods, a.limit)
            tell(f"{a.pods} pods ready" if all_run else f"NOT ALL PODS READY ({status()})")
            ok = ok and all_run
            print(f"{'':40} {(plane.resident() - base) * 1024 / a.pods:8.1f} KiB for each pod", flush=True)
            time.sleep(2)
            tell("two seconds later")
            print(f"{'':40} {(plane.resident() - base) * 1024 / a.pods:8.1f} KiB for each pod", flush=True)
        if a.rest:
            time.sleep(a.rest)
            tell(f"{a.rest:g} seconds at rest")
            ready = sum(map(plane.is_ready, some))
            ok = ok and ready == len(some)
            print(f"{'':40} {ready} of {len(some)} workers are ready, the last renewal of one is at most"
                  f" {max(map(plane.renewed, some)):.0f} s old", flush=True)
            if a.pods:
                print(f"{'':40} {(plane.resident() - base) * 1024 / a.pods:8.1f} KiB for each pod", flush=True)
    finally:
        plane.stop()
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
