#pragma once

/// \file
/// Random values of any described type, for tests of what must hold for all values.

#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/object/encode.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace berth::object {

/// What random values are like.
struct arbitrary_options {
    std::uint64_t rarity = 3; ///< one in so many members is there
    std::uint64_t most = 3;   ///< elements of a list or map
    int depth = 12;           ///< beyond it, only what a record cannot do without
    bool unknown = true;      ///< records also have members that nobody described
};

/// Fills values by walking their description. Texts are among the allowed values where there are such;
/// other rules of a schema are not obeyed. Scalars are not zero, and lists that are always written not empty:
/// they would be `null` in JSON.
class arbitrary_values {
public:
    explicit arbitrary_values(random_engine& draw, arbitrary_options options = {})
        : draw_(draw), options_(options) {}

    /// Fills a value that is fresh.
    auto fill(type_info const& type, void* value) -> void { fill(type, value, nullptr, 0); }

private:
    auto chance(std::uint64_t n) -> bool { return draw_.below(n) == 0; }

    auto fill(type_info const& type, void* value, field_info const* as, int depth) -> void;

    auto fill_record(type_info const& type, void* record, int depth, bool unknown) -> void;

    /// Whether a member would be written as `null` where it is not there.
    [[nodiscard]] auto needed(field_info const& f, int depth) const -> bool;

    auto integer() -> std::int64_t;

    auto text(field_info const* as) -> std::string;

    auto raw() -> std::string;

    /// Asks the scalar what it understands.
    auto fill_scalar(type_info const& type, void* value) -> void;

    random_engine& draw_;
    arbitrary_options options_;
};

/// A random value of a described type.
template <described T> [[nodiscard]] auto arbitrary(random_engine& draw, arbitrary_options options = {})
    -> T {
    auto out = T{};
    arbitrary_values(draw, options).fill(type_of<T>(), &out);
    return out;
}

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/arbitrary.ipp>
#endif
