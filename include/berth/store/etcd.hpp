#pragma once

/// \file
/// `store::etcd`: a versioned store in an etcd cluster, through gRPC.

#include <berth/core/error.hpp>
#include <berth/core/net/endpoint.hpp>
#include <berth/core/net/pool.hpp>
#include <berth/core/step.hpp>
#include <berth/store/codec.hpp>
#include <berth/store/detail/check_txn.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/etcd/client.hpp>
#include <berth/store/etcd/commit.hpp>
#include <berth/store/etcd/cursor.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/options.hpp>
#include <berth/store/etcd/paging.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/etcd/state.hpp>
#include <berth/store/lease.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store {

/// The distributed store: an etcd cluster (3.4 or newer), asked through gRPC.
///
/// * Members are asked one at a time; the next one, when one does not serve. A read is tried again elsewhere.
///   A write is tried again only if it certainly was not done: if its answer is lost it is `timeout`, and
///   reading tells what became of it. Every call ends within `etcd_options::deadline`.
/// * All cursors share one watch of all keys, which fills one log of events, decoded once. It begins with the
///   first `watch`, and goes on elsewhere without gap or repetition when its member is lost or paused.
/// * No thread is started. Somebody must read the watch: cursors do in `next`, for all; so that `changed()`
///   tells of what other clients write, let a thread of yours be in `run`.
/// * The values of a comparison or of a sorted range are compared by their encodings. Comparisons by order
/// need
///   a codec that keeps it (`text_codec`, or one with `static constexpr bool keeps_order = true`).
/// * With `etcd_options::watch_root` only keys with that prefix can be watched; `progress()` of such cursors
///   moves with the events below the root, and (from etcd 3.4.25 and 3.5.8 on) with the servers' progress
///   notifications. Changes of other keys alone do not move it.
/// * A watch that starts at the compacted revision sees the deletions there if this store did the compaction;
///   else as the server pleases (etcd#19179).
///
/// Models `versioned_store`. Copies are handles on one and the same client; all members may be called from
/// several threads at once.
template <class V = std::string, class Codec = text_codec> class basic_etcd {
public:
    using value_type = V;
    using cursor = etcd_cursor<V, Codec>;
    static_assert(value_codec<Codec, V>,
                  "the codec must encode and decode the store's values: see value_codec");

    /// Connects to a cluster. Errors: `bad_request` (endpoints, certificates), `unavailable`, `unauthorized`,
    /// `forbidden`.
    [[nodiscard]] static auto connect(etcd_options options, Codec codec = {}) -> result<basic_etcd> {
        auto members = std::vector<net::endpoint>{};
        for (auto const& url : options.endpoints) {
            auto endpoint = net::parse_endpoint(url, "2379");
            if (!endpoint) return refuse(endpoint);
            members.push_back(std::move(*endpoint));
        }
        if (members.empty()) return fail(error_code::bad_request, "store: an etcd needs an endpoint");
        auto tls = net::make_tls(members, options.tls);
        if (!tls) return refuse(tls);
        auto state = std::make_shared<state_type>(std::move(options), std::move(codec), std::move(members),
                                                  std::move(*tls));
        if (auto in = state->client.log_in(); !in) return refuse(in);
        if (auto now = state->look(); !now) return refuse(now);
        auto version = state->client.version();
        if (!version) return refuse(version);
        state->make_feed(std::move(*version));
        return basic_etcd{std::move(state)};
    }

    /// The newest revision: by a look at the cluster that no finished write is newer than; the last one
    /// known, if it cannot be reached.
    [[nodiscard]] auto revision() const -> revision_number {
        state_->known.await_change();
        auto const seen = state_->look();
        return seen ? *seen : state_->known.revision();
    }

    /// The greatest compacted revision that this client has heard of, 0 if of none.
    [[nodiscard]] auto compacted() const -> revision_number { return state_->known.compacted(); }

    /// Notified after a commit of this store that changed something, and when `next` or `run` has received
    /// events, if anybody has looked since it was last notified.
    [[nodiscard]] auto changed() -> wake_signal& { return state_->known.changed; }

    /// See `versioned_store`. A long range without limit is read in pages, all of the revision of the first
    /// one; if a compaction overtakes it, it is read again.
    [[nodiscard]] auto range(range_request const& request) const -> result<range_reply<V>> {
        if (auto checked = detail::check_request<V>(request); !checked) return refuse(checked);
        if constexpr (!detail::keeps_order<Codec>) {
            if (request.sort_by == sort_target::value) return errors::unordered_values();
        }
        state_->known.await_change();
        auto found = detail::read_in_pages(*state_, request);
        if (!found) return refuse(found);
        state_->known.saw(found->revision);
        auto out = result<range_reply<V>>{};
        try {
            out = detail::finish_range<V>(std::move(*found), request, state_->codec);
        } catch (detail::undecodable& e) {
            out = std::unexpected(std::move(e.why));
        }
        return out;
    }

    /// See `versioned_store` and `etcd_batching`.
    auto commit(std::span<txn<V> const> batch) -> std::vector<result<txn_reply<V>>> {
        return detail::etcd_commit<V, Codec>{*state_, batch}.run();
    }

    /// A transaction of one put, without the ceremony.
    auto put(put_request<V> const& request) -> result<put_reply<V>> {
        if (auto checked = detail::check_request(request); !checked) return refuse(checked);
        auto body = std::string{};
        detail::encode(body, request, state_->codec);
        auto answer = write(detail::rpc::put, body);
        if (!answer) return refuse(answer);
        auto done = detail::decode_put(*answer, request, state_->codec);
        return settle(std::move(done), {request.key, {}});
    }

    /// A transaction of one deletion.
    auto erase(erase_request const& request) -> result<erase_reply<V>> {
        if (auto checked = detail::check_request(request); !checked) return refuse(checked);
        auto body = std::string{};
        detail::encode(body, request);
        auto answer = write(detail::rpc::delete_range, body);
        if (!answer) return refuse(answer);
        auto done = detail::decode_erase<V>(*answer, request, state_->codec);
        return settle(std::move(done), request.keys());
    }

    /// See `versioned_store`.
    auto compact(revision_number at) -> result<void> {
        if (at <= 0) return errors::compacted();
        state_->keep_deletions(at);
        auto answer =
            write(detail::rpc::compact, one_number(detail::field::compaction_request::revision, at));
        if (!answer) return refuse(answer);
        state_->known.saw_compacted(at);
        state_->known.announce();
        return {};
    }

    /// See `versioned_store`. Errors, too: `bad_request` for keys outside of `etcd_options::watch_root`.
    [[nodiscard]] auto watch(watch_request request) const -> result<cursor> {
        if (request.start < 0) return errors::negative_revision();
        if (request.start > 0 && request.start < compacted()) return errors::compacted();
        if (auto const& root = state_->options.watch_root; !detail::is_below(root, request.keys()))
            return fail(error_code::bad_request,
                        "store: this store watches keys below \"" + root + "\" only");
        auto now = request.start > 0 ? result<revision_number>{state_->known.revision()} : state_->look();
        if (!now) return refuse(now);
        if (auto begun = state_->feed->begin(*now, state_->client.deadline()); !begun) return refuse(begun);
        return cursor{state_, request, request.start > 0 ? request.start - 1 : *now};
    }

    /// See `versioned_store`. etcd raises the time to live to its least one, 3/2 of its election timeout.
    auto grant(lease_request const& wish) -> result<lease_grant> {
        using number = detail::field::lease_grant_request;
        auto body = std::string{};
        auto to = detail::message_writer{body};
        to.number(number::ttl, wish.ttl);
        to.number(number::id, wish.id);
        auto answer = write(detail::rpc::lease_grant, body);
        if (!answer) return refuse(answer);
        return detail::decode_grant(*answer);
    }
    auto keep_alive(lease_id id) -> result<lease_grant> {
        auto answer = read(detail::rpc::lease_keep_alive, one_number(detail::field::lease_request::id, id));
        if (!answer) return refuse(answer);
        return detail::decode_keep_alive(*answer);
    }
    auto revoke(lease_id id) -> result<revision_number> {
        auto answer = write(detail::rpc::lease_revoke, one_number(detail::field::lease_request::id, id));
        if (!answer) return refuse(answer);
        auto revision = detail::decode_revision(*answer);
        if (!revision) return revision;
        state_->known.saw(*revision);
        state_->known.announce({smallest_key, unbounded}, *revision); // which keys went is not known here
        return revision;
    }
    [[nodiscard]] auto time_to_live(lease_id id, bool with_keys) const -> result<lease_status> {
        using number = detail::field::lease_request;
        auto body = std::string{};
        auto to = detail::message_writer{body};
        to.number(number::id, id);
        to.flag(number::keys, with_keys);
        auto answer = read(detail::rpc::lease_time_to_live, body);
        if (!answer) return refuse(answer);
        return detail::decode_lease_status(*answer);
    }
    [[nodiscard]] auto leases() const -> result<std::vector<lease_id>> {
        auto answer = read(detail::rpc::lease_leases, {});
        if (!answer) return refuse(answer);
        return detail::decode_leases(*answer);
    }

    /// Reads the watch that all cursors share until it is told to stop, and notifies `changed()`: for a
    /// thread of the caller's. Waits while there is no watch yet.
    auto run(std::stop_token const& stop) -> void {
        auto const state = state_;
        state->feed->run(stop);
    }

    /// The version of the server that was connected to, like "3.4.23".
    [[nodiscard]] auto server_version() const -> std::string const& { return state_->version; }

private:
    using state_type = detail::etcd_state<V, Codec>;

    explicit basic_etcd(std::shared_ptr<state_type> state) : state_(std::move(state)) {}

    template <class T> [[nodiscard]] static auto refuse(result<T>& failed) -> std::unexpected<error> {
        return std::unexpected(std::move(failed.error()));
    }
    [[nodiscard]] static auto one_number(unsigned field, std::int64_t value) -> std::string {
        auto out = std::string{};
        detail::message_writer{out}.number(field, value);
        return out;
    }
    [[nodiscard]] auto write(std::string_view method, std::string_view message) const -> result<std::string> {
        return state_->client.ask(detail::effect::write, method, message);
    }
    [[nodiscard]] auto read(std::string_view method, std::string_view message) const -> result<std::string> {
        state_->known.await_change();
        return state_->client.ask(detail::effect::read, method, message);
    }

    /// Makes known what a single write has done.
    template <class R> auto settle(result<detail::decoded<R>> done, key_range keys) -> result<R> {
        if (!done) return refuse(done);
        state_->known.saw(done->reply.revision);
        if (done->changed) {
            if (detail::is_below(state_->options.watch_root, keys))
                state_->known.saw_rooted(done->reply.revision);
            state_->known.announce(keys, done->reply.revision);
        }
        return std::move(done->reply);
    }

    std::shared_ptr<state_type> state_;
};

using etcd = basic_etcd<>;

static_assert(versioned_store<etcd>);

} // namespace berth::store
