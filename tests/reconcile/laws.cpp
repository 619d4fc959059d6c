/// \file
/// The laws of controllers: a lawful one passes, and each law catches one that breaks it.

#include "things.hpp"

#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>

using namespace things;
using reconcile::world;
namespace laws = berth::reconcile::laws;

namespace {

/// Items with a finalizer, which the controller of the next test takes off.
auto bound(item i) -> item {
    i.metadata.finalizers.push_back("test/bound");
    return i;
}

/// A controller that breaks what it is told to break.
struct offender {
    static constexpr std::string_view name = "offender";
    using reconciles = group;
    using reads = reconcile::kinds<item>;
    std::string offence;
    mutable int calls = 0;

    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto p = plan();
        auto const g = world.get<group>(k);
        if (!g) return p;
        auto next = *g;
        if (offence == "restless") {
            ++next.spec.size;
            p.update(g, next);
        } else if (offence == "impure" && ++calls % 2 == 0) {
            next.spec.color = "blue";
            p.update(g, next);
        } else if (offence == "order") {
            for (auto const i : world.all<item>()) {
                if (g->spec.color == i->color) break;
                next.spec.color = i->color;
                p.update(g, next);
                break;
            }
        } else if (offence == "index") {
            (void)world.where<item>("nothing", "x").size();
        } else if (offence == "long") {
            for (auto n = 0; n < 50 && world.all<item>().empty(); ++n)
                p.create(make_item("i" + std::to_string(n)));
        } else if (offence == "refused") {
            p.create(item());
        } else if (offence == "contradiction") {
            if (world.all<item>().empty()) p.create(make_item("a")).create(make_item("a"));
        }
        return p;
    }
};

/// Says that small groups do not matter, and makes them grow all the same.
struct overlooker {
    static constexpr std::string_view name = "overlooker";
    using reconciles = group;

    auto matters(snapshot const&, group const& g) const -> bool { return g.spec.size >= 2; }
    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto p = plan();
        auto const g = world.get<group>(k);
        if (!g || g->spec.size >= 3) return p;
        auto next = *g;
        next.spec.size = 3;
        return p.update(g, next);
    }
};

/// Looks at and writes what it does not declare.
struct trespasser {
    static constexpr std::string_view name = "trespasser";
    using reconciles = group;

    auto reconcile(snapshot const& world, key const&) const -> plan {
        auto p = plan();
        if (world.all<item>().empty()) p.create(make_item("a"));
        return p;
    }
};

/// Lets the items go, by patches.
struct liberator {
    static constexpr std::string_view name = "liberator";
    using reconciles = item;

    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto p = plan();
        auto const i = world.get<item>(k);
        if (i && !i->metadata.deleting()) p.remove(i);
        else if (i) p.patch(i, R"({"metadata":{"finalizers":null}})");
        return p;
    }
};

/// States what an item of a group's color is.
struct stater {
    static constexpr std::string_view name = "stater";
    using reconciles = group;
    using owns = reconcile::kinds<item>;

    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto p = plan();
        auto const g = world.get<group>(k);
        auto const i = world.get<item>({"default", "one"});
        if (!g || (i && i->color == g->spec.color)) return p;
        return p.apply({item::resource, {"default", "one"}},
                       R"({"apiVersion":"test/v1","kind":"Item","metadata":{"name":"one"},"color":")" +
                           g->spec.color + "\"}");
    }
};

/// Remembers how often it was asked at all.
struct fickle {
    static constexpr std::string_view name = "fickle";
    using reconciles = group;
    using memory = int;
    mutable int calls = 0;

    auto reconcile(snapshot const&, key const&, int) const -> reconcile::decision<int> {
        return {plan(), ++calls};
    }
};

/// The laws that a controller breaks.
template <class C> auto broken(C const& c, world const& w, key const& k, laws::effort work = {}) {
    auto out = std::set<std::string>();
    auto judge = [&](laws::finding const& f) {
        if (!f.holds) out.insert(std::string(f.law));
    };
    laws::all(c, w, k, judge, work);
    return out;
}

using breaks = std::set<std::string>;

} // namespace

TEST_CASE("a lawful controller keeps the laws in every world") {
    auto const g = make_group("web", 2);
    auto const k = key{"default", "web"};
    CHECK(broken(group_controller(), world(), k).empty());
    CHECK(broken(group_controller(), world(g), k).empty());
    CHECK(broken(group_controller(), world(g, make_item("a", &g, "blue")), k).empty());
    CHECK(broken(group_controller(), world(g, make_item("a", &g), make_item("b", &g), make_item("c", &g)), k)
              .empty());
    CHECK(broken(group_controller(), world(g, make_item("stranger")), k).empty());
    auto const other = make_group("other", 1);
    CHECK(broken(group_controller(), world(g, other, make_item("a", &other)), k).empty());
}

TEST_CASE("deletions with finalizers, and patches, come to an end") {
    CHECK(broken(liberator(), world(bound(make_item("a"))), {"default", "a"}).empty());
}

TEST_CASE("what is applied is made, or changed, and then is as it was stated") {
    auto const k = key{"default", "web"};
    CHECK(broken(stater(), world(make_group("web", 1)), k).empty());
    CHECK(broken(stater(), world(make_group("web", 1), make_item("one", nullptr, "blue")), k).empty());
}

TEST_CASE("each law catches who breaks it") {
    auto const g = make_group("web", 2);
    auto const k = key{"default", "web"};
    CHECK(broken(offender{"none"}, world(g), k).empty());
    CHECK(broken(offender{"restless"}, world(g), k) ==
          breaks{"once its plans are carried out there is nothing to do"});
    CHECK(broken(offender{"impure"}, world(g), k).contains("the same world and key give the same plan"));
    CHECK(broken(offender{"order"}, world(g, make_item("a", &g, "red"), make_item("b", &g, "blue")), k) ==
          breaks{"the order in which the world came to be does not matter"});
    CHECK(broken(offender{"index"}, world(g), k) == breaks{"it uses no index that it does not declare"});
    CHECK(broken(offender{"long"}, world(g), k, {.steps = 20}) ==
          breaks{"no plan is longer than the given number of steps"});
    CHECK(broken(offender{"refused"}, world(g), k).contains("no step of a plan is refused"));
    CHECK(broken(offender{"contradiction"}, world(g), k) ==
          breaks{"no plan contradicts itself or the world it was decided from"});
    CHECK(broken(overlooker(), world(g), k).empty());
    CHECK(broken(overlooker(), world(make_group("web", 1)), k) ==
          breaks{"where it says that an object does not matter there is nothing to do"});
    auto const trespasses = broken(trespasser(), world(g), k);
    CHECK(trespasses.contains("it looks at no kind that it does not declare"));
    CHECK(trespasses.contains("it writes no kind that it does not declare"));
}

TEST_CASE("a controller with a memory keeps the laws, and one whose memory comes from elsewhere does not") {
    auto const g = make_group("web", 2);
    auto const k = key{"default", "web"};
    CHECK(broken(patient(), world(g), k).empty());
    CHECK(broken(fickle(), world(g), k) == breaks{"the same world, key and memory give the same memory"});
}
