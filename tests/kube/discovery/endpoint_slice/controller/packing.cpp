/// \file
/// How endpoints are spread over slices.

#include "../../../network_vocabulary.hpp"

#include <berth/kube/discovery/endpoint_slice/controller/packing.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;
using names = std::vector<std::string>;

namespace {

auto at(std::string address) -> kube::endpoint {
    auto e = kube::endpoint();
    e.addresses.push_back(std::move(address));
    return e;
}

auto wanting(names const& addresses) -> kube::endpoint_set {
    auto out = kube::endpoint_set();
    for (auto const& a : addresses) out.emplace(kube::detail::endpoint_key(at(a)), at(a));
    return out;
}

auto slice(std::string name, names const& addresses) -> kube::endpoint_slice {
    auto out = kube::endpoint_slice();
    out.metadata.name = std::move(name);
    out.metadata.namespace_ = "default";
    for (auto const& a : addresses) out.endpoints.push_back(at(a));
    return out;
}

auto shown(kube::endpoint_slice const& s) -> std::string {
    auto out = s.metadata.name + ":";
    for (auto const& e : s.endpoints) out += " " + e.addresses.front();
    return out;
}

/// What becomes of slices of at most three endpoints.
auto packed(std::vector<kube::endpoint_slice> slices, names const& addresses) -> names {
    auto w = reconcile::world();
    w.follow<kube::endpoint_slice>();
    for (auto& s : slices) w.add(std::move(s));
    auto const view = w.at(new_year);
    auto existing = std::vector<reconcile::seen<kube::endpoint_slice>>();
    for (auto const s : view.all<kube::endpoint_slice>()) existing.push_back(s);
    auto const changes = kube::pack(existing, wanting(addresses), {slice("", {}), 3});
    auto out = names();
    for (auto const& s : changes.create) out.push_back("create " + shown(s));
    for (auto const& c : changes.update) out.push_back("update " + shown(c.after));
    for (auto const& s : changes.remove) out.push_back("remove " + shown(*s));
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

TEST_CASE("what has no slice gets new ones, filled one after the other") {
    CHECK(packed({}, {"a", "b", "c", "d"}) == names{"create : a b c", "create : d"});
    CHECK(packed({}, {}).empty());
}

TEST_CASE("endpoints stay where they are, and what is as it should be is not written") {
    CHECK(packed({slice("x", {"a"}), slice("y", {"b"})}, {"a", "b"}).empty());
    CHECK(packed({slice("x", {"a", "b"}), slice("y", {"c"})}, {"b", "c"}) == names{"update x: b"});
}

TEST_CASE("a slice with nothing left goes") {
    CHECK(packed({slice("x", {"a"}), slice("y", {"b"})}, {"b"}) == names{"remove x: a"});
}

TEST_CASE("new endpoints fill slices that change anyway, the fullest first") {
    CHECK(packed({slice("x", {"a", "gone"}), slice("y", {"b", "c", "gone"})}, {"a", "b", "c", "d"}) ==
          names{"update x: a", "update y: b c d"});
}

TEST_CASE("else one slice with just enough room takes them, else a new one") {
    CHECK(packed({slice("x", {"a"}), slice("y", {"b", "c"})}, {"a", "b", "c", "d"}) ==
          names{"update y: b c d"});
    CHECK(packed({slice("x", {"a"}), slice("y", {"b", "c"})}, {"a", "b", "c", "d", "e"}) ==
          names{"update x: a d e"});
    CHECK(packed({slice("x", {"a", "b"}), slice("y", {"c", "d"})}, {"a", "b", "c", "d", "e", "f"}) ==
          names{"create : e f"});
}

TEST_CASE("other labels are a reason to write") {
    auto s = slice("x", {"a"});
    s.metadata.labels["old"] = "1";
    CHECK(packed({s}, {"a"}) == names{"update x: a"});
}
