/// \file
/// \brief Place a production trace (openb: 1,523 machines, 8,152 tasks) and draw the result.

#include "../command_line.hpp"
#include "files.hpp"
#include "openb.hpp"
#include "picture.hpp"
#include "policy.hpp"
#include "progress.hpp"
#include "replay.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

namespace {

struct options {
    std::string folder;
    std::string nodes;
    std::string pods;
    std::string policy = "BestFit";
    std::string svg = "berth-trace.svg";
    std::uint64_t seed = 42;
    double arrival = 0;
};

struct workload {
    trace::cluster cluster;
    std::vector<trace::request> requests;
    std::vector<trace::shape> popular; ///< of the tasks as they were listed
};

/// A file named on the command line, or else the one in the folder of the trace.
auto file_or(std::string const& given, std::string const& folder, std::string const& name)
    -> std::filesystem::path {
    if (given.empty()) return trace::trace_file(folder, name);
    auto const inside = trace::trace_file(folder, given);
    return std::filesystem::exists(given) || !std::filesystem::exists(inside) ? std::filesystem::path(given)
                                                                              : inside;
}

auto load(options const& o) -> berth::result<workload> {
    if (!std::filesystem::is_directory(o.folder)) {
        return berth::fail(berth::error_code::not_found, o.folder + ": there is no such folder");
    }
    auto const nodes = file_or(o.nodes, o.folder, "openb_node_list_all_node.csv");
    auto const node_text = trace::read_text(nodes);
    if (!node_text) return std::unexpected(node_text.error());
    auto cluster = trace::read_machines(nodes.string(), *node_text);
    if (!cluster) return std::unexpected(cluster.error());
    auto const pods = file_or(o.pods, o.folder, "openb_pod_list_default.csv");
    auto const pod_text = trace::read_text(pods);
    if (!pod_text) return std::unexpected(pod_text.error());
    auto requests = trace::read_requests(pods.string(), *pod_text, cluster->models);
    if (!requests) return std::unexpected(requests.error());
    auto popular = trace::popular_shapes(*requests);
    if (o.arrival <= 0) return workload{std::move(*cluster), std::move(*requests), std::move(popular)};
    auto const capacity = trace::add_up(cluster->machines).gpu.all;
    auto stream = trace::arrivals(std::move(*requests), capacity, o.arrival, o.seed);
    if (stream.empty())
        return berth::fail(berth::error_code::invalid, pods.string() + ": nothing asks for a gpu");
    return workload{std::move(*cluster), std::move(stream), std::move(popular)};
}

/// Places the whole workload under one policy, prints the account and draws the picture.
template <class Policy> auto run(options const& o, workload& work, Policy const& policy)
    -> berth::result<void> {
    auto const profile = trace::profile_of(policy);
    std::cout << profile.describe() << '\n' << std::flush;
    auto bar = trace::progress(policy.name, work.requests.size());
    auto const start = std::chrono::steady_clock::now();
    auto const account = trace::replay(work.requests, work.cluster.machines, profile,
                                       [&](std::size_t done, std::size_t refused) {
                                           bar.at(done, ", " + std::to_string(refused) + " refused");
                                       });
    auto const took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::cout << '\n' << trace::summary(account, trace::add_up(work.cluster.machines));
    auto const rate = static_cast<std::int64_t>(static_cast<double>(work.requests.size()) / took);
    std::cout << "  speed         " << trace::grouped(rate) << " decisions/s, every machine scored\n";
    if (o.svg.empty()) return {};
    auto const written = trace::write_text(o.svg, trace::picture(work.cluster, account, profile.describe()));
    if (written) std::cout << "  picture       " << o.svg << '\n';
    return written;
}
auto run(options const& o, workload& work) -> berth::result<void> {
    auto out = berth::result<void>();
    trace::for_each_policy(work.popular, o.seed, [&](auto const& policy) {
        if (policy.name == o.policy) out = run(o, work, policy);
    });
    return out;
}

auto policy_names() -> std::vector<std::string> {
    auto names = std::vector<std::string>{};
    trace::for_each_policy({}, 0, [&](auto const& policy) { names.emplace_back(policy.name); });
    return names;
}

} // namespace

auto main(int argc, char** argv) -> int {
    auto o = options{};
    auto app = CLI::App{"Places the openb production trace and draws the machines' use.", "berth-trace"};
    app.add_option("DIR", o.folder,
                   "folder of the trace: openb_node_list_*.csv and openb_pod_list_*.csv, .gz or not")
        ->required();
    app.add_option("--nodes", o.nodes, "another list of machines, in DIR or anywhere");
    app.add_option("--pods", o.pods, "another list of tasks, in DIR or anywhere");
    app.add_option("--policy", o.policy, "how to choose")
        ->transform(CLI::IsMember(policy_names(), CLI::ignore_case))
        ->capture_default_str();
    app.add_option("--svg", o.svg, "where to write the picture; \"\" for none")->capture_default_str();
    app.add_option("--seed", o.seed, "of the random policy and of --arrival")->capture_default_str();
    app.add_option(
           "--arrival", o.arrival,
           "shuffle the tasks by the seed and repeat some, until they ask for so many percent of all gpus")
        ->check(CLI::Range(1.0, 1000.0));
    auto about = std::string("policies:\n");
    trace::for_each_policy({}, 0, [&](auto const& policy) {
        about += "  " + std::string(policy.name) + std::string(15 - policy.name.size(), ' ') +
                 std::string(policy.what) + '\n';
    });
    app.footer(about + "exit status: 1 if the trace cannot be read or placed, 2 for wrong arguments");
    if (auto const end = command_line::parse(app, argc, argv)) return *end;

    auto work = load(o);
    auto const outcome = work ? run(o, *work) : berth::result<void>(std::unexpected(work.error()));
    if (!outcome) {
        std::cerr << "berth-trace: " << outcome.error().message << '\n';
        return 1;
    }
    return 0;
}
