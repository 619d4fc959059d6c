/// \file
/// What is to become of slices.

#include "../../../network_vocabulary.hpp"

#include <berth/kube/discovery/endpoint_slice/controller/slice_changes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto slice(std::string name, std::string type, make_service const* owner) -> kube::endpoint_slice {
    auto out = kube::endpoint_slice();
    out.metadata.name = std::move(name);
    out.metadata.namespace_ = "default";
    out.metadata.uid = "uid-of-" + out.metadata.name;
    out.address_type = std::move(type);
    out.metadata.labels[kube::slice_service_label] = "web";
    out.metadata.labels[kube::slice_manager_label] = "me";
    if (owner != nullptr) out.metadata.owner_references.push_back(reconcile::controlled_by(owner->done()));
    return out;
}

} // namespace

TEST_CASE("slices are found by service and manager, but not those that leave") {
    auto const s = make_service("web");
    auto w = reconcile::world();
    w.follow<kube::endpoint_slice>().add_index(kube::slice_index());
    w.add(slice("b", "IPv4", &s));
    w.add(slice("a", "IPv6", nullptr));
    auto leaving = slice("c", "IPv4", &s);
    leaving.metadata.deletion_timestamp = object::timestamp(new_year);
    w.add(leaving);
    auto const view = w.at(new_year);
    auto const found = kube::slices_of(view, {"default", "web"}, "me");
    REQUIRE(found.size() == 2);
    CHECK(found[0]->metadata.name == "a");
    CHECK(found[1]->metadata.name == "b");
    CHECK(kube::slices_of(view, {"default", "web"}, "you").empty());
}

TEST_CASE("a slice that would go becomes one that would be made, if it may") {
    auto const s = make_service("web");
    auto const owner = reconcile::controlled_by(s.done());
    auto w = reconcile::world();
    w.follow<kube::endpoint_slice>();
    auto changes = kube::slice_changes();
    w.add(slice("strange", "IPv4", nullptr));
    w.add(slice("other", "IPv6", &s));
    w.add(slice("mine", "IPv4", &s));
    auto const view = w.at(new_year);
    for (auto const* const name : {"strange", "other", "mine"})
        changes.remove.push_back(view.get<kube::endpoint_slice>("default", name));
    auto made = slice("", "IPv4", &s);
    made.metadata.labels["new"] = "1";
    changes.create.push_back(made);
    kube::recycle(changes, owner);
    CHECK(changes.create.empty());
    CHECK(changes.remove.size() == 2);
    REQUIRE(changes.update.size() == 1);
    CHECK(changes.update[0].after.metadata.name == "mine");
    CHECK(changes.update[0].after.metadata.uid == "uid-of-mine");
    CHECK(changes.update[0].after.metadata.labels.contains("new"));
}

TEST_CASE("an endpoint is known by its addresses, its name and its object") {
    auto a = kube::endpoint();
    a.addresses = {"10.0.0.2", "10.0.0.1"};
    a.target_ref.engage().name = "p";
    auto b = a;
    b.addresses = {"10.0.0.1", "10.0.0.2"};
    b.conditions.ready = true;
    CHECK(kube::detail::endpoint_key(a) == kube::detail::endpoint_key(b));
    CHECK_FALSE(kube::detail::same_endpoint(a, b));
    b.conditions = a.conditions;
    b.target_ref->resource_version = "7";
    CHECK(kube::detail::same_endpoint(a, b));
    b.target_ref->name = "q";
    CHECK(kube::detail::endpoint_key(a) != kube::detail::endpoint_key(b));
}
