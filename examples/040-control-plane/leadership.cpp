/// \file
/// The election, and what begins and ends with it.

#include "leadership.hpp"

#include "seed.hpp"

#include <berth/api/key_space.hpp>
#include <berth/core/threads.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/store/by_reference.hpp>
#include <berth/store/election.hpp>

#include <mutex>
#include <utility>

namespace plane {

namespace {

/// What others see of the leadership.
auto lease_of(leadership_options const& o, std::uint64_t seed) -> berth::kube::lease {
    auto out = berth::kube::lease();
    out.metadata.namespace_ = "kube-system";
    out.metadata.name = "berth";
    out.metadata.uid = berth::random_engine(seed).uuid();
    out.spec.holder_identity = o.identity;
    out.spec.lease_duration_seconds = static_cast<std::int32_t>(berth::store::whole_seconds(o.lease));
    return out;
}

} // namespace

leadership::leadership(object_store& store, leadership_options options, std::function<void()> begin,
                       std::function<void()> end)
    : store_(store),
      options_(std::move(options)),
      begin_(std::move(begin)),
      end_(std::move(end)),
      key_(berth::api::key_of(berth::kube::lease::resource, {"kube-system", "berth"})) {}

leadership::~leadership() { stop(); }

auto leadership::fenced() const -> object_store {
    return object_store(berth::store::by_reference(store_) | berth::store::with_fence(key_, fence_));
}

auto leadership::start() -> void {
    follower_ = std::jthread([this](std::stop_token stop) { follow(std::move(stop)); });
    candidate_ = std::jthread([this](std::stop_token stop) { candidate(std::move(stop)); });
}

auto leadership::stop() -> void {
    candidate_ = {}; // resigns
    follower_ = {};
}

auto leadership::candidate(std::stop_token stop) -> void {
    using value = berth::object::any_object;
    auto options = berth::store::election_options<value>();
    options.key = key_;
    options.seed = random_seed();
    options.identity = value(lease_of(options_, options.seed));
    options.lease = options_.lease;
    options.renew_deadline = options_.lease * 2 / 3;
    options.retry_period = options_.lease * 2 / 15;
    auto const listener =
        berth::store::leadership_listener{.started =
                                              [](void* self, berth::store::revision_number token) {
                                                  static_cast<leadership*>(self)->fence_.set(token);
                                                  static_cast<leadership*>(self)->settle(true);
                                              },
                                          .stopped =
                                              [](void* self) {
                                                  static_cast<leadership*>(self)->fence_.clear();
                                                  static_cast<leadership*>(self)->settle(false);
                                              },
                                          .context = this};
    auto candidature = berth::store::election(store_, std::move(options), listener);
    auto driver = berth::thread_driver<berth::monotonic_clock>(); // a clock that nobody can set
    driver.add(candidature);
    driver.run(std::move(stop));
}

auto leadership::settle(bool leads) -> void {
    auto const lock = std::scoped_lock(mutex_);
    if ((changes_ % 2 == 1) == leads) return;
    ++changes_;
    told_.notify_all();
}

/// Begins and ends what a leader does, one after the other, whatever happens meanwhile.
auto leadership::follow(std::stop_token stop) -> void {
    auto seen = std::uint64_t{0};
    while (true) {
        auto lock = std::unique_lock(mutex_);
        if (!told_.wait(lock, stop, [&] { return changes_ != seen; })) break;
        auto const running = seen % 2 == 1;
        seen = changes_;
        lock.unlock();
        if (running) end_(); // also if it leads again: with another token
        if (seen % 2 == 1) begin_();
    }
    if (seen % 2 == 1) end_();
}

} // namespace plane
