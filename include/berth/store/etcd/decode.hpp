#pragma once

/// \file
/// Answers of etcd: pure functions from messages to replies. Whatever the message is, they neither
/// crash nor throw: what is malformed is an error `internal` that tells the place.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/codec.hpp>
#include <berth/store/detail/sort_by.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/message.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/lease.hpp>
#include <berth/store/types.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// Carries an error of a codec out of the readers.
struct undecodable {
    error why;
};

/// One version of a key as it is on the wire.
struct wire_pair {
    std::string key{};
    std::string value{};
    record_numbers numbers{};
};

[[nodiscard]] BERTH_DECL auto read_pair(std::string_view message) -> wire_pair;

template <class V, class Codec> [[nodiscard]] auto typed(wire_pair const& p, Codec const& codec)
    -> key_value<V> {
    auto value = result<V>{codec.decode(p.key, p.value)};
    if (!value) throw undecodable{std::move(value.error())};
    return key_value<V>::make(p.key, p.numbers, std::move(*value));
}
template <class V> [[nodiscard]] auto without_value(wire_pair const& p) -> key_value<V> {
    return key_value<V>::make(p.key, p.numbers, V{});
}

/// The revision in a header.
[[nodiscard]] BERTH_DECL auto read_header(std::string_view header) -> revision_number;

/// The revision in the header of an answer; 0 if it is not there.
[[nodiscard]] BERTH_DECL auto read_revision(std::string_view message) -> revision_number;

/// Puts pairs in the order that was asked for; equal ones stay in the order of their keys.
BERTH_DECL auto sort_pairs(std::vector<wire_pair>& pairs, range_request const& asked) -> void;

/// The answer to a range before its values are decoded.
struct wire_range {
    std::vector<wire_pair> pairs{};
    std::int64_t count = 0;
    bool more = false;
    revision_number revision = 0;
};

[[nodiscard]] BERTH_DECL auto read_range(std::string_view message) -> wire_range;

/// What a range asked for, out of all that etcd answered to it.
template <class V, class Codec>
[[nodiscard]] auto finish_range(wire_range found, range_request const& asked, Codec const& codec)
    -> range_reply<V> {
    auto out =
        range_reply<V>{.kvs = {}, .count = found.count, .more = found.more, .revision = found.revision};
    if (is_sorted_here(asked)) {
        sort_pairs(found.pairs, asked);
        if (asked.limit > 0 && found.pairs.size() > static_cast<std::size_t>(asked.limit)) {
            found.pairs.resize(static_cast<std::size_t>(asked.limit));
            out.more = true;
        }
    }
    out.kvs.reserve(found.pairs.size());
    for (auto const& p : found.pairs)
        out.kvs.push_back(asked.keys_only ? without_value<V>(p) : typed<V>(p, codec));
    return out;
}

template <class V, class Codec>
[[nodiscard]] auto read_put(std::string_view message, put_request<V> const& asked, Codec const& codec)
    -> put_reply<V> {
    auto out = put_reply<V>{};
    each_field(message, [&](message_field const& f) {
        switch (f.number()) {
        case field::header: out.revision = read_header(f.bytes("header")); break;
        case field::put_response::prev_kv:
            if (asked.want_previous) out.previous = typed<V>(read_pair(f.bytes("prev_kv")), codec);
            break;
        default: break;
        }
    });
    return out;
}

template <class V, class Codec>
[[nodiscard]] auto read_erase(std::string_view message, erase_request const& asked, Codec const& codec)
    -> erase_reply<V> {
    using number = field::delete_range_response;
    auto out = erase_reply<V>{};
    each_field(message, [&](message_field const& f) {
        switch (f.number()) {
        case field::header: out.revision = read_header(f.bytes("header")); break;
        case number::deleted: out.deleted = f.integer("deleted"); break;
        case number::prev_kvs:
            if (asked.want_previous) out.previous.push_back(typed<V>(read_pair(f.bytes("prev_kvs")), codec));
            break;
        default: break;
        }
    });
    return out;
}

/// The message in a field that must be there.
[[nodiscard]] BERTH_DECL auto only_field(std::string_view message, std::uint32_t number,
                                         std::string_view name) -> std::string_view;

