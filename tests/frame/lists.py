"""Lists that must be complete: each area's `fwd.hpp` and umbrella, `src.hpp`, the sources named in the Meson files,
the kinds, and a test for each header.

    python3 tests/frame/lists.py --write    brings umbrellas, Meson files and the vocabulary's includes up to date
"""

import functools
import re
import sys

from common import (APART, AREAS, INCLUDE, ROOT, SELECTIONS, UMBRELLAS_APART, Report, area_of, bodies, headers,
                    includes_of, is_detail, is_umbrella, project_files, umbrella_of)
from source_text import functions

# A header that brings one of these is an adapter and in no umbrella (JSON and expressions are at home from `api/` on).
HEAVY = re.compile(r"(boost/(beast|asio|hana)[./]|openssl/|lmdb\.h|nghttp2/|zlib\.h|yaml-cpp/)")
FROM_API = re.compile(r"boost/json[./]|re2/")
FROM_API_AT_HOME = {"api", "reconcile", "kube", "node", "sim"}
# The pure areas go on needing the standard library only; what brings range-v3 there is an adapter, and so is what reads
# folders or loads libraries, whose headers are large.
FROM_OBJECT = re.compile(r"range/v3/|filesystem$|dlfcn\.h$")
NOT_AT_HOME = {"core", "schedule", "store"}

# Parts of an area that need a further library: units of separate compilation ask for them by name.
PARTS = {
    "core/net": re.compile(r"berth/core/net/"),
    "core/credentials": re.compile(r"berth/core/credentials/"),
    "store/lmdb": re.compile(r"berth/store/lmdb[/.]"),
    "store/etcd": re.compile(r"berth/store/etcd[/.]"),
    "api/remote": re.compile(r"berth/api/http/(detail/)?remote"),
    "api/http": re.compile(r"berth/api/(http/|yaml)"),
    "bench": re.compile(r"berth/bench/"),
}

# An area of many bodies is compiled in several units, so that they are built beside each other and anew one by one.
SLICES = {
    "kube": {
        "pod": re.compile(r"berth/kube/core/pod/"),
        "core": re.compile(r"berth/kube/core/"),
        "scheduler": re.compile(r"berth/kube/schedule/scheduler\.ipp"),
        "schedule": re.compile(r"berth/kube/schedule/"),
        "workloads": re.compile(r"berth/kube/(apps|batch|autoscaling|policy|control)/"),
        "others": re.compile(r"berth/kube/"),
    },
}

MENDED = "`python3 tests/frame/lists.py --write` mends it"

TITLES = {
    "core": "The core: errors, time, randomness, components.",
    "object": "Objects of an API: what they are made of, how they are described, selected and compared.",
    "store": "The database of record: the versioned store and its in-memory model.",
    "schedule": "Scheduling: filters, scores, profiles and decisions, as functions of values.",
    "api": "The reception desk: kinds, the in-process server and the client concept.",
    "reconcile": "Reconciling: queues, caches, plans and the loop that drives actual to desired.",
    "kube": "The Kubernetes vocabulary: kinds, admission and controllers. The scheduler: `berth/kube/schedule.hpp`.\n"
            "/// The types alone: `berth/kube/types.hpp`.",
    "kube/types": "The types of all kinds, and nothing that a server does with them: enough for a controller over any "
                  "client.",
    "kube/schedule": "The scheduler of Kubernetes: its plugins and profiles, and what it tells of its decisions.",
    "node": "The worker: agents and the runtimes that run containers.",
    "sim": "Simulation: the same components in virtual time, on one thread, from one seed.",
}


@functools.cache
def brings(header):
    """The libraries that a header brings, directly or through other headers: a set of included names."""
    names = {name for file in reachable(header, set()) for _, name in includes_of(INCLUDE / file)}
    return frozenset(name for name in names if not name.startswith("berth/"))


