#pragma once

/// \file
/// What was there before a change, asked of etcd: many keys in one call, each at the revision before.

#include <berth/core/error.hpp>
#include <berth/store/etcd/client.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/etcd/watch_message.hpp>
#include <berth/store/types.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// What was there before some of `events`: a range at another revision for each, at most `at_once` in a
/// transaction. What has been compacted, or cannot be decoded, stays absent. Errors: those after which nobody
/// knows (`unavailable`, `timeout`).
template <class V, class Codec>
[[nodiscard]] auto ask_previous(etcd_client& client, Codec const& codec, std::size_t at_once,
                                std::vector<log_entry<V>>& events, std::span<std::size_t const> which)
    -> result<void> {
    auto const in_halves = [&] {
        auto const half = which.size() / 2;
        auto first = ask_previous(client, codec, at_once, events, which.first(half));
        return first ? ask_previous(client, codec, at_once, events, which.subspan(half)) : first;
    };
    if (which.empty()) return {};
    if (which.size() > 1 && which.size() > at_once) return in_halves();
    auto asked = txn<V>{};
    for (auto const i : which) {
        auto const& now = events[i].what.kv;
        asked.then.emplace_back(
            range_request{.key = std::string(now.key()), .revision = now.mod_revision() - 1});
    }
    auto body = std::string{};
    encode(body, asked, codec);
    auto const answer = client.ask(effect::read, rpc::txn, body);
    if (!answer) {
        auto const code = answer.error().code;
        if (code == error_code::unavailable || code == error_code::timeout)
            return std::unexpected(answer.error());
    } else if (auto const read = decode_txn(*answer, asked, codec)) {
        for (std::size_t n = 0; n < which.size(); ++n) {
            auto const& found = std::get<range_reply<V>>(read->reply.replies[n].reply).kvs;
            if (!found.empty()) events[which[n]].what.previous = found.front();
        }
        return {};
    }
    // Some are compacted, or at fault: the others need not suffer for it.
    return which.size() == 1 ? result<void>() : in_halves();
}

} // namespace berth::store::detail
