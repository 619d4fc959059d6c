#include "../vocabulary.hpp"

#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/schedule/writes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

constexpr auto now = time_point::from_unix_seconds(1'767'225'600);

auto known(make_pod const& m) -> kube::pod_info {
    auto p = m.done();
    p.metadata.uid = "u";
    return kube::pod_info(object::stored<kube::pod>(object::object_ref{object::any_object(std::move(p)), 1}));
}
auto body_of(std::optional<api::write> const& w) -> std::string {
    REQUIRE(w);
    auto const& r = std::get<api::patch_request>(*w);
    CHECK(r.options.subresource == "status");
    CHECK(r.patch.type == api::patch_type::strategic);
    return r.patch.body;
}

} // namespace

TEST_CASE("a binding names the pod by its uid") {
    auto const w = std::get<api::act_request>(kube::binding_of(known(make_pod("p")), "n"));
    CHECK(w.subresource == "binding");
    CHECK(w.where == object::key{"default", "p"});
    auto const& b = w.body.as<kube::binding>();
    CHECK(b.metadata.uid == "u");
    CHECK(b.target.name == "n");
}

TEST_CASE("what a pod is told while it waits is a patch of what differs") {
    auto const p = known(make_pod("p"));
    CHECK(body_of(kube::waiting_write(p, {.message = "full"}, now)) ==
          R"({"metadata":{"uid":"u"},"status":{"conditions":[{"type":"PodScheduled","status":"False",)"
          R"("lastProbeTime":null,"lastTransitionTime":"2026-01-01T00:00:00Z","reason":"Unschedulable",)"
          R"("message":"full"}]}})");
    CHECK(body_of(kube::waiting_write(p, {.nominated = "n"}, now)) ==
          R"({"metadata":{"uid":"u"},"status":{"nominatedNodeName":"n"}})");
    CHECK_FALSE(kube::waiting_write(p, {.nominated = ""}, now));
    CHECK_FALSE(kube::waiting_write(p, {}, now));
    auto const promised = known(make_pod("p").with([](kube::pod& q) { q.status.nominated_node_name = "n"; }));
    CHECK(body_of(kube::waiting_write(promised, {.nominated = ""}, now)) ==
          R"({"metadata":{"uid":"u"},"status":{"nominatedNodeName":null}})");
    CHECK_FALSE(kube::waiting_write(promised, {.nominated = "n"}, now));
}

TEST_CASE("what a pod says already is not written again") {
    auto const told = known(make_pod("p").with([](kube::pod& q) {
        auto& c = q.status.conditions.emplace_back();
        c.type = "PodScheduled";
        c.status = "False";
        c.reason = "Unschedulable";
        c.message = "full";
    }));
    CHECK_FALSE(kube::waiting_write(told, {.message = "full"}, now));
    CHECK(kube::waiting_write(told, {.message = "fuller"}, now));
    CHECK(kube::waiting_write(told, {.reason = "SchedulerError", .message = "full"}, now));
}

TEST_CASE("a victim is told why it goes, then deleted, if it is still the one") {
    auto const writes = kube::victim_writes(known(make_pod("p")), "mine", now);
    REQUIRE(writes.size() == 2);
    CHECK(body_of(writes[0]).find("mine: preempting to accommodate a higher priority pod") !=
          std::string::npos);
    CHECK(std::get<api::remove_request>(writes[1]).options.expected_uid == "u");
}
