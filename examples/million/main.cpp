/// \file
/// A million nodes and a million pods: created, placed and bound through the API and its store, in one
/// process.
///
/// Two threads: one asks for pods, as whoever deploys would; the other is the scheduler, with
/// kube-scheduler's default profile, all nodes scored for each pod. Nothing is sampled, and nothing is said
/// to be done before the store has it. The run is repeated on smaller clusters first, to tell how the rate
/// depends on the size.

#include "../command_line.hpp"
#include "../trace/progress.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/bench/pods.hpp>
#include <berth/core/clock.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/registry.hpp>
#include <berth/kube/schedule/scheduler.hpp>

#include <CLI/CLI.hpp>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace berth;
using clock_type = std::chrono::steady_clock;

auto since(clock_type::time_point start) -> double {
    return std::chrono::duration<double>(clock_type::now() - start).count();
}
/// The most memory that the process has had, in GiB.
auto peak() -> double {
    auto usage = rusage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / (1024 * 1024);
}

/// A node of 4 processors, 32 GiB and 110 pods, in one of 50 zones.
auto make_node(std::int64_t i) -> kube::node { return bench::make_node(i, {.zones = 50}); }
/// A pod of a tenth of a processor and 500 MiB.
auto make_pod(std::int64_t i) -> kube::pod {
    auto p = kube::pod();
    p.metadata.namespace_ = "default";
    p.metadata.name = "pod-" + std::to_string(i);
    p.metadata.labels["app"] = "web";
    auto& c = p.spec.containers.emplace_back();
    c.name = "pause";
    c.image = "registry.k8s.io/pause:3.9";
    c.resources.requests["cpu"] = object::quantity::of_milli(100);
    c.resources.requests["memory"] = object::quantity::of(std::int64_t{500} << 20U);
    return p;
}

/// What one run took.
struct figures {
    std::int64_t nodes = 0;
    std::int64_t pods = 0;
    double nodes_made = 0; ///< seconds until all nodes were created
    double known = 0;      ///< and until the scheduler knew them
    double bound = 0;      ///< seconds from the first pod that was asked for to the last binding
    double decided = 0;    ///< of these, seconds that the scheduler's thread worked
};

class fleet {
public:
    fleet() = default;

    auto run(std::int64_t nodes, std::int64_t pods) -> figures {
        auto out = figures{.nodes = nodes, .pods = pods};
        auto start = clock_type::now();
        create_nodes(nodes);
        out.nodes_made = since(start);
        auto scheduler = kube::scheduler(server_, options());
        start = clock_type::now();
        while (scheduler.step(now()).kind == wake::when::again) {}
        out.known = since(start);
        start = clock_type::now();
        auto asking = std::thread([&] { create_pods(pods); });
        auto bar = trace::progress("bound", static_cast<std::size_t>(pods), "pods");
        for (auto done = std::int64_t{0}; done < pods;) {
            auto const begin = clock_type::now();
            (void)scheduler.step(now());
            auto const counted = static_cast<std::int64_t>(scheduler.counters().placed);
            if (counted > done) out.decided += since(begin);
            else std::this_thread::yield();
            done = counted;
            bar.at(static_cast<std::size_t>(done),
                   ", " + std::to_string(scheduler.counters().refused) + " refused");
            forget_history();
        }
        asking.join();
        out.bound = since(start);
        return out;
    }
    /// Whether the store has as many pods as there should be, each with a node.
    auto all_bound(std::int64_t pods) -> bool {
        auto bound = std::int64_t{0};
        auto const all = api::list<kube::pod>(server_);
        if (!all) return false;
        for (auto const& p : *all) bound += p->spec.node_name.empty() ? 0 : 1;
        return bound == pods;
    }

private:
    static constexpr std::int64_t at_once = 512;

    static auto options() -> kube::scheduler_options {
        auto out = kube::scheduler_options();
        out.batch = 512;
        return out;
    }
    static auto now() -> time_point { return berth::system_clock{}.now(); }

