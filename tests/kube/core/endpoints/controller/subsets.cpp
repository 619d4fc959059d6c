/// \file
/// Subsets of Endpoints, in their shortest form and cut.

#include <berth/kube/core/endpoints/controller/subsets.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;
using names = std::vector<std::string>;

namespace {

auto subset(names const& ready, names const& unready, names const& ports) -> kube::endpoint_subset {
    auto out = kube::endpoint_subset();
    for (auto const& a : ready) out.addresses.emplace_back().ip = a;
    for (auto const& a : unready) out.not_ready_addresses.emplace_back().ip = a;
    for (auto const& p : ports) out.ports.emplace_back().name = p;
    return out;
}

using subsets = object::list<kube::endpoint_subset>;

template <class... Ts> auto list(Ts... all) -> subsets {
    auto out = subsets();
    (out.push_back(std::move(all)), ...);
    return out;
}

auto shown(subsets const& all) -> names {
    auto out = names();
    for (auto const& s : all) {
        auto& text = out.emplace_back();
        for (auto const& p : s.ports) text += p.name + " ";
        text += "at";
        for (auto const& a : s.addresses) text += " " + a.ip;
        for (auto const& a : s.not_ready_addresses) text += " (" + a.ip + ")";
    }
    return out;
}

} // namespace

TEST_CASE("addresses with the same ports are together, and ports with the same addresses") {
    CHECK(shown(kube::repacked(list(subset({"2"}, {}, {"p"}), subset({"1"}, {}, {"p"}),
                                    subset({"1", "2"}, {}, {"q"}), subset({"3"}, {}, {"q"})))) ==
          names{"p at 1 2", "q at 1 2 3"});
    CHECK(shown(kube::repacked(list(subset({"1"}, {}, {"p"}), subset({"1"}, {}, {"q"})))) ==
          names{"p q at 1"});
    CHECK(shown(kube::repacked(list(subset({"1"}, {"2"}, {})))) == names{"at 1 (2)"});
    CHECK(kube::repacked({}).empty());
}

TEST_CASE("an address that is ready and not is not") {
    CHECK(shown(kube::repacked(list(subset({"1"}, {}, {"p"}), subset({}, {"1"}, {"p"})))) ==
          names{"p at (1)"});
    CHECK(shown(kube::repacked(list(subset({}, {"1"}, {"p"}), subset({"1"}, {}, {"p"})))) ==
          names{"p at (1)"});
}

TEST_CASE("of too many addresses those that are not ready go first, of each subset its part") {
    auto all = list(subset({"1", "2"}, {"a", "b"}, {"p"}), subset({"3"}, {"c", "d"}, {"q"}));
    CHECK_FALSE(kube::truncate(all, 7));
    CHECK(kube::truncate(all, 5));
    CHECK(shown(all) == names{"p at 1 2 (a)", "q at 3 (c)"});
    CHECK(kube::truncate(all, 2));
    CHECK(shown(all) == names{"p at 1 2", "q at"});
}
