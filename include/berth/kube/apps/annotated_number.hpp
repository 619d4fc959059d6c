#pragma once

/// \file
/// Numbers in annotations.

#include <berth/core/config.hpp>
#include <berth/object/meta.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace berth::kube {

/// A number that an annotation holds; nothing if there is none.
[[nodiscard]] BERTH_DECL auto annotated_number(object::meta const& m, std::string_view key)
    -> std::optional<std::int64_t>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/annotated_number.ipp>
#endif
