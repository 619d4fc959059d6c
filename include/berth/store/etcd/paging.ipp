#pragma once

/// \file
/// The bodies of `berth/store/etcd/paging.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/paging.hpp>

namespace berth::store::detail {

BERTH_DECL auto comes_in_pages(range_request const& r, std::int64_t page_size) -> bool {
    auto const backwards = r.sort_by == sort_target::key && r.order == sort_order::descend;
    auto const is_long = r.limit <= 0 || r.limit > page_size || is_sorted_here(r);
    return page_size > 0 && is_long && !backwards && !r.count_only && !r.range_end.empty();
}

} // namespace berth::store::detail
