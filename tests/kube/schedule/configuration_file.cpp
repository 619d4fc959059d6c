/// \file
/// Files as kube-scheduler takes them, and what is wrong with others.

#include <berth/kube/schedule/configuration_file.hpp>
#include <berth/kube/schedule/configured_profile.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

namespace {

constexpr auto head = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n";

auto read(std::string const& rest) -> kube::scheduler_configuration {
    auto out = kube::read_scheduler_file(head + rest, "s.yaml");
    if (!out) FAIL(out.error().message);
    return *out;
}
auto complaint(std::string const& rest, std::string const& first = head) -> std::string {
    auto const out = kube::read_scheduler_file(first + rest, "s.yaml");
    return out ? "" : out.error().message;
}

constexpr auto packer_and_plain = R"(podInitialBackoffSeconds: 2
podMaxBackoffSeconds: 20
percentageOfNodesToScore: 30
leaderElection: {leaderElect: true}
profiles:
- schedulerName: packer
  plugins:
    multiPoint:
      disabled: [{name: ImageLocality}]
    score:
      enabled:
      - {name: NodeResourcesFit, weight: 8}
  pluginConfig:
  - name: NodeResourcesFit
    args:
      apiVersion: kubescheduler.config.k8s.io/v1
      kind: NodeResourcesFitArgs
      ignoredResources: [example.com/foo]
      scoringStrategy:
        type: RequestedToCapacityRatio
        resources: [{name: cpu, weight: 3}, {name: example.com/gpu}]
        requestedToCapacityRatio:
          shape: [{utilization: 0, score: 0}, {utilization: 100, score: 10}]
  - name: NodeResourcesBalancedAllocation
    args: {resources: [{name: cpu, weight: 1}]}
  - name: PodTopologySpread
    args:
      defaultingType: List
      defaultConstraints:
      - {maxSkew: 2, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}
  - name: NodeAffinity
    args:
      addedAffinity:
        requiredDuringSchedulingIgnoredDuringExecution:
          nodeSelectorTerms:
          - matchExpressions: [{key: disk, operator: In, values: [ssd]}]
  - name: InterPodAffinity
    args: {hardPodAffinityWeight: 0, ignorePreferredTermsOfExistingPods: true}
  - name: DefaultPreemption
    args: {minCandidateNodesPercentage: 5, minCandidateNodesAbsolute: 7}
  - name: VolumeBinding
    args: {bindTimeoutSeconds: 30}
- schedulerName: plain
  plugins:
    postFilter: {disabled: [{name: "*"}]}
)";

} // namespace

TEST_CASE("an empty configuration is that of the default profile") {
    auto const out = read("");
    REQUIRE(out.profiles.size() == 1);
    CHECK(kube::configured_profile(out.profiles[0]).describe() == kube::configured_profile({}).describe());
    CHECK(out.first_back_off == seconds(1));
    CHECK(out.most_back_off == seconds(10));
    CHECK(out.notes.empty());
}

TEST_CASE("a file says which profiles there are, with which plugins, weights and arguments") {
    auto const out = read(packer_and_plain);
    REQUIRE(out.profiles.size() == 2);
    auto const& p = out.profiles[0];
    CHECK(p.name == "packer");
    CHECK(p.weight_of("NodeResourcesFit") == 8);
    CHECK(p.weight_of("ImageLocality") == 0);
    CHECK(p.weight_of("NodeAffinity") == 2);
    CHECK(p.strategy == kube::plugins::fit_strategy::requested_to_capacity_ratio);
    CHECK(p.resources == std::vector<kube::resource_and_weight>{{"cpu", 3}, {"example.com/gpu", 1}});
    CHECK(p.shape.size() == 2);
    CHECK(p.shape[1].worth == 10);
    CHECK(p.ignored_resources == std::vector<std::string>{"example.com/foo"});
    CHECK(p.balanced_resources.size() == 1);
    CHECK_FALSE(p.spread_by_system);
    REQUIRE(p.default_constraints.size() == 1);
    CHECK(p.default_constraints[0].max_skew == 2);
    REQUIRE(p.added_affinity);
    CHECK(p.hard_pod_affinity_weight == 0);
    CHECK(p.ignore_preferences_of_others);
    CHECK(p.least_candidates_percent == 5);
    CHECK(p.least_candidates == 7);
    CHECK(out.profiles[1].name == "plain");
    CHECK_FALSE(out.profiles[1].preemption);
    auto options = kube::scheduler_options();
    out.limit(options);
    CHECK(options.wait.first == seconds(2));
    CHECK(options.wait.most == seconds(20));
    CHECK(options.volume_binding_limit == seconds(30));
    CHECK_FALSE(options.indexes_matter); // all plugins are Kubernetes' own
    CHECK(out.notes.size() == 2);
}

TEST_CASE("JSON does as well") {
    auto const out = kube::read_scheduler_file(
        R"({"apiVersion": "kubescheduler.config.k8s.io/v1", "kind": "KubeSchedulerConfiguration",
            "profiles": [{"schedulerName": "other"}]})",
        "s.json");
    REQUIRE(out);
    CHECK(out->profiles[0].name == "other");
}

