/// \file
/// \brief Repeat the published experiment of FGD on the openb lists: six policies, ten seeds, side by side.

#include "../command_line.hpp"
#include "../trace/files.hpp"
#include "../trace/openb.hpp"
#include "../trace/progress.hpp"
#include "curves.hpp"
#include "lists.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr std::uint64_t first_seed = 42; ///< as published

struct options {
    std::string folder;
    std::size_t seeds = fgd::published_seeds;
    std::vector<std::string> policies;
    std::vector<std::string> lists;
    std::string svg = "berth-fgd.svg";
    std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
};

struct workload {
    std::string list;
    std::vector<trace::request> tasks;
};
struct material {
    trace::cluster cluster;
    std::vector<workload> lists;
};

/// The lists of tasks in a folder.
auto lists_in(std::filesystem::path const& folder) -> std::vector<std::string> {
    auto files = std::vector<std::string>{};
    auto error = std::error_code();
    for (auto const& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.is_regular_file(error)) files.push_back(entry.path().filename().string());
    return fgd::lists_of(files);
}

auto load(options const& o) -> berth::result<material> {
    if (!std::filesystem::is_directory(o.folder))
        return berth::fail(berth::error_code::not_found, o.folder + ": there is no such folder");
    auto nodes = trace::trace_file(o.folder, "openb_node_list_gpu_node.csv");
    if (!std::filesystem::exists(nodes)) nodes = trace::trace_file(o.folder, "openb_node_list_all_node.csv");
    auto const text = trace::read_text(nodes);
    if (!text) return std::unexpected(text.error());
    auto cluster = trace::read_machines(nodes.string(), *text);
    if (!cluster) return std::unexpected(cluster.error());
    if (trace::add_up(cluster->machines).gpu.all == 0)
        return berth::fail(berth::error_code::invalid, nodes.string() + ": no machine has a gpu");
    auto out = material{std::move(*cluster), {}};
    for (auto const& list : o.lists.empty() ? lists_in(o.folder) : o.lists) {
        auto const file = trace::trace_file(o.folder, "openb_pod_list_" + list + ".csv");
        auto const tasks_text = trace::read_text(file);
        if (!tasks_text) return std::unexpected(tasks_text.error());
        auto tasks = trace::read_requests(file.string(), *tasks_text, out.cluster.models);
        if (!tasks) return std::unexpected(tasks.error());
        if (std::ranges::none_of(*tasks, [](trace::request const& r) { return r.gpus > 0; }))
            return berth::fail(berth::error_code::invalid, file.string() + ": nothing asks for a gpu");
        out.lists.push_back({list, std::move(*tasks)});
    }
    if (out.lists.empty())
        return berth::fail(berth::error_code::not_found,
                           o.folder + ": there is no openb_pod_list_*.csv(.gz)");
    return out;
}

/// Runs all cells with all seeds, on several threads, and shows how far it is.
auto run(options const& o, material const& given) -> std::vector<fgd::cell> {
    auto cells = std::vector<fgd::cell>{};
    auto tasks = std::vector<std::vector<trace::request> const*>{}; // of each cell
    for (auto const& w : given.lists) {
        for (auto const policy : fgd::published_policies) {
            if (!o.policies.empty() && std::ranges::find(o.policies, policy) == o.policies.end()) continue;
            cells.push_back({w.list, policy, std::vector<fgd::outcome>(o.seeds)});
            tasks.push_back(&w.tasks);
        }
    }
    auto const all = cells.size() * o.seeds;
    auto next = std::atomic<std::size_t>(0);
    auto done = std::atomic<std::size_t>(0);
    auto const work = [&] {
        for (auto at = next++; at < all; at = next++) {
            auto& c = cells[at / o.seeds];
            auto const seed = at % o.seeds;
            c.runs[seed] = fgd::experiment(given.cluster, *tasks[at / o.seeds], c.policy, first_seed + seed);
            ++done;
        }
    };
    auto threads = std::vector<std::jthread>{};
    for (std::size_t i = 0; i < std::min(o.threads, all); ++i) threads.emplace_back(work);
    auto bar = trace::progress("fgd", all, "runs");
    while (done < all) {
        bar.at(done);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    bar.at(all);
    return cells;
}

/// Prints the table and draws the curves; whether all means agree with the published ones.
auto show(options const& o, std::span<fgd::cell const> cells, double seconds) -> berth::result<bool> {
    std::cout << fgd::table(cells);
    auto const judged = fgd::judge(cells);
    if (judged.compared == 0) std::cout << "\nNothing was published about these lists.\n";
    else
        std::cout << '\n'
                  << judged.compared - judged.beyond << " of " << judged.compared
                  << " published means are met; allowed is max(0.35, 3 sd of the difference)\n";
    auto decisions = std::size_t{0};
    for (auto const& c : cells)
        for (auto const& r : c.runs) decisions += r.placed + r.refused;
    std::printf("%zu runs (%s decisions) on %zu threads took %.1f s\n", cells.size() * o.seeds,
                trace::grouped(static_cast<std::int64_t>(decisions)).c_str(), o.threads, seconds);
    std::fflush(stdout);
    if (!o.svg.empty()) {
        auto const written = trace::write_text(o.svg, fgd::curves(cells));
        if (!written) return std::unexpected(written.error());
        std::cout << "the allocation curves are in " << o.svg << '\n';
    }
    return judged.beyond == 0;
}

} // namespace

auto main(int argc, char** argv) -> int {
    auto o = options{};
    auto app = CLI::App{"Repeats the published experiment of FGD on the openb lists and compares the means.",
                        "berth-fgd"};
    app.add_option("DIR", o.folder, "folder with openb_node_list_*.csv and openb_pod_list_*.csv, .gz or not")
        ->required();
    app.add_option("--seeds", o.seeds, "how many, from 42 on")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    auto names = std::vector<std::string>(fgd::published_policies.begin(), fgd::published_policies.end());
    auto which = std::string("which, divided by commas; all if not given:");
    for (auto const& name : names) which += " " + name;
    app.add_option("--policies", o.policies, which)
        ->delimiter(',')
        ->transform(CLI::IsMember(names, CLI::ignore_case));
    app.add_option("--lists", o.lists, "which, divided by commas, as default,cpu250; all in DIR if not given")
        ->delimiter(',');
    app.add_option("--svg", o.svg, "where to draw the allocation curves; \"\" for nowhere")
        ->capture_default_str();
    app.add_option("--threads", o.threads, "how many runs at once")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    app.footer("exit status: 0 if all published means are met, 1 if not, 2 if nothing could be run");
    if (auto const end = command_line::parse(app, argc, argv)) return *end;

    auto const given = load(o);
    auto const start = std::chrono::steady_clock::now();
    auto const since = [start] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    auto const cells = given ? run(o, *given) : std::vector<fgd::cell>{};
    auto const met = given ? show(o, cells, since()) : berth::result<bool>(std::unexpected(given.error()));
    if (!met) std::cerr << "berth-fgd: " << met.error().message << '\n';
    return !met ? 2 : *met ? 0 : 1;
}
