#pragma once

/// \file
/// Checks of the metadata that every object has (apimachinery 1.36, `api/validation/objectmeta.go`). That an
/// update names a revision is for the server to see.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/names.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

/// Which names the objects of a kind may have.
enum class name_rule : std::uint8_t {
    dns1123_subdomain, ///< most kinds
    dns1123_label,     ///< namespaces
    dns1035_label,     ///< what becomes a name in DNS
    path_segment,      ///< roles and other things that are never names of hosts
};

/// What a kind wants of its objects' metadata, which the server checks before the kind has its say.
struct metadata_rules {
    /// What is checked a second time when an object changes, so that mistakes are told as often as by
    /// Kubernetes, whose kinds do that.
    enum class again : std::uint8_t {
        nothing,
        change, ///< how the metadata change
        all,    ///< that, and the metadata as of a new object, unless a part is written
    };

    name_rule name = name_rule::dns1123_subdomain;
    /// Whether finalizers must be qualified names or one of the standard ones.
    bool known_finalizers = true;
    again on_update = again::change;
    bool last = false; ///< of a new object: after the kind has had its say, and only if that was nothing
};

/// What is wrong with the name of an object, or with the beginning of a name that is to be generated.
[[nodiscard]] BERTH_DECL auto name_problems(name_rule rule, std::string_view name, bool beginning = false)
    -> object::problems;

namespace detail {

inline auto validate_label_name(std::string_view name, field_path const& at, field_errors& errors) -> void {
    if (object::is_qualified_name(name)) return;
    errors.invalid_all(at, name, object::qualified_name_problems(name));
}

BERTH_DECL auto validate_labels(object::string_map const& labels, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto lower_case(std::string_view text) -> std::string;

BERTH_DECL auto validate_annotations(object::string_map const& annotations, field_path const& at,
                                     field_errors& errors) -> void;

inline constexpr auto immutable_field = "field is immutable";
inline constexpr auto must_not_be_negative = "must be greater than or equal to 0";

inline auto validate_nonnegative(std::int64_t value, field_path const& at, field_errors& errors) -> void {
    if (value < 0) errors.invalid(at, value, must_not_be_negative);
}

inline auto validate_name(name_rule rule, std::string_view name, field_path const& at, field_errors& errors)
    -> void {
    errors.invalid_all(at, name, name_problems(rule, name));
}

/// `v1` or `apps/v1`; nothing otherwise.
BERTH_DECL auto version_of(std::string_view api_version) -> std::string_view;

inline auto validate_finalizer_name(std::string_view name, field_path const& at, field_errors& errors)
    -> void {
    errors.invalid_all(at, name, object::qualified_name_problems(name));
}

/// An unqualified finalizer must be one of those that the system knows.
BERTH_DECL auto validate_known_finalizer(std::string_view name, field_path const& at, field_errors& errors)
    -> void;

inline auto shown_time(std::optional<object::timestamp> const& t) -> shown_value {
    return t && !t->is_zero() ? shown_value(t->to_string()) : shown_value::null();
}

} // namespace detail

/// The path of an object's metadata.
inline constexpr auto metadata_path = field_path("metadata");

/// Checks the metadata of an object that is to be created.
BERTH_DECL auto validate_object_meta(object::meta const& m, bool namespaced, metadata_rules const& rules,
                                     field_errors& errors) -> void;

/// Checks how the metadata of an object changes.
BERTH_DECL auto validate_object_meta_update(object::meta const& now, object::meta const& before,
                                            bool known_finalizers, field_errors& errors) -> void;

/// Checks the metadata of a changed object: as every change of every object, and again as the kind wants it.
/// `part`: only a part of the object is written.
BERTH_DECL auto validate_metadata_change(object::meta const& now, object::meta const& before, bool namespaced,
                                         metadata_rules const& rules, bool is_part, field_errors& errors)
    -> void;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/object_meta.ipp>
#endif
