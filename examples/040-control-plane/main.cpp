/// \file
/// A Kubernetes control plane in one process: API server, scheduler, controllers and three workers.
///
/// Without `--serve` it plays a story: applies a small application, scales it, rolls out a change, kills a
/// worker, and shows where every pod ran and why.

#include "plane.hpp"
#include "remote.hpp"
#include "story.hpp"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

struct arguments {
    bool serve = false;
    std::string kubeconfig;
    std::string manifests;
    std::vector<std::string> parts = {"api", "scheduler", "controllers", "workers"};
    std::uint16_t port = 0;
    std::size_t workers = 3;
    bool simulated = false;
    std::string server;
    std::int64_t node_grace = 50'000; ///< in milliseconds
    std::int64_t startup_grace = 60'000;
    std::int64_t monitor_period = 5'000;
    double eviction_rate = 0.1;
    std::int64_t autoscaler_period = 15'000;
    std::size_t finished_pods = 12'500;
    plane::store_options store;
    std::string name;
    std::int64_t lease = 15;
};

auto parse(arguments& a, CLI::App& app) -> void {
    app.add_flag("--serve", a.serve, "start with nothing applied, stay up, and print how to reach it");
    app.add_option("--kubeconfig", a.kubeconfig, "write a kubeconfig there once the server is ready")
        ->type_name("FILE");
    app.add_option("--manifests", a.manifests,
                   "apply the YAML files of this folder (default: the story's own)")
        ->type_name("DIR")
        ->check(CLI::ExistingDirectory);
    app.add_option("--parts", a.parts, "start only these: api, scheduler, controllers, workers")
        ->type_name("LIST")
        ->delimiter(',')
        ->check(CLI::IsMember({"api", "scheduler", "controllers", "workers"}));
    app.add_option("--server", a.server,
                   "start the parts (all but api) for the API server at this URL, and stay up")
        ->type_name("URL");
    app.add_option(
        "--port", a.port,
        "listen on this port of the loopback interface (default: any free one); with --server, serve "
        "/healthz, /readyz and /metrics of the controllers there (default: nowhere)");
    app.add_option("--workers", a.workers, "how many worker nodes (default: 3)")->check(CLI::Range(1, 64));
    app.add_flag("--simulated", a.simulated, "pretend to run containers instead of starting processes");
    auto const span = CLI::AsNumberWithUnit(
        std::map<std::string, std::int64_t>{{"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}},
        CLI::AsNumberWithUnit::Options(CLI::AsNumberWithUnit::CASE_SENSITIVE |
                                       CLI::AsNumberWithUnit::UNIT_REQUIRED));
    app.add_option("--node-monitor-grace-period", a.node_grace,
                   "how long without a sign of life until a node counts as unreachable (default: 50s)")
        ->type_name("SPAN")
        ->transform(span);
    app.add_option("--node-startup-grace-period", a.startup_grace,
                   "the same for a node that never gave one (default: 60s)")
        ->type_name("SPAN")
        ->transform(span);
    app.add_option("--node-monitor-period", a.monitor_period,
                   "how often nodes that are not ready are looked at (default: 5s)")
        ->type_name("SPAN")
        ->transform(span);
    app.add_option("--node-eviction-rate", a.eviction_rate,
                   "how many nodes of a zone are given up in a second when they are not ready (default: 0.1)")
        ->check(CLI::Range(0.0, 1e6));
    app.add_option("--horizontal-pod-autoscaler-sync-period", a.autoscaler_period,
                   "how often autoscalers look (default: 15s)")
        ->type_name("SPAN")
        ->transform(span);
    app.add_option("--terminated-pod-gc-threshold", a.finished_pods,
                   "how many finished pods may stay; 0: any number (default: 12500)");
    app.add_option("--store", a.store.where,
                   "where everything is kept: memory (the default), lmdb:DIR, etcd:URL[,URL...]")
        ->type_name("STORE")
        ->check([](std::string const& where) { return plane::complaint_about_store(where); });
    app.add_option("--history", a.store.history,
                   "how many changes watches can go back, in memory and in lmdb (default: 100000)")
        ->check(CLI::Range(1'000, 1'000'000'000));
    app.add_option("--etcd-user", a.store.etcd_user, "NAME:PASSWORD for etcd")
        ->type_name("USER")
        ->envname("BERTH_ETCD_USER");
    app.add_option("--etcd-cafile", a.store.etcd_ca, "who vouches for etcd's certificate")->type_name("FILE");
    app.add_option("--etcd-certfile", a.store.etcd_cert, "this client's certificate for etcd")
        ->type_name("FILE");
    app.add_option("--etcd-keyfile", a.store.etcd_key, "its key")->type_name("FILE");
    app.add_option("--name", a.name,
                   "what this control plane is called where several use one etcd; its workers' names begin "
                   "with it (default: made from the process's number)");
    app.add_option("--lease", a.lease,
                   "how many seconds after its leader's last sign of life another control plane on the same "
                   "etcd takes over (default: 15)")
        ->check(CLI::Range(2, 3'600));
}

/// Blocks the signals that end the program, for all threads that are started later.
auto block_signals() -> sigset_t {
    auto set = sigset_t{};
    sigemptyset(&set);
    for (auto const s : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, s);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    return set;
}

auto options_of(arguments const& a, bool shared) -> plane::plane_options {
    auto out = plane::plane_options{};
    out.parts = {a.parts.begin(), a.parts.end()};
    out.port = a.port;
    out.controllers.node_grace = berth::milliseconds(a.node_grace);
    out.controllers.startup_grace = berth::milliseconds(a.startup_grace);
    out.controllers.monitor_period = berth::milliseconds(a.monitor_period);
    out.controllers.eviction_rate = a.eviction_rate;
    out.controllers.autoscaler_period = berth::milliseconds(a.autoscaler_period);
    out.controllers.finished_pods = a.finished_pods;
    out.leadership.identity = a.name.empty() ? "plane-" + std::to_string(::getpid()) : a.name;
    out.leadership.lease = berth::seconds(a.lease);
    for (std::size_t i = 1; i <= a.workers; ++i) {
        auto w = plane::worker_options{};
        w.name = (shared           ? out.leadership.identity + "-"
                  : a.name.empty() ? ""
                                   : a.name + "-") +
                 "worker-" + std::to_string(i);
        w.simulated = a.simulated;
        out.workers.push_back(std::move(w));
    }
    return out;
}

auto complain(berth::error const& e) -> int {
    std::fprintf(stderr, "control-plane: %s\n", e.message.c_str());
    return EXIT_FAILURE;
}

auto serve(arguments const& a, berth::api::shared_registry kinds, plane::opened_store store,
           sigset_t const& ending) -> int {
    auto options = options_of(a, store.shared);
    auto cluster = plane::control_plane(std::move(options), kinds, std::move(store));
    if (auto ok = cluster.start(); !ok) return complain(ok.error());
    if (!a.manifests.empty())
        if (auto ok = plane::apply_folder(cluster.api(), a.manifests); !ok) return complain(ok.error());
    if (!a.kubeconfig.empty())
        if (auto ok = plane::write_kubeconfig(a.kubeconfig, cluster.url()); !ok) return complain(ok.error());
    std::printf("the API server listens on %s\n", cluster.url().c_str());
    if (a.kubeconfig.empty()) std::printf("try: kubectl --server=%s get nodes\n", cluster.url().c_str());
    else std::printf("try: kubectl --kubeconfig %s get nodes\n", a.kubeconfig.c_str());
    std::printf("stop it with Ctrl-C\n");
    std::fflush(stdout);
    auto caught = 0;
    sigwait(&ending, &caught);
    std::printf("stopping\n");
    cluster.stop();
    return EXIT_SUCCESS;
}

/// Parts for an API server somewhere else.
auto serve_elsewhere(arguments const& a, sigset_t const& ending) -> int {
    auto all = options_of(a, false);
    auto options = plane::remote_parts_options{.parts = all.parts,
                                               .workers = std::move(all.workers),
                                               .controllers = all.controllers,
                                               .server = {.url = a.server},
                                               .identity = all.leadership.identity,
                                               .lease = all.leadership.lease};
    options.parts.erase("api");
    if (a.port != 0) options.controllers.about_port = a.port;
    auto parts = plane::remote_parts(options);
    if (auto ok = parts.start(); !ok) return complain(ok.error());
    std::printf("at work for %s:", a.server.c_str());
    for (auto const& p : options.parts) std::printf(" %s", p.c_str());
    std::printf("\nstop it with Ctrl-C\n");
    std::fflush(stdout);
    auto caught = 0;
    sigwait(&ending, &caught);
    std::printf("stopping\n");
    return EXIT_SUCCESS;
}

} // namespace

auto main(int argc, char** argv) -> int {
    auto a = arguments{};
    auto app =
        CLI::App("A Kubernetes control plane in one process.\nWithout --serve it plays a story and says "
                 "where every pod ran and why.",
                 "control-plane");
    parse(a, app);
    CLI11_PARSE(app, argc, argv);
    auto const ending = block_signals();
    if (!a.server.empty()) return serve_elsewhere(a, ending);
    auto const kinds = berth::api::shared_registry(plane::make_kinds());
    auto store = plane::open_store(a.store, kinds);
    if (!store) return complain(store.error());
    if (a.serve) return serve(a, kinds, *std::move(store), ending);
    auto options = options_of(a, store->shared);
    return plane::tell_story(std::move(options), kinds, *std::move(store), a.manifests, ending);
}
