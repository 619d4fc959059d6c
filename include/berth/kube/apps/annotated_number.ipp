#pragma once

/// \file
/// The bodies of `berth/kube/apps/annotated_number.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/annotated_number.hpp>

#include <charconv>
#include <system_error>

namespace berth::kube {

BERTH_DECL auto annotated_number(object::meta const& m, std::string_view key) -> std::optional<std::int64_t> {
    auto const* const text = m.annotations.find(key);
    if (text == nullptr) return std::nullopt;
    auto n = std::int64_t{0};
    auto const [end, failed] = std::from_chars(text->data(), text->data() + text->size(), n);
    if (failed != std::errc{} || end != text->data() + text->size()) return std::nullopt;
    return n;
}

} // namespace berth::kube
