/// \file
/// Agents with real processes in real time: from a pod in the API to a process of this machine, and its log.

#include "cluster.hpp"

#include <berth/api/http/log.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/core/clock.hpp>
#include <berth/core/threads.hpp>
#include <berth/node/detail/read_only.hpp>
#include <berth/node/log_service.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <filesystem>
#include <thread>

using namespace berth;
using namespace test;

namespace {

using real_agent = node::agent<node::process_runtime>;

/// A desk with the machine's clock, agents on threads, and a folder for logs.
struct shipyard {
    std::string root;
    api::memory_store store;
    api::registry kinds = node_kinds();
    desk::server_type server{
        store, kinds, {.now = [] { return system_clock{}.now(); }, .seed = 1, .admission = {}}};
    thread_driver<> driver;
    std::vector<std::unique_ptr<real_agent>> agents;
    std::jthread thread;

    explicit shipyard(int count = 1) {
        auto name = (std::filesystem::temp_directory_path() / "berth-XXXXXX").string();
        root = ::mkdtemp(name.data());
        for (auto i = 1; i <= count; ++i) {
            auto options = node::agent_options{.name = "node-" + std::to_string(i), .pod_cidr_patience = {}};
            options.log_directory = root + "/logs";
            options.volume_directory = root + "/volumes";
            options.backoff.base = milliseconds(100);
            options.retry_interval = milliseconds(200);
            auto runtime = node::process_runtime::open({.shutdown_grace = milliseconds(0)}).value();
            agents.push_back(std::make_unique<real_agent>(std::move(runtime), server, std::move(options)));
            driver.add(*agents.back());
        }
        thread = std::jthread([this](std::stop_token stop) { driver.run(stop); });
    }
    shipyard(shipyard const&) = delete;
    auto operator=(shipyard const&) -> shipyard& = delete;
    ~shipyard() {
        thread.request_stop();
        thread.join();
        agents.clear();
        std::filesystem::remove_all(root);
    }