    /// Two threads share the work: the API may be asked from any number.
    auto create_nodes(std::int64_t nodes) -> void {
        auto bar = trace::progress("made", static_cast<std::size_t>(nodes), "nodes");
        auto made = std::atomic<std::int64_t>(0);
        auto const next = [&] { return made.fetch_add(at_once); };
        auto other = std::thread([&] {
            for (auto i = next(); i < nodes; i = next()) create_some(i, std::min(nodes, i + at_once));
        });
        for (auto i = next(); i < nodes; i = next()) {
            create_some(i, std::min(nodes, i + at_once));
            bar.at(static_cast<std::size_t>(std::min(nodes - 1, i)));
            forget_history();
        }
        other.join();
        bar.at(static_cast<std::size_t>(nodes));
    }
    /// Nodes as an agent makes them: what they can do is their status, which is written apart.
    auto create_some(std::int64_t from, std::int64_t to) -> void {
        auto made = std::vector<api::write>();
        auto ready = std::vector<api::write>();
        for (auto k = from; k < to; ++k) {
            made.emplace_back(api::create_request{.object = object::any_object(make_node(k))});
            auto& status = std::get<api::update_request>(
                ready.emplace_back(api::update_request{object::any_object(make_node(k))}));
            status.options.subresource = "status";
        }
        expect_all(server_.commit(made));
        expect_all(server_.commit(ready));
    }
    auto create_pods(std::int64_t pods) -> void {
        for (std::int64_t i = 0; i < pods; i += at_once) {
            auto batch = std::vector<api::write>();
            for (auto k = i; k < std::min(pods, i + at_once); ++k)
                batch.emplace_back(api::create_request{.object = object::any_object(make_pod(k))});
            expect_all(server_.commit(batch));
        }
    }
    static auto expect_all(std::vector<result<api::written>> const& answers) -> void {
        for (auto const& a : answers) {
            if (a) continue;
            std::fprintf(stderr, "the API refuses: %s\n", a.error().message.c_str());
            std::exit(1);
        }
    }
    /// The store keeps what was, until it is told that nobody needs it: here nobody does, but for the last.
    auto forget_history() -> void {
        constexpr store::revision_number keep = 20'000;
        auto const head = store_.revision();
        if (head < forgotten_ + 5 * keep) return;
        forgotten_ = head - keep;
        (void)store_.compact(forgotten_);
    }

    api::memory_store store_;
    api::server server_{store_, kube::registry(), {.now = &now, .seed = 1, .admission = {}}};
    store::revision_number forgotten_ = 0;
};

auto rate(std::int64_t count, double seconds) -> double {
    return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

} // namespace

auto main(int argc, char** argv) -> int {
    auto app = CLI::App(
        "Creates nodes and pods through the API, places and binds them, and tells how long it took.");
    auto nodes = std::int64_t{1'000'000};
    auto pods = std::int64_t{1'000'000};
    auto alone = false;
    app.add_option("--nodes", nodes, "how many nodes (1 to 10 million)")->check(CLI::Range(1, 10'000'000));
    app.add_option("--pods", pods, "how many pods (1 to 20 million)")->check(CLI::Range(1, 20'000'000));
    app.add_flag("--alone", alone, "only this size, not the smaller ones before");
    if (auto const end = command_line::parse(app, argc, argv)) return *end;

#if defined(__GLIBC__)
    mallopt(M_TOP_PAD, 64 << 20U); // memory in large pieces: it is only asked for
    mallopt(M_TRIM_THRESHOLD, 1 << 30U);
#endif
    auto sizes = std::vector<std::pair<std::int64_t, std::int64_t>>();
    for (auto n = std::int64_t{1'000}; !alone && n < nodes; n *= 10)
        sizes.emplace_back(n, std::min(pods, 10 * n));
    sizes.emplace_back(nodes, pods);
    std::printf("%10s %10s %9s %9s %9s %12s %12s %10s\n", "nodes", "pods", "nodes s", "known s", "bound s",
                "bound/s", "decided/s", "peak GiB");
    for (auto const& [n, p] : sizes) {
        auto one = fleet();
        auto const start = clock_type::now();
        auto const f = one.run(n, p);
        auto const all = since(start);
        std::printf("%10ld %10ld %9.2f %9.2f %9.2f %12.0f %12.0f %10.2f\n", static_cast<long>(f.nodes),
                    static_cast<long>(f.pods), f.nodes_made, f.known, f.bound, rate(f.pods, f.bound),
                    rate(f.pods, f.decided), peak());
        std::fflush(stdout);
        if (!one.all_bound(p)) return std::fprintf(stderr, "not all pods are bound in the store\n"), 1;
        if (n == nodes) std::printf("wall time %.1f s, peak memory %.2f GiB\n", all, peak());
    }
    return 0;
}