def is_adapter(header):
    area = area_of(header)
    return any(HEAVY.match(name) or (area not in FROM_API_AT_HOME and FROM_API.match(name)) or
               (area in NOT_AT_HOME and FROM_OBJECT.match(name)) for name in brings(header))


def members(part):
    """What an umbrella includes: all but internals, and adapters and law suites (asked for by name)."""
    if part in SELECTIONS:
        whole, pattern = SELECTIONS[part]
        return [header for header in members(whole) if pattern.fullmatch(header)]
    mine = (h for h in headers() if umbrella_of(h) == part and not is_umbrella(h) and not is_detail(h))
    return [h for h in mine if not is_adapter(h) and "/laws" not in h]


def umbrella_text(part):
    """`berth/<part>.hpp`, written anew."""
    lines = "".join(f"#include <{header}>\n" for header in members(part))
    exports = f"// IWYU pragma: begin_exports\n{lines}// IWYU pragma: end_exports\n"
    return f"#pragma once\n\n/// \\file\n/// {TITLES[part]}\n\n{exports}"


def reachable(header, seen):
    """Adds to `seen` the header and all of the project's that it includes."""
    if header not in seen and (INCLUDE / header).exists():
        seen.add(header)
        for bracket, name in includes_of(INCLUDE / header):
            if bracket == "<" and name.startswith("berth/"):
                reachable(name, seen)
    return seen


def umbrella_complaints(part):
    """What is wrong with the umbrella that is there: a sorted list that brings all members and no more."""
    umbrella = INCLUDE / "berth" / f"{part}.hpp"
    if not umbrella.exists():
        return ["it is missing", MENDED]
    proper = re.compile(r"(#pragma once|//.*|#include <.*)?")
    lines = umbrella.read_text(encoding="utf-8").splitlines()
    complaints = [f"this is no include: {line}" for line in lines if not proper.fullmatch(line)]
    there = [name for _, name in includes_of(umbrella)]
    complaints += ["its includes are not sorted"] if there != sorted(there) else []
    complaints += [f"does not belong there: {name}" for name in there if name not in members(part)]
    brought = reachable(f"berth/{part}.hpp", set())
    complaints += [f"missing: {name}" for name in members(part) if name not in brought]
    return complaints and [*complaints, MENDED]


def part_of(body):
    """`store/lmdb` for `berth/store/lmdb/file.ipp`, `store` for `berth/store/metrics.ipp`."""
    return next((part for part, pattern in PARTS.items() if pattern.match(body)), area_of(body))


def parts():
    """All parts that have a file below `berth/src/`, the areas first and in their order."""
    return [*areas_there(), *PARTS]


def slice_of(part, body):
    """`kube/pod` for a body of pods; the part itself where it is not sliced."""
    return next((f"{part}/{name}" for name, pattern in SLICES.get(part, {}).items() if pattern.match(body)), part)


def bodies_text(part, files):
    lines = "".join(f"#include <{file}>\n" for file in files)
    return (f"#pragma once\n\n/// \\file\n/// The bodies of `{part}`, for one unit of a program in separate "
            f"compilation.\n\n{lines or '// It has none: all of it is templates.' + chr(10)}")


def src_texts():
    """What `berth/src.hpp` and the files below `berth/src/` must be: (file, text) pairs."""
    for part in parts():
        mine = [body for body in bodies() if part_of(body) == part]
        slices = sorted({slice_of(part, body) for body in mine} - {part})
        for one in slices:
            yield f"berth/src/{one}.hpp", bodies_text(one, [body for body in mine if slice_of(part, body) == one])
        yield f"berth/src/{part}.hpp", bodies_text(part, [f"berth/src/{one}.hpp" for one in slices] or mine)
    lines = "".join(f"#include <berth/src/{part}.hpp>\n" for part in sorted(areas_there()))
    others = "".join(f"/// <berth/src/{part}.hpp>\n" for part in PARTS)
    yield "berth/src.hpp", (
        f"#pragma once\n\n/// \\file\n/// The bodies of all areas, for one unit of a program in separate compilation. "
        f"Parts that need a further\n/// library are asked for by name:\n{others}\n{lines}")


