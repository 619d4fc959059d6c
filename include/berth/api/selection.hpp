#pragma once

/// \file
/// Which objects of a kind a list or watch is about: label and field selectors, ready to be matched.

#include <berth/api/errors.hpp>
#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/object/field_selector.hpp>
#include <berth/object/selector.hpp>

#include <string>
#include <string_view>

namespace berth::api {

/// A label selector and a field selector over the objects of one kind.
class selection {
public:
    /// Parses both. Errors: `bad_request` for a malformed selector or a field that the kind does not offer.
    [[nodiscard]] static auto parse(kind const& k, std::string_view labels, std::string_view fields)
        -> result<selection>;

    [[nodiscard]] auto matches(object::any_object const& o) const -> bool;

    /// Whether everything matches.
    [[nodiscard]] auto all() const -> bool {
        return labels_.empty() && !labels_.matches_nothing() && fields_.empty();
    }
    /// The name or namespace that every match has, so that fewer keys need to be read; empty if there is
    /// none.
    [[nodiscard]] auto required(std::string_view field) const -> std::string_view {
        return fields_.required_value(field).value_or(std::string_view());
    }

private:
    explicit selection(kind const& k) : kind_(&k) {}

    static auto unknown_field(kind const& k, std::string const& field) -> std::unexpected<error>;

    kind const* kind_;
    object::selector labels_;
    object::field_selector fields_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/selection.ipp>
#endif
