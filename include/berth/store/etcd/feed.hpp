#pragma once

/// \file
/// The one watch that all cursors of a store share. Whoever waits for news reads the socket for all.

#include <berth/core/error.hpp>
#include <berth/store/etcd/event_log.hpp>
#include <berth/store/etcd/event_source.hpp>
#include <berth/store/etcd/knowledge.hpp>
#include <berth/store/etcd/previous.hpp>
#include <berth/store/range_signal.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// Fills a log from a source. Of the threads that want news, one reads, and the others wait for it.
///
/// etcd is not asked to send what was there before each change, which costs it as much as the change: most of
/// it the log knows, as the change before. The rest is asked for, many in one call.
template <class V, class Codec> class etcd_feed {
public:
    etcd_feed(source_settings<Codec> const& settings, std::size_t retained)
        : log(retained, settings.known.watched), settings_(bare(settings)), source_(settings_, 0) {}

    event_log<V> log;

    /// Begins after the revision `reached`, unless it has begun. Returns when etcd has confirmed the watch.
    [[nodiscard]] auto begin(revision_number reached, net::instant until) -> result<void> {
        auto lock = std::unique_lock(mutex_);
        changed_.wait(lock, [&] { return begun_ || !reading_; });
        if (begun_) return {}; // whoever reads may never let others have a turn
        auto done = result<void>{};
        {
            auto const mine = turn_of(lock);
            source_.restart(reached);
            done = source_.open(until);
            if (done) log.restart(reached).notify();
        }
        begun_ = done.has_value();
        return done;
    }

    /// Reads until the log has reached a revision. Errors: `unavailable` if it does not by then.
    [[nodiscard]] auto pump(revision_number wanted, net::instant until) -> result<void> {
        auto lock = std::unique_lock(mutex_);
        while (log.reached() < wanted) {
            if (net::steady_clock::now() >= until) {
                return fail(error_code::unavailable,
                            "etcd: the watch has not come to revision " + std::to_string(wanted) + " yet");
            }
            if (reading_) {
                changed_.wait_until(lock, until);
                continue;
            }
            auto const mine = turn_of(lock);
            if (auto done = step(until); !done) return std::unexpected(std::move(done.error()));
        }
        return {};
    }

    /// Takes in what has come; waits for nothing but the answer to what was there before, where that is not
    /// known.
    [[nodiscard]] auto poll() -> result<void> {
        auto lock = std::unique_lock(mutex_);
        if (reading_ || !begun_) return {};
        auto const mine = turn_of(lock);
        for (auto n = 0; n < greatest_helping; ++n) {
            auto const more = step(net::instant{});
            if (!more) return std::unexpected(more.error());
            if (!*more) break;
        }
        return {};
    }

    /// Reads for all until it is told to stop.
    auto run(std::stop_token const& stop) -> void {
        auto const wake = std::stop_callback{stop, [this] { source_.wake(); }};
        auto lock = std::unique_lock(mutex_);
        while (!stop.stop_requested()) {
            if (!changed_.wait(lock, stop, [&] { return begun_ && !reading_; })) return;
            auto done = result<bool>{};
            {
                auto const mine = turn_of(lock);
                done = step(net::steady_clock::now() + std::chrono::seconds{1});
            }
            if (!done) changed_.wait_for(lock, stop, std::chrono::milliseconds{200}, [] { return false; });
        }
    }

private:
    static constexpr auto greatest_helping = 64; ///< messages that one `poll` takes in

    [[nodiscard]] static auto bare(source_settings<Codec> settings) -> source_settings<Codec> {
        settings.want_previous = false;
        return settings;
    }

    /// Whoever holds this reads; the lock is not held meanwhile.
    class turn {
    public:
        turn(etcd_feed& feed, std::unique_lock<std::mutex>& lock) : feed_(&feed), lock_(&lock) {
            feed_->reading_ = true;
            lock_->unlock();
        }
        turn(turn const&) = delete;
        auto operator=(turn const&) -> turn& = delete;
        ~turn() {
            lock_->lock();
            feed_->reading_ = false;
            feed_->changed_.notify_all();
        }

    private:
        etcd_feed* feed_;
        std::unique_lock<std::mutex>* lock_;
    };
    [[nodiscard]] auto turn_of(std::unique_lock<std::mutex>& lock) -> turn { return turn{*this, lock}; }

    /// Reads one message. Whether there was one.
    [[nodiscard]] auto step(net::instant until) -> result<bool> {
        auto batch = source_.read(until);
        auto concerned = range_signal::found();
        if (!batch) {
            if (batch.error().code != error_code::expired) return std::unexpected(std::move(batch.error()));
            // What is missing is compacted; whoever needs it is told so by what is known now.
            source_.restart(settings_.known.compacted() - 1);
            concerned = log.restart(source_.reached());
        } else if (batch->reached == 0) {
            return false;
        } else {
            settings_.known.saw(batch->reached);
            if (auto done = complete(batch->events); !done) {
                source_.restart(log.reached()); // they come once more
                return std::unexpected(std::move(done.error()));
            }
            concerned = log.append(std::move(batch->events), batch->reached);
        }
        {
            auto const lock = std::scoped_lock(mutex_);
            changed_.notify_all();
        }
        settings_.known.announce();
        concerned.notify();
        return true;
    }

    /// Fills in what was there before each change.
    [[nodiscard]] auto complete(std::vector<log_entry<V>>& events) -> result<void> {
        auto const unknown = log.complete(events);
        return ask_previous(settings_.client, settings_.codec, settings_.max_txn_operations, events, unknown);
    }

    source_settings<Codec> settings_;
    event_source<V, Codec> source_; ///< used by whoever has the turn
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool begun_ = false;
    bool reading_ = false;
};

} // namespace berth::store::detail