def heavy_bodies():
    """Bodies that need a further library to link with, or in the pure areas, without being in a part of their own."""
    def heavy(body):
        return sorted(n for n in brings(body) if HEAVY.match(n) and not n.startswith("boost/hana")
                      and not (FROM_OBJECT.match(n) and area_of(body) not in NOT_AT_HOME))
    return [f"{body} brings {', '.join(heavy(body))}" for body in bodies() if part_of(body) in AREAS and heavy(body)]


def sources(folder, pattern):
    """Project files below `folder` that match, relative to it."""
    names = (name.removeprefix(folder + "/") for name in project_files() if name.startswith(folder + "/"))
    return [name for name in names if re.fullmatch(pattern, name)]


def meson_lists():
    """The generated part of each Meson file: (file, first line, text of the whole list)."""
    areas = "|".join(AREAS + APART)
    tests = sources("tests", rf"({areas})/.*\.cpp")
    text = "test_sources = {\n"
    for area in AREAS + APART:
        mine = [name for name in tests if name.startswith(area + "/")]
        if mine:
            text += f"    '{area}': files(\n" + "".join(f"        '{name}',\n" for name in mine) + "    ),\n"
    yield "tests/meson.build", "test_sources = {", text + "}\n"
    benches = sources("bench", rf"({'|'.join(AREAS)})/.*\.cpp")
    text = "".join(f"    '{name}',\n" for name in benches)
    yield "bench/meson.build", "bench_sources = [", "bench_sources = [\n" + text + "]\n"
    stories = [name.split("/")[0] for name in sources("examples", r"[^/]+/main\.cpp")]
    text = "stories = {\n"
    for story in stories:
        units = "".join(f"        '{name}',\n" for name in sources("examples", rf"{story}/.*\.cpp"))
        text += f"    '{re.sub('^[0-9]+-', '', story)}': files(\n{units}    ),\n"
    yield "examples/meson.build", "stories = {", text + "}\n"


def with_list(text, first, wanted):
    """The Meson file with the list that begins with the line `first` replaced."""
    start = text.index(first + "\n")
    end = re.compile(r"^[}\]]\n", re.MULTILINE).search(text, start).end()
    return text[:start] + wanted + text[end:]


def areas_there():
    return [area for area in AREAS if any(area_of(h) == area and not is_umbrella(h) for h in headers())]


def umbrellas():
    return [*areas_there(), *UMBRELLAS_APART, *SELECTIONS]


def check(report, compiler):
    for part in umbrellas():
        report.check(f"berth/{part}.hpp is the sorted list of its headers", umbrella_complaints(part))
    for area in areas_there():
        report.check(f"berth/{area}/fwd.hpp is there",
                     [] if (INCLUDE / "berth" / area / "fwd.hpp").exists() else "it is not")
    report.check("each header with logic has a test of its name", test_complaints())
    for file, wanted in src_texts():
        there = (INCLUDE / file).read_text(encoding="utf-8") if (INCLUDE / file).exists() else ""
        report.check(f"{file} lists every body", difference(there, wanted))
    report.check("what needs a further library is a part of its own", heavy_bodies())
    report.check("kube/vocabulary.hpp has a line for each kind", vocabulary_complaints())
    report.check("kube/fwd.hpp declares each kind", difference(KUBE_FWD.read_text(encoding="utf-8"), kube_fwd_text()))
    for file, first, wanted in meson_lists():
        text = (ROOT / file).read_text(encoding="utf-8")
        report.check(f"{file} lists every source", difference(text, with_list(text, first, wanted)))


VOCABULARY = INCLUDE / "berth" / "kube" / "vocabulary.hpp"


def kinds_there():
    """The headers that describe a kind: `berth/kube/GROUP/KIND/kind.hpp`."""
    return [h for h in headers() if re.fullmatch(r"berth/kube/\w+/\w+/kind\.hpp", h)]