    auto pod(std::string const& name) -> kube::pod {
        auto const found = api::get<kube::pod>(server, {"default", name});
        return found ? **found : kube::pod();
    }
    /// Waits, for 20 s at most, until something is true.
    auto wait(auto const& condition) -> bool {
        for (auto i = 0; i < 2000 && !condition(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return condition();
    }
    auto log(kube::pod const& p, bool previous = false) -> result<api::http::log_part> {
        auto request = api::http::log_request();
        request.namespace_ = "default";
        request.pod = p.metadata.name;
        request.uid = p.metadata.uid;
        request.container = "app";
        request.previous = previous;
        auto const source = api::http::log_source(node::log_service(server, root + "/logs"));
        return source(request);
    }
};

auto script(std::string name, std::string text, std::string policy = "Always") -> kube::pod {
    auto out = make_pod(std::move(name), {make_container("app", {"sh", "-c", std::move(text)})});
    out.spec.restart_policy = std::move(policy);
    return out;
}

} // namespace

TEST_CASE("pods become processes, and their logs can be read", "[node][real]") {
    auto yard = shipyard(2);
    auto talk = script("talk", "echo hello from $POD on $(NODE) at $IP; exec sleep 300");
    talk.spec.node_name = "node-2";
    auto const field = [&talk](std::string name, std::string path) {
        auto& v = talk.spec.containers[0].env.emplace_back();
        v.name = std::move(name);
        v.value_from.engage().field_ref.engage().field_path = std::move(path);
    };
    field("POD", "metadata.name");
    field("NODE", "spec.nodeName");
    field("IP", "status.podIP");
    REQUIRE(api::create(yard.server, talk));
    REQUIRE(api::create(yard.server, script("job", "echo done; exit 0", "Never")));
    REQUIRE(api::create(yard.server, script("crash", "echo oops >&2; exit 7")));
    auto empty = script("empty", "");
    empty.spec.containers[0].command.clear();
    REQUIRE(api::create(yard.server, empty));
    CHECK(yard.wait([&] { return yard.pod("talk").status.phase == "Running"; }));
    CHECK(yard.wait([&] { return yard.pod("job").status.phase == "Succeeded"; }));
    CHECK(yard.wait([&] {
        auto const& s = yard.pod("crash").status.container_statuses;
        return !s.empty() && s[0].restart_count >= 2 && state(s[0]) == "waiting CrashLoopBackOff";
    }));
    CHECK(yard.pod("crash").status.container_statuses[0].last_state.terminated->exit_code == 7);
    CHECK(yard.wait([&] {
        auto const& s = yard.pod("empty").status.container_statuses;
        return !s.empty() && state(s[0]) == "waiting CreateContainerError";
    }));
    CHECK(yard.wait([&] {
        return yard.log(yard.pod("talk")).value_or(api::http::log_part()).text ==
               "hello from talk on node-2 at 10.244.2.2\n";
    }));
    auto const talked = yard.log(yard.pod("talk")).value();
    CHECK(!talked.finished);
    CHECK(yard.log(yard.pod("job")).value().text == "done\n");
    CHECK(yard.log(yard.pod("job")).value().finished);
    CHECK(yard.log(yard.pod("job"), true).error().message ==
          "previous terminated container \"app\" in pod \"job\" not found");
    CHECK(yard.log(yard.pod("crash"), true).value().text == "oops\n");
    CHECK(yard.log(yard.pod("empty")).error().message ==
          "container \"app\" in pod \"empty\" is waiting to start: CreateContainerError");
}

TEST_CASE("a deleted pod's process gets SIGTERM, then SIGKILL, and the pod goes", "[node][real]") {
    auto yard = shipyard();
    REQUIRE(api::create(
        yard.server, script("kind", "trap 'echo bye; exit 0' TERM; echo set; while :; do sleep 0.02; done")));
    REQUIRE(api::create(yard.server, script("deaf", "trap '' TERM; echo set; while :; do sleep 0.02; done")));
    CHECK(yard.wait([&] {
        return yard.pod("kind").status.phase == "Running" && yard.pod("deaf").status.phase == "Running";
    }));
    for (auto const* name : {"kind", "deaf"})
        CHECK(yard.wait(
            [&] { return yard.log(yard.pod(name)).value_or(api::http::log_part()).text == "set\n"; }));
    auto const kind = yard.pod("kind");
    auto options = api::delete_options();
    options.grace_period_seconds = 1;
    REQUIRE(api::remove<kube::pod>(yard.server, {"default", "kind"}));
    REQUIRE(api::remove<kube::pod>(yard.server, {"default", "deaf"}, options));
    CHECK(yard.wait(
        [&] { return yard.pod("kind").metadata.name.empty() && yard.pod("deaf").metadata.name.empty(); }));
    CHECK(yard.log(kind).value().text.find("bye\n") != std::string::npos);
}

TEST_CASE("volumes are folders that containers share, and go with their pod", "[node][real]") {
    auto yard = shipyard();
    auto map = kube::config_map();
    map.metadata.name = "pages";
    map.metadata.namespace_ = "default";
    map.data["index.html"] = "<h1>hello</h1>";
    auto p =
        script("site", "cat etc/site/index.html; echo; echo shared > $BERTH_ROOT/data/file; exec sleep 300");
    auto reader = make_container(
        "reader", {"sh", "-c", "until cat input/file 2>&-; do sleep 0.02; done; exec sleep 300"});
    auto const mount = [](kube::container& c, std::string volume, std::string path) {
        auto& m = c.volume_mounts.emplace_back();
        m.name = std::move(volume);
        m.mount_path = std::move(path);
    };
    mount(p.spec.containers[0], "pages", "/etc/site");
    mount(p.spec.containers[0], "data", "/data");
    mount(reader, "data", "/input/");
    p.spec.containers.push_back(reader);
    auto& pages = p.spec.volumes.emplace_back();
    pages.name = "pages";
    pages.config_map.engage().name = "pages";
    auto& data = p.spec.volumes.emplace_back();
    data.name = "data";
    data.empty_dir.engage();
    REQUIRE(api::create(yard.server, p));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    CHECK(yard.pod("site").status.phase == "Pending"); // the config map is missing
    REQUIRE(api::create(yard.server, map));
    CHECK(yard.wait([&] { return yard.pod("site").status.phase == "Running"; }));
    auto const site = yard.pod("site");
    CHECK(
        yard.wait([&] { return yard.log(site).value_or(api::http::log_part()).text == "<h1>hello</h1>\n"; }));
    auto other = node::log_place{yard.root + "/logs", "default", "site", site.metadata.uid, "reader"};
    CHECK(yard.wait([&] {
        auto reading = node::open_log(other, false);
        return reading && reading->read() == "shared\n";
    }));
    REQUIRE(api::remove<kube::pod>(yard.server, {"default", "site"}));
    CHECK(yard.wait([&] { return !std::filesystem::exists(yard.root + "/volumes/" + site.metadata.uid); }));
}

TEST_CASE("a container cannot write into a read-only mount, and its neighbour can", "[node][real]") {
    auto yard = shipyard();
    auto p = script("two", "echo x > $BERTH_ROOT/data/app; exec sleep 300");
    p.spec.containers.push_back(make_container("other", {"sh", "-c", "echo x > data/other; exec sleep 300"}));
    auto& v = p.spec.volumes.emplace_back();
    v.name = "data";
    v.empty_dir.engage();
    for (auto& c : p.spec.containers) {
        auto& m = c.volume_mounts.emplace_back();
        m.name = "data";
        m.mount_path = "/data";
        m.read_only = c.name == "app";
    }
    REQUIRE(api::create(yard.server, p));
    CHECK(yard.wait([&] { return yard.pod("two").status.phase == "Running"; }));
    auto const folder = yard.root + "/volumes/" + yard.pod("two").metadata.uid + "/volumes/data";
    CHECK(yard.wait([&] { return std::filesystem::exists(folder + "/other"); }));
    auto const said = [&] {
        auto const part = yard.log(yard.pod("two"));
        return part && part->text.find("Read-only file system") != std::string::npos;
    };
    auto const written = [&] { return std::filesystem::exists(folder + "/app"); };
    CHECK(yard.wait([&] { return said() || written(); }));
    CHECK(said() == node::detail::can_make_read_only());
    CHECK(written() != said());
}
