/// \file
/// Pods by their labels.

#include "../vocabulary.hpp"

#include <berth/kube/control/selected_pods.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto chosen(std::string_view selector) -> words {
    auto w = world_of(make_pod("c").label("app", "web").label("tier", "a"), make_pod("a").label("app", "web"),
                      make_pod("b").label("app", "db"), make_pod("bare"),
                      make_pod("far").label("app", "web").in("elsewhere"));
    w.follow<kube::pod>().add_index(kube::pod_label_index());
    auto out = words();
    auto const view = w.at(new_year);
    for (auto const& p : kube::selected_pods(view, "default", object::selector::parse(selector).value()))
        out.push_back(p->metadata.name);
    CHECK(view.undeclared_index().empty());
    return out;
}

} // namespace

TEST_CASE("a selector chooses pods of one namespace, in the order of their names") {
    CHECK(chosen("app=web") == words{"a", "c"});
    CHECK(chosen("app=web,tier=a") == words{"c"});
    CHECK(chosen("app in (web,db)") == words{"a", "b", "c"});
    CHECK(chosen("app!=web") == words{"b", "bare"});
    CHECK(chosen("app=none").empty());
    CHECK(chosen("") == words{"a", "b", "bare", "c"});
}

TEST_CASE("the selector that matches nothing chooses no pod") {
    auto const w = world_of(make_pod("a"));
    auto const view = w.at(new_year);
    CHECK(kube::selected_pods(view, "default", object::selector::nothing()).empty());
}
