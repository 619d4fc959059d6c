#pragma once

/// \file
/// What the makers of objects own of them: known, where an object is made like one before.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>
#include <berth/object/field_set.hpp>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace berth::api::detail {

/// Whether both are of one maker, in one version.
[[nodiscard]] BERTH_DECL auto same_maker(object::managed_fields_entry const& a,
                                         object::managed_fields_entry const& b) -> bool;

/// Remembers a few objects of described kinds as their makers sent them, and what these own since. Pods of
/// one template and events of one component differ in what their fields hold and not in which they have, so
/// that what is owned need not be told anew. Safe for several threads.
class known_creations {
public:
    /// The entry of the maker of an object, if one with the same fields is known; `by` is the maker's without
    /// fields, `ignored` what it cannot own. Linear in the members.
    [[nodiscard]] auto find(object::draft const& made, object::managed_fields_entry const& by,
                            object::field_set const* ignored) -> std::optional<object::managed_fields_entry>;
    /// The maker's entry of an object, which `find` does not know.
    auto keep(object::draft const& made, object::managed_fields_entry const& entry,
              object::field_set const* ignored) -> void;
    [[nodiscard]] auto size() const -> std::size_t;

private:
    static constexpr std::size_t most = 32;

    struct creation {
        object::any_object like;
        object::managed_fields_entry entry;
        object::field_set const* ignored = nullptr;
        std::uint64_t used = 0; ///< when it was last found
    };

    mutable std::mutex mutex_;
    std::vector<creation> known_;
    std::uint64_t now_ = 0;
};

} // namespace berth::api::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/detail/known_creations.ipp>
#endif
