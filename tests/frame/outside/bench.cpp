#include <berth/bench/add.hpp>
#include <berth/bench/pod_workload.hpp>
#include <berth/kube/schedule/profile.hpp>

using namespace berth;

constexpr auto emptiest = schedule::score<"Emptiest", schedule::reads<kube::facets::pod_count>>(
    [](kube::pod_info const&, kube::node_info const& n) -> schedule::points {
        return -static_cast<double>(n.pods.size());
    });
constexpr auto mine = schedule::profile{
    .name = "mine",
    .filter = kube::default_profile.filter,
    .score = kube::default_profile.score + 2 * emptiest,
};

auto main(int argc, char** argv) -> int {
    auto const load = bench::make_workload("SchedulingBasic", 200);
    bench::add("stock", kube::default_profile, load);
    bench::add("mine", mine, load);
    return bench::run(argc, argv);
}
