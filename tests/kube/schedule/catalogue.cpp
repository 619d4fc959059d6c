/// \file
/// The kinds beside pods and nodes, by name, by namespace, and by the pods that they select.

#include "../vocabulary.hpp"

#include <berth/kube/meta/index_labels.hpp>
#include <berth/kube/schedule/catalogue.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

class make_service : public maker<make_service, kube::service> {
public:
    using maker::maker;
    auto selects(std::string key, std::string value) -> make_service& {
        return with([&](kube::service& s) { s.spec.selector[key] = std::move(value); });
    }
};

template <class Maker> auto ref(Maker const& m) -> object::object_ref {
    return {object::any_object(m.done()), 1};
}

} // namespace

TEST_CASE("the catalogue finds an object by its names until it has gone") {
    auto all = kube::catalogue();
    CHECK(all.services.find("default", "web") == nullptr);
    CHECK(all.put(ref(make_service("web"))));
    CHECK(all.put(ref(make_service("web").in("other"))));
    REQUIRE(all.services.find("default", "web") != nullptr);
    CHECK(all.services.find("default", "web")->metadata.name == "web");
    CHECK(all.services.in("other").size() == 1);
    CHECK(all.remove(ref(make_service("web")).object));
    CHECK_FALSE(all.remove(ref(make_service("web")).object));
    CHECK(all.services.find("default", "web") == nullptr);
    CHECK(all.services.find("other", "web") != nullptr);
}

TEST_CASE("the catalogue takes the kinds that it has and no other") {
    auto all = kube::catalogue();
    CHECK_FALSE(all.put(ref(make_pod("p"))));
    CHECK(kube::catalogue::types().size() >= 3);
    CHECK(kube::catalogue::types().front() == &object::type_of<kube::namespace_>());
}

TEST_CASE("the catalogue finds who selects a pod, by the selector that an object has now") {
    auto all = kube::catalogue();
    all.put(ref(make_service("none")));
    all.put(ref(make_service("web").selects("app", "web")));
    all.put(ref(make_service("front").selects("app", "web").selects("tier", "front")));
    auto const labels = object::string_map{{"app", "web"}};
    REQUIRE(all.services.selecting("default", labels).size() == 1);
    CHECK(all.services.selecting("default", labels)[0]->metadata.name == "web");
    CHECK(all.services.selecting("other", labels).empty());
    all.put(ref(make_service("web").selects("app", "db")));
    CHECK(all.services.selecting("default", labels).empty());
}

TEST_CASE("a namespace that is not known has no labels") {
    auto all = kube::catalogue();
    CHECK(all.labels_of("team").empty());
    auto team = kube::namespace_();
    team.metadata.name = "team";
    team.metadata.labels["env"] = "prod";
    all.put({object::any_object(team), 1});
    CHECK(all.labels_of("team").get("env") == "prod");
}

TEST_CASE("numbers of pods matter again as soon as something selects by them") {
    auto const key = std::string(kube::completion_index_key);
    auto all = kube::catalogue();
    CHECK(all.indexes_matter);
    all.indexes_matter = false;
    all.put(ref(make_service("web").selects("app", "web")));
    all.put(ref(make_replica_set("web", 1)));
    CHECK_FALSE(all.indexes_matter);
    all.put(ref(make_service("first").selects(key, "0")));
    CHECK(all.indexes_matter);
    all.indexes_matter = false;
    auto set = make_replica_set("web", 1).done();
    set.spec.selector.engage().match_labels[key] = "0";
    all.put({object::any_object(set), 1});
    CHECK(all.indexes_matter);
}