TEST_CASE("a bad file is told by line, field and what was expected") {
    CHECK(complaint("", "") == "s.yaml: one KubeSchedulerConfiguration was expected, not 0 documents");
    CHECK(complaint("a: [\n").starts_with("s.yaml: yaml: line "));
    CHECK(
        complaint("kind: KubeSchedulerConfiguration\n",
                  "apiVersion: kubescheduler.config.k8s.io/v1beta3\n") ==
        "s.yaml:1: apiVersion: Unsupported value: \"kubescheduler.config.k8s.io/v1beta3\": supported values: "
        "\"kubescheduler.config.k8s.io/v1\"");
    CHECK(complaint("profile: []\n") == "s.yaml:3: profile: Unknown field");
    CHECK(complaint(
              "profiles:\n- plugins:\n    score:\n      enabled: [{name: NodeAffinity, weight: heavy}]\n") ==
          "s.yaml:6: profiles[0].plugins.score.enabled[0].weight: Invalid type: a string where a value "
          "of type int32 was expected");
    CHECK(complaint("profiles:\n- plugins:\n    filter:\n      enabled:\n      - name: NodePort\n")
              .starts_with(
                  "s.yaml:7: profiles[0].plugins.filter.enabled[0].name: Unsupported value: \"NodePort\": "
                  "supported values: \"NodeUnschedulable\""));
    CHECK(complaint("percentageOfNodesToScore: 101\n")
              .starts_with("s.yaml:3: percentageOfNodesToScore: Invalid value: 101"));
    CHECK(complaint("podInitialBackoffSeconds: 5\npodMaxBackoffSeconds: 3\n")
              .starts_with("s.yaml:4: podMaxBackoffSeconds: Invalid value: 3: must be greater"));
    CHECK(complaint("extenders: [{urlPrefix: http://x}]\n").starts_with("s.yaml:3: extenders: Forbidden"));
    CHECK(complaint("profiles:\n- {schedulerName: a}\n- {schedulerName: a}\n- {}\n") ==
          "s.yaml:5: profiles[1].schedulerName: Duplicate value: \"a\"\n"
          "s.yaml:6: profiles[2].schedulerName: Required value: of several profiles each needs its name");
}

TEST_CASE("a file that is none is told, and not read") {
    auto const why = [](std::string const& file) { return kube::load_scheduler_file(file).error().message; };
    CHECK(why("/") == "/: is a directory");
    CHECK(why("/not/there.yaml") == "/not/there.yaml: cannot be read");
    CHECK(why("/dev/zero") == "/dev/zero: is larger than a megabyte");
    CHECK(why("/dev/null") == "/dev/null: one KubeSchedulerConfiguration was expected, not 0 documents");
}

TEST_CASE("bad arguments are told in the same way") {
    auto const with = [](std::string const& plugin, std::string const& args) {
        return complaint("profiles:\n- pluginConfig:\n  - name: " + plugin + "\n    args:\n      " + args +
                         "\n");
    };
    auto const at = std::string("s.yaml:7: profiles[0].pluginConfig[0].args.");
    CHECK(with("NodeResourcesFit", "scoringStrategies: {}") == at + "scoringStrategies: Unknown field");
    CHECK(with("NodeResourcesFit", "scoringStrategy: {type: Most}")
              .starts_with(at + "scoringStrategy.type: Unsupported value: \"Most\": supported values: "
                                "\"LeastAllocated\", \"MostAllocated\""));
    CHECK(with("NodeResourcesFit", "scoringStrategy: {type: RequestedToCapacityRatio}")
              .starts_with(at + "scoringStrategy.requestedToCapacityRatio.shape: Required value"));
    CHECK(with("NodeResourcesFit", "scoringStrategy: {resources: [{name: cpu, weight: 0}]}")
              .starts_with(at + "scoringStrategy.resources[0].weight: Invalid value: 0"));
    CHECK(with("InterPodAffinity", "hardPodAffinityWeight: 101")
              .starts_with(at + "hardPodAffinityWeight: Invalid value: 101"));
    CHECK(with("PodTopologySpread", "defaultConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: "
                                    "ScheduleAnyway}]")
              .starts_with("s.yaml:6: profiles[0].pluginConfig[0].args.defaultingType: Invalid value: "
                           "\"System\": when"));
    CHECK(with("NodeAffinity", "addedAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
                               "{nodeSelectorTerms: []}}")
              .starts_with(at +
                           "addedAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: "
                           "Required value"));
    CHECK(with("DefaultPreemption", "{minCandidateNodesPercentage: 0, minCandidateNodesAbsolute: 0}")
              .find("cannot both be zero") != std::string::npos);
    CHECK(with("NodeResourcesFit", "{apiVersion: v2}")
              .starts_with(at + "apiVersion: Unsupported value: \"v2\""));
    CHECK(with("NodePorts", "{}")
              .starts_with("s.yaml:5: profiles[0].pluginConfig[0].name: Unsupported value: \"NodePorts\": "
                           "supported values: "));
}

TEST_CASE("what is no UTF-8, or is nested too deeply, is told with its line") {
    CHECK(complaint("profiles:\n- schedulerName: \"a\xff\xfe\"\n") ==
          "s.yaml:4: is no UTF-8: write it in that encoding");
    CHECK(complaint("# \xc3\x28\n") == "s.yaml:3: is no UTF-8: write it in that encoding");
    CHECK(complaint("profiles: " + std::string(2'000, '[') + std::string(2'000, ']')) ==
          "s.yaml: yaml: line 3: nested too deeply");
}
