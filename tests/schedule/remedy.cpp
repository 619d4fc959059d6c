#include "harbour.hpp"

#include <berth/schedule/laws/remedies.hpp>
#include <berth/schedule/remedy.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::task;

/// A change of a host, or of a task's zone.
struct help {
    enum class kind { cpu, taint, zone } what = kind::cpu;
    int amount = 0;

    [[nodiscard]] auto changes_task() const -> bool { return what == kind::zone; }
    auto apply_to(task& t) const -> void { t.zone = amount; }
    auto apply_to(host& h) const -> void {
        if (what == kind::cpu) h.cpu_free += amount;
        else h.tainted -= 1;
    }
    [[nodiscard]] auto text() const -> std::string {
        if (what == kind::cpu) return std::to_string(amount) + " more cpu";
        return what == kind::taint ? "no taint" : "zone " + std::to_string(amount);
    }
    [[nodiscard]] auto about() const -> std::string { return what == kind::cpu ? "cpu" : text(); }
    [[nodiscard]] auto size() const -> int { return what == kind::cpu ? amount : 0; }
    friend auto operator==(help const&, help const&) -> bool = default;
};

struct has_cpu : is_filter {
    static constexpr std::string_view name = "has cpu";
    auto operator()(task const& t, host const& h) const -> verdict {
        return t.cpu <= h.cpu_free ? accept : reject("not enough cpu");
    }
    auto remedies(task const& t, host const& h) const -> std::vector<help> {
        return {{help::kind::cpu, t.cpu - h.cpu_free}};
    }
};
/// Knows of one taint at a time, so that more than one round is needed.
struct is_clean : is_filter {
    static constexpr std::string_view name = "is clean";
    auto operator()(task const&, host const& h) const -> verdict {
        return h.tainted <= 0 ? accept : rule_out("tainted");
    }
    auto remedies(task const&, host const& h) const -> std::vector<help> {
        if (h.tainted > 1) return {};
        return {{help::kind::taint, h.tainted}};
    }
};
/// At most one host of a zone more than in another may be cordoned; says so from what it prepared.
struct is_near : is_filter {
    static constexpr std::string_view name = "is near";
    struct zones {
        int first = 0;
    };
    auto prepare(task const& t, std::span<host const> all) const -> std::optional<zones> {
        if (t.zone == 0) return std::nullopt;
        return zones{all.empty() ? 0 : all.front().zone};
    }
    auto operator()(task const& t, host const& h, zones const&) const -> verdict {
        return t.zone == h.zone ? accept : reject("elsewhere");
    }
    auto remedies(task const&, host const& h, zones const& z) const -> std::vector<help> {
        if (h.zone == z.first) return {{help::kind::zone, h.zone}};
        return {};
    }
};

constexpr auto careful = profile{.name = "careful", .filter = has_cpu{} and is_clean{} and is_near{}};

auto advice_for(task const& t, std::vector<host> const& hosts) { return advise(t, hosts, careful); }

TEST_CASE("a node that refuses is told what it lacks, one that accepts is counted") {
    auto const all =
        advice_for({.cpu = 3}, {{.cpu_free = 4}, {.cpu_free = 1}, {.cpu_free = 2, .tainted = 1}});
    CHECK(all.accepting == 1);
    REQUIRE(all.nodes.size() == 2);
    CHECK(all.nodes[0] == node_advice<help>{1, {{help::kind::cpu, 2}}, {}});
    CHECK(all.nodes[1] == node_advice<help>{2, {{help::kind::cpu, 1}, {help::kind::taint, 1}}, {}});
}

TEST_CASE("who knows nothing that would help is named, beside what others know") {
    auto const all = advice_for({.cpu = 3}, {{.cpu_free = 1, .tainted = 2}});
    REQUIRE(all.nodes.size() == 1);
    CHECK(!all.nodes[0].complete());
    CHECK(all.nodes[0].helpless == std::vector<std::string>{"is clean"});
    CHECK(all.nodes[0].changes == std::vector<help>{{help::kind::cpu, 2}});
}

TEST_CASE("a change of the task is followed by all leaves, those that prepare too") {
    auto const all = advice_for({.zone = 5}, {{.zone = 1}, {.zone = 2}});
    REQUIRE(all.nodes.size() == 2);
    CHECK(all.nodes[0] == node_advice<help>{0, {{help::kind::zone, 1}}, {}});
    CHECK(all.nodes[1].helpless == std::vector<std::string>{"is near"});
}

TEST_CASE("of a disjunction the side that needs less is helped") {
    constexpr auto either = profile{.filter = (has_cpu{} and is_clean{}) or is_near{}};
    auto const all =
        advise(task{.cpu = 3, .zone = 5}, std::vector<host>{{.cpu_free = 1, .tainted = 1}}, either);
    CHECK(all.nodes.at(0).changes == std::vector<help>{{help::kind::zone, 0}});
    CHECK(advise(task{.cpu = 1, .zone = 5}, std::vector<host>{{.cpu_free = 1}}, either).accepting == 1);
}

TEST_CASE("a filter without remedies is beyond help, and so is a negation") {
    auto const all = advise(task{}, std::vector<host>{{.is_cordoned = true}}, harbour::batch);
    CHECK(all.nodes.at(0).helpless == std::vector<std::string>{"not cordoned"});
    CHECK(all.nodes.at(0).changes.empty());
}

/// Answers a remedy that changes nothing that it asks for.
struct mistaken : is_filter {
    static constexpr std::string_view name = "mistaken";
    auto operator()(task const&, host const& h) const -> verdict {
        return h.zone == 7 ? accept : reject("wrong zone");
    }
    auto remedies(task const&, host const&) const -> std::vector<help> { return {{help::kind::cpu, 1}}; }
};
TEST_CASE("a remedy that does not help is not believed") {
    auto const all = advise(task{}, std::vector<host>(1), profile{.filter = mistaken{}});
    CHECK(all.nodes.at(0).helpless == std::vector<std::string>{"mistaken"});
}

TEST_CASE("advice is grouped by what it is about, what can be done and needs less first") {
    auto const all = advice_for({.cpu = 9}, {{.cpu_free = 1, .tainted = 2},
                                             {.cpu_free = 1, .tainted = 1},
                                             {.cpu_free = 2},
                                             {.cpu_free = 8},
                                             {.cpu_free = 8}});
    auto const groups = group(all);
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].text() == "1 more cpu to 7 more cpu");
    CHECK(groups[0].nodes.front().node == 3);
    CHECK(groups[0].nodes.back().node == 2);
    CHECK(groups[1].text() == "8 more cpu and no taint");
    CHECK(groups[2].text() == "8 more cpu; nothing is known to help with is clean");
}

TEST_CASE("all that is known to help helps") {
    for (auto const& t : harbour::tasks()) laws::remedies(t, harbour::hosts(), careful, harbour::report);
}

} // namespace
