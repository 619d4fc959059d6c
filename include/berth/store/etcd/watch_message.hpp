#pragma once

/// \file
/// What comes out of a stream of etcd's watch: one message, decoded.

#include <berth/core/error.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/refusal.hpp>
#include <berth/store/watch.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// An event of the shared log. If its value cannot be decoded, whoever asked for that key is told.
template <class V> struct log_entry {
    event<V> what{};
    std::shared_ptr<error const> fault{};

    [[nodiscard]] auto revision() const -> revision_number { return what.kv.mod_revision(); }
};

template <class V> struct watch_message {
    std::vector<log_entry<V>> events{};
    revision_number revision = 0; ///< of the store when it was sent
    revision_number compacted = 0;
    std::int64_t watch_id = 0;
    bool created = false;
    bool canceled = false;
    bool goes_on = false; ///< more events of the same revisions come in the next message
    refusal refused{};    ///< with a message, if the stream failed or the watch was canceled for a reason
};

/// An event's pair; where the value cannot be decoded, the event is at fault.
template <class V, class Codec>
auto take_pair(log_entry<V>& out, wire_pair const& pair, Codec const& codec) -> void {
    if (pair.numbers.mod <= 0) complain("mod_revision", "missing");
    try {
        out.what.kv = out.what.type == event_type::erase ? without_value<V>(pair) : typed<V>(pair, codec);
    } catch (undecodable& e) {
        out.what.kv = without_value<V>(pair);
        out.fault = std::make_shared<error const>(std::move(e.why));
    }
}

template <class V, class Codec>
[[nodiscard]] auto read_event(std::string_view message, Codec const& codec) -> log_entry<V> {
    using number = field::event;
    constexpr auto put = 0;
    constexpr auto erase = 1;
    auto out = log_entry<V>{};
    auto pair = std::optional<std::string_view>{};
    auto before = std::optional<std::string_view>{};
    auto type = std::int64_t{put};
    each_field(message, [&](message_field const& f) {
        switch (f.number()) {
        case number::type: type = f.integer("type"); break;
        case number::kv: pair = f.bytes("kv"); break;
        case number::prev_kv: before = f.bytes("prev_kv"); break;
        default: break;
        }
    });
    if (type != put && type != erase) complain("type", "unknown");
    if (!pair) complain("kv", "missing");
    out.what.type = type == erase ? event_type::erase : event_type::put;
    take_pair(out, read_pair(*pair), codec);
    if (before) {
        try {
            out.what.previous = typed<V>(read_pair(*before), codec);
        } catch (undecodable const&) { // absent, as if it had been compacted
        }
    }
    return out;
}

/// Why a watch was canceled: the words after those that gRPC puts in front.
[[nodiscard]] inline auto cancel_words(std::string_view reason) -> std::string_view {
    auto const at = reason.find("desc = ");
    return at == reason.npos ? reason : reason.substr(at + 7);
}

template <class V, class Codec>
[[nodiscard]] auto decode_watch(std::string_view message, Codec const& codec) -> result<watch_message<V>> {
    using number = field::watch_response;
    return read_message(message, "a watch", [&](std::string_view m) {
        auto out = watch_message<V>{};
        auto reason = std::string_view{};
        each_field(m, [&](message_field const& f) {
            switch (f.number()) {
            case field::header: out.revision = read_header(f.bytes("header")); break;
            case number::watch_id: out.watch_id = f.integer("watch_id"); break;
            case number::created: out.created = f.boolean("created"); break;
            case number::canceled: out.canceled = f.boolean("canceled"); break;
            case number::compact_revision: out.compacted = f.integer("compact_revision"); break;
            case number::cancel_reason: reason = f.bytes("cancel_reason"); break;
            case number::fragment: out.goes_on = f.boolean("fragment"); break;
            case number::events: out.events.push_back(read_event<V>(f.bytes("events"), codec)); break;
            default: break;
            }
        });
        if (out.canceled && !reason.empty()) out.refused = meaning_of(0, cancel_words(reason));
        return out;
    });
}

} // namespace berth::store::detail
