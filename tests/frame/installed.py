"""Outside projects build against what is installed, header-only and compiled: through pkg-config, through CMake, as a
Meson subproject. The compiled library is that of the build that is tested, so it is not compiled a second time."""

import os
import shutil

from common import BUILD, ROOT, run

WORK = BUILD / "frame" / "installed"
OUTSIDE = ROOT / "tests/frame/outside"
SOURCES = [OUTSIDE / "main.cpp", OUTSIDE / "linked.cpp"]
PROJECT = [*SOURCES, OUTSIDE / "linked_area.cpp", OUTSIDE / "meson.build", OUTSIDE / "meson_options.txt"]
SAYS = (OUTSIDE / "output.txt").read_text(encoding="utf-8")
FAST = ["-Doptimization=0", "-Ddebug=false"]


def steps(*commands, says=SAYS, **options):
    """Runs commands one after the other; what the first that fails says, or else what the last one does not say."""
    said = ""
    for command in commands:
        code, said = run(command, **options)
        if code != 0:
            return f"{' '.join(map(str, command))}: {code}\n{said}"
    return "" if says is None or said == says else f"the program said {said!r} instead of {says!r}"


def install(prefix, compiler):
    build = WORK / "build_headers"
    return steps(["meson", "setup", build, ROOT, f"--prefix={prefix}", "--libdir=lib", *FAST],
                 ["meson", "install", "-C", build], says=None, env={**os.environ, "CXX": compiler})


def install_built(build, prefix):
    """What was built is put where it was not built for, as those do who make packages."""
    staged = WORK / "staged"
    said = steps(["meson", "install", "-C", build, "--no-rebuild", "--destdir", staged], says=None)
    if not said:
        (staged / "usr/local").rename(prefix)
    return said


def installed(prefix, compiled):
    """What of the wanted files is not there, and what was built without being asked for."""
    wanted = ["include/berth/core/error.hpp", "include/berth/core/base64.ipp", "include/berth/src.hpp",
              "lib/pkgconfig/berth.pc", "share/cmake/berth/berthConfig.cmake"]
    wanted += ["lib/libberth_compiled.a", "lib/pkgconfig/berth-compiled.pc"] if compiled else []
    missing = [f"{file} is not installed" for file in wanted if not (prefix / file).exists()]
    objects = [] if compiled else (WORK / "build_headers").rglob("*.o")
    return missing + [f"{made} was compiled, though nobody asked for it" for made in objects]


def pkg_config(prefix, compiler, name):
    environment = {**os.environ, "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}
    code, flags = run(["pkg-config", "--cflags", "--libs", name, "--define-prefix"], env=environment)
    if code != 0:
        return flags
    program = WORK / f"by_pkg_config_{name}"
    return steps([compiler, "-std=c++23", *SOURCES, "-o", program, *flags.split()], [program])


def told(prefix, compiler, story):
    """Complaints about a story that is compiled and told on the installed headers."""
    flags = run(["pkg-config", "--cflags", "--libs", "berth"],
                env={**os.environ, "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")})[1]
    return steps([compiler, "-std=c++23", ROOT / "examples" / story / "main.cpp", "-o", WORK / "story", *flags.split()],
                 [WORK / "story"], says=None)


def subproject(compiler, name):
    project = WORK / f"project_{name}"
    (project / "subprojects").mkdir(parents=True)
    for file in PROJECT:
        shutil.copy(file, project)
    (project / "subprojects/berth").symlink_to(ROOT)
    build = WORK / f"by_meson_{name}"
    return steps(["meson", "setup", build, project, *FAST, f"-Dberth={name}"], ["ninja", "-C", build],
                 [build / "outside"], env={**os.environ, "CXX": compiler})


def by_cmake(prefix, compiler, target):
    build = WORK / f"by_cmake_{target.replace(':', '_')}"
    settings = [f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}", f"-DBERTH={target}"]
    return steps(["cmake", "-S", OUTSIDE, "-B", build, *settings], ["cmake", "--build", build], [build / "outside"])


def check(report, compiler, build):
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    headers, compiled = WORK / "headers", WORK / "compiled"
    # As a subproject one area is compiled: what a project asks for, and not the rest.
    modes = [("header-only", headers, install(headers, compiler), "berth", "berth::berth", "berth"),
             ("compiled", compiled, install_built(build, compiled), "berth-compiled", "berth::compiled",
              "berth-compiled-schedule")]
    for mode, prefix, failed, name, target, subdependency in modes:
        report.check(f"Berth is installed {mode}", failed or installed(prefix, prefix is compiled))
        report.check(f"an outside program finds it through pkg-config, {mode}", pkg_config(prefix, compiler, name))
        if shutil.which("cmake"):
            report.check(f"an outside project finds it through CMake, {mode}", by_cmake(prefix, compiler, target))
        report.check(f"an outside project has it as a Meson subproject, {mode}", subproject(compiler, subdependency))
    report.check("story 060 is told outside", told(headers, compiler, "060-measure-a-plugin"))
