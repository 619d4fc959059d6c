#pragma once

/// \file
/// A watch of etcd that does not break: it goes on at another member where it was cut off, without gap or
/// repetition.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/etcd/client.hpp>
#include <berth/store/etcd/knowledge.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/etcd/watch_message.hpp>
#include <berth/store/key_range.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// What sources of events share.
template <class Codec> struct source_settings {
    etcd_client& client;
    etcd_knowledge& known;
    Codec const& codec;
    std::string root{};           ///< empty: all keys
    bool trusts_progress = false; ///< whether the servers' progress notifications never overtake events
    std::size_t max_txn_operations = 128; ///< as in `etcd_options`
    bool want_previous = true;            ///< whether events come with what was there before
};

/// Whether a version's progress notifications may be trusted: before, they could overtake events
/// (etcd#15220).
[[nodiscard]] BERTH_DECL auto trusts_progress(std::string_view version) -> bool;

/// Whole revisions that follow each other.
template <class V> struct event_batch {
    std::vector<log_entry<V>> events{};
    revision_number reached = 0; ///< complete up to here; 0 if there is nothing new
};

/// One thread at a time may use it, but for `wake`.
///
/// A watch of all keys sees every revision. So one that is missing is noticed, and asked for again.
template <class V, class Codec> class event_source {
public:
    using settings = source_settings<Codec>;

    event_source(settings const& s, revision_number reached) : set_(s), reached_(reached) {}

    [[nodiscard]] auto reached() const -> revision_number { return reached_; }
    /// Continues after another revision.
    auto restart(revision_number reached) -> void {
        hang_up();
        reached_ = reached;
    }

    /// Makes sure that there is a stream, which etcd has confirmed. Errors: `expired` (then `known` is told),
    /// `unavailable`, `forbidden`, and what etcd says.
    [[nodiscard]] auto open(net::instant until) -> result<void> {
        auto out = result<void>{fail(error_code::unavailable, "etcd cannot be reached")};
        auto tried = std::vector<bool>(set_.client.pool.size());
        for (std::size_t left = tried.size(); left > 0 && !stream_; --left) {
            auto const member = *set_.client.pool.choose(tried);
            tried[member] = true;
            auto const now = net::steady_clock::now();
            auto const share = now + (until - now) / static_cast<int>(left);
            out = open_at(member, share);
            if (out) break;
            if (out.error().code != error_code::unavailable && out.error().code != error_code::timeout)
                return out;
            set_.client.pool.failed(member);
        }
        return out;
    }

    /// The next events; none if there are none until then. A time that has passed already asks for what has
    /// come. Errors: `expired`, and those that trying again will not mend.
    [[nodiscard]] auto read(net::instant until) -> result<event_batch<V>> {
        for (;;) {
            if (auto ready = reopen(until); !ready) return std::unexpected(std::move(ready.error()));
            if (!stream_) return event_batch<V>{};
            auto const message = stream_->next_message(std::min(until, heard_ + silence));
            if (message) {
                heard_ = net::steady_clock::now();
                auto batch = take(*message);
                if (!batch || batch->reached > 0) return batch;
            } else if (stream_->has_ended()) {
                if (auto over = broken(); !over) return std::unexpected(std::move(over.error()));
            } else if (is_dead()) {
                set_.client.pool.failed(member_);
                hang_up();
            } else {
                return event_batch<V>{};
            }
        }
    }

    /// Makes a `read` under way return early. From any thread.
    auto wake() -> void {
        auto const lock = std::scoped_lock(mutex_);
        if (stream_) stream_->wake();
    }

private:
    static constexpr auto silence = std::chrono::milliseconds{1'500}; ///< then ask whether the member lives
    static constexpr auto pause = std::chrono::milliseconds{100};     ///< between attempts to connect
    static constexpr auto least_share = std::chrono::milliseconds{1'000};

    auto hang_up() -> void {
        auto gone = etcd_client::connections::handle{};
        auto const lock = std::scoped_lock(mutex_);
        gone = std::exchange(stream_, nullptr);
        fragments_.clear();
    }

    /// Connects again, if the connection was lost; leaves it at that if it cannot be done by then.
    auto reopen(net::instant until) -> result<void> {
        while (!stream_) {
            auto const now = net::steady_clock::now();
            if (now < retry_at_) {
                if (until <= now) return {};
                std::this_thread::sleep_until(std::min(until, retry_at_));
                continue;
            }
            auto done = open(std::max(until, now + least_share));
            if (done) return {};
            retry_at_ = net::steady_clock::now() + pause;
            auto const& why = done.error().code;
            if (why != error_code::unavailable && why != error_code::timeout) return done;
            if (net::steady_clock::now() >= until) return {};
        }
        return {};
    }

    /// Whether a member that has been silent does not answer either: a process that is paused, or a machine
    /// that is gone, leaves its connections open.
    [[nodiscard]] auto is_dead() -> bool {
        if (net::steady_clock::now() < heard_ + silence) return false;
        auto const alive = set_.client.is_alive(member_, net::steady_clock::now() + std::chrono::seconds{2});
        heard_ = net::steady_clock::now();
        return !alive;
    }

    auto open_at(std::size_t member, net::instant until) -> result<void> {
        auto const root = std::string_view{set_.root};
        auto const end = prefix_end(root);
        auto const keys = root.empty() ? key_range{smallest_key, unbounded} : key_range{root, end};
        auto const body =
            encode_watch(keys, reached_ + 1, !root.empty() && set_.trusts_progress, set_.want_previous);
        for (auto renewed = false;; renewed = true) {
            auto c = set_.client.stream(member, rpc::watch, body, until);
            if (!c) return std::unexpected(std::move(c.error()));
            auto const first = (*c)->next_message(until);
            if (!first) return fail(error_code::unavailable, "etcd did not confirm a watch");
            auto message = decode_watch<V>(*first, set_.codec);
            if (!message) return std::unexpected(std::move(message.error()));
            if (message->compacted > 0) return ended(*message);
            auto const& refused = message->refused.why;
            // Some versions say of a token that has expired that its user may not watch.
            auto const stale = message->refused.then == remedy::authenticate ||
                               (refused.code == error_code::forbidden && !refused.message.empty());
            if (stale && !renewed && set_.client.renew_token(member, until)) continue;
            if (!refused.message.empty()) return std::unexpected(refused);
            set_.known.saw(message->revision);
            auto const lock = std::scoped_lock(mutex_);
            stream_ = std::move(*c);
            member_ = member;
            heard_ = net::steady_clock::now();
            return {};
        }
    }

    [[nodiscard]] auto take(std::string_view bytes) -> result<event_batch<V>> {
        auto message = decode_watch<V>(bytes, set_.codec);
        if (!message) {
            hang_up();
            return std::unexpected(std::move(message.error()));
        }
        if (message->canceled || !message->refused.why.message.empty()) {
            if (auto over = ended(*message); !over) return std::unexpected(std::move(over.error()));
            return event_batch<V>{};
        }
        set_.known.saw(message->revision);
        auto out = event_batch<V>{};
        if (message->events.empty()) {
            auto const is_progress = !message->created && set_.trusts_progress && !set_.root.empty();
            if (is_progress && message->revision > reached_) out.reached = reached_ = message->revision;
            return out;
        }
        std::ranges::move(message->events, std::back_inserter(fragments_));
        if (message->goes_on) return out;
        out.events = std::exchange(fragments_, {});
        keep_what_follows(out.events);
        if (!out.events.empty()) out.reached = reached_ = out.events.back().revision();
        return out;
    }

    /// The stream ended, with a status or without.
    [[nodiscard]] auto broken() -> result<void> {
        auto last = watch_message<V>{};
        auto const& status = stream_->status();
        if (status && status->code != 0) last.refused = meaning_of(status->code, status->message);
        else set_.client.pool.failed(member_);
        return ended(last);
    }

    /// The stream ended with a word from etcd.
    [[nodiscard]] auto ended(watch_message<V> const& last) -> result<void> {
        auto const lost_leader = last.refused.then != remedy::none;
        if (lost_leader) set_.client.pool.failed(member_);
        hang_up();
        if (last.compacted > 0) {
            set_.known.saw_compacted(last.compacted);
            return errors::compacted();
        }
        if (last.refused.why.message.empty() || lost_leader) return {};
        return std::unexpected(last.refused.why);
    }

    /// Leaves out what has been seen, and what lies beyond a gap: that is asked for again. A gap that is
    /// still there then is one of the server's (a deletion at the compacted revision, etcd#19179).
    auto keep_what_follows(std::vector<log_entry<V>>& events) -> void {
        std::erase_if(events, [&](auto const& e) { return e.revision() <= reached_; });
        if (!set_.root.empty()) return;
        auto last = reached_;
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (events[i].revision() > last + 1 && gap_ != last + 1) {
                gap_ = last + 1;
                events.resize(i);
                hang_up();
                return;
            }
            last = events[i].revision();
        }
    }

    settings set_;
    revision_number reached_;
    revision_number gap_ = 0;
    std::mutex mutex_; ///< guards changes of `stream_` against `wake`
    etcd_client::connections::handle stream_{};
    std::vector<log_entry<V>> fragments_{}; ///< the beginning of a message that came in several
    std::size_t member_ = 0;
    net::instant heard_{};
    net::instant retry_at_{};
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/event_source.ipp>
#endif
