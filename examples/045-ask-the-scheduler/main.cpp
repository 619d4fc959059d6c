/// \file
/// Asks about a running cluster: why a pod is where it is (explain), and what would be if (what-if).
///
/// Reads the cluster's objects from its API server, and decides on copies: nothing is changed. The cluster's
/// scheduler is not asked: `--config` says by which profiles it decides.

#include "answers.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace {

constexpr auto yes = 0;
constexpr auto no = 1;
constexpr auto wrong = 2;

struct arguments {
    std::string server;
    std::string kubeconfig;
    std::string space = "default";
    std::string output = "text";
    std::string name; ///< of a pod or a node
    std::string file;
    scheduler_file profiles;
    std::optional<std::size_t> replicas;
    bool force = false;
};

auto add_cluster(CLI::App& app, arguments& a) -> void {
    auto* const server =
        app.add_option("--server", a.server, "the API server, as http://HOST:PORT")->type_name("URL");
    app.add_option("--kubeconfig", a.kubeconfig, "the API server of this file's current context")
        ->type_name("FILE")
        ->envname("KUBECONFIG")
        ->excludes(server);
}
auto add_pod(CLI::App& app, arguments& a) -> void {
    app.add_option("POD", a.name, "the name of a pod, bound or waiting")->required()->type_name("");
    app.add_option("-n,--namespace", a.space, "its namespace (default: default)")->type_name("NAME");
}
auto add_output(CLI::App& app, arguments& a, std::vector<std::string> const& kinds) -> void {
    app.add_option("-o,--output", a.output, "how to answer (default: text)")
        ->type_name("KIND")
        ->check(CLI::IsMember(kinds));
}

auto complain(std::string const& why) -> int {
    std::fprintf(stderr, "ask-the-scheduler: %s\n", why.c_str());
    return wrong;
}
auto print(ask::answer const& a) -> int {
    std::fputs(a.text.c_str(), stdout);
    return a.yes ? yes : no;
}

auto print(berth::result<ask::answer> const& a) -> int { return a ? print(*a) : complain(a.error().message); }

auto about_pod(arguments const& a, ask::cluster const& c, ask::profiles const& by, auto answer) -> int {
    auto const* const p = c.find(a.space, a.name);
    if (p == nullptr)
        return complain("there is no pod " + a.space + "/" + a.name +
                        " that is bound or waits (-n names a namespace)");
    return print(answer(c, *p, by, a.output));
}
auto about_fit(arguments const& a, ask::cluster const& c, ask::profiles const& by) -> int {
    auto const p = ask::read_pod(a.file, a.space, c);
    if (!p) return complain(p.error().message);
    return print(ask::fits(c, *p, by, a.replicas));
}
auto about_drain(arguments const& a, ask::cluster const& c, ask::profiles const& by) -> int {
    auto const at = c.state.index_of(a.name);
    if (!at) return complain("there is no node " + a.name);
    return print(ask::drain(c, *at, by, a.force));
}

} // namespace

auto main(int argc, char** argv) -> int {
    auto a = arguments{};
    auto app = CLI::App(
        "Asks about a running cluster, as its scheduler decides by the default profile, or by those of\n"
        "--config. Nothing is changed.\n"
        "Exit status: 0 if the pod has a place (all fit, the node can be drained), 1 if not, 2 for wrong\n"
        "arguments and clusters that cannot be read.",
        "ask-the-scheduler");
    app.require_subcommand(1);
    auto* const explain = app.add_subcommand("explain", "where a pod goes, and why there and not elsewhere");
    add_pod(*explain, a);
    add_output(*explain, a, {"text", "json", "svg"});
    auto* const what_if = app.add_subcommand("what-if", "what would be if");
    what_if->require_subcommand(1);
    auto* const fits =
        what_if->add_subcommand("fits", "how many pods like that of a manifest fit, and where");
    fits->add_option("-f,--filename", a.file, "the manifest of a pod, or of what has a pod template")
        ->required()
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    fits->add_option("-n,--namespace", a.space, "where, if the manifest does not say (default: default)")
        ->type_name("NAME");
    fits->add_option("--replicas", a.replicas, "so many (default: as many as there is room for)");
    auto* const drain =
        what_if->add_subcommand("drain", "where the pods of a node would go if it were drained");
    drain->add_option("NODE", a.name, "the name of the node")->required()->type_name("");
    drain->add_flag("--force", a.force, "pods that no controller would make again may go too");
    auto* const change =
        what_if->add_subcommand("change", "what would have to change for a pod to be accepted");
    add_pod(*change, a);
    add_output(*change, a, {"text", "json"});
    for (auto* const command : {explain, fits, drain, change}) {
        add_cluster(*command, a);
        a.profiles.add_to(*command,
                          "the profiles of the cluster's scheduler, as its own --config has them: a "
                          "KubeSchedulerConfiguration (default: the default profile)");
    }
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        return app.exit(e) == 0 ? yes : wrong;
    }
    if (a.server.empty() && a.kubeconfig.empty())
        return complain("say where the cluster is: --server URL or --kubeconfig FILE");
    if (a.server.empty()) {
        auto url = ask::server_of(a.kubeconfig);
        if (!url) return complain(url.error().message);
        a.server = *std::move(url);
    }
    auto const by = ask::profiles::load(a.profiles);
    if (!by) return complain(by.error().message);
    auto const c = ask::read_cluster(a.server);
    if (!c) return complain(c.error().message);
    if (explain->parsed()) return about_pod(a, **c, *by, ask::explain);
    if (change->parsed()) return about_pod(a, **c, *by, ask::change);
    if (fits->parsed()) return about_fit(a, **c, *by);
    return about_drain(a, **c, *by);
}
