#pragma once

/// \file
/// The bodies of `berth/store/etcd/encode.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/encode.hpp>

namespace berth::store::detail {

BERTH_DECL json_writer::json_writer(std::string& out) : out_(&out) { *out_ += '{'; }

BERTH_DECL json_writer::~json_writer() { *out_ += '}'; }

BERTH_DECL auto json_writer::number(std::string_view name, std::int64_t value) -> void {
    if (value != 0) text(name, std::to_string(value));
}

BERTH_DECL auto json_writer::flag(std::string_view name, bool value) -> void {
    if (value) (*this)[name] += "true";
}

BERTH_DECL auto json_writer::text(std::string_view name, std::string_view value) -> void {
    ((*this)[name] += '"').append(value) += '"';
}

BERTH_DECL auto json_writer::operator[](std::string_view name) -> std::string& {
    if (!first_) *out_ += ',';
    first_ = false;
    return ((*out_ += '"').append(name)) += "\":";
}

BERTH_DECL auto encode(std::string& out, range_request const& r) -> void {
    auto json = json_writer{out};
    auto const here = is_sorted_here(r);
    json.bytes("key", r.key);
    json.bytes("range_end", r.range_end);
    if (r.revision > 0) json.number("revision", r.revision);
    if (r.limit > 0 && !here) json.number("limit", r.limit);
    if (r.order == sort_order::descend && !here) json.text("sort_order", "DESCEND");
    json.flag("keys_only", r.keys_only && r.sort_by != sort_target::value);
    json.flag("count_only", r.count_only);
}

BERTH_DECL auto encode(std::string& out, erase_request const& r) -> void {
    auto json = json_writer{out};
    json.bytes("key", r.key);
    json.bytes("range_end", r.range_end);
    json.flag("prev_kv", r.want_previous);
}

BERTH_DECL auto name_of(comparison is) -> std::string_view {
    switch (is) {
    case comparison::equal: return "EQUAL";
    case comparison::greater: return "GREATER";
    case comparison::less: return "LESS";
    case comparison::not_equal: return "NOT_EQUAL";
    }
    return "EQUAL";
}

BERTH_DECL auto names_of(compare_target target) -> std::pair<std::string_view, std::string_view> {
    switch (target) {
    case compare_target::version: return {"VERSION", "version"};
    case compare_target::create: return {"CREATE", "create_revision"};
    case compare_target::mod: return {"MOD", "mod_revision"};
    case compare_target::value: return {"VALUE", "value"};
    case compare_target::lease: return {"LEASE", "lease"};
    }
    return {"VERSION", "version"};
}

BERTH_DECL auto encode_watch(key_range keys, revision_number start, bool progress) -> std::string {
    auto out = std::string{};
    {
        auto outer = json_writer{out};
        auto json = json_writer{outer["create_request"]};
        json.bytes("key", keys.begin);
        json.bytes("range_end", keys.end);
        json.number("start_revision", start);
        json.flag("prev_kv", true);
        json.flag("progress_notify", progress);
    }
    return out;
}

} // namespace berth::store::detail
