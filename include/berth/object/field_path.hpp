#pragma once

/// \file
/// Paths to fields of described values, such as `.status.phase`: what the columns of custom resources are
/// made of (`additionalPrinterColumns[].jsonPath`; a part of Kubernetes' JSONPath, client-go 1.36
/// `util/jsonpath`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/encode.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// A value inside another one.
struct located {
    type_info const* type;
    void const* value;

    /// As `kubectl get` shows it: a text as it is, anything else as JSON.
    [[nodiscard]] auto to_string() const -> std::string;
};

/// A path, ready to be followed. It has names (`.spec.replicas`, `['a.b']`), indexes (`[0]`, from the end
/// `[-1]`), all elements (`[*]`) and elements that have a member with a text (`[?(@.type=="Ready")]`).
class field_path {
public:
    /// Reads a path; braces around it are allowed. Errors: `bad_request`.
    [[nodiscard]] static auto parse(std::string_view text) -> result<field_path>;

    /// The first value that the path leads to, or nothing. Absent members are nothing; other members that are
    /// zero are something only if the description always writes them.
    [[nodiscard]] auto find(type_info const& type, void const* value) const -> std::optional<located> {
        return follow({&type, value}, 0);
    }

private:
    struct step {
        enum class kind : std::uint8_t { member, index, all, matching };

        kind what = kind::member;
        std::string name;       ///< of a member, also of the one that must match
        std::string wanted;     ///< what it must be
        std::int64_t index = 0; ///< negative: from the end
    };

    /// Takes a step off the front.
    static auto next(std::string_view& rest) -> std::optional<step>;

    static auto bracket(std::string_view& rest) -> std::optional<step>;
    static auto trimmed(std::string_view text) -> std::string_view;

    /// What is in optionals, or nothing.
    static auto unboxed(located at) -> std::optional<located>;

    [[nodiscard]] auto follow(located from, std::size_t n) const -> std::optional<located>;

    static auto member(located at, std::string_view name) -> std::optional<located>;

    static auto matches(located element, step const& s) -> bool;

    std::vector<step> steps_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/field_path.ipp>
#endif
