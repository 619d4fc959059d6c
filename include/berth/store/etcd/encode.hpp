#pragma once

/// \file
/// Requests as etcd's messages in protobuf: what is zero is left out.

#include <berth/core/config.hpp>
#include <berth/core/detail/wire_writer.hpp>
#include <berth/store/codec.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/types.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace berth::store::detail {

/// Whether the order of encoded values is the order of the values.
template <class Codec>
concept keeps_order = std::same_as<Codec, text_codec> || requires { requires Codec::keeps_order; };

/// Writes the fields of a message; what is zero is left out.
class message_writer {
public:
    explicit message_writer(std::string& out) : wire_(out) {}

    auto bytes(unsigned field, std::string_view value) -> void {
        if (!value.empty()) wire_.text(field, value);
    }
    auto number(unsigned field, std::int64_t value) -> void {
        if (value != 0) wire_.number(field, static_cast<std::uint64_t>(value));
    }
    auto flag(unsigned field, bool value) -> void { number(field, value ? 1 : 0); }
    /// One of several fields, whose being there says which it is.
    auto choice(unsigned field, std::int64_t value) -> void {
        wire_.number(field, static_cast<std::uint64_t>(value));
    }
    auto choice(unsigned field, std::string_view value) -> void { wire_.text(field, value); }
    /// A message, written by a function of nothing to where this one is.
    template <class F> auto message(unsigned field, F write) -> void {
        wire_.message(field, [&](berth::detail::wire_writer&) { write(); });
    }

private:
    berth::detail::wire_writer wire_;
};

/// Whether the answer to a range must be sorted, and cut to its limit, on this side: etcd leaves equal ones
/// in any order.
[[nodiscard]] inline auto is_sorted_here(range_request const& r) -> bool {
    return r.sort_by != sort_target::key;
}

BERTH_DECL auto encode(std::string& out, range_request const& r) -> void;

BERTH_DECL auto encode(std::string& out, erase_request const& r) -> void;

template <class V, class Codec> auto encode(std::string& out, put_request<V> const& r, Codec const& codec)
    -> void {
    using number = field::put_request;
    auto to = message_writer{out};
    to.bytes(number::key, r.key);
    if (!r.ignore_value) {
        auto value = std::string{};
        codec.encode(r.value, value);
        to.bytes(number::value, value);
    }
    to.number(number::lease, r.lease);
    to.flag(number::prev_kv, r.want_previous);
    to.flag(number::ignore_value, r.ignore_value);
    to.flag(number::ignore_lease, r.ignore_lease);
}

/// etcd's number of a comparison.
[[nodiscard]] BERTH_DECL auto number_of(comparison is) -> std::int64_t;

/// etcd's number of a target, and the field that holds the operand.
[[nodiscard]] BERTH_DECL auto numbers_of(compare_target target) -> std::pair<std::int64_t, unsigned>;

template <class V, class Codec> auto encode(std::string& out, compare<V> const& c, Codec const& codec)
    -> void {
    using number = field::compare;
    auto to = message_writer{out};
    auto const [target, operand] = numbers_of(c.target);
    to.number(number::result, number_of(c.is));
    to.number(number::target, target);
    to.bytes(number::key, c.key);
    if (c.target != compare_target::value) {
        to.choice(operand, c.number);
    } else {
        auto value = std::string{};
        codec.encode(c.value, value);
        to.choice(operand, value);
    }
    to.bytes(number::range_end, c.range_end);
}

template <class V, class Codec> auto encode(std::string& out, txn<V> const& t, Codec const& codec) -> void;

template <class V, class Codec> auto encode(std::string& out, operation<V> const& o, Codec const& codec)
    -> void {
    using number = field::operation;
    auto to = message_writer{out};
    if (auto const* r = std::get_if<range_request>(&o.request))
        to.message(number::range, [&] { encode(out, *r); });
    if (auto const* p = std::get_if<put_request<V>>(&o.request))
        to.message(number::put, [&] { encode(out, *p, codec); });
    if (auto const* e = std::get_if<erase_request>(&o.request))
        to.message(number::delete_range, [&] { encode(out, *e); });
    if (auto const* t = std::get_if<txn<V>>(&o.request))
        to.message(number::txn, [&] { encode(out, *t, codec); });
}

/// Writes each of a list as a field of its own.
template <class List, class Codec>
auto encode_each(std::string& out, unsigned field, List const& elements, Codec const& codec) -> void {
    auto to = message_writer{out};
    for (auto const& e : elements) to.message(field, [&] { encode(out, e, codec); });
}

template <class V, class Codec> auto encode(std::string& out, txn<V> const& t, Codec const& codec) -> void {
    using number = field::txn_request;
    encode_each(out, number::compare, t.when, codec);
    encode_each(out, number::success, t.then, codec);
    encode_each(out, number::failure, t.otherwise, codec);
}

/// A watch of a range from a revision on; each change with the pair before it, if asked for. What is long
/// comes in fragments.
[[nodiscard]] BERTH_DECL auto encode_watch(key_range keys, revision_number start, bool progress,
                                           bool want_previous) -> std::string;

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/encode.ipp>
#endif
