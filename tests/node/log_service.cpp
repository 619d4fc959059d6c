/// \file
/// Logs for a front from the files of the agents: whole, in parts, followed, and why there is none.

#include "cluster.hpp"

#include <berth/api/http/log.hpp>
#include <berth/node/log_service.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

using namespace berth;
using namespace test;

namespace {

/// A folder of logs with those of one container.
struct logs {
    std::string root = made_folder();
    node::log_place place{root, "default", "web", "uid-1", "app"};

    logs() { std::filesystem::create_directories(place.directory()); }
    logs(logs const&) = delete;
    auto operator=(logs const&) -> logs& = delete;
    ~logs() { std::filesystem::remove_all(root); }

    auto line(std::int32_t restarts, std::string const& text) const -> void {
        std::ofstream(place.file(restarts), std::ios::app)
            << "2026-01-02T03:04:05.000000001Z stdout F " + text + "\n";
    }
    static auto made_folder() -> std::string {
        auto name = (std::filesystem::temp_directory_path() / "berth-logs-XXXXXX").string();
        return ::mkdtemp(name.data());
    }
    static auto request() -> api::http::log_request {
        auto out = api::http::log_request();
        out.namespace_ = "default";
        out.pod = "web";
        out.uid = "uid-1";
        out.container = "app";
        return out;
    }
};

} // namespace

TEST_CASE("the log of a container's newest run, or of the one before", "[node][logs]") {
    auto const here = logs();
    here.line(0, "first run");
    here.line(1, "second run");
    auto const service = node::log_service(here.root);
    auto const now = service(logs::request());
    REQUIRE(now);
    CHECK(now->text == "second run\n");
    CHECK(now->finished);
    auto before = logs::request();
    before.previous = true;
    CHECK(service(before)->text == "first run\n");
    auto with_times = logs::request();
    with_times.timestamps = true;
    CHECK(service(with_times)->text == "2026-01-02T03:04:05.000000001Z second run\n");
    auto later = logs::request();
    later.since_time = "2026-01-02T03:04:06Z";
    CHECK(service(later)->text.empty());
}

TEST_CASE("a log that is followed goes on where the last part ended", "[node][logs]") {
    auto const here = logs();
    here.line(0, "one");
    auto const service = api::http::log_source(node::log_service(here.root));
    auto asked = logs::request();
    asked.follow = true;
    auto const first = service(asked);
    REQUIRE(first);
    CHECK(first->text == "one\n");
    CHECK(first->next != 0);
    asked.offset = first->next;
    CHECK(service(asked)->text.empty());
    here.line(0, "two");
    here.line(1, "of the next run"); // whoever follows a run does not slip into the next one
    auto const second = service(asked);
    REQUIRE(second);
    CHECK(second->text == "two\n");
}

TEST_CASE("a limit of bytes holds over all parts", "[node][logs]") {
    auto const here = logs();
    here.line(0, "0123456789");
    auto const service = node::log_service(here.root);
    auto asked = logs::request();
    asked.follow = true;
    asked.limit_bytes = 4;
    auto const part = service(asked);
    REQUIRE(part);
    CHECK(part->text == "0123");
    CHECK(part->finished);
    asked.offset = part->next;
    here.line(0, "more");
    auto const rest = service(asked);
    REQUIRE(rest);
    CHECK(rest->text.empty());
    CHECK(rest->finished);
}

TEST_CASE("without a log it says why, as a kubelet does", "[node][logs]") {
    auto const here = logs();
    auto d = desk();
    auto const p = d.add(make_pod("web"));
    auto asked = logs::request();
    asked.container = "main";
    auto const refusal = [&](api::http::log_request const& r) {
        auto const none = node::log_service(d.server, here.root)(r);
        REQUIRE_FALSE(none);
        CHECK(none.error().code == error_code::bad_request);
        return none.error().message;
    };
    CHECK(refusal(asked) == "container \"main\" in pod \"web\" is waiting to start: ContainerCreating");
    auto changed = *api::get<kube::pod>(d.server, {"default", "web"}).value();
    auto& status = changed.status.container_statuses.emplace_back();
    status.name = "main";
    status.state.waiting.engage().reason = "CrashLoopBackOff";
    REQUIRE(api::update(d.server, changed, 0, "status"));
    CHECK(refusal(asked) == "container \"main\" in pod \"web\" is waiting to start: CrashLoopBackOff");
    auto before = asked;
    before.previous = true;
    CHECK(refusal(before) == "previous terminated container \"main\" in pod \"web\" not found");
    changed = *api::get<kube::pod>(d.server, {"default", "web"}).value();
    changed.status.container_statuses[0].state = {};
    changed.status.container_statuses[0].state.running.engage();
    REQUIRE(api::update(d.server, changed, 0, "status"));
    CHECK(refusal(asked) == "container \"main\" in pod \"web\" has no log on this machine");
    CHECK(node::log_service(here.root)(asked).error().message ==
          "container \"main\" in pod \"web\" is waiting to start: ContainerCreating");
}
