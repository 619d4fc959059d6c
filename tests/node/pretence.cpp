/// \file
/// What annotations say of pretended containers.

#include <berth/node/pretence.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using namespace berth::node;

namespace {

auto pod_of(std::string restart_policy) -> kube::pod {
    auto out = kube::pod();
    out.spec.restart_policy = std::move(restart_policy);
    out.spec.init_containers.emplace_back().name = "first";
    out.spec.containers.emplace_back().name = "main";
    out.spec.containers.emplace_back().name = "other";
    return out;
}
auto end_of(kube::pod const& p, std::size_t n = 0) -> std::optional<pretended_end> {
    return pretended_end_of(p, p.spec.containers[n], false, {.runs_for = seconds(3), .exit_code = 4});
}
auto init_end_of(kube::pod const& p) -> std::optional<pretended_end> {
    return pretended_end_of(p, p.spec.init_containers[0], true, {.init_runs_for = seconds(2)});
}

} // namespace

TEST_CASE("containers end that are not restarted whatever happens, and init containers") {
    CHECK(!end_of(pod_of("Always")));
    CHECK(end_of(pod_of("Never"))->after == seconds(3));
    CHECK(end_of(pod_of("OnFailure"))->exit_code == 4);
    CHECK(init_end_of(pod_of("Always"))->after == seconds(2));
    auto sidecar = pod_of("Never");
    sidecar.spec.init_containers[0].restart_policy = std::string("Always");
    CHECK(!init_end_of(sidecar));
}

TEST_CASE("annotations say when and with what, for all containers or for one") {
    auto p = pod_of("Always");
    p.metadata.annotations["simulated.berth.dev/runs-for"] = "1m30s";
    p.metadata.annotations["simulated.berth.dev/exit-code.other"] = "7";
    p.metadata.annotations["simulated.berth.dev/runs-for.first"] = "9s";
    CHECK(end_of(p)->after == seconds(90));
    CHECK(end_of(p)->exit_code == 4);
    CHECK(end_of(p, 1)->exit_code == 7);
    CHECK(init_end_of(p)->after == seconds(9));
    p.metadata.annotations["simulated.berth.dev/runs-for.other"] = "ever";
    CHECK(!end_of(p, 1));
}

TEST_CASE("what annotations say without sense is not said") {
    auto p = pod_of("Never");
    p.metadata.annotations["simulated.berth.dev/runs-for"] = "soon";
    for (auto const* const code : {"", "x", "-1", "256", "1x"}) {
        p.metadata.annotations["simulated.berth.dev/exit-code"] = code;
        CHECK(end_of(p)->after == seconds(3));
        CHECK(end_of(p)->exit_code == 4);
    }
}

TEST_CASE("what a container uses is said, or the same for all") {
    auto p = pod_of("Always");
    auto const used = [&](std::size_t n) {
        return pretended_usage_of(p, p.spec.containers[n], {.cpu_millis = 5, .memory_bytes = 6});
    };
    CHECK(used(0) == container_rate{5'000'000, 6});
    p.metadata.annotations["simulated.berth.dev/cpu"] = "250m";
    p.metadata.annotations["simulated.berth.dev/memory.other"] = "1Mi";
    CHECK(used(0) == container_rate{250'000'000, 6});
    CHECK(used(1) == container_rate{250'000'000, 1 << 20});
    p.metadata.annotations["simulated.berth.dev/cpu"] = "-1";
    CHECK(used(0).cpu_nanocores == 5'000'000);
    p.metadata.annotations["simulated.berth.dev/cpu"] = "9e30";
    CHECK(used(0).cpu_nanocores > 0);
}
