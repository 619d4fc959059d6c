/// \file
/// \brief Read a scheduler's profiles from a file, as kube-scheduler's --config has it, and place a pod by
/// each.

#include <berth/kube/schedule/configuration_file.hpp>
#include <berth/kube/schedule/configured_profile.hpp>
#include <berth/schedule/explain.hpp>

#include <cstdlib>
#include <iostream>

using namespace berth;

/// A node of eight processors, some of which are in use.
auto a_node(std::string name, int cpus_in_use) -> kube::node_info {
    auto n = kube::node();
    n.metadata.name = std::move(name);
    for (auto const* const what : {"cpu", "memory", "pods"})
        n.status.allocatable[what] =
            object::quantity::of(std::string_view(what) == "memory" ? 64LL << 30U : 8);
    auto out = kube::node_info(object::stored<kube::node>({object::any_object(std::move(n)), 1}));
    auto p = kube::pod();
    auto& requests = p.spec.containers.emplace_back().resources.requests;
    requests["cpu"] = object::quantity::of(cpus_in_use);
    out.add(kube::pod_info(object::stored<kube::pod>({object::any_object(std::move(p)), 1})));
    return out;
}

auto main(int argc, char** argv) -> int {
    auto const* const folder = std::getenv("BERTH_STORY_FOLDER");
    auto const file = argc > 1 ? std::string(argv[1]) : std::string(folder ? folder : ".") + "/profiles.yaml";
    auto const said = kube::load_scheduler_file(file);
    if (!said) {
        std::cerr << said.error().message << '\n'; // each line with file, line, field and what was expected
        return 1;
    }
    auto const nodes = std::vector{a_node("busy", 5), a_node("idle", 1)};
    auto p = kube::pod();
    p.spec.containers.emplace_back().resources.requests["cpu"] = object::quantity::of(2);
    auto const pod = kube::pod_info(object::stored<kube::pod>({object::any_object(std::move(p)), 1}));
    for (auto const& profile : kube::configured_profiles(said->profiles).all) {
        auto const account = schedule::explain(pod, nodes, profile);
        std::cout << account.table([&](auto i) { return nodes[i].name(); }) << '\n';
    }
}
