/// \file
/// A Kubernetes control plane in one process: API server, scheduler, controllers and three workers.
///
/// Without `--serve` it plays a story: applies a small application, scales it, rolls out a change, kills a
/// worker, and shows where every pod ran and why.

#include "../command_line.hpp"
#include "../scheduler_file.hpp"
#include "plane.hpp"
#include "remote.hpp"
#include "story.hpp"

#include <berth/object/detail/go_duration.hpp>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
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
    std::string volumes;
    std::string server;
    std::int64_t node_grace = 50'000; ///< in milliseconds
    std::int64_t startup_grace = 60'000;
    std::int64_t monitor_period = 5'000;
    double eviction_rate = 0.1;
    bool allocate_ranges = true;
    std::string cluster_ranges; ///< empty: what the number of workers asks for
    int range_prefix = 0;       ///< 0: as the controller has it
    int range_prefix_v4 = 0;
    int range_prefix_v6 = 0;
    bool metrics = false;
    std::int64_t metrics_resolution = 15'000;
    std::int64_t pretended_run = 1'000;
    int pretended_exit_code = 0;
    std::int64_t event_stay = 3'600'000;
    std::int64_t autoscaler_period = 15'000;
    std::int64_t binder_period = 15'000;
    std::size_t finished_pods = 12'500;
    plane::store_options store;
    std::string name;
    std::int64_t lease = 15;
    std::string keys;
    scheduler_file profiles;
    berth::kube::scheduler_configuration scheduler = {}; ///< what it says
};

auto parse_ranges(arguments& a, CLI::App& app) -> void {
    app.add_flag("--allocate-node-cidrs,!--no-allocate-node-cidrs", a.allocate_ranges,
                 "give each node a range of addresses for its pods (default); otherwise nodes take ranges of "
                 "their own");
    app.add_option("--cluster-cidr", a.cluster_ranges,
                   "of which range nodes get theirs, or two, IPv4 and IPv6 (default: 10.244.0.0/16; for more "
                   "than 256 workers 10.0.0.0/8, with a prefix of 25 bits for each)")
        ->type_name("CIDR[,CIDR]");
    app.add_option("--node-cidr-mask-size", a.range_prefix,
                   "how long the prefix of a node's range is, in bits")
        ->check(CLI::Range(1, 128));
    app.add_option("--node-cidr-mask-size-ipv4", a.range_prefix_v4, "the same for IPv4 (default: 24)")
        ->check(CLI::Range(1, 32));
    app.add_option("--node-cidr-mask-size-ipv6", a.range_prefix_v6, "the same for IPv6 (default: 64)")
        ->check(CLI::Range(1, 128));
}

auto parse_store(arguments& a, CLI::App& app) -> void {
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
}

/// An option that is a span of time in Go's form, such as `1m30s`, in milliseconds.
auto add_span(CLI::App& app, char const* name, std::int64_t& to, char const* what) -> void {
    app.add_option(name, to, what)
        ->type_name("SPAN")
        ->transform(CLI::Validator(
            [](std::string& text) -> std::string {
                auto const span = berth::object::detail::read_duration(text);
                if (!span) return span.error().message + ", a span such as 90s, 1m30s or 250ms";
                if (*span < berth::duration{}) return "a span below zero: " + text;
                text = std::to_string(span->nanoseconds / berth::milliseconds(1).nanoseconds);
                return {};
            },
            ""));
}

auto parse_controllers(arguments& a, CLI::App& app) -> void {
    add_span(app, "--node-monitor-grace-period", a.node_grace,
             "how long without a sign of life until a node counts as unreachable (default: 50s)");
    add_span(app, "--node-startup-grace-period", a.startup_grace,
             "the same for a node that never gave one (default: 60s)");
    add_span(app, "--node-monitor-period", a.monitor_period,
             "how often nodes that are not ready are looked at (default: 5s)");
    app.add_option("--node-eviction-rate", a.eviction_rate,
                   "how many nodes of a zone are given up in a second when they are not ready (default: 0.1)")
        ->check(CLI::Range(0.0, 1e6));
    parse_ranges(a, app);
    add_span(app, "--horizontal-pod-autoscaler-sync-period", a.autoscaler_period,
             "how often autoscalers look (default: 15s)");
    add_span(app, "--pvclaimbinder-sync-period", a.binder_period,
             "how often claims that have no volume are looked at (default: 15s)");
    app.add_option("--terminated-pod-gc-threshold", a.finished_pods,
                   "how many finished pods may stay; 0: any number (default: 12500)");
}