/// Reads the answer to a transaction. etcd tells the revision of the outermost only; that of a nested one
/// follows from whether anything was changed up to its end.
template <class V, class Codec> class txn_reader {
public:
    explicit txn_reader(Codec const& codec) : codec_(&codec) {}

    [[nodiscard]] auto read(std::string_view message, txn<V> const& asked) -> txn_reply<V> {
        auto const after = read_revision(message);
        auto out = read_branch(message, asked);
        fill(out, after - (changed_ ? 1 : 0), after);
        return out;
    }
    /// Whether the transaction changed something.
    [[nodiscard]] auto changed() const -> bool { return changed_; }

private:
    auto read_branch(std::string_view message, txn<V> const& asked) -> txn_reply<V> {
        using number = field::txn_response;
        auto out = txn_reply<V>{};
        auto responses = std::vector<std::string_view>{};
        each_field(message, [&](message_field const& f) {
            if (f.number() == number::succeeded) out.succeeded = f.boolean("succeeded");
            else if (f.number() == number::responses) responses.push_back(f.bytes("responses"));
        });
        auto const& steps = out.succeeded ? asked.then : asked.otherwise;
        if (responses.size() > steps.size()) complain("responses", "longer than what was asked");
        if (responses.size() < steps.size()) complain("responses", "shorter than what was asked");
        out.replies.reserve(steps.size());
        for (std::size_t i = 0; i < steps.size(); ++i)
            out.replies.push_back(read_step(responses[i], steps[i]));
        // A branch nested here is only as good as the changes before its end: 1 stands for "after a change".
        out.revision = changed_ ? 1 : 0;
        return out;
    }

    auto read_step(std::string_view message, operation<V> const& asked) -> operation_reply<V> {
        using number = field::operation;
        auto out = operation_reply<V>{};
        if (auto const* r = std::get_if<range_request>(&asked.request)) {
            auto const inner = only_field(message, number::range, "response_range");
            out.reply = finish_range<V>(read_range(inner), *r, *codec_);
        } else if (auto const* p = std::get_if<put_request<V>>(&asked.request)) {
            out.reply = read_put(only_field(message, number::put, "response_put"), *p, *codec_);
            changed_ = true;
        } else if (auto const* e = std::get_if<erase_request>(&asked.request)) {
            auto const inner = only_field(message, number::delete_range, "response_delete_range");
            auto reply = read_erase<V>(inner, *e, *codec_);
            changed_ = changed_ || reply.deleted > 0;
            out.reply = std::move(reply);
        } else {
            auto const& nested = std::get<txn<V>>(asked.request);
            out.reply = read_branch(only_field(message, number::txn, "response_txn"), nested);
        }
        return out;
    }

    /// Replaces the marks of nested transactions by revisions.
    static auto fill(txn_reply<V>& t, revision_number before, revision_number after) -> void {
        t.revision = t.revision == 0 ? before : after;
        for (auto& r : t.replies) {
            if (auto* const nested = std::get_if<txn_reply<V>>(&r.reply)) fill(*nested, before, after);
        }
    }

    Codec const* codec_;
    bool changed_ = false;
};

/// `read_message`, and a codec's error becomes the error of the whole.
template <class F> [[nodiscard]] auto read_typed(std::string_view message, std::string_view what, F read)
    -> result<decltype(read(message))> {
    try {
        return read_message(message, what, std::move(read));
    } catch (undecodable& e) {
        return std::unexpected(std::move(e.why));
    }
}

[[nodiscard]] BERTH_DECL auto decode_range(std::string_view message) -> result<wire_range>;

/// The answer to a put, deletion or transaction, and whether something was changed.
template <class R> struct decoded {
    R reply{};
    bool changed = false;
};

template <class V, class Codec>
[[nodiscard]] auto decode_put(std::string_view message, put_request<V> const& asked, Codec const& codec)
    -> result<decoded<put_reply<V>>> {
    return read_typed(message, "a put", [&](std::string_view m) {
        return decoded<put_reply<V>>{read_put(m, asked, codec), true};
    });
}

template <class V, class Codec>
[[nodiscard]] auto decode_erase(std::string_view message, erase_request const& asked, Codec const& codec)
    -> result<decoded<erase_reply<V>>> {
    return read_typed(message, "a deletion", [&](std::string_view m) {
        auto reply = read_erase<V>(m, asked, codec);
        auto const changed = reply.deleted > 0;
        return decoded<erase_reply<V>>{std::move(reply), changed};
    });
}

template <class V, class Codec>
[[nodiscard]] auto decode_txn(std::string_view message, txn<V> const& asked, Codec const& codec)
    -> result<decoded<txn_reply<V>>> {
    return read_typed(message, "a transaction", [&](std::string_view m) {
        auto reader = txn_reader<V, Codec>{codec};
        auto reply = reader.read(m, asked);
        return decoded<txn_reply<V>>{std::move(reply), reader.changed()};
    });
}

/// The revision of an answer of which nothing else matters.
[[nodiscard]] BERTH_DECL auto decode_revision(std::string_view message) -> result<revision_number>;

[[nodiscard]] BERTH_DECL auto decode_grant(std::string_view message) -> result<lease_grant>;

/// A lease that is gone has no time to live.
[[nodiscard]] BERTH_DECL auto decode_keep_alive(std::string_view message) -> result<lease_grant>;

[[nodiscard]] BERTH_DECL auto decode_lease_status(std::string_view message) -> result<lease_status>;

[[nodiscard]] BERTH_DECL auto decode_leases(std::string_view message) -> result<std::vector<lease_id>>;

[[nodiscard]] BERTH_DECL auto decode_token(std::string_view message) -> result<std::string>;

/// The version of a member, out of its status.
[[nodiscard]] BERTH_DECL auto decode_version(std::string_view message) -> result<std::string>;

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/decode.ipp>
#endif