def vocabulary_text():
    """The vocabulary with the includes of all kinds."""
    text = VOCABULARY.read_text(encoding="utf-8")
    includes = "".join(f"#include <{h}>\n" for h in kinds_there())
    return re.sub(r"(#include <berth/kube/[^>]+>\n)+", includes, text, count=1)


def vocabulary_complaints():
    """The vocabulary includes each kind and has a line for it, `take(KIND_kind);`."""
    text = VOCABULARY.read_text(encoding="utf-8")
    lines = re.findall(r"^    take\((\w+)_kind\);", text, re.MULTILINE)
    kinds = [header.split("/")[-2] for header in kinds_there()]
    return (difference(text, vocabulary_text())
            + [f"it has no line `take({kind}_kind);` for kube/.../{kind}" for kind in kinds if kind not in lines]
            + [f"{kind}_kind is not that of a folder" for kind in lines if kind not in kinds])


KUBE_FWD = INCLUDE / "berth" / "kube" / "fwd.hpp"


def kube_fwd_text():
    """`kube/fwd.hpp` with all kinds: the structs of the `type.hpp` headers that have a name as a resource."""
    named = re.compile(r"^struct (\w+) \{\n    static constexpr object::resource_name ", re.MULTILINE)
    kinds = [kind for h in headers() if re.fullmatch(r"berth/kube/\w+/\w+/type\.hpp", h)
             for kind in named.findall((INCLUDE / h).read_text(encoding="utf-8"))]
    block = "// The kinds.\n" + "".join(f"struct {kind};\n" for kind in kinds)
    return re.sub(r"// The kinds\.\n(struct \w+;\n)*", block, KUBE_FWD.read_text(encoding="utf-8"))


# What has braces and parentheses, and is no function: a concept (law suites see to it), or what is left of one; a
# member that is a function.
NO_LOGIC = re.compile(r"concept \w+ = .*|&& .*|(std::)?function<.*> \w+", re.DOTALL)


def has_logic(header):
    """Whether a header has functions, here or in the `.ipp` beside it. (Structs and their descriptions have none, nor
    have concepts.)"""
    files = [INCLUDE / header, (INCLUDE / header).with_suffix(".ipp")]
    return any(not NO_LOGIC.fullmatch(head) for file in files if file.exists()
               for _, _, head in functions(file.read_text(encoding="utf-8")))


def test_complaints():
    """Each header with logic has a test of its name. Internals (`detail/`) are tested through what they serve, and law
    suites are tests."""
    tests = {h: (ROOT / "tests" / h.removeprefix("berth/")).with_suffix(".cpp") for h in headers()
             if not is_umbrella(h) and not is_detail(h) and "/laws/" not in h}
    return [f"{test.relative_to(ROOT)} is missing" for h, test in tests.items() if not test.exists() and has_logic(h)]


def difference(there, wanted):
    """The include lines and list entries by which two texts differ; empty if the texts are the same."""
    if there == wanted:
        return []
    before, after = there.splitlines(), wanted.splitlines()
    lines = [f"too much: {line.strip()}" for line in before if line not in after]
    lines += [f"missing: {line.strip()}" for line in after if line not in before]
    return [*(lines or ["the order is not sorted"]), MENDED]


def write():
    KUBE_FWD.write_text(kube_fwd_text(), encoding="utf-8")
    VOCABULARY.write_text(vocabulary_text(), encoding="utf-8")
    for part in umbrellas():
        if umbrella_complaints(part):
            (INCLUDE / "berth" / f"{part}.hpp").write_text(umbrella_text(part), encoding="utf-8")
    for file, wanted in src_texts():
        (INCLUDE / file).parent.mkdir(parents=True, exist_ok=True)
        (INCLUDE / file).write_text(wanted, encoding="utf-8")
    for file, first, wanted in meson_lists():
        text = (ROOT / file).read_text(encoding="utf-8")
        (ROOT / file).write_text(with_list(text, first, wanted), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        print(__doc__)
        check(Report("frame/lists"), "")
