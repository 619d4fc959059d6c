"""The arrows between the areas, and heavy dependencies at the edge only: read from the `#include` lines."""

import re

from common import INCLUDE, area_of, bodies, headers, includes_of

# What each area may include. Controllers, schedulers and workers speak to the API, never to a store.
ALLOWED = {
    "core": {"core"},
    "object": {"core", "object"},
    "store": {"core", "object", "store"},
    "schedule": {"core", "schedule"},
    "api": {"core", "object", "store", "api"},
    "reconcile": {"core", "object", "api", "reconcile"},
    "kube": {"core", "object", "schedule", "api", "reconcile", "kube"},
    "node": {"core", "object", "api", "reconcile", "kube", "node"},
    "sim": {"core", "object", "store", "schedule", "api", "reconcile", "kube", "node", "sim"},
    "bench": {"core", "object", "store", "schedule", "api", "reconcile", "kube", "node", "sim", "bench"},
}

# Which headers may include a library: patterns of the included name, and of the headers that may.
EDGES = [
    (r"boost/(beast|asio)[./]", r"berth/(core/net/|api/http/|store/etcd|node/)"),
    (r"boost/json[./]", r"berth/(object|api|node|kube)[/.]"),
    (r"re2/", r"berth/object/expression"),
    (r"boost/url[s]?[./]", r"berth/api/http/"),
    (r"openssl/", r"berth/(core/net/|core/credentials/|api/http/|store/etcd)"),
    (r"lmdb\.h", r"berth/store/lmdb"),
    (r"nghttp2/", r"berth/store/etcd"),
    (r"zlib\.h", r"berth/api/http/"),
    (r"yaml-cpp/", r"berth/api/(http/|yaml)"),
    (r"benchmark[/.]", r"berth/bench/"),
    (r"(CLI|catch2|rapidcheck)[/.]", r"$nothing"),
    (r"(boost/hana\.hpp|boost/beast\.hpp|boost/asio\.hpp|range/v3/(all|view|action|algorithm)\.hpp)$", r"$nothing"),
    (r"(iostream$|regex$|bits/)", r"$nothing"),
]

# The in-process server is one model of `api::client`; those who speak to the concept do not name it.
SERVER = re.compile(r"berth/api/(server|http/)")


def complaints_about(header):
    area = area_of(header)
    for bracket, name in includes_of(INCLUDE / header):
        if bracket == '"':
            yield f'#include "{name}": public headers are included as <berth/...>'
        elif name.startswith("berth/"):
            if not (INCLUDE / name).exists():
                yield f"<{name}> does not exist"
            elif area_of(name) not in ALLOWED[area]:
                yield f"<{name}> is against the arrows: {area}/ may include {', '.join(sorted(ALLOWED[area]))}"
            elif area in ("reconcile", "kube", "node") and SERVER.match(name):
                yield f"<{name}>: {area}/ speaks to the api::client concept only"
        else:
            for library, users in EDGES:
                if re.match(library, name) and not re.match(users, header):
                    yield f"<{name}> is not for this header (allowed: {users.replace('$nothing', 'nowhere')})"


def check(report, compiler):
    for header in headers() + bodies():
        if area_of(header) in ALLOWED:
            report.check(f"{header} includes along the arrows", complaints_about(header))
        else:
            report.check(header, f"there is no area {area_of(header)}")
