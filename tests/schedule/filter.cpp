#include "harbour.hpp"

#include <berth/schedule/filter.hpp>

namespace {

using namespace berth::schedule;
using harbour::cordoned, harbour::fits, harbour::tolerates, harbour::host, harbour::task;

TEST_CASE("a filter is tested in one line") {
    CHECK_TWICE(judge(fits, task{.cpu = 2}, host{.cpu_free = 4}) == accept);
    CHECK_TWICE(judge(fits, task{.cpu = 8}, host{.cpu_free = 4}) == reject("not enough cpu"));
}

TEST_CASE("and accepts when both do, and reports the first that refuses") {
    CHECK_TWICE(judge(fits and tolerates, task{}, host{}).accepted());
    CHECK_TWICE(judge(fits and tolerates, task{.cpu = 8}, host{.tainted = 1}) == reject("not enough cpu"));
    CHECK_TWICE(judge(tolerates and fits, task{.cpu = 8}, host{.tainted = 1}) == rule_out("tainted"));
}

TEST_CASE("or accepts when either does, and reports both when neither does") {
    CHECK_TWICE(judge(fits or tolerates, task{.cpu = 8}, host{}).accepted());
    auto const says = judge(tolerates or fits, task{.cpu = 8}, host{.tainted = 1});
    CHECK(says.text() == "tainted, not enough cpu");
    CHECK(says.how() == grade::rejected);
}

TEST_CASE("not refuses with the name of what it negates") {
    CHECK_TWICE(judge(not cordoned, task{}, host{}).accepted());
    CHECK_TWICE(judge(not cordoned, task{}, host{.is_cordoned = true}) == reject("cordoned"));
    CHECK(judge(not(fits and tolerates), task{}, host{}).text() == "fits and tolerates");
}

TEST_CASE("a filter describes itself as it was composed") {
    CHECK(describe(fits) == "fits");
    CHECK(describe(fits and tolerates and not cordoned) == "fits and tolerates and not cordoned");
    CHECK(describe(fits and (tolerates or not cordoned)) == "fits and (tolerates or not cordoned)");
    CHECK(describe(not(fits or cordoned)) == "not (fits or cordoned)");
    CHECK(describe(not not fits) == "not not fits");
    CHECK(describe((fits and tolerates) or cordoned) == "fits and tolerates or cordoned");
}

auto is_small(task const& t, host const&) -> verdict { return t.cpu < 3 ? accept : reject("not small"); }

TEST_CASE("a function is a leaf as good as a lambda") {
    auto const small = filter<"small">(is_small);
    CHECK(judge(small and fits, task{.cpu = 2}, host{}).accepted());
    CHECK(judge(small, task{.cpu = 3}, host{}) == reject("not small"));
}

struct in_zone {
    static constexpr std::string_view name = "in zone";
    int zone;

    constexpr auto operator()(task const&, host const& h) const -> verdict {
        return h.zone == zone ? accept : rule_out("other zone");
    }
};

TEST_CASE("a struct with a name is a leaf with parameters") {
    CHECK_TWICE(judge(filter(in_zone{.zone = 1}), task{}, host{.zone = 1}).accepted());
    CHECK_TWICE(judge(filter<in_zone>({.zone = 1}), task{}, host{.zone = 2}) == rule_out("other zone"));
    CHECK(describe(filter(in_zone{.zone = 1}) and fits) == "in zone and fits");
}

struct near_others : is_filter {
    static constexpr std::string_view name = "near others";

    constexpr auto prepare(task const& t, std::span<host const> hosts) const -> int {
        auto most = 0;
        for (auto const& h : hosts) most = h.zone == t.zone && h.cpu_free > most ? h.cpu_free : most;
        return most;
    }
    constexpr auto operator()(task const&, host const& h, int most) const -> verdict {
        return h.cpu_free == most ? accept : reject("others have more");
    }
};

TEST_CASE("a struct may opt in by itself, and prepare a state once per placement") {
    CHECK_TWICE(filter_for<near_others, task, host>);
    CHECK_TWICE(judge(near_others{} and fits, task{}, host{}).accepted());
    constexpr host hosts[] = {{.cpu_free = 4}, {.cpu_free = 9}};
    constexpr auto nearest = profile{.filter = near_others{}};
    CHECK_TWICE(place(task{}, hosts, nearest)->node == 1);
}

struct digest {
    static constexpr std::string_view name = "digest";
    constexpr auto prepare(task const& t) const -> int { return t.cpu * 2; }
    constexpr auto operator()(task const&, host const& h, int twice) const -> verdict {
        return h.cpu_free >= twice ? accept : reject("no double room");
    }
};

TEST_CASE("what a filter reads is declared, or follows from its prepare") {
    constexpr auto doubled = filter(digest{});
    CHECK_TWICE(filter_scope<decltype(fits), task, host> == scope::node);
    CHECK_TWICE(filter_scope<decltype(doubled), task, host> == scope::node);
    CHECK_TWICE(filter_scope<near_others, task, host> == scope::cluster);
    CHECK_TWICE(filter_scope<decltype(fits and not near_others{}), task, host> == scope::cluster);
    CHECK_TWICE(judge(doubled, task{.cpu = 3}, host{.cpu_free = 4}) == reject("no double room"));
}

struct has_claim {
    static constexpr std::string_view name = "has claim";
    constexpr auto prepare(task const& t) const -> std::expected<int, verdict> {
        if (t.zone < 0) return std::unexpected(rule_out("no such claim"));
        return t.zone;
    }
    constexpr auto operator()(task const&, host const& h, int zone) const -> verdict {
        return h.zone == zone ? accept : reject("claim is elsewhere");
    }
};
struct if_zoned {
    static constexpr std::string_view name = "if zoned";
    constexpr auto prepare(task const& t) const -> std::optional<int> {
        return t.zone == 0 ? std::nullopt : std::optional(t.zone);
    }
    constexpr auto operator()(task const&, host const& h, int zone) const -> verdict {
        return h.zone == zone ? accept : reject("other zone");
    }
};

TEST_CASE("a prepare may refuse the task on every node, or take no part") {
    CHECK_TWICE(judge(filter(has_claim{}), task{.zone = 1}, host{.zone = 1}).accepted());
    CHECK_TWICE(judge(filter(has_claim{}), task{.zone = -1}, host{}).is_about_the_task());
    CHECK_TWICE(judge(filter(if_zoned{}), task{.zone = 0}, host{.zone = 5}).accepted());
    CHECK_TWICE(!judge(filter(if_zoned{}), task{.zone = 1}, host{.zone = 5}).accepted());
}

TEST_CASE("what means to be a filter is checked against the types") {
    CHECK_TWICE(filter_expression<decltype(fits)>);
    CHECK_TWICE(!filter_expression<decltype(harbour::roomy)>);
    CHECK_TWICE(filter_for<decltype(fits and not cordoned), task, host>);
    CHECK_TWICE(!filter_for<decltype(fits and not cordoned), task, int>);
    CHECK_TWICE(filter_for<everything, int, char>);
}

} // namespace
