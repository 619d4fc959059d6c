/// \file
/// Pods run as a service account, whose token they find in their containers.

#include "../../admission_desk.hpp"

#include <berth/kube/core/service_account/admission.hpp>

using namespace test;

namespace {

class make_account : public maker<make_account, kube::service_account> {
public:
    using maker::maker;
};

auto const token_path = std::string(kube::detail::token_path);

} // namespace

TEST_CASE("a pod runs as the default account and finds its token in all of its containers") {
    auto desk = admission_desk();
    desk.knows(make_account("default").done());
    auto p =
        make_pod("p").with([](kube::pod& o) { o.spec.init_containers.emplace_back().name = "first"; }).done();
    REQUIRE(desk.create(kube::service_account_admission(1), p).has_value());
    CHECK(p.spec.service_account_name == "default");
    CHECK(p.spec.service_account == "default");
    REQUIRE(p.spec.volumes.size() == 1);
    CHECK(p.spec.volumes[0].name.starts_with("kube-api-access-"));
    CHECK(p.spec.volumes[0].projected->sources.size() == 3);
    for (auto const* const list : {&p.spec.init_containers, &p.spec.containers}) {
        REQUIRE(list->at(0).volume_mounts.size() == 1);
        CHECK(list->at(0).volume_mounts[0].name == p.spec.volumes[0].name);
        CHECK(list->at(0).volume_mounts[0].mount_path == token_path);
        CHECK(list->at(0).volume_mounts[0].read_only);
    }
}

TEST_CASE("an account that does not exist is refused") {
    auto desk = admission_desk();
    auto p = make_pod("p").done();
    auto const said = desk.create(kube::service_account_admission(1), p);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == error_code::forbidden);
    CHECK(said.error().message ==
          "pods \"p\" is forbidden: error looking up service account default/default: "
          "serviceaccount \"default\" not found");
}

TEST_CASE("a pod that has no name yet is refused by the beginning of the one it would get") {
    auto desk = admission_desk();
    auto p = make_pod("").with([](kube::pod& o) { o.metadata.generate_name = "web-5c574db6d-"; }).done();
    auto const said = desk.create(kube::service_account_admission(1), p);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().message.starts_with("pods \"web-5c574db6d-\" is forbidden: error looking up"));
}

TEST_CASE("who wants no token gets none; the pod's word counts before the account's") {
    auto desk = admission_desk();
    desk.knows(
        make_account("default").with([](auto& a) { a.automount_service_account_token = false; }).done());
    auto p = make_pod("p").done();
    REQUIRE(desk.create(kube::service_account_admission(1), p).has_value());
    CHECK(p.spec.volumes.empty());
    p.spec.automount_service_account_token = true;
    REQUIRE(desk.create(kube::service_account_admission(1), p).has_value());
    CHECK(p.spec.volumes.size() == 1);
}

TEST_CASE("a container that has something at the token's place keeps it") {
    auto desk = admission_desk();
    desk.knows(make_account("default").done());
    auto p = make_pod("p").with([](kube::pod& o) {
        auto& m = o.spec.containers[0].volume_mounts.emplace_back();
        m.name = "own";
        m.mount_path = token_path;
    });
    auto o = p.done();
    REQUIRE(desk.create(kube::service_account_admission(1), o).has_value());
    CHECK(o.spec.containers[0].volume_mounts.size() == 1);
    CHECK(o.spec.volumes.empty());
}

TEST_CASE("a pod that is the mirror of a node's own is left as it is") {
    auto desk = admission_desk();
    auto p = make_pod("p").annotation("kubernetes.io/config.mirror", "x").done();
    REQUIRE(desk.create(kube::service_account_admission(1), p).has_value());
    CHECK(p.spec.service_account_name.empty());
}

TEST_CASE("pods of one account have a volume of one name, unless they have another one that is called so") {
    auto const name_of = [](admission_desk& desk, std::uint64_t seed, kube::pod p) {
        REQUIRE(desk.create(kube::service_account_admission(seed), p).has_value());
        return p.spec.volumes.back().name;
    };
    auto desk = admission_desk();
    desk.knows(make_account("default").done());
    auto const name = name_of(desk, 1, make_pod("p").done());
    CHECK(name_of(desk, 1, make_pod("q").done()) == name);
    CHECK(name_of(desk, 2, make_pod("p").done()) != name);
    auto const other = make_pod("r").with([&](kube::pod& o) { o.spec.volumes.emplace_back().name = name; });
    CHECK(name_of(desk, 1, other.done()) != name);
}
