"""The fuzzers of `tests/fuzz` build, and find nothing in a short run from their kept inputs: no fault, and no input
that takes ten seconds. With clang only."""

import os
import shutil
import tempfile

from common import BUILD, ROOT, compiler_command, run

RUNS = os.environ.get("BERTH_FUZZ_RUNS", "20000")


def build(source, compiler):
    """(program, complaints) of a fuzzer."""
    folder = BUILD / "frame" / compiler / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / source.stem
    code, said = run(compiler_command(
        compiler, "-O1", "-g", "-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=all",
        source, "-o", program, "-lboost_json", "-lre2", "-lyaml-cpp", "-lnghttp2", "-lssl", "-lcrypto", "-pthread"))
    return program, "" if code == 0 else said or "the compiler failed"


def complaints_of(source, compiler):
    program, said = build(source, compiler)
    if said:
        return said
    with tempfile.TemporaryDirectory() as folder:  # new inputs go there, findings too
        inputs = shutil.copytree(ROOT / "tests/fuzz/corpus" / source.stem, f"{folder}/corpus")
        code, said = run([program, f"-runs={RUNS}", "-max_len=65536", "-timeout=10", inputs], cwd=folder)
    return "" if code == 0 else said[-4000:] or f"exit code {code}"


def check(report, compiler):
    if not compiler.startswith("clang"):
        return
    for source in sorted((ROOT / "tests/fuzz").glob("*.cpp")):
        report.check(f"{source.name} finds nothing", complaints_of(source, compiler))
