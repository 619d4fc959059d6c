"""The small examples run to their end and say something. (The control plane is run end to end, see `tests/e2e`.)"""

import re

from common import ROOT, run

SHORT = re.compile(r"0[1235][05]-.*")


def short():
    """The folders of the small examples."""
    folders = sorted(path.parent.name for path in (ROOT / "examples").glob("*/main.cpp"))
    return [folder for folder in folders if SHORT.fullmatch(folder)]


def check(report, compiler, build):
    for folder in short():
        code, said = run([build / "examples" / re.sub(r"^\d+-", "", folder)], timeout=60)
        good = code == 0 and said.strip()
        report.check(f"examples/{folder} runs", "" if good else f"exit code {code}\n{said}")
