#pragma once

/// \file
/// The bodies of `berth/reconcile/apply.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/apply.hpp>

namespace berth::reconcile {

BERTH_DECL auto is_stale(step const& s, error const& why) -> bool {
    if (why.code == error_code::conflict || why.code == error_code::already_exists) return true;
    return why.code == error_code::not_found && !std::holds_alternative<create_step>(s);
}

} // namespace berth::reconcile

namespace berth::reconcile::detail {

BERTH_DECL auto fill_in(std::string text, std::string_view word, std::string_view value) -> std::string {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
        text.replace(at, word.size(), value);
    return text;
}

} // namespace berth::reconcile::detail
