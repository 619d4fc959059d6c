"""The recipes of package managers, as far as no network allows: they are carried out against stand-ins for what package
managers bring, and agree with meson.build; CMake's FetchContent and the single headers are really used."""

import configparser
import importlib.util
import json
import os
import re
import shutil
import sys
import types
from pathlib import Path

from common import BUILD, INCLUDE, ROOT, WARNINGS, run

PLACE = BUILD / "frame" / "packaging"
PACKAGING = ROOT / "packaging"
OUTSIDE = ROOT / "tests/frame/outside"
SAYS = (OUTSIDE / "output.txt").read_text(encoding="utf-8")
COMPILERS = ["g++", "clang++-19"]
LARGEST = 500_000  # bytes: what may be pasted into an online compiler without a second thought

STORE_PROGRAM = """\
#include "berth_store.hpp"
#include <iostream>
auto main() -> int {
    auto ledger = berth::store::memory<std::string>() | berth::store::with_prefix("mine/");
    auto watch = ledger.watch({.key = "a"}).value();
    auto const written = berth::store::put(ledger, "a", "first");
    std::cout << berth::store::get(ledger, "a")->value() << ' ' << watch.next()->size() << '\\n';
    return written.has_value() ? 0 : 1;
}
"""

# What vcpkg brings, done with Meson and CMake alone.
VCPKG = """\
cmake_minimum_required(VERSION 3.22)
set(CURRENT_PACKAGES_DIR "{packages}")
set(PORT berth)
set(FEATURES {features})
function(vcpkg_check_features)
    cmake_parse_arguments(PARSE_ARGV 0 asked "" "OUT_FEATURE_OPTIONS" "FEATURES")
    while(asked_FEATURES)
        list(POP_FRONT asked_FEATURES feature switch)
        if(feature IN_LIST FEATURES)
            set(${{switch}} ON PARENT_SCOPE)
        else()
            set(${{switch}} OFF PARENT_SCOPE)
        endif()
    endwhile()
endfunction()
function(vcpkg_configure_meson)
    cmake_parse_arguments(PARSE_ARGV 0 given "" "SOURCE_PATH" "OPTIONS")
    message(STATUS "options: ${{given_OPTIONS}}")
    execute_process(COMMAND meson setup "{build}" "${{given_SOURCE_PATH}}" --prefix=${{CURRENT_PACKAGES_DIR}}
        --libdir=lib ${{given_OPTIONS}} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_install_meson)
    execute_process(COMMAND meson install -C "{build}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_fixup_pkgconfig)
    file(RENAME "${{CURRENT_PACKAGES_DIR}}/lib/pkgconfig" "${{CURRENT_PACKAGES_DIR}}/share/pkgconfig")
endfunction()
function(vcpkg_cmake_config_fixup)
    cmake_parse_arguments(PARSE_ARGV 0 given "" "PACKAGE_NAME;CONFIG_PATH" "")
    set(here "${{CURRENT_PACKAGES_DIR}}")
    file(RENAME "${{here}}/${{given_CONFIG_PATH}}" "${{here}}/share/${{given_PACKAGE_NAME}}")
endfunction()
function(vcpkg_install_copyright)
    cmake_parse_arguments(PARSE_ARGV 0 given "" "FILE_LIST" "")
    file(INSTALL ${{given_FILE_LIST}} DESTINATION "${{CURRENT_PACKAGES_DIR}}/share/${{PORT}}" RENAME copyright)
endfunction()
include("{portfile}")
"""


def version():
    return re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text(encoding="utf-8"))[1]


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def missing_headers(folder):
    """What of the headers and bodies is not below a folder."""
    wanted = [path.relative_to(INCLUDE) for path in (INCLUDE / "berth").rglob("*.[hi]pp")]
    return [f"{name} is not in the package" for name in wanted if not (folder / name).exists()]


def versions():
    wanted = version()
    told = {"vcpkg.json": json.loads((PACKAGING / "vcpkg/berth/vcpkg.json").read_text(encoding="utf-8"))["version"]}
    wrap = configparser.ConfigParser()
    wrap.read(PACKAGING / "meson/berth.wrap")
    told["berth.wrap"] = wrap["wrap-git"]["revision"].removeprefix("v")
    found = [f"{name} says {said}, meson.build {wanted}" for name, said in told.items() if said != wanted]
    provided = [name.strip() for name in wrap["provide"]["dependency_names"].split(",")]
    meson = (ROOT / "meson.build").read_text(encoding="utf-8")
    return found + [f"meson.build has no dependency {name}" for name in provided
                    if f"override_dependency('{name}'" not in meson]


def vcpkg(features, wanted):
    folder = PLACE / f"vcpkg_{len(features)}"
    folder.mkdir(parents=True)
    script = folder / "port.cmake"
    script.write_text(VCPKG.format(packages=folder / "packages", build=folder / "build", features=" ".join(features),
                                   portfile=PACKAGING / "vcpkg/berth/portfile.cmake"))
    code, said = run(["cmake", "-P", script])
    if code != 0:
        return said
    packages = folder / "packages"
    files = ["share/berth/berthConfig.cmake", "share/berth/copyright", "share/berth/usage", "share/pkgconfig/berth.pc"]
    lost = [f"{name} is not in the package" for name in files if not (packages / name).exists()]
    told = re.search(r"options: (.*)", said)[1]
    return lost + missing_headers(packages / "include") + ([] if told == wanted else [f"options: {told}"])


