/// \file
/// Starts parts that reach their API server over HTTP.

#include "remote.hpp"

#include "plane.hpp"
#include "seed.hpp"

#include <berth/core/clock.hpp>
#include <berth/core/threads.hpp>
#include <berth/kube/coordination/lease/election.hpp>
#include <berth/kube/core/namespace/type.hpp>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <utility>

namespace plane {

namespace {

/// A part of which one in a cluster is at work: it is made when this process leads, and stopped before
/// another may.
class elected_part final : public part {
public:
    using maker = std::function<std::unique_ptr<part>()>;

    elected_part(berth::api::any_client client, berth::kube::lease_election_options options, maker make)
        : client_(std::move(client)), options_(std::move(options)), make_(std::move(make)) {}

    auto run(std::stop_token stop) -> void override {
        auto options = options_;
        options.changed = [this](bool leads) { leads ? begin() : end(); };
        auto candidate = berth::kube::lease_election(client_, std::move(options));
        auto driver = berth::thread_driver<berth::monotonic_clock>(); // a clock that nobody can set
        driver.add(candidate);
        driver.run(std::move(stop));
    }

private:
    auto begin() -> void {
        say("leads");
        at_work_ = make_();
        thread_ = std::jthread([p = at_work_.get()](std::stop_token stop) { p->run(std::move(stop)); });
    }
    auto end() -> void {
        thread_ = {};
        at_work_.reset();
        say("leads no more");
    }
    auto say(char const* what) const -> void {
        std::printf("%s %s\n", options_.lease_name.name.c_str(), what);
        std::fflush(stdout);
    }

    berth::api::any_client client_;
    berth::kube::lease_election_options options_;
    maker make_;
    std::unique_ptr<part> at_work_;
    std::jthread thread_;
};

} // namespace

remote_parts::~remote_parts() {
    for (auto& t : threads_) t.request_stop();
    threads_.clear();
    auto problem = std::error_code();
    if (!logs_.empty()) std::filesystem::remove_all(logs_, problem);
}

auto remote_parts::start() -> berth::result<void> {
    auto const kinds = berth::api::shared_registry(make_kinds());
    auto server = berth::api::http::remote::connect(kinds, options_.server);
    if (!server) return std::unexpected(std::move(server).error());
    auto asked = berth::api::list_options{};
    asked.limit = 1;
    if (auto there = server->list(berth::kube::namespace_::resource, asked); !there)
        return std::unexpected(std::move(there).error());
    auto const api =
        api_access{.as =
                       [kinds, where = options_.server](berth::api::identity const& who) {
                           auto how = where;
                           how.user_agent =
                               who.field_manager; // the server knows by it whose fields are whose
                           return berth::api::any_client(
                               berth::api::http::remote::connect(kinds, std::move(how)).value());
                       },
                   .kinds = kinds};
    if (options_.parts.contains("workers")) {
        logs_ = temporary_folder();
        if (logs_.empty())
            return berth::fail(berth::error_code::unavailable, "no temporary folder can be made");
        for (auto& w : options_.workers) {
            w.logs = logs_;
            auto made = make_worker(api, w); // before there are threads: a runtime forks
            if (!made) return std::unexpected(std::move(made).error());
            parts_.push_back(*std::move(made));
        }
    }
    auto const elect = [&](std::string component, elected_part::maker make) {
        auto how = berth::kube::lease_election_options{};
        how.lease_name = {"kube-system", component};
        how.identity = options_.identity;
        how.lease = options_.lease;
        how.renew_deadline = options_.lease * 2 / 3;
        how.retry_period = options_.lease * 2 / 15;
        how.seed = random_seed();
        auto client = api.as(berth::api::system_identity(component));
        parts_.push_back(std::make_unique<elected_part>(std::move(client), std::move(how), std::move(make)));
    };
    if (options_.parts.contains("scheduler"))
        elect("kube-scheduler", [api] { return make_scheduler(api, {}); });
    if (options_.parts.contains("controllers"))
        elect("kube-controller-manager",
              [api, how = options_.controllers] { return make_controllers(api, how); });
    for (auto const& p : parts_) threads_.emplace_back([p = p.get()](std::stop_token stop) { p->run(stop); });
    return {};
}

} // namespace plane
