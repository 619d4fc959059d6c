#pragma once

/// \file
/// Field selectors: `metadata.name=web,status.phase!=Running` (apimachinery 1.36, `fields/selector.go`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/small_sort.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// One condition: the field has the value, or has it not.
struct field_requirement {
    std::string field;
    std::string value;
    bool negated = false; ///< `!=`

    friend auto operator==(field_requirement const&, field_requirement const&) -> bool = default;
};

/// Something that answers the value of a field as text; an absent field is the empty text.
template <class F>
concept field_lookup = requires(F const& value_of, std::string_view field) {
    { value_of(field) } -> std::convertible_to<std::string_view>;
};

/// A conjunction of conditions on fields. A default-made selector matches everything.
class field_selector {
public:
    field_selector() = default;
    /// The selector of these conditions, in this order.
    explicit field_selector(std::vector<field_requirement> requirements)
        : requirements_(std::move(requirements)) {}

    /// Reads the text form. Errors: `bad_request`, in the words of Kubernetes.
    [[nodiscard]] static auto parse(std::string_view text) -> result<field_selector>;

    /// Whether all conditions hold of the fields that `value_of` answers.
    template <field_lookup F> [[nodiscard]] auto matches(F const& value_of) const -> bool {
        for (auto const& r : requirements_)
            if ((std::string_view(value_of(std::string_view(r.field))) == r.value) == r.negated) return false;
        return true;
    }

    /// Whether it restricts nothing.
    [[nodiscard]] auto empty() const -> bool { return requirements_.empty(); }
    [[nodiscard]] auto requirements() const -> std::vector<field_requirement> const& { return requirements_; }
    /// The one value that a field must have, if there is one: what an index may use.
    [[nodiscard]] auto required_value(std::string_view field) const -> std::optional<std::string_view>;

    /// The text form: `==` becomes `=`, terms are in the order of their texts.
    [[nodiscard]] auto to_string() const -> std::string;

    friend auto operator==(field_selector const&, field_selector const&) -> bool = default;

private:
    std::vector<field_requirement> requirements_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/field_selector.ipp>
#endif
