#pragma once

/// \file
/// The bodies of `berth/store/etcd/encode.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/encode.hpp>

namespace berth::store::detail {

BERTH_DECL auto encode(std::string& out, range_request const& r) -> void {
    using number = field::range_request;
    constexpr auto descend = 2;
    auto to = message_writer{out};
    auto const here = is_sorted_here(r);
    to.bytes(number::key, r.key);
    to.bytes(number::range_end, r.range_end);
    if (r.limit > 0 && !here) to.number(number::limit, r.limit);
    if (r.revision > 0) to.number(number::revision, r.revision);
    if (r.order == sort_order::descend && !here) to.number(number::sort_order, descend);
    to.flag(number::keys_only, r.keys_only && r.sort_by != sort_target::value);
    to.flag(number::count_only, r.count_only);
}

BERTH_DECL auto encode(std::string& out, erase_request const& r) -> void {
    using number = field::delete_range_request;
    auto to = message_writer{out};
    to.bytes(number::key, r.key);
    to.bytes(number::range_end, r.range_end);
    to.flag(number::prev_kv, r.want_previous);
}

BERTH_DECL auto number_of(comparison is) -> std::int64_t {
    switch (is) {
    case comparison::equal: return 0;
    case comparison::greater: return 1;
    case comparison::less: return 2;
    case comparison::not_equal: return 3;
    }
    return 0;
}

BERTH_DECL auto numbers_of(compare_target target) -> std::pair<std::int64_t, unsigned> {
    using number = field::compare;
    switch (target) {
    case compare_target::version: return {0, number::version};
    case compare_target::create: return {1, number::create_revision};
    case compare_target::mod: return {2, number::mod_revision};
    case compare_target::value: return {3, number::value};
    case compare_target::lease: return {4, number::lease};
    }
    return {0, number::version};
}

BERTH_DECL auto encode_watch(key_range keys, revision_number start, bool progress, bool want_previous)
    -> std::string {
    using number = field::watch_create_request;
    auto out = std::string{};
    message_writer{out}.message(field::watch_request::create_request, [&] {
        auto to = message_writer{out};
        to.bytes(number::key, keys.begin);
        to.bytes(number::range_end, keys.end);
        to.number(number::start_revision, start);
        to.flag(number::progress_notify, progress);
        to.flag(number::prev_kv, want_previous);
        to.flag(number::fragment, true);
    });
    return out;
}

} // namespace berth::store::detail
