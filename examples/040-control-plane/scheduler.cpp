/// \file
/// The scheduler of the control plane.

#include "parts.hpp"

#include <berth/core/threads.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/kube/schedule/configured_profile.hpp>
#include <berth/kube/schedule/scheduler.hpp>

namespace plane {

namespace {

class scheduler_part final : public part {
public:
    scheduler_part(api_access const& api, scheduler_settings settings)
        : client_(api.as(berth::api::system_identity("kube-scheduler"))),
          recorder_(client_, {"default-scheduler", ""}, {.batch = 256}),
          scheduler_(client_, options(settings),
                     berth::kube::configured_profiles(std::move(settings.configuration.profiles))) {}

    auto run(std::stop_token stop) -> void override { berth::run_on_threads(stop, *this); }
    auto step(berth::time_point now) -> berth::wake {
        auto const next = scheduler_.step(now);
        recorder_.flush();
        return next;
    }
    auto on_wake(berth::waker w) -> void { scheduler_.on_wake(w); }

private:
    using profiles = berth::schedule::policy_list<berth::kube::configured_profile_type>;

    auto options(scheduler_settings& settings) -> berth::kube::scheduler_options {
        auto out = berth::kube::scheduler_options{};
        settings.configuration.limit(out);
        out.record = [this](auto const& note, auto now) { recorder_(note, now); };
        out.explain = std::move(settings.explain);
        return out;
    }

    berth::api::any_client client_;
    berth::kube::event_recorder recorder_;
    berth::kube::scheduler<profiles> scheduler_;
};

} // namespace

auto make_scheduler(api_access const& api, scheduler_settings settings) -> std::unique_ptr<part> {
    return std::make_unique<scheduler_part>(api, std::move(settings));
}

} // namespace plane
