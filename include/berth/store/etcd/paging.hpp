#pragma once

/// \file
/// Long ranges, read in pages of one revision.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/etcd/client.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/etcd/state.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

namespace berth::store::detail {

template <class V, class Codec>
[[nodiscard]] auto read_page(etcd_state<V, Codec>& store, range_request const& page) -> result<wire_range> {
    auto body = std::string{};
    encode(body, page);
    auto answer = store.client.ask(effect::read, rpc::range, body);
    if (!answer) return std::unexpected(std::move(answer.error()));
    return decode_range(*answer);
}

/// Whether a range may be long and can be continued after a key.
[[nodiscard]] BERTH_DECL auto comes_in_pages(range_request const& r, std::int64_t page_size) -> bool;

/// All pages of a range, at the revision of the first one.
template <class V, class Codec>
[[nodiscard]] auto read_pages(etcd_state<V, Codec>& store, range_request const& request)
    -> result<wire_range> {
    auto const greatest = store.options.page_size;
    auto const wanted = is_sorted_here(request) ? 0 : request.limit;
    auto page = request;
    page.sort_by = sort_target::key;
    page.order = sort_order::none;
    page.keys_only = request.keys_only && request.sort_by != sort_target::value;
    auto out = wire_range{};
    for (;;) {
        auto const got = static_cast<std::int64_t>(out.pairs.size());
        page.limit = wanted > 0 ? std::min(greatest, wanted - got) : greatest;
        auto found = read_page(store, page);
        if (!found) return found;
        if (got == 0) out.count = found->count;
        if (got == 0) out.revision = found->revision;
        out.more = found->more;
        std::ranges::move(found->pairs, std::back_inserter(out.pairs));
        auto const total = static_cast<std::int64_t>(out.pairs.size());
        if (!found->more || total == got || (wanted > 0 && total >= wanted)) return out;
        if (page.revision <= 0) page.revision = out.revision;
        page.key = out.pairs.back().key + '\0';
    }
}

/// A range, in as many pages as it needs. If compactions overtake it again and again, it is read in one
/// piece.
template <class V, class Codec>
[[nodiscard]] auto read_in_pages(etcd_state<V, Codec>& store, range_request const& request)
    -> result<wire_range> {
    if (!comes_in_pages(request, store.options.page_size)) return read_page(store, request);
    for (auto attempt = 0; attempt < 3; ++attempt) {
        auto found = read_pages(store, request);
        auto const overtaken = !found && found.error().code == error_code::expired && request.revision <= 0;
        if (!overtaken) return found;
    }
    auto whole = request;
    if (is_sorted_here(request)) whole.limit = 0;
    return read_page(store, whole);
}

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/paging.ipp>
#endif
