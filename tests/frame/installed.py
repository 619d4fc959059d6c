"""Outside projects build against what is installed, header-only and compiled: through pkg-config, through CMake, as a
Meson subproject."""

import os
import shutil

from common import BUILD, ROOT, run

WORK = BUILD / "frame" / "installed"
OUTSIDE = ROOT / "tests/frame/outside"
SOURCES = [OUTSIDE / "main.cpp", OUTSIDE / "linked.cpp"]
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


def install(prefix, compiler, *options):
    build = WORK / f"build_{prefix.name}"
    return steps(["meson", "setup", build, ROOT, f"--prefix={prefix}", "--libdir=lib", *FAST, *options],
                 ["meson", "install", "-C", build], says=None, env={**os.environ, "CXX": compiler})


def installed(prefix, compiled):
    """What of the wanted files is not there, and what was built without being asked for."""
    wanted = ["include/berth/core/error.hpp", "include/berth/core/base64.ipp", "include/berth/src.hpp",
              "lib/pkgconfig/berth.pc", "share/cmake/berth/berthConfig.cmake"]
    wanted += ["lib/libberth_compiled.a", "lib/pkgconfig/berth-compiled.pc"] if compiled else []
    missing = [f"{file} is not installed" for file in wanted if not (prefix / file).exists()]
    objects = [] if compiled else (WORK / f"build_{prefix.name}").rglob("*.o")
    return missing + [f"{made} was compiled, though nobody asked for it" for made in objects]


def pkg_config(prefix, compiler, name):
    environment = {**os.environ, "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}
    code, flags = run(["pkg-config", "--cflags", "--libs", name], env=environment)
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
    for file in (*SOURCES, OUTSIDE / "meson.build", OUTSIDE / "meson_options.txt"):
        shutil.copy(file, project)
    (project / "subprojects/berth").symlink_to(ROOT)
    build = WORK / f"by_meson_{name}"
    return steps(["meson", "setup", build, project, *FAST, f"-Dberth={name}"], ["ninja", "-C", build],
                 [build / "outside"], env={**os.environ, "CXX": compiler})


def by_cmake(prefix, compiler, target):
    build = WORK / f"by_cmake_{target.replace(':', '_')}"
    settings = [f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}", f"-DBERTH={target}"]
    return steps(["cmake", "-S", OUTSIDE, "-B", build, *settings], ["cmake", "--build", build], [build / "outside"])


def check(report, compiler):
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    modes = [("header-only", WORK / "headers", [], "berth", "berth::berth"),
             ("compiled", WORK / "compiled", ["-Dcompiled=true"], "berth-compiled", "berth::compiled")]
    for mode, prefix, options, name, target in modes:
        failed = install(prefix, compiler, *options)
        report.check(f"Berth is installed {mode}", failed or installed(prefix, bool(options)))
        report.check(f"an outside program finds it through pkg-config, {mode}", pkg_config(prefix, compiler, name))
        if shutil.which("cmake"):
            report.check(f"an outside project finds it through CMake, {mode}", by_cmake(prefix, compiler, target))
        report.check(f"an outside project has it as a Meson subproject, {mode}", subproject(compiler, name))
    report.check("story 060 is told outside", told(modes[0][1], compiler, "060-measure-a-plugin"))
