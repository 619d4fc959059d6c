#pragma once

/// \file
/// What a `basic_etcd` and its cursors share.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/etcd/client.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/event_source.hpp>
#include <berth/store/etcd/feed.hpp>
#include <berth/store/etcd/knowledge.hpp>
#include <berth/store/etcd/options.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/key_range.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// Whether all keys of a range have a prefix.
[[nodiscard]] BERTH_DECL auto is_below(std::string_view root, key_range keys) -> bool;

template <class V, class Codec> struct etcd_state {
    etcd_state(etcd_options o, Codec c, std::vector<net::endpoint> members,
               std::unique_ptr<net::tls_context> tls)
        : options(std::move(o)), codec(std::move(c)), client(std::move(members), std::move(tls), options) {}

    /// Creates the feed, once the servers' version is known.
    auto make_feed(std::string of_server) -> void {
        version = std::move(of_server);
        feed.emplace(settings(), options.retained_events);
    }
    [[nodiscard]] auto settings() -> source_settings<Codec> {
        return {
            client, known, codec, options.watch_root, trusts_progress(version), options.max_txn_operations};
    }

    /// The newest revision by a look that no finished write can be newer than.
    [[nodiscard]] auto look() -> result<revision_number> {
        auto const& root = options.watch_root;
        auto body = std::string{};
        encode(body,
               range_request{.key = root.empty() ? std::string{smallest_key} : root, .count_only = true});
        auto answer = client.ask(effect::read, rpc::range, body);
        if (!answer) return std::unexpected(std::move(answer.error()));
        auto revision = decode_revision(*answer);
        if (revision) known.saw(*revision);
        return revision;
    }

    /// Up to which revision there is news for watches, as far as is known.
    [[nodiscard]] auto news() const -> revision_number {
        return options.watch_root.empty() ? known.revision() : known.rooted();
    }
    /// Keeps the deletions at a revision that is about to be compacted: etcd may forget them (etcd#19179),
    /// and a watch may start there all the same.
    auto keep_deletions(revision_number at) -> void {
        if (at <= known.compacted() || at > known.revision()) return;
        auto events = std::vector<log_entry<V>>{};
        if (feed->log.floor() <= at && at <= feed->log.reached()) {
            events = feed->log.of(at);
        } else {
            auto const until = net::steady_clock::now() + std::chrono::seconds{1};
            auto source = event_source<V, Codec>{settings(), at - 1};
            while (source.reached() < at && net::steady_clock::now() < until) {
                auto batch = source.read(until);
                if (!batch) return;
                for (auto& e : batch->events) {
                    if (e.revision() == at) events.push_back(std::move(e));
                }
            }
        }
        auto const is_deletion = [](log_entry<V> const& e) { return e.what.type == event_type::erase; };
        if (!std::ranges::any_of(events, is_deletion)) return;
        auto const lock = std::scoped_lock(mutex);
        kept_at = at;
        kept = std::make_shared<std::vector<log_entry<V>> const>(std::move(events));
    }
    /// The events at a revision, if it was kept.
    [[nodiscard]] auto kept_events(revision_number at) -> std::shared_ptr<std::vector<log_entry<V>> const> {
        auto const lock = std::scoped_lock(mutex);
        return kept_at == at ? kept : nullptr;
    }

    etcd_options options;
    Codec codec;
    etcd_client client;
    etcd_knowledge known{};
    std::string version{};
    std::optional<etcd_feed<V, Codec>> feed{};
    std::mutex mutex; ///< guards what follows
    revision_number kept_at = 0;
    std::shared_ptr<std::vector<log_entry<V>> const> kept{};
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/state.ipp>
#endif
