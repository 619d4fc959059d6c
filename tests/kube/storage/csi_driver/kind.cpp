/// \file
/// How storage drivers behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/storage/csi_driver/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of storage drivers shows what they want") {
    auto d = kube::csi_driver();
    d.metadata.name = "example.com";
    d.metadata.creation_timestamp = object::timestamp(new_year);
    auto const k = kube::csi_driver_kind();
    CHECK(headers_of(k) == words{"Name", "AttachRequired", "PodInfoOnMount", "StorageCapacity",
                                 "TokenRequests", "RequiresRepublish", "Modes", "Age"});
    CHECK(cells_of(k, d) ==
          words{"example.com", "true", "false", "false", "<unset>", "false", "<none>", "100s"});
    d.spec.attach_required = false;
    d.spec.storage_capacity = true;
    d.spec.token_requests.emplace_back().audience = "a";
    d.spec.token_requests.emplace_back().audience = "b";
    d.spec.volume_lifecycle_modes = {"Persistent", "Ephemeral"};
    CHECK(cells_of(k, d) ==
          words{"example.com", "false", "false", "true", "a,b", "false", "Persistent,Ephemeral", "100s"});
    CHECK_FALSE(k.unconditional_update);
}
