#pragma once

/// \file
/// Sets of owned fields, each kept once however many objects have it, and the names of who owns them.

#include <berth/api/detail/known_creations.hpp>
#include <berth/core/config.hpp>
#include <berth/object/meta.hpp>

#include <array>
#include <cstddef>
#include <mutex>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace berth::api {

/// Hands out copies of one set for all that are equal. Sets that nobody else has are let go now and then.
/// Objects that were made alike by the same program share what they own, so that the managed fields of a
/// million pods are a few texts. Of what is seen for the first time only the text is kept, which is a fifth
/// of the whole, and of that what it has not in common with a text like it: who owns an element that has a
/// name of its own (the address of a pod) owns what nobody else does. Safe for several threads.
class fields_pool {
public:
    /// The set that is kept for all equal ones. Constant time on average.
    [[nodiscard]] auto share(object::shared_fields fields) -> object::shared_fields;
    [[nodiscard]] auto size() const -> std::size_t;
    /// The entry that a write makes of its manager, without time and fields; the entries of one manager share
    /// their texts. Linear in the few managers that are known.
    [[nodiscard]] auto entry_of(std::string_view manager, std::string_view operation,
                                std::string_view version, std::string_view subresource)
        -> object::managed_fields_entry;
    /// What is known of objects that were made.
    [[nodiscard]] auto creations() -> detail::known_creations& { return creations_; }

private:
    static constexpr std::size_t few = 1024;

    struct by_text {
        auto operator()(object::shared_fields const& f) const noexcept -> std::size_t { return f.hash(); }
    };

    /// What is kept of a set that is seen for the first time.
    auto reduced(object::shared_fields fields) -> object::shared_fields;
    auto sweep() -> void;

    mutable std::mutex mutex_;
    std::unordered_set<object::shared_fields, by_text> kept_;
    std::size_t most_ = few;                      ///< how many may be kept before the next sweep
    std::array<object::shared_fields, 8> models_; ///< the last that were like none of these
    std::size_t next_model_ = 0;
    std::vector<object::managed_fields_entry> entries_;
    std::size_t next_entry_ = 0; ///< which one makes room for the next
    detail::known_creations creations_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/fields_pool.ipp>
#endif
