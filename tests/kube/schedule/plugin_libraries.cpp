/// \file
/// Libraries whose plugins profiles may name, and what is wrong with others.

#include "pods_plugin.hpp"

#include <berth/kube/schedule/configuration_file.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using test::pods_library;

namespace {

auto complaint(kube::plugin_libraries& to, pods_library const& library, std::string const& file)
    -> std::string {
    auto const added = to.add(library.open(file), file);
    return added ? "" : added.error().message;
}

constexpr auto head =
    "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nprofiles:\n";

auto read(std::string const& rest, kube::plugin_libraries const& libraries) -> kube::scheduler_configuration {
    auto out = kube::read_scheduler_file(head + rest, "s.yaml", &libraries);
    if (!out) FAIL(out.error().message);
    return *out;
}
auto complaint(std::string const& rest, kube::plugin_libraries const& libraries) -> std::string {
    auto const out = kube::read_scheduler_file(head + rest, "s.yaml", &libraries);
    return out ? "" : out.error().message;
}

} // namespace

TEST_CASE("plugins of several libraries have different names") {
    auto const first = pods_library({"few", "fewer"});
    auto const second = pods_library({"many", "few"});
    auto const third = pods_library({"NodeName"});
    auto const fourth = pods_library({"DynamicResources"});
    auto const fifth = pods_library({"*"});
    auto all = kube::plugin_libraries();
    CHECK(complaint(all, first, "a.so") == "");
    CHECK(complaint(all, second, "b.so") == "b.so: plugin few: there is one of that name in a.so");
    CHECK(complaint(all, third, "c.so") == "c.so: plugin NodeName: kube-scheduler has one of that name");
    CHECK(complaint(all, fourth, "d.so") ==
          "d.so: plugin DynamicResources: kube-scheduler has one of that name");
    CHECK(complaint(all, fifth, "e.so") == "e.so: plugin *: a file means all plugins by that name");
    REQUIRE(all.plugins().size() == 2);
    CHECK(all.plugins()[1].name == "fewer");
    CHECK(all.plugins()[1].filters);
    CHECK(all.plugins()[1].scores);
}

TEST_CASE("files are told with what is wrong with them") {
    auto const message = [](std::string const& file) {
        return kube::plugin_libraries::load({file}).error().message;
    };
    CHECK(message("/no/such.so") ==
          "/no/such.so: cannot be loaded: cannot open shared object file: No such file or directory");
    CHECK(message("nosuch.so") ==
          "./nosuch.so: cannot be loaded: cannot open shared object file: No such file or directory");
}

TEST_CASE("a profile enables plugins of libraries as it does others") {
    auto const library = pods_library({"few"});
    auto const libraries = library.alone();
    auto const said = read("- schedulerName: a\n"
                           "  plugins: {multiPoint: {enabled: [{name: few, weight: 4}]}}\n"
                           "  pluginConfig: [{name: few, args: {most: 7}}]\n"
                           "- schedulerName: b\n"
                           "  plugins: {score: {enabled: [{name: few}]}}\n"
                           "- schedulerName: c\n"
                           "  plugins: {filter: {enabled: [{name: few}]}}\n"
                           "- schedulerName: d\n",
                           libraries);
    REQUIRE(said.profiles.size() == 4);
    auto const& a = *said.profiles[0].from_libraries;
    REQUIRE(a.size() == 1);
    CHECK(a[0].name == "few");
    CHECK(a[0].weight == 4);
    CHECK(a[0].filter.has_value());
    CHECK(a[0].score.has_value());
    auto const& b = *said.profiles[1].from_libraries;
    CHECK_FALSE(b[0].filter.has_value());
    CHECK(b[0].score.has_value());
    CHECK(b[0].weight == 1);
    auto const& c = *said.profiles[2].from_libraries;
    CHECK(c[0].filter.has_value());
    CHECK_FALSE(c[0].score.has_value());
    CHECK(said.profiles[3].from_libraries == nullptr);
    CHECK(said.profiles[0].filters.contains("NodeResourcesFit"));
    CHECK(said.notes.empty());
}

TEST_CASE("what a profile says wrongly of plugins of libraries is told with its line") {
    auto p = pods_library({"few"});
    p.plugin(0).score = nullptr;
    auto const libraries = p.alone();
    CHECK(
        complaint("- plugins: {score: {enabled: [{name: few}]}}\n", libraries) ==
        "s.yaml:4: profiles[0].plugins.score.enabled[0].name: Unsupported value: \"few\": supported values: "
        "\"TaintToleration\", \"NodeAffinity\", \"NodeResourcesFit\", \"PodTopologySpread\", "
        "\"InterPodAffinity\", \"NodeResourcesBalancedAllocation\", \"ImageLocality\"");
    CHECK(complaint("- plugins: {filter: {enabled: [{name: fw}]}}\n", libraries).ends_with(", \"few\""));
    CHECK(complaint("- plugins: {filter: {enabled: [{name: few}, {name: few}]}}\n", libraries) ==
          "s.yaml:4: profiles[0].plugins.filter.enabled[1].name: Duplicate value: \"few\"");
    CHECK(complaint("- plugins: {filter: {enabled: [{name: few}]}}\n"
                    "  pluginConfig: [{name: few, args: {least: 1}}]\n",
                    libraries) ==
          "s.yaml:5: profiles[0].pluginConfig[0].args: lib.so: plugin few refuses its "
          "arguments: what is {\"least\":1}");
    CHECK(complaint("- pluginConfig: [{name: fw}]\n", libraries).ends_with("\"VolumeBinding\", \"few\""));
    static constexpr auto unknown = berth_field{"moon", BERTH_INT64};
    p.plugin(0).task_fields = &unknown;
    CHECK(complaint("- plugins: {filter: {enabled: [{name: few}]}}\n", p.alone()) ==
          "s.yaml:4: profiles[0].plugins: plugin few reads moon of a task; "
          "there are cpu, memory, storage, gpu, priority, label:KEY");
    auto const without = kube::read_scheduler_file(
        std::string(head) + "- plugins: {filter: {enabled: [{name: few}]}}\n", "s.yaml");
    REQUIRE_FALSE(without.has_value());
    CHECK(without.error().message.starts_with("s.yaml:4: profiles[0].plugins.filter.enabled[0].name: "
                                              "Unsupported value: \"few\""));
}

TEST_CASE("a plugin that no profile has is told") {
    auto const library = pods_library({"few", "fewer"});
    auto const said = read("- plugins: {score: {enabled: [{name: few}]}}\n", library.alone());
    REQUIRE(said.notes.size() == 1);
    CHECK(said.notes[0] == "plugin fewer of a library is in no profile");
}
