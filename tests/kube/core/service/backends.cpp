/// \file
/// The pods behind a service.

#include "../../network_vocabulary.hpp"

#include <berth/kube/core/service/backends.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto wanted(object::int_or_string target, std::string protocol = "TCP") -> kube::service_port {
    return make_service("s").port("p", std::move(target), std::move(protocol)).done().spec.ports[0];
}

} // namespace

TEST_CASE("a port is a number, or the one of that name and protocol in a container or sidecar") {
    auto p = backend("a", "10.1.0.1").with(named_port("http", 8080)).done();
    CHECK(kube::port_of(p, wanted(9000)) == 9000);
    CHECK(kube::port_of(p, wanted("http")) == 8080);
    CHECK_FALSE(kube::port_of(p, wanted("http", "UDP")));
    CHECK_FALSE(kube::port_of(p, wanted("other")));
    auto& init = p.spec.init_containers.emplace_back();
    auto& port = init.ports.emplace_back();
    port.name = "other";
    port.port = 7;
    port.protocol = "TCP";
    CHECK_FALSE(kube::port_of(p, wanted("other")));
    init.restart_policy = std::string("Always");
    CHECK(kube::port_of(p, wanted("other")) == 7);
}

TEST_CASE("a pod that is over, or has no address, is not reachable") {
    CHECK(kube::is_reachable(backend("a", "10.1.0.1").done()));
    CHECK_FALSE(kube::is_reachable(backend("a", "10.1.0.1").phase("Failed").done()));
    CHECK_FALSE(kube::is_reachable(make_pod("a").done()));
}

TEST_CASE("the services of a pod are those that select it, and have pods of their choice") {
    auto w = world_of(make_service("web"), make_service("db"), make_service("any").without_selector(),
                      make_service("both").with([](kube::service& s) {
                          s.spec.selector.clear();
                          s.spec.selector["app"] = "web";
                          s.spec.selector["tier"] = "a";
                      }),
                      backend("a", "10.1.0.1"));
    w.follow<kube::service>().add_index(kube::service_selector_index());
    w.follow<kube::pod>().add_index(kube::pod_label_index());
    auto const view = w.at(new_year);
    using keys = std::vector<object::key>;
    CHECK(kube::services_of(view, backend("a", "10.1.0.1").done()) == keys{{"default", "web"}});
    CHECK(kube::services_of(view, backend("a", "10.1.0.1").label("tier", "a").done()).size() == 2);
    CHECK(kube::pods_behind(view, make_service("web").done()).size() == 1);
    CHECK(kube::pods_behind(view, make_service("any").without_selector().done()).empty());
}

TEST_CASE("a change that was not seen before is what triggered") {
    auto const s = make_service("web").made_at(new_year).done();
    auto const later = new_year + seconds(60);
    auto w =
        world_of(backend("a", "10.1.0.1").ready(later), backend("b", "10.1.0.2").ready(later + seconds(5)));
    auto const view = w.at(new_year);
    auto pods = std::vector<reconcile::seen<kube::pod>>();
    for (auto const p : view.all<kube::pod>()) pods.push_back(p);
    auto const [first, known] = kube::triggered({}, s, pods);
    CHECK(first.time() == new_year);
    auto const [second, same] = kube::triggered(known, s, pods);
    CHECK(second.is_zero());
    CHECK(same == known);
    auto const [third, more] = kube::triggered(kube::triggered({}, s, {}).second, s, pods);
    CHECK(third.time() == later);
    CHECK(more == known);
}

TEST_CASE("only some changes of a pod are changes of how it is reached") {
    auto const p = backend("a", "10.1.0.1");
    CHECK(kube::is_reached_otherwise(p.done(), backend("a", "10.1.0.1").ready().done()));
    CHECK(kube::is_reached_otherwise(p.done(), backend("a", "10.1.0.2").done()));
    CHECK_FALSE(kube::is_reached_otherwise(p.done(), backend("a", "10.1.0.1").annotation("x", "y").done()));
}
