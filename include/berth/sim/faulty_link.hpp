#pragma once

/// \file
/// A bad line to an API: requests that do not arrive, answers that get lost, watches that break and dawdle.

#include <berth/api/client.hpp>
#include <berth/core/random.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace berth::sim {

/// How bad a line is. Each is one time in so many; 0: never.
struct link_faults {
    std::uint64_t seed = 1;
    std::uint64_t lost_requests = 0; ///< `unavailable`: nothing was done
    std::uint64_t lost_answers = 0;  ///< `timeout`: it was done, and nobody hears of it
    std::uint64_t broken_watches = 0;
    std::uint64_t late_events = 0; ///< a watch says "nothing yet" though there is something
};

/// Models `api::client` over another, at the end of a bad line. Safe to call from several threads; the client
/// must outlive it. What it does follows from the seed and the order of calls.
template <api::client Client> class faulty_link : public api::single_writes<faulty_link<Client>> {
    struct dice {
        std::mutex mutex;
        random_engine draw;
        link_faults faults;

        auto happens(std::uint64_t one_in) -> bool {
            if (one_in == 0) return false;
            auto const lock = std::scoped_lock(mutex);
            return draw.below(one_in) == 0;
        }
    };

public:
    /// A watch over the line.
    class watch_type {
    public:
        watch_type(typename Client::watch_type w, std::shared_ptr<dice> d)
            : watch_(std::move(w)), dice_(std::move(d)) {}

        auto next() -> result<std::optional<api::watch_event>> {
            if (broken_ || dice_->happens(dice_->faults.broken_watches)) {
                broken_ = true;
                return fail(error_code::unavailable, "the line is broken");
            }
            if (dice_->happens(dice_->faults.late_events)) return std::nullopt;
            return watch_.next();
        }
        auto on_wake(waker w) -> void { watch_.on_wake(w); }

    private:
        typename Client::watch_type watch_;
        std::shared_ptr<dice> dice_;
        bool broken_ = false;
    };

    faulty_link(Client& client, link_faults faults)
        : client_(&client), dice_(new dice{{}, random_engine(faults.seed), faults}) {}

    auto get(object::resource_name const& r, object::key const& k, api::get_options const& o)
        -> result<object::object_ref> {
        if (is_lost()) return lost();
        return client_->get(r, k, o);
    }
    auto list(object::resource_name const& r, api::list_options const& o) -> result<api::object_list> {
        if (is_lost()) return lost();
        return client_->list(r, o);
    }
    auto watch(object::resource_name const& r, api::watch_options const& o) -> result<watch_type> {
        if (is_lost()) return lost();
        auto opened = client_->watch(r, o);
        if (!opened) return std::unexpected(std::move(opened).error());
        return watch_type(*std::move(opened), dice_);
    }
    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        if (is_lost()) return {batch.size(), result<api::written>(lost())};
        auto done = client_->commit(batch);
        if (dice_->happens(dice_->faults.lost_answers))
            for (auto& d : done) d = fail(error_code::timeout, "no answer came");
        return done;
    }
    auto changed() -> wake_signal& { return client_->changed(); }

private:
    auto is_lost() -> bool { return dice_->happens(dice_->faults.lost_requests); }
    static auto lost() -> std::unexpected<error> { return fail(error_code::unavailable, "the line is bad"); }

    Client* client_;
    std::shared_ptr<dice> dice_;
};

} // namespace berth::sim
