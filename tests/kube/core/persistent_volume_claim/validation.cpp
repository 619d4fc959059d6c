/// \file
/// Claims: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/persistent_volume_claim/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::persistent_volume_claim {
    auto c = named<kube::persistent_volume_claim>();
    c.spec.access_modes = {"ReadWriteOnce"};
    c.spec.resources.requests["storage"] = quantity("2Gi");
    return c;
}

auto first_line(std::string const& text) -> std::string { return text.substr(0, text.find('\n')); }

constexpr auto immutable = "spec: Forbidden: spec is immutable after creation except resources.requests and "
                           "volumeAttributesClassName for bound claims";

} // namespace

TEST_CASE("what a claim asks for stays until there is a volume, then it may grow") {
    auto before = sound();
    auto now = before;
    now.spec.resources.requests["storage"] = quantity("5Gi");
    REQUIRE(complaints(now, before).size() == 1);
    CHECK(first_line(complaints(now, before)[0]) == immutable);
    before.status.phase = "Bound";
    now.status.phase = "Bound";
    CHECK(complaints(now, before).empty());
    now.spec.access_modes = {"ReadOnlyMany"};
    CHECK(first_line(complaints(now, before)[0]) == immutable);
}

TEST_CASE("a claim that failed to grow may ask for less, but not for what there is or less") {
    auto before = sound();
    before.status.phase = "Bound";
    before.status.capacity["storage"] = quantity("1Gi");
    auto now = before;
    now.spec.resources.requests["storage"] = quantity("1500Mi");
    CHECK(complaints(now, before).empty());
    now.spec.resources.requests["storage"] = quantity("1Gi");
    CHECK(complaints(now, before) ==
          lines{"spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"});
}

TEST_CASE("a claim gets its volume once, and its class if it has none") {
    auto const before = sound();
    auto now = before;
    now.spec.volume_name = "v";
    now.spec.storage_class_name.engage() = "slow";
    CHECK(complaints(now, before).empty());
    auto other = now;
    other.spec.volume_name = "w";
    CHECK(first_line(complaints(other, now)[0]) == immutable);
}

TEST_CASE("the class of old times moves, but does not change") {
    auto before = sound();
    before.metadata.annotations["volume.beta.kubernetes.io/storage-class"] = "slow";
    auto now = before;
    now.spec.storage_class_name.engage() = "slow";
    CHECK(complaints(now, before).empty());
    now = before;
    now.metadata.annotations["volume.beta.kubernetes.io/storage-class"] = "fast";
    CHECK(
        complaints(now, before) ==
        lines{"metadata.annotations[volume.beta.kubernetes.io/storage-class]: Invalid value: \"fast\": field "
              "is "
              "immutable"});
}

TEST_CASE("a class of attributes changes, but does not go") {
    auto before = sound();
    before.spec.volume_attributes_class_name.engage() = "fast";
    auto now = before;
    *now.spec.volume_attributes_class_name = "slow";
    CHECK(complaints(now, before).empty());
    now.spec.volume_attributes_class_name.reset();
    CHECK(complaints(now, before) ==
          lines{"spec.volumeAttributesClassName: Forbidden: update from non-nil value to nil is forbidden"});
}

TEST_CASE("the status of a claim is of storage") {
    auto c = sound();
    c.status.allocated_resource_statuses["cpu"] = "Growing";
    CHECK(status_complaints(c, c).size() == 2);
    c.status.allocated_resource_statuses = {};
    c.status.allocated_resource_statuses["storage"] = "NodeResizePending";
    CHECK(status_complaints(c, c).empty());
}
