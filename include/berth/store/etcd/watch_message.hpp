#pragma once

/// \file
/// What comes out of a stream of etcd's watch: one message, decoded.

#include <berth/core/error.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/watch.hpp>

#include <cstdint>
#include <memory>
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
    refusal refused{}; ///< with a message, if the stream failed or the watch was canceled for a reason
};

template <class V, class Codec>
[[nodiscard]] auto read_event(json_fields const& f, Codec const& codec) -> log_entry<V> {
    auto out = log_entry<V>{};
    auto const type = f.text("type");
    if (!type.empty() && type != "PUT" && type != "DELETE") complain("type", "unknown");
    out.what.type = type == "DELETE" ? event_type::erase : event_type::put;
    auto const there = f.inside("kv", [&](json_fields const& j) {
        auto const pair = read_pair(j);
        if (pair.numbers.mod <= 0) complain("mod_revision", "missing");
        try {
            out.what.kv = out.what.type == event_type::erase ? without_value<V>(pair) : typed<V>(pair, codec);
        } catch (undecodable& e) {
            out.what.kv = without_value<V>(pair);
            out.fault = std::make_shared<error const>(std::move(e.why));
        }
    });
    if (!there) complain("kv", "missing");
    f.inside("prev_kv", [&](json_fields const& j) {
        try {
            out.what.previous = typed<V>(read_pair(j), codec);
        } catch (undecodable const&) { // absent, as if it had been compacted
        }
    });
    return out;
}

template <class V, class Codec>
[[nodiscard]] auto decode_watch(std::string_view text, Codec const& codec) -> result<watch_message<V>> {
    return read_json(text, "a watch", [&](json_fields const& f) {
        auto out = watch_message<V>{};
        f.inside("error", [&](json_fields const& e) { out.refused = read_refusal(e); });
        f.inside("result", [&](json_fields const& r) {
            out.revision = read_revision(r);
            out.compacted = r.number("compact_revision");
            out.watch_id = r.number("watch_id");
            out.created = r.boolean("created");
            out.canceled = r.boolean("canceled");
            auto reason = r.text("cancel_reason");
            if (auto const words = reason.find("desc = "); words != reason.npos)
                reason.remove_prefix(words + 7);
            if (out.canceled && !reason.empty()) out.refused = meaning_of(0, reason);
            r.each("events",
                   [&](auto const& e) { out.events.push_back(read_event<V>({e, "events"}, codec)); });
        });
        return out;
    });
}

} // namespace berth::store::detail
