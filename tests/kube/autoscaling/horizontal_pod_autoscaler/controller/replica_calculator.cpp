/// \file
/// How many replicas a metric calls for.

#include "../../../autoscaling_vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/replica_calculator.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

/// A workload of some pods, each of which uses something.
class workload {
public:
    auto pod(make_pod p, std::optional<std::int64_t> milli = {}) -> workload& {
        auto const& name = p.done().metadata.name;
        if (milli) samples_[name] = {*milli, new_year, seconds(60)};
        world_.add(p.done());
        return *this;
    }
    auto pods(std::size_t n, std::int64_t milli) -> workload& {
        for (std::size_t i = 0; i < n; ++i) pod(worker("p" + std::to_string(i)), milli);
        return *this;
    }
    /// `replicas usage utilization`, or what is wrong.
    auto by_cpu(std::int32_t percent, std::string_view container = {}) -> std::string {
        return shown(kube::replicas_by_utilization(done(), samples_, percent, "cpu", container));
    }
    auto by_average(std::int64_t target) -> std::string {
        return shown(kube::replicas_by_average(done(), samples_, target, "cpu"));
    }
    auto by_value(std::int64_t usage, std::int64_t target) -> std::string {
        return shown(kube::replicas_by_value(done(), usage, target));
    }
    auto by_share(std::int64_t usage, std::int64_t target) -> std::string {
        return shown(kube::replicas_by_share(done(), usage, target));
    }

private:
    auto done() -> kube::scaled_workload {
        auto out = kube::scaled_workload();
        world_.follow<kube::pod>();
        for (auto const p : world_.at(new_year).all<kube::pod>()) out.pods.push_back(p);
        out.desired = out.current = static_cast<std::int32_t>(out.pods.size());
        out.now = new_year;
        return out;
    }
    static auto shown(result<kube::replica_proposal> const& p) -> std::string {
        if (!p) return p.error().message;
        return std::to_string(p->replicas) + " " + std::to_string(p->usage) + " " +
               std::to_string(p->utilization);
    }

    reconcile::world world_;
    kube::pod_samples samples_;
};

} // namespace

TEST_CASE("replicas go by the ratio of what is used to what should be") {
    CHECK(workload().pods(4, 800).by_cpu(50) == "7 800 80");
    CHECK(workload().pods(4, 200).by_cpu(50) == "2 200 20");
    CHECK(workload().pods(4, 520).by_cpu(50) == "4 520 52");
    CHECK(workload().pods(4, 800).by_average(500) == "7 800 0");
}

TEST_CASE(
    "a pod without a sample uses all it may when there would be fewer, nothing when there would be more") {
    CHECK(workload().pods(3, 100).pod(worker("silent")).by_cpu(50) == "3 100 10");
    CHECK(workload().pods(3, 1000).pod(worker("silent")).by_cpu(50) == "6 1000 100");
    CHECK(workload().pods(3, 700).pod(worker("silent")).by_cpu(50) == "4 700 70");
    CHECK(workload().pods(3, 100).pod(worker("silent")).by_average(500) == "2 100 0");
}

TEST_CASE("a pod that is not ready uses nothing when there would be more") {
    CHECK(workload().pods(3, 1000).pod(worker("new").phase("Pending"), 9000).by_cpu(50) == "6 1000 100");
    CHECK(workload().pods(3, 100).pod(worker("new").phase("Pending")).by_cpu(50) == "1 100 10");
}

TEST_CASE("what a new pod uses of cpu is doubted, a pod that leaves or failed is ignored") {
    auto const young = worker("young").with([](kube::pod& p) {
        p.status.start_time = object::timestamp(new_year - seconds(60));
        p.status.conditions[0].last_transition_time = object::timestamp(new_year - seconds(30));
    });
    CHECK(workload().pods(1, 500).pod(young, 9000).by_cpu(50) == "2 500 50");
    CHECK(workload().pods(2, 500).pod(worker("leaving").deleting(), 9000).by_average(250) == "4 500 0");
    CHECK(workload().pods(2, 500).pod(worker("over").phase("Failed"), 9000).by_average(250) == "4 500 0");
    CHECK(workload().pod(young, 9000).by_cpu(50) ==
          "did not receive metrics for targeted pods (pods might be unready)");
}

TEST_CASE("what cannot be computed says why") {
    CHECK(workload().by_cpu(50) == "no pods returned by selector while calculating replica count");
    auto const modest =
        worker("p").with([](kube::pod& p) { p.spec.containers[0].resources.requests.clear(); });
    CHECK(workload().pod(modest, 5).by_cpu(50) == "missing request for cpu in container main of Pod p");
    CHECK(workload().pod(worker("p"), 5).by_cpu(50, "other") == "no metrics returned matched known pods");
    CHECK(workload().pod(worker("p"), 900).by_cpu(50, "main") == "2 900 90");
}

TEST_CASE("a value goes by the pods that are ready") {
    CHECK(workload().pods(2, 0).pod(worker("x").phase("Pending")).by_value(3000, 1000) == "6 3000 0");
    CHECK(workload().pods(2, 0).by_value(1050, 1000) == "2 1050 0");
    CHECK(workload().by_value(3000, 1000) == "3 3000 0");
}

TEST_CASE("a share goes by the value alone") {
    CHECK(workload().pods(2, 0).by_share(7000, 1000) == "7 3500 0");
    CHECK(workload().pods(2, 0).by_share(2100, 1000) == "2 1050 0");
    CHECK(workload().pods(2, 0).by_share(0, 1000) == "0 0 0");
    CHECK(workload().by_share(1000, 1000).starts_with("1 "));
}

TEST_CASE("amounts beyond all measure do no harm") {
    auto const greedy = worker("p").with([](kube::pod& p) {
        p.spec.containers.push_back(p.spec.containers[0]);
        for (auto& c : p.spec.containers)
            c.resources.requests["cpu"] = object::quantity::of(9'000'000'000'000'000);
    });
    CHECK(workload()
              .pod(greedy, 9'000'000'000'000'000'000)
              .pod(worker("silent"))
              .by_cpu(2'000'000'000)
              .starts_with("1 "));
    CHECK(workload()
              .pod(worker("a"), 9'000'000'000'000'000'000)
              .pod(worker("b"), 9'000'000'000'000'000'000)
              .by_cpu(1)
              .ends_with(std::to_string(static_cast<std::int32_t>(9'223'372'036'854'775'807 / 2000))));
}
