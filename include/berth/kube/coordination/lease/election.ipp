#pragma once

/// \file
/// The bodies of `berth/kube/coordination/lease/election.hpp`.

#include <berth/core/clock.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/coordination/lease/election.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

namespace berth::kube {

BERTH_DECL lease_election::lease_election(api::any_client client, lease_election_options options,
                                          std::function<time_point()> dates)
    : client_(std::move(client)),
      options_(std::move(options)),
      dates_(dates ? std::move(dates) : [] { return system_clock().now(); }),
      jitter_(options_.seed) {
    auto const longest_retry = options_.retry_period + options_.retry_period / 5;
    if (options_.retry_period <= duration{} || options_.renew_deadline <= longest_retry ||
        options_.lease <= options_.renew_deadline || options_.lease < seconds(1))
        throw std::invalid_argument(
            "a lease must be longer than the deadline of its renewal, and that longer than a "
            "retry period and a fifth; a second at least");
    if (options_.identity.empty()) throw std::invalid_argument("a candidate needs an identity");
}

BERTH_DECL auto lease_election::token() const -> std::optional<std::int64_t> {
    auto const t = token_.load();
    return t < 0 ? std::nullopt : std::optional(t);
}

BERTH_DECL auto lease_election::leader() const -> std::string {
    return seen_ && seen_->what->spec.holder_identity ? *seen_->what->spec.holder_identity : std::string();
}

BERTH_DECL auto lease_election::step(time_point now) -> wake {
    if (leads() && now.nanoseconds >= until_.load()) end();
    if (now < next_) return wake::at(next_);
    auto const succeeded = try_to_lead(now);
    if (succeeded) begin(now);
    else if (leads() && !is_mine()) end();
    auto const pause = leads()
                           ? options_.retry_period
                           : options_.retry_period +
                                 duration{static_cast<std::int64_t>(jitter_.below(
                                     static_cast<std::uint64_t>(options_.retry_period.nanoseconds / 5 + 1)))};
    next_ = now + pause;
    return wake::at(leads() ? std::min(next_, time_point{until_.load()}) : next_);
}

BERTH_DECL auto lease_election::observe(object::stored<lease> what, time_point now) -> void {
    auto const same = seen_ && seen_->what.revision_of() == what.revision_of();
    if (!same) seen_ = observation{std::move(what), now};
}

BERTH_DECL auto lease_election::is_mine() const -> bool { return leader() == options_.identity; }

BERTH_DECL auto lease_election::is_held(time_point now) const -> bool {
    auto const& s = seen_->what->spec;
    if (!s.holder_identity || s.holder_identity->empty()) return false;
    return now < seen_->since + seconds(s.lease_duration_seconds.value_or(0));
}

/// Renews the lease, or takes it if nobody holds it.
BERTH_DECL auto lease_election::try_to_lead(time_point now) -> bool {
    if (leads() && seen_ && is_mine() && write(renewed(), now)) return true;
    auto found = api::get<lease>(client_, options_.lease_name);
    if (!found && found.error().code != error_code::not_found) return false;
    if (!found) {
        seen_.reset();
        return write(renewed(), now);
    }
    observe(*std::move(found), now);
    if (!is_mine() && is_held(now)) return false;
    return write(renewed(), now);
}

/// The lease as it should be while this candidate holds it.
BERTH_DECL auto lease_election::renewed() const -> lease {
    auto out = seen_ ? *seen_->what : lease();
    auto const date = object::micro_timestamp(dates_());
    out.metadata.namespace_ = options_.lease_name.namespace_;
    out.metadata.name = options_.lease_name.name;
    auto& s = out.spec;
    if (!seen_) s.lease_transitions = 0;
    else if (!is_mine()) s.lease_transitions = s.lease_transitions.value_or(0) + 1;
    if (!is_mine() || !s.acquire_time) s.acquire_time = date;
    s.renew_time = date;
    s.holder_identity.engage() = options_.identity;
    s.lease_duration_seconds = static_cast<std::int32_t>(options_.lease.nanoseconds / seconds(1).nanoseconds);
    return out;
}

BERTH_DECL auto lease_election::write(lease wanted, time_point now) -> bool {
    auto done = seen_ ? api::update(client_, std::move(wanted), seen_->what.revision_of())
                      : api::create(client_, std::move(wanted));
    if (done) observe(*std::move(done), now);
    return done.has_value();
}

BERTH_DECL auto lease_election::fence() const -> api::shared_fence {
    auto const lock = std::scoped_lock(fence_mutex_);
    return fence_;
}

BERTH_DECL auto lease_election::begin(time_point now) -> void {
    until_ = (now + options_.renew_deadline).nanoseconds;
    auto const changes = seen_->what->spec.lease_transitions.value_or(0);
    if (auto const lock = std::scoped_lock(fence_mutex_); !fence_ || fence_->transitions != changes)
        fence_ =
            std::make_shared<api::fence const>(api::fence{options_.lease_name, options_.identity, changes});
    auto const before = token_.exchange(changes);
    if (before < 0 && options_.changed) options_.changed(true);
}

BERTH_DECL auto lease_election::end() -> void {
    {
        auto const lock = std::scoped_lock(fence_mutex_);
        fence_.reset();
    }
    if (token_.exchange(-1) >= 0 && options_.changed) options_.changed(false);
}

BERTH_DECL auto lease_election::drain(time_point now) -> std::optional<wake> {
    auto const led = leads();
    end();
    if (led && !resigned_) resigned_ = now;
    if (!resigned_ || resign(now) || now >= *resigned_ + options_.retry_period) return std::nullopt;
    return wake::at(now + options_.retry_period / 10);
}

/// Leaves the lease to whoever comes first.
BERTH_DECL auto lease_election::resign(time_point now) -> bool {
    if (!seen_ || !is_mine()) return true;
    auto left = *seen_->what;
    left.spec.holder_identity.engage().clear();
    left.spec.lease_duration_seconds = 1;
    left.spec.renew_time = left.spec.acquire_time = object::micro_timestamp(dates_());
    auto done = api::update(client_, std::move(left), seen_->what.revision_of());
    if (done) observe(*std::move(done), now);
    return done || done.error().code == error_code::conflict || done.error().code == error_code::not_found;
}

} // namespace berth::kube
