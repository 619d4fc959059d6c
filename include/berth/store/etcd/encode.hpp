#pragma once

/// \file
/// Requests as etcd's JSON gateway takes them: bytes in base64, numbers as strings, what is zero left out
/// (etcd 3.5 `rpc.proto`, protobuf's JSON mapping).

#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
#include <berth/store/codec.hpp>
#include <berth/store/lease.hpp>
#include <berth/store/types.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// Whether the order of encoded values is the order of the values.
template <class Codec>
concept keeps_order = std::same_as<Codec, text_codec> || requires { requires Codec::keeps_order; };

/// Writes one JSON object, field by field.
class json_writer {
public:
    explicit json_writer(std::string& out);
    json_writer(json_writer const&) = delete;
    auto operator=(json_writer const&) -> json_writer& = delete;
    ~json_writer();

    auto bytes(std::string_view name, std::string_view value) -> void {
        if (!value.empty()) text(name, base64_encode(value));
    }
    auto number(std::string_view name, std::int64_t value) -> void;
    auto flag(std::string_view name, bool value) -> void;
    /// A string that needs no escapes.
    auto text(std::string_view name, std::string_view value) -> void;
    /// Where the value of a field is to be written.
    auto operator[](std::string_view name) -> std::string&;
    template <class List, class F> auto list(std::string_view name, List const& elements, F write) -> void {
        if (elements.empty()) return;
        auto& out = (*this)[name];
        auto separator = '[';
        for (auto const& e : elements) {
            out += separator;
            separator = ',';
            write(e);
        }
        out += ']';
    }

private:
    std::string* out_;
    bool first_ = true;
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
    auto json = json_writer{out};
    json.bytes("key", r.key);
    if (!r.ignore_value) {
        auto value = std::string{};
        codec.encode(r.value, value);
        json.bytes("value", value);
    }
    json.number("lease", r.lease);
    json.flag("prev_kv", r.want_previous);
    json.flag("ignore_value", r.ignore_value);
    json.flag("ignore_lease", r.ignore_lease);
}

[[nodiscard]] BERTH_DECL auto name_of(comparison is) -> std::string_view;

/// etcd's name of a target, and of the field that holds the operand.
[[nodiscard]] BERTH_DECL auto names_of(compare_target target)
    -> std::pair<std::string_view, std::string_view>;

template <class V, class Codec> auto encode(std::string& out, compare<V> const& c, Codec const& codec)
    -> void {
    auto json = json_writer{out};
    auto const [target, operand] = names_of(c.target);
    json.bytes("key", c.key);
    json.bytes("range_end", c.range_end);
    json.text("target", target);
    json.text("result", name_of(c.is));
    if (c.target != compare_target::value) {
        json.text(operand, std::to_string(c.number));
    } else {
        auto value = std::string{};
        codec.encode(c.value, value);
        json.text(operand, base64_encode(value));
    }
}

template <class V, class Codec> auto encode(std::string& out, txn<V> const& t, Codec const& codec) -> void;

template <class V, class Codec> auto encode(std::string& out, operation<V> const& o, Codec const& codec)
    -> void {
    auto json = json_writer{out};
    if (auto const* r = std::get_if<range_request>(&o.request)) encode(json["request_range"], *r);
    if (auto const* p = std::get_if<put_request<V>>(&o.request)) encode(json["request_put"], *p, codec);
    if (auto const* e = std::get_if<erase_request>(&o.request)) encode(json["request_delete_range"], *e);
    if (auto const* t = std::get_if<txn<V>>(&o.request)) encode(json["request_txn"], *t, codec);
}

template <class V, class Codec> auto encode(std::string& out, txn<V> const& t, Codec const& codec) -> void {
    auto json = json_writer{out};
    auto const write = [&](auto const& part) { encode(out, part, codec); };
    json.list("compare", t.when, write);
    json.list("success", t.then, write);
    json.list("failure", t.otherwise, write);
}

/// A watch of a range from a revision on, each change with the pair before it.
[[nodiscard]] BERTH_DECL auto encode_watch(key_range keys, revision_number start, bool progress)
    -> std::string;

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/encode.ipp>
#endif
