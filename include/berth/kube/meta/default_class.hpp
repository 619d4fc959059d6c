#pragma once

/// \file
/// Which of several default classes counts.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

#include <vector>

namespace berth::kube::detail {

/// The newest of the objects that are a default, of those made at the same time the first by name; null if
/// there is none.
template <object::kind_type T, class IsDefault>
[[nodiscard]] auto newest_default(std::vector<object::object_ref> const& all, IsDefault is_default)
    -> T const* {
    T const* best = nullptr;
    for (auto const& ref : all) {
        auto const& c = ref.object.as<T>();
        if (!is_default(c)) continue;
        auto const newer = best == nullptr ||
                           c.metadata.creation_timestamp > best->metadata.creation_timestamp ||
                           (c.metadata.creation_timestamp == best->metadata.creation_timestamp &&
                            c.metadata.name < best->metadata.name);
        if (newer) best = &c;
    }
    return best;
}

} // namespace berth::kube::detail
