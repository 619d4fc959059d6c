/// \file
/// Stands for election, and works while it leads.

#include "elected.hpp"

#include "seed.hpp"

#include <berth/api/fenced_client.hpp>
#include <berth/core/clock.hpp>
#include <berth/core/threads.hpp>
#include <berth/kube/coordination/lease/election.hpp>

#include <cstdio>
#include <optional>
#include <thread>
#include <utility>

namespace plane {

namespace {

/// The same access, for writes under a leadership.
auto fenced(api_access const& api, leadership_source const& leads) -> api_access {
    return {.as = [as = api.as, leads](berth::api::identity who) -> berth::api::any_client {
                return berth::api::fenced_client(as(std::move(who)), leads);
            },
            .kinds = api.kinds};
}

/// A part of which one in a cluster is at work: it is made when this process leads, and stopped before
/// another may; or it stands by from the beginning.
class elected_part final : public part {
public:
    elected_part(api_access const& api, candidature what, part_maker make)
        : client_(api.as(berth::api::system_identity(what.component))),
          what_(std::move(what)),
          make_([this, access = fenced(api, leadership()), make = std::move(make)] {
              return make(access, leadership());
          }) {}

    auto run(std::stop_token stop) -> void override {
        auto options = berth::kube::lease_election_options{};
        options.lease_name = {"kube-system", what_.component};
        options.identity = what_.identity;
        options.lease = what_.lease;
        options.renew_deadline = what_.lease * 2 / 3;
        options.retry_period = what_.lease * 2 / 15;
        options.seed = random_seed();
        options.changed = [this](bool leads) { leads ? begin() : end(); };
        candidate_.emplace(client_, std::move(options));
        if (what_.warm) start();
        auto driver = berth::thread_driver<berth::monotonic_clock>(); // a clock that nobody can set
        driver.add(*candidate_);
        driver.run(std::move(stop));
        finish();
    }

private:
    [[nodiscard]] auto leadership() -> leadership_source {
        return [this] { return candidate_ ? candidate_->fence() : nullptr; };
    }
    auto start() -> void {
        at_work_ = make_();
        thread_ = std::jthread([p = at_work_.get()](std::stop_token stop) { p->run(std::move(stop)); });
    }
    auto finish() -> void {
        thread_ = {};
        at_work_.reset();
    }
    auto begin() -> void {
        say("leads");
        if (!what_.warm) start();
        at_work_->lead(true);
    }
    auto end() -> void {
        at_work_->lead(false);
        if (!what_.warm) finish();
        say("leads no more");
    }
    auto say(char const* what) const -> void {
        if (what_.quiet) return;
        std::printf("%s %s\n", what_.component.c_str(), what);
        std::fflush(stdout);
    }

    berth::api::any_client client_;
    candidature what_;
    std::function<std::unique_ptr<part>()> make_;
    std::optional<berth::kube::lease_election> candidate_;
    std::unique_ptr<part> at_work_;
    std::jthread thread_;
};

} // namespace

auto make_elected(api_access const& api, candidature what, part_maker make) -> std::unique_ptr<part> {
    return std::make_unique<elected_part>(api, std::move(what), std::move(make));
}

} // namespace plane
