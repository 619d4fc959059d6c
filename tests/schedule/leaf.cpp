/// \file
/// What a leaf may prepare, and what it is given back.

#include "harbour.hpp"

#include <berth/schedule/leaf.hpp>
#include <berth/schedule/place.hpp>

#include <expected>
#include <optional>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::task;

/// Counts how often it prepares.
struct counting {
    static constexpr std::string_view name = "counting";
    int* prepared;

    auto prepare(task const& t) const -> int {
        ++*prepared;
        return t.cpu;
    }
    auto operator()(task const&, host const& h, int wanted) const -> verdict {
        return wanted <= h.cpu_free ? accept : reject("too small");
    }
};

/// Takes part only for tasks that name a zone.
struct zonal {
    static constexpr std::string_view name = "zonal";
    auto prepare(task const& t) const -> std::optional<int> {
        return t.zone == 0 ? std::nullopt : std::optional(t.zone);
    }
    auto operator()(task const&, host const& h, int zone) const -> verdict {
        return h.zone == zone ? accept : reject("another zone");
    }
};

/// Refuses a task before it has seen a node.
struct possible {
    static constexpr std::string_view name = "possible";
    auto prepare(task const&, std::span<host const> all) const -> std::expected<int, verdict> {
        if (all.size() < 2) return std::unexpected(reject("a single node is no choice"));
        return 0;
    }
    auto operator()(task const&, host const&, int) const -> verdict { return accept; }
};

auto const hosts = std::vector<host>{{.cpu_free = 4}, {.cpu_free = 9, .zone = 1}};

} // namespace

TEST_CASE("a leaf prepares once for a placement, however many nodes there are") {
    auto prepared = 0;
    auto const p = profile{.filter = filter(counting{&prepared})};
    CHECK(place(task{.cpu = 5}, hosts, p)->node == 1);
    CHECK(prepared == 1);
}

TEST_CASE("a leaf without a value takes no part") {
    auto const p = profile{.filter = filter(zonal{})};
    CHECK(place(task{}, hosts, p));
    CHECK(place(task{.zone = 1}, hosts, p)->node == 1);
    CHECK_FALSE(place(task{.zone = 2}, hosts, p));
}

TEST_CASE("a leaf that cannot be prepared refuses every node in its own words") {
    auto const p = profile{.filter = filter(possible{})};
    CHECK(place(task{}, hosts, p));
    auto const refused = place(task{}, std::span(hosts).first(1), p);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().summary() == "0/1 nodes are available: a single node is no choice.");
}

TEST_CASE("a leaf reads of the cluster if it prepares from all nodes, unless it says otherwise") {
    using detail::scope_of, detail::undeclared;
    CHECK(scope_of<zonal, undeclared, task, host>() == scope::node);
    CHECK(scope_of<possible, undeclared, task, host>() == scope::cluster);
    CHECK(scope_of<possible, surveys<>, task, host>() == scope::node);
    CHECK(scope_of<zonal, surveys<&host::zone>, task, host>() == scope::cluster);
    CHECK(detail::wider(scope::node, scope::cluster) == scope::cluster);
}

TEST_CASE("what passed the filter is seen with its place among all nodes") {
    auto const last = std::vector<std::size_t>{1};
    auto const found = candidates<host>{hosts, last};
    REQUIRE(found.size() == 1);
    CHECK(found[0].cpu_free == 9);
    CHECK(found.index(0) == 1);
}
