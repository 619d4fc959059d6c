"""The small examples run to their end and say something."""

import re

from common import ROOT, run

SHORT = re.compile(r"0[123]0-.*")


def check(report, compiler, build):
    for folder in sorted((ROOT / "examples").iterdir()):
        if not SHORT.fullmatch(folder.name) or not (folder / "main.cpp").exists():
            continue
        code, said = run([build / "examples" / re.sub(r"^\d+-", "", folder.name)], timeout=60)
        good = code == 0 and said.strip()
        report.check(f"examples/{folder.name} runs", "" if good else f"exit code {code}\n{said}")
