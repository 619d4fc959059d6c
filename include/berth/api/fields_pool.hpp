#pragma once

/// \file
/// Sets of owned fields, each kept once however many objects have it.

#include <berth/api/detail/known_creations.hpp>
#include <berth/core/config.hpp>
#include <berth/object/shared_fields.hpp>

#include <cstddef>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace berth::api {

/// Hands out copies of one set for all that are equal. Sets that nobody else has are let go now and then.
/// Objects that were made alike by the same program share what they own, so that the managed fields of a
/// million pods are a few texts. Of what is seen for the first time only the text is kept, which is a fifth
/// of the whole: who owns an element that has a name of its own (the address of a pod) owns what nobody else
/// does. Safe for several threads.
class fields_pool {
public:
    /// The set that is kept for all equal ones. Constant time on average.
    [[nodiscard]] auto share(object::shared_fields fields) -> object::shared_fields;
    [[nodiscard]] auto size() const -> std::size_t;
    /// What is known of objects that were made.
    [[nodiscard]] auto creations() -> detail::known_creations& { return creations_; }

private:
    static constexpr std::size_t few = 1024;

    auto sweep() -> void;

    mutable std::mutex mutex_;
    std::unordered_map<std::string_view, object::shared_fields> kept_;
    std::size_t most_ = few; ///< how many may be kept before the next sweep
    detail::known_creations creations_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/fields_pool.ipp>
#endif