auto parse_agents(arguments& a, CLI::App& app) -> void {
    app.add_flag("--metrics", a.metrics,
                 "workers tell what containers use, and metrics.k8s.io answers with it, for autoscalers and "
                 "kubectl top");
    add_span(app, "--metrics-resolution", a.metrics_resolution,
             "with --metrics: how often workers tell it (default: 15s)");
    add_span(app, "--simulated-runs-for", a.pretended_run,
             "how long pretended containers run that are to end (default: 1s)");
    app.add_option("--simulated-exit-code", a.pretended_exit_code, "with what they end (default: 0)")
        ->check(CLI::Range(0, 255));
    add_span(app, "--event-ttl", a.event_stay, "how long Events are kept; 0s: for ever (default: 1h)");
}

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
    app.add_option("--workers", a.workers,
                   "how many worker nodes (default: 3); up to 64, with --simulated up to 100000")
        ->check(CLI::Range(1, 100'000));
    app.add_flag("--simulated", a.simulated, "pretend to run containers instead of starting processes");
    app.add_option(
           "--volumes", a.volumes,
           "keep the volumes of the workers' pods there (default: with the store lmdb:DIR in DIR/volumes, "
           "otherwise in a folder that goes with the program)")
        ->type_name("DIR");
    parse_controllers(a, app);
    parse_agents(a, app);
    parse_store(a, app);
    app.add_option("--name", a.name,
                   "what this control plane is called where several use one etcd; its workers' names begin "
                   "with it (default: made from the process's number)");
    app.add_option("--keys", a.keys,
                   "the file of the cluster's keys, made if need be (default: in the store)")
        ->type_name("FILE");
    a.profiles.add_to(
        app, "the scheduler's profiles: a KubeSchedulerConfiguration (kubescheduler.config.k8s.io/v1)");
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

auto told_prefix(int of_family, int of_all) -> std::optional<int> {
    auto const bits = of_family != 0 ? of_family : of_all;
    return bits == 0 ? std::nullopt : std::optional(bits);
}

/// Of which range nodes get theirs: one that has room for all workers of this program, unless it is told.
auto choose_ranges(arguments const& a, plane::controller_options& to) -> void {
    constexpr auto few = std::size_t{256};
    if (!a.allocate_ranges) to.cluster_ranges.clear();
    else if (!a.cluster_ranges.empty()) to.cluster_ranges = a.cluster_ranges;
    else if (a.workers > few) {
        to.cluster_ranges = "10.0.0.0/8";
        if (!to.range_prefix_v4) to.range_prefix_v4 = 25;
    }
}

/// Whether somebody gives ranges to the nodes: then they wait for them.
auto gives_ranges(arguments const& a) -> bool {
    auto const& parts = a.parts;
    auto const controls = std::find(parts.begin(), parts.end(), "controllers") != parts.end();
    return a.allocate_ranges && (controls || !a.server.empty());
}

/// Where volumes are kept: where it is told, or beside what else is kept. Empty: nowhere.
auto folder_of_volumes(arguments const& a) -> std::string {
    constexpr auto in_folder = std::string_view("lmdb:");
    auto const& store = a.store.where;
    if (!a.volumes.empty()) return std::filesystem::absolute(a.volumes).string();
    if (!a.server.empty() || !store.starts_with(in_folder)) return {};
    return (std::filesystem::absolute(store.substr(in_folder.size())) / "volumes").string();
}

/// Volumes that go while the objects about them stay would be found empty: whoever starts it is to know.
auto tell_of_volumes(arguments const& a) -> void {
    auto const& parts = a.parts;
    auto const works = std::find(parts.begin(), parts.end(), "workers") != parts.end() && !a.simulated;
    auto const forgets = a.server.empty() && a.store.where == "memory";
    if (works && !forgets && folder_of_volumes(a).empty())
        std::printf("volumes of pods go with this program, also those of claims: --volumes DIR keeps them\n");
}

auto options_of(arguments const& a, bool shared) -> plane::plane_options {
    auto out = plane::plane_options{};
    out.parts = {a.parts.begin(), a.parts.end()};
    out.port = a.port;
    out.controllers.node_grace = berth::milliseconds(a.node_grace);
    out.controllers.startup_grace = berth::milliseconds(a.startup_grace);
    out.controllers.monitor_period = berth::milliseconds(a.monitor_period);
    out.controllers.eviction_rate = a.eviction_rate;
    out.controllers.range_prefix_v4 = told_prefix(a.range_prefix_v4, a.range_prefix);
    choose_ranges(a, out.controllers);
    out.controllers.range_prefix_v6 = told_prefix(a.range_prefix_v6, a.range_prefix);
    out.event_stay = berth::milliseconds(a.event_stay);
    out.controllers.autoscaler_period = berth::milliseconds(a.autoscaler_period);
    out.controllers.binder_period = berth::milliseconds(a.binder_period);
    out.controllers.finished_pods = a.finished_pods;
    out.leadership.identity = a.name.empty() ? "plane-" + std::to_string(::getpid()) : a.name;
    out.leadership.lease = berth::seconds(a.lease);
    out.keys = a.keys;
    out.scheduler = a.scheduler;
    out.simulated = a.simulated;
    out.workers.reserve(a.workers);
    for (std::size_t i = 1; i <= a.workers; ++i) {
        auto w = plane::worker_options{};
        w.name = (shared           ? out.leadership.identity + "-"
                  : a.name.empty() ? ""
                                   : a.name + "-") +
                 "worker-" + std::to_string(i);
        w.volumes = folder_of_volumes(a);
        w.usage_interval = berth::milliseconds(a.metrics ? a.metrics_resolution : 0);
        w.own_ranges = !gives_ranges(a);
        w.pretended_run = berth::milliseconds(a.pretended_run);
        w.pretended_exit_code = a.pretended_exit_code;
        out.workers.push_back(std::move(w));
    }
    return out;
}

/// Reads the scheduler's configuration, if there is one.
auto read_config(arguments& a) -> berth::result<void> {
    if (a.profiles.config.empty()) return {};
    auto said = a.profiles.load();
    if (!said) return std::unexpected(std::move(said).error());
    a.scheduler = *std::move(said);
    return {};
}

auto complain(berth::error const& e) -> int {
    std::fprintf(stderr, "control-plane: %s\n", e.message.c_str());
    return EXIT_FAILURE;
}

/// Arguments that are wrong together.
auto refuse(std::string const& why) -> int {
    std::fprintf(stderr, "control-plane: %s\nRun with --help for more information.\n", why.c_str());
    return 2;
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
    tell_of_volumes(a);
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
                                               .simulated = all.simulated,
                                               .controllers = all.controllers,
                                               .scheduler = all.scheduler,
                                               .server = {.url = a.server},
                                               .identity = all.leadership.identity,
                                               .lease = all.leadership.lease,
                                               .keys = a.keys};
    options.parts.erase("api");
    if (a.port != 0) options.controllers.about_port = a.port;
    auto parts = plane::remote_parts(options);
    if (auto ok = parts.start(); !ok) return complain(ok.error());
    std::printf("at work for %s:", a.server.c_str());
    for (auto const& p : options.parts) std::printf(" %s", p.c_str());
    std::printf("\n");
    tell_of_volumes(a);
    std::printf("stop it with Ctrl-C\n");
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
    app.footer("exit status: 0 if it ended as it was asked to, 1 if it could not, 2 for wrong arguments");
    parse(a, app);
    if (auto const end = command_line::parse(app, argc, argv)) return *end;
    if (a.workers > 64 && !a.simulated) return refuse("--workers: more than 64 must be --simulated");
    if (a.event_stay != 0 && a.event_stay < 1'000)
        return refuse(
            "--event-ttl: Events are kept for a second at least (1s), or for ever (0s): they go with "
            "leases of the store, which count in seconds");
    if (auto const why = plane::complaint_about(options_of(a, false).controllers); !why.empty())
        return refuse(why);
    if (auto const read = read_config(a); !read) return complain(read.error());
    auto const ending = block_signals();
    if (!a.server.empty()) return serve_elsewhere(a, ending);
    auto const kinds = berth::api::shared_registry(plane::make_kinds(a.metrics));
    auto store = plane::open_store(a.store, kinds);
    if (!store) return complain(store.error());
    if (a.serve) return serve(a, kinds, *std::move(store), ending);
    auto options = options_of(a, store->shared);
    return plane::tell_story(std::move(options), kinds, *std::move(store), a.manifests, ending);
}
