#pragma once

/// \file
/// The last object of each kind that was written: the next one is often like it.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

#include <mutex>
#include <unordered_map>

namespace berth::api::detail {

/// Pods of one template have the same containers, tolerations and labels, and nodes the same images: each
/// object takes from the one before it what is the same, so that what many have in common is there once.
/// Safe for several threads.
class last_made {
public:
    /// The finished object, which has in common with the last one of its type what is the same in both.
    [[nodiscard]] auto finish(object::draft made) -> object::any_object;

private:
    std::mutex mutex_;
    std::unordered_map<object::type_info const*, object::any_object> all_; ///< they keep their types
};

} // namespace berth::api::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/detail/last_made.ipp>
#endif
