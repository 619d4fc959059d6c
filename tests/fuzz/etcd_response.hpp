#pragma once

/// \file
/// Every decoder of etcd's answers, and what reads the frames of a connection, on the same bytes: what the
/// fuzzer runs, and a plain test over the kept corpus.

#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/grpc_session.hpp>
#include <berth/store/etcd/refusal.hpp>
#include <berth/store/etcd/watch_message.hpp>

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

namespace berth::fuzz {

/// Values that cannot all be decoded, as those of an object codec.
struct wary_codec {
    static auto encode(std::string const& value, std::string& out) -> void { out += value; }
    static auto decode(std::string_view key, std::string_view bytes) -> result<std::string> {
        if (bytes.starts_with("bad")) return fail(error_code::internal, "cannot decode " + std::string{key});
        return std::string{bytes};
    }
};

/// A transaction with a step of each kind in both branches, so that every answer can be tried on it.
[[nodiscard]] inline auto sample_txn() -> store::txn<std::string> {
    using put = store::put_request<std::string>;
    using txn = store::txn<std::string>;
    auto out = txn{};
    out.then.emplace_back(put{.key = "a", .value = "1", .want_previous = true});
    out.then.emplace_back(
        store::range_request{.key = "a", .range_end = "z", .sort_by = store::sort_target::mod});
    out.then.emplace_back(store::erase_request{.key = "b", .range_end = "c", .want_previous = true});
    out.then.emplace_back(txn{.when = {}, .then = {put{.key = "x"}}, .otherwise = {put{.key = "y"}}});
    out.otherwise.emplace_back(store::range_request{.key = "a", .keys_only = true});
    return out;
}

/// An error of a decoder is of these kinds; anything else is a finding.
template <class T> auto must_be_sound(result<T> const& r) -> void {
    if (r) return;
    if (r.error().message.empty()) std::abort();
}

/// The bytes as what a server sends on a connection, in two pieces.
inline auto receive_everything(std::string_view bytes) -> void {
    auto session = store::detail::grpc_session("http", "here");
    session.start({.method = "/a/b", .message = "x"});
    session.sent(session.pending().size());
    for (auto const part : {bytes.substr(0, bytes.size() / 2), bytes.substr(bytes.size() / 2)}) {
        session.receive(part);
        auto taken = std::size_t{0};
        while (auto const message = session.take_message()) taken += message->size();
        if (taken > bytes.size()) std::abort();
        session.sent(session.pending().size());
    }
    session.close("the end");
    if (!session.has_ended() || session.is_usable()) std::abort();
    if (session.status() && session.status()->message.size() > bytes.size() + 100) std::abort();
}

inline auto decode_everything(std::string_view text) -> void {
    using namespace store::detail;
    static auto const t = sample_txn();
    static auto const codec = wary_codec{};
    auto range = decode_range(text);
    must_be_sound(range);
    if (range) {
        try {
            auto const asked =
                store::range_request{.key = "a", .limit = 2, .sort_by = store::sort_target::value};
            auto const reply = finish_range<std::string>(std::move(*range), asked, codec);
            if (reply.kvs.size() > 2) std::abort();
        } catch (undecodable const&) {}
    }
    must_be_sound(decode_put(text, std::get<1>(t.then[0].request), codec));
    must_be_sound(decode_erase<std::string>(text, std::get<2>(t.then[2].request), codec));
    if (auto const done = decode_txn(text, t, codec)) {
        auto const& asked = done->reply.succeeded ? t.then : t.otherwise;
        if (done->reply.replies.size() != asked.size()) std::abort();
        if (done->reply.succeeded && done->reply.replies[3].nested().replies.size() != 1) std::abort();
    }
    must_be_sound(decode_revision(text));
    must_be_sound(decode_grant(text));
    must_be_sound(decode_keep_alive(text));
    must_be_sound(decode_lease_status(text));
    must_be_sound(decode_leases(text));
    must_be_sound(decode_token(text));
    must_be_sound(decode_version(text));
    auto const message = decode_watch<std::string>(text, codec);
    must_be_sound(message);
    if (message) {
        for (auto const& e : message->events) {
            if (e.revision() <= 0) std::abort();
        }
    }
    if (meaning_of(2, text).why.message.size() != text.size()) std::abort();
    receive_everything(text);
}

} // namespace berth::fuzz
