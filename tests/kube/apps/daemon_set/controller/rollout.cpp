/// \file
/// Which pods of a daemon set are replaced next.

#include "../../sets.hpp"

#include <berth/kube/apps/daemon_set/controller/rollout.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

/// Nodes as letters: `O` has an old pod that is available, `o` one that is not, `N` and `n` a new one, `B`
/// and `b` both (the old one available), `-` only one on its way out, `X` too many; `U` and `u` have an old
/// one and are not wanted any more.
class fleet {
public:
    explicit fleet(std::string_view letters) {
        for (std::size_t i = 0; i < letters.size(); ++i)
            for (auto const* const sort : {"old-", "new-"})
                world_.add(make_pod(sort + std::string(names_[i])).done());
        for (std::size_t i = 0; i < letters.size(); ++i) add(letters[i], i);
    }
    auto replace(std::int64_t unavailable) const -> words {
        return named(kube::replace_in_turn(nodes_, unavailable));
    }
    auto surge(std::int64_t most, std::int64_t wanted) const -> words {
        return named(kube::surge_in_turn(nodes_, most, wanted));
    }

private:
    auto pod(std::string const& name) -> reconcile::seen<kube::pod> {
        return reconcile::seen<kube::pod>(world_.follow<kube::pod>().find("default", name));
    }
    auto add(char letter, std::size_t at) -> void {
        auto const is = [&](std::string_view any) { return any.find(letter) != std::string_view::npos; };
        auto& n = nodes_.emplace_back();
        n.name = names_[at];
        n.run = !is("Uu");
        n.crowded = is("X");
        if (is("OoBbUu")) n.old = pod("old-" + std::string(n.name));
        if (is("NnBb")) n.fresh = pod("new-" + std::string(n.name));
        n.old_available = is("OBbU");
        n.fresh_available = is("NB");
    }
    static auto named(kube::daemon_rollout const& r) -> words {
        auto out = words();
        for (auto const& p : r.remove) out.push_back(p->metadata.name);
        for (auto const name : r.create) out.push_back("+" + std::string(name));
        return out;
    }

    static constexpr std::string_view names_[] = {"a", "b", "c", "d", "e", "f"};
    reconcile::world world_;
    std::vector<kube::daemon_node> nodes_;
};

} // namespace

TEST_CASE("old pods go as long as no more are missing than may be, those that are of no use anyway") {
    CHECK(fleet("OOO").replace(1) == words{"old-a"});
    CHECK(fleet("OOO").replace(2) == words{"old-a", "old-b"});
    CHECK(fleet("NnO").replace(1).empty());
    CHECK(fleet("NnO").replace(2) == words{"old-c"});
    CHECK(fleet("ooO").replace(1) == words{"old-a", "old-b"});
    CHECK(fleet("-O").replace(1).empty());
    CHECK(fleet("XO").replace(1).empty());
    CHECK(fleet("BO").replace(1).empty());
    CHECK(fleet("NN").replace(1).empty());
    CHECK(fleet("").replace(1).empty());
}

TEST_CASE("new pods start beside old ones, which go once these are available") {
    CHECK(fleet("OOO").surge(1, 3) == words{"+a"});
    CHECK(fleet("bOO").surge(1, 3).empty());
    CHECK(fleet("bOO").surge(2, 3) == words{"+b"});
    CHECK(fleet("BOO").surge(1, 3) == words{"old-a", "+b"});
    CHECK(fleet("ooO").surge(1, 3) == words{"+a", "+b", "+c"});
    CHECK(fleet("XO").surge(1, 2).empty());
    CHECK(fleet("NN").surge(1, 2).empty());
}

TEST_CASE("where no pod is wanted any more, an available one stays until others are") {
    CHECK(fleet("Un").surge(1, 1).empty());
    CHECK(fleet("UN").surge(1, 1) == words{"old-a"});
    CHECK(fleet("UUN").surge(1, 1) == words{"old-a", "old-b"});
    CHECK(fleet("un").surge(1, 1) == words{"old-a"});
}

TEST_CASE("bounds round up, and one pod may always be missing if none may be too many") {
    auto const bounds = [](object::int_or_string surge, object::int_or_string unavailable, std::int64_t n) {
        return kube::bounds_of(
            make_daemon_set("agent").rolling(std::move(surge), std::move(unavailable)).done(), n);
    };
    CHECK(bounds(0, "34%", 3) == kube::daemon_bounds{0, 2});
    CHECK(bounds("10%", 0, 3) == kube::daemon_bounds{1, 0});
    CHECK(bounds(0, 0, 3) == kube::daemon_bounds{0, 1});
    CHECK(bounds(0, 0, 0) == kube::daemon_bounds{0, 0});
    CHECK(bounds("x", "y", 3) == kube::daemon_bounds{0, 1});
    CHECK(!kube::allows_surge(make_daemon_set("agent").done()));
    CHECK(kube::allows_surge(make_daemon_set("agent").rolling("1%", 0).done()));
    CHECK(!kube::allows_surge(make_daemon_set("agent").rolling(1, 0).on_delete().done()));
}
