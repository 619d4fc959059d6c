"""Outside projects build against the installed headers: through pkg-config, through CMake, as a Meson subproject."""

import os
import shutil

from common import BUILD, ROOT, run

WORK = BUILD / "frame" / "installed"
OUTSIDE = ROOT / "tests/frame/outside"
SOURCES = [OUTSIDE / "main.cpp", OUTSIDE / "linked.cpp"]
SAYS = (OUTSIDE / "output.txt").read_text(encoding="utf-8")


def steps(*commands, **options):
    """Runs commands one after the other; what the first that fails says, or else what the last one does not say."""
    said = ""
    for command in commands:
        code, said = run(command, **options)
        if code != 0:
            return f"{' '.join(map(str, command))}: {code}\n{said}"
    return "" if said == SAYS else f"the program said {said!r} instead of {SAYS!r}"


def install(prefix):
    parts = [f"-D{part}=disabled" for part in ("tests", "examples", "benchmarks")]
    for command in (["meson", "setup", WORK / "build", ROOT, f"--prefix={prefix}", "--libdir=lib", *parts],
                    ["meson", "install", "-C", WORK / "build"]):
        code, said = run(command)
        if code != 0:
            return f"{' '.join(map(str, command))}: {code}\n{said}"
    wanted = ["include/berth/core/error.hpp", "lib/pkgconfig/berth.pc", "share/cmake/berth/berthConfig.cmake"]
    return [f"{file} is not installed" for file in wanted if not (prefix / file).exists()]


def pkg_config(prefix, compiler):
    environment = {**os.environ, "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}
    code, flags = run(["pkg-config", "--cflags", "--libs", "berth"], env=environment)
    if code != 0:
        return flags
    program = WORK / "by_pkg_config"
    return steps([compiler, "-std=c++23", *SOURCES, "-o", program, *flags.split()], [program])


def subproject(compiler):
    project = WORK / "project"
    (project / "subprojects").mkdir(parents=True)
    for file in (*SOURCES, OUTSIDE / "meson.build"):
        shutil.copy(file, project)
    (project / "subprojects/berth").symlink_to(ROOT)
    build = WORK / "by_meson"
    return steps(["meson", "setup", build, project], ["ninja", "-C", build], [build / "outside"],
                 env={**os.environ, "CXX": compiler})


def by_cmake(prefix, compiler):
    build = WORK / "by_cmake"
    settings = [f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}"]
    return steps(["cmake", "-S", OUTSIDE, "-B", build, *settings], ["cmake", "--build", build], [build / "outside"])


def check(report, compiler):
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    prefix = WORK / "prefix"
    report.check("the headers and their descriptions are installed", install(prefix))
    report.check("an outside program builds through pkg-config and runs", pkg_config(prefix, compiler))
    report.check("an outside project with Berth as a Meson subproject builds and runs", subproject(compiler))
    if shutil.which("cmake"):
        report.check("an outside project builds through CMake and runs", by_cmake(prefix, compiler))
