/// \file
/// Stands for election, and works while it leads.

#include "elected.hpp"

#include "seed.hpp"

#include <berth/core/clock.hpp>
#include <berth/core/threads.hpp>
#include <berth/kube/coordination/lease/election.hpp>

#include <cstdio>
#include <thread>
#include <utility>

namespace plane {

namespace {

/// A part of which one in a cluster is at work: it is made when this process leads, and stopped before
/// another may.
class elected_part final : public part {
public:
    elected_part(api_access const& api, candidature what, part_maker make)
        : client_(api.as(berth::api::system_identity(what.component))),
          what_(std::move(what)),
          make_(std::move(make)) {}

    auto run(std::stop_token stop) -> void override {
        auto options = berth::kube::lease_election_options{};
        options.lease_name = {"kube-system", what_.component};
        options.identity = what_.identity;
        options.lease = what_.lease;
        options.renew_deadline = what_.lease * 2 / 3;
        options.retry_period = what_.lease * 2 / 15;
        options.seed = random_seed();
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
        if (what_.quiet) return;
        std::printf("%s %s\n", what_.component.c_str(), what);
        std::fflush(stdout);
    }

    berth::api::any_client client_;
    candidature what_;
    part_maker make_;
    std::unique_ptr<part> at_work_;
    std::jthread thread_;
};

} // namespace

auto make_elected(api_access const& api, candidature what, part_maker make) -> std::unique_ptr<part> {
    return std::make_unique<elected_part>(api, std::move(what), std::move(make));
}

} // namespace plane
