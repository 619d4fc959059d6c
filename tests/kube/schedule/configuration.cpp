/// \file
/// Configurations that are JSON already. What they may say is tried with files (`configuration_file.cpp`).

#include <berth/kube/schedule/configuration.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

namespace {

auto read(std::string const& json) -> result<kube::scheduler_configuration> {
    return kube::read_scheduler_configuration(json,
                                              [](std::string const& path) { return "at <" + path + "> "; });
}

} // namespace

TEST_CASE("a configuration that is JSON needs no YAML") {
    auto const out = read(R"({"apiVersion": "kubescheduler.config.k8s.io/v1",
        "kind": "KubeSchedulerConfiguration",
        "profiles": [{"schedulerName": "other",
                      "plugins": {"score": {"disabled": [{"name": "ImageLocality"}]}}}]})");
    REQUIRE(out);
    CHECK(out->profiles[0].name == "other");
    CHECK(out->profiles[0].weight_of("ImageLocality") == 0);
}

TEST_CASE("complaints say where, in the words of who asks") {
    CHECK(read("{").error().message.starts_with("at <> "));
    CHECK(read("[]").error().message == "at <> a KubeSchedulerConfiguration was expected, a mapping");
    auto const both =
        read(R"({"apiVersion": "kubescheduler.config.k8s.io/v1", "kind": "KubeSchedulerConfiguration",
                                       "parallelism": 0, "parallelism": 1, "parallel": 2})");
    CHECK(both.error().message == "at <parallelism> parallelism: Duplicate field\n"
                                  "at <parallel> parallel: Unknown field");
    CHECK(both.error().code == error_code::invalid);
}
