"""The small examples run to their end and say something. (The control plane is run end to end, see `tests/e2e`.)"""

import re
import shutil
import tempfile

from common import ROOT, run

SHORT = re.compile(r"0[12356]\d-.*")
LEDGER = "050-keep-a-ledger"


def short():
    """The folders of the small examples."""
    folders = sorted(path.parent.name for path in (ROOT / "examples").glob("*/main.cpp"))
    return [folder for folder in folders if SHORT.fullmatch(folder)]


def complaint_about(folder, build, *arguments):
    code, said = run([build / "examples" / re.sub(r"^\d+-", "", folder), *arguments], timeout=60)
    return "" if code == 0 and said.strip() else f"exit code {code}\n{said}"


def check(report, compiler, build):
    for folder in short():
        report.check(f"examples/{folder} runs", complaint_about(folder, build))
    small = ["--nodes", "2000", "--pods", "2000"]
    report.check("a small million is placed and bound", complaint_about("million", build, *small))
    with tempfile.TemporaryDirectory() as place:
        report.check("the ledger is kept on a disk", complaint_about(LEDGER, build, f"lmdb:{place}/ledger"))
    if not shutil.which("etcd"):
        return report.skip("the ledger is kept in etcd", "there is no etcd in PATH")
    from stores import Etcd  # of the end-to-end tests

    with Etcd() as etcd:
        report.check("the ledger is kept in etcd", complaint_about(LEDGER, build, f"etcd:{etcd.url}"))
    return None
