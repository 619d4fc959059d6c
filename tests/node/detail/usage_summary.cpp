/// \file
/// What containers use, as it is told, and as it is measured.

#include <berth/node/detail/machine.hpp>
#include <berth/node/detail/usage_summary.hpp>

#include <catch2/catch_test_macros.hpp>
#include <unistd.h>

#include <string>

using namespace berth;
using namespace berth::node;

namespace {

constexpr auto noon = time_point::from_unix_seconds(1'000'000);

auto pod_named(std::string name) -> kube::pod {
    auto out = kube::pod();
    out.metadata.namespace_ = "default";
    out.metadata.labels["app"] = name;
    out.metadata.name = std::move(name);
    return out;
}

} // namespace

TEST_CASE("a rate is what was used since the last look, over the time between") {
    CHECK(node::detail::rate_of({seconds(3), 5}, seconds(1), seconds(4)) == container_rate{500'000'000, 5});
    CHECK(node::detail::rate_of({seconds(1), 5}, seconds(3), seconds(4)).cpu_nanocores ==
          0); // processes have gone
    CHECK(node::detail::rate_of({seconds(1), 5}, {}, {}).cpu_nanocores > 0);
}

TEST_CASE("a summary has what the containers use, and their sum for the node") {
    auto s = node::detail::usage_summary();
    s.add(pod_named("a"), [](auto take) {
        take("main", container_rate{1'500'000, 4096});
        take("side", container_rate{500'000, 1025});
    });
    s.add(pod_named("idle"), [](auto) {}); // nothing of it runs
    auto const out = s.as_object("n", {.name = "n", .labels = {{"zone", "z"}}}, seconds(15), noon);
    CHECK(out.metadata.name == "n");
    CHECK(out.metadata.labels.get("zone") == "z");
    CHECK(out.window == "15s");
    CHECK(out.usage.find("cpu")->to_string() == "2m");
    CHECK(out.usage.find("memory")->to_string() == "5Ki");
    REQUIRE(out.pods.size() == 1);
    CHECK(out.pods[0].labels.get("app") == "a");
    REQUIRE(out.pods[0].containers.size() == 2);
    CHECK(out.pods[0].containers[1].usage.find("cpu")->to_string() == "500u");
}

TEST_CASE("what a process has used is read from its line in /proc, whatever it is called") {
    auto const found = node::detail::use_in_stat(
        "42 (a) R 1) S 1 42 40 0 -1 4194560 1 2 3 4 100 50 25 25 20 0 1 0 9 8192 7 0");
    REQUIRE(found);
    CHECK(found->first == 40);
    CHECK(found->second.cpu == seconds(200) / ::sysconf(_SC_CLK_TCK));
    CHECK(found->second.memory_bytes == 7 * ::sysconf(_SC_PAGESIZE));
    for (auto const* const wrong : {"", "42 (a", "42 (a) S 1 2 3", "42 (a) S x"})
        CHECK(!node::detail::use_in_stat(wrong));
    CHECK(node::detail::use_by_session()[::getsid(0)].memory_bytes > 0);
}