def stand_in_for_conan():
    """Modules by the names of Conan's, with the little that the recipe asks of them."""
    class ConanFile:
        """What is written to it stays."""

    def copy(recipe, pattern, src, dst):
        for path in Path(src).glob(pattern if "**" in pattern else pattern.replace("*", "**/*")):
            if path.is_file():
                to = Path(dst) / path.relative_to(src)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, to)

    have = {"conan": {"ConanFile": ConanFile},
            "conan.tools.build": {"check_min_cppstd": lambda *_: None, "can_run": lambda _: True},
            "conan.tools.files": {"copy": copy, "load": lambda _, path: Path(path).read_text(encoding="utf-8")},
            "conan.tools.layout": {"basic_layout": lambda _: None},
            "conan.tools.cmake": {"CMake": object, "cmake_layout": lambda _: None}}
    for name, members in {"conan.tools": {}, **have}.items():
        module = types.ModuleType(name)
        module.__dict__.update(members)
        sys.modules[name] = module


def conan():
    stand_in_for_conan()
    recipe = load(PACKAGING / "conan/conanfile.py", "berth_conanfile").Berth()
    load(PACKAGING / "conan/test_package/conanfile.py", "berth_test_conanfile")
    folder = PLACE / "conan"
    recipe.recipe_folder = str(PACKAGING / "conan")
    recipe.export_sources_folder = recipe.source_folder = str(folder / "sources")
    recipe.package_folder = str(folder / "package")
    recipe.options = types.SimpleNamespace(with_lmdb=True, with_etcd=True)
    recipe.settings = types.SimpleNamespace(os="Linux")
    required = []
    recipe.requires = lambda name, **_: required.append(name.split("/")[0])
    recipe.cpp_info = types.SimpleNamespace(set_property=lambda *_: None)
    for step in (recipe.set_version, recipe.export_sources, recipe.layout, recipe.validate, recipe.requirements,
                 recipe.package, recipe.package_info):
        step()
    lost = missing_headers(folder / "package/include")
    lost += [] if (folder / "package/licenses/LICENSE").exists() else ["the licence is not in the package"]
    lost += [] if recipe.version == version() else [f"version {recipe.version}"]
    linked = [name.split("::")[0] for name in recipe.cpp_info.requires]
    return lost + ([] if linked == required else [f"{required} are required, {linked} linked with"])


def fetched(compiler):
    if not shutil.which("cmake"):
        return ""
    build = PLACE / "fetched"
    code, said = run(["cmake", "-S", OUTSIDE / "fetched", "-B", build, f"-DFETCHCONTENT_SOURCE_DIR_BERTH={ROOT}",
                      "-DFETCHCONTENT_FULLY_DISCONNECTED=ON", f"-DCMAKE_CXX_COMPILER={compiler}"])
    if code == 0:
        code, said = run(["cmake", "--build", build])
    if code == 0:
        code, said = run([build / "outside"])
    return "" if code == 0 and said == SAYS else said


def parts_of_cmake():
    """The units that CMake compiles are those of Meson that need no further library."""
    text = (PACKAGING / "cmake/CMakeLists.txt").read_text(encoding="utf-8")
    listed = set(re.search(r"foreach\(part ([^)]*)\)", text)[1].split())
    there = {path.relative_to(INCLUDE / "berth/src").with_suffix("").as_posix()
             for path in (INCLUDE / "berth/src").rglob("*.hpp")}
    wanted = {part for part in there if not re.match(r"core/|store/|api/|kube$", part)}
    return [f"only one of both has {part}" for part in sorted(listed ^ wanted)]


def single_header(compiler, area, program, says):
    folder = PLACE / f"single_{area}_{compiler}"
    folder.mkdir(parents=True)
    header = folder / f"berth_{area}.hpp"
    code, said = run([sys.executable, "-B", PACKAGING / "single_header.py", area, "-o", header])
    if code != 0:
        return said
    if header.stat().st_size > LARGEST:
        return f"{header.stat().st_size} bytes, more than {LARGEST}"
    if foreign := re.findall(r"#\s*include <(?:boost|range|re2|lmdb|yaml|openssl|berth)[^>]*>", header.read_text()):
        return f"it includes {foreign}"
    (folder / "main.cpp").write_text(program)
    code, said = run([compiler, "-std=c++23", *WARNINGS, "main.cpp", "-o", "main"], cwd=folder)
    if code == 0:
        code, said = run([folder / "main"])
    return "" if code == 0 and said == says else said or f"exit code {code}"


def check(report, compiler):
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    report.check("the recipes have meson.build's version and names", versions())
    if shutil.which("cmake"):
        report.check("the vcpkg port installs what is needed",
                     vcpkg([], "-Dhttp=enabled;-Dlmdb=disabled;-Detcd=disabled"))
        report.check("the vcpkg port has features",
                     vcpkg(["lmdb", "etcd"], "-Dhttp=enabled;-Dlmdb=enabled;-Detcd=enabled"))
    report.check("the Conan recipe packages what is needed", conan())
    report.check("CMake's FetchContent gives a target", fetched(compiler))
    report.check("CMake compiles the parts that Meson does", parts_of_cmake())
    first = (OUTSIDE / "main.cpp").read_text(encoding="utf-8").replace("<berth/schedule.hpp>", '"berth_schedule.hpp"')
    for one in COMPILERS:
        if not shutil.which(one):
            report.skip(f"the single headers with {one}", "it is not there")
            continue
        report.check(f"schedule is one header, with {one}", single_header(one, "schedule", first, SAYS))
        report.check(f"store is one header, with {one}", single_header(one, "store", STORE_PROGRAM, "first 1\n"))
