#pragma once

/// \file
/// The rules for names of things: which texts may be a label, a subdomain, a label key, a port's name and so
/// on (apimachinery 1.36, `util/validation` and `api/validate/content`).
///
/// For each rule there is a predicate, `is_...`, and a function, `..._problems`, that lists in the words of
/// Kubernetes what is wrong; the list is empty exactly if the predicate holds.

#include <berth/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object {

/// What is wrong with a name, as sentences; empty if nothing is.
using problems = std::vector<std::string>;

namespace detail {

[[nodiscard]] constexpr auto is_lower(char c) -> bool { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr auto is_lower_or_number(char c) -> bool {
    return is_lower(c) || (c >= '0' && c <= '9');
}
[[nodiscard]] constexpr auto is_alphanumeric(char c) -> bool {
    return is_lower_or_number(c) || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr auto is_name_character(char c) -> bool {
    return is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
}
template <class Predicate> [[nodiscard]] constexpr auto all_are(std::string_view text, Predicate p) -> bool {
    for (auto const c : text)
        if (!p(c)) return false;
    return true;
}

/// `[a-z0-9]([-a-z0-9]*[a-z0-9])?`
[[nodiscard]] constexpr auto has_dns_label_form(std::string_view text) -> bool {
    return !text.empty() && is_lower_or_number(text.front()) && is_lower_or_number(text.back()) &&
           all_are(text, [](char c) { return is_lower_or_number(c) || c == '-'; });
}
/// Such labels, with points between.
[[nodiscard]] constexpr auto has_dns_subdomain_form(std::string_view text) -> bool {
    for (auto point = text.find('.'); point != std::string_view::npos; point = text.find('.')) {
        if (!has_dns_label_form(text.substr(0, point))) return false;
        text.remove_prefix(point + 1);
    }
    return has_dns_label_form(text);
}
/// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`
[[nodiscard]] constexpr auto has_label_form(std::string_view text) -> bool {
    return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
           all_are(text, is_name_character);
}

BERTH_DECL auto too_long(std::size_t most, char const* unit) -> std::string;

[[nodiscard]] constexpr auto leaves_directory(std::string_view text) -> bool {
    return text == "." || text.substr(0, 2) == "..";
}

} // namespace detail

/// A label of RFC 1123: lower case letters, digits and `-`, at most 63. Namespaces, containers.
[[nodiscard]] constexpr auto is_dns1123_label(std::string_view text) -> bool {
    return text.size() <= 63 && detail::has_dns_label_form(text);
}
[[nodiscard]] BERTH_DECL auto dns1123_label_problems(std::string_view text) -> problems;

/// A subdomain of RFC 1123: labels joined by points, at most 253 characters. The names of most objects.
[[nodiscard]] constexpr auto is_dns1123_subdomain(std::string_view text) -> bool {
    return text.size() <= 253 && detail::has_dns_subdomain_form(text);
}
[[nodiscard]] BERTH_DECL auto dns1123_subdomain_problems(std::string_view text) -> problems;

/// A label of RFC 1035: as RFC 1123, but it begins with a letter. Services.
[[nodiscard]] constexpr auto is_dns1035_label(std::string_view text) -> bool {
    return is_dns1123_label(text) && detail::is_lower(text.front());
}
[[nodiscard]] BERTH_DECL auto dns1035_label_problems(std::string_view text) -> problems;

/// `*.` and a subdomain. Hosts of an ingress.
[[nodiscard]] constexpr auto is_wildcard_subdomain(std::string_view text) -> bool {
    return text.size() <= 253 && text.substr(0, 2) == "*." && detail::has_dns_subdomain_form(text.substr(2));
}
[[nodiscard]] BERTH_DECL auto wildcard_subdomain_problems(std::string_view text) -> problems;

/// A qualified name: `name` or `example.com/name`. Keys of labels, annotations, taints; resources.
[[nodiscard]] constexpr auto is_qualified_name(std::string_view text) -> bool {
    auto const slash = text.find('/');
    auto const name = slash == std::string_view::npos ? text : text.substr(slash + 1);
    if (slash != std::string_view::npos && !is_dns1123_subdomain(text.substr(0, slash))) return false;
    return name.size() <= 63 && detail::has_label_form(name);
}
[[nodiscard]] BERTH_DECL auto qualified_name_problems(std::string_view text) -> problems;

/// The value of a label: empty, or at most 63 letters, digits, `-`, `_`, `.` between letters or digits.
[[nodiscard]] constexpr auto is_label_value(std::string_view text) -> bool {
    return text.size() <= 63 && (text.empty() || detail::has_label_form(text));
}
[[nodiscard]] BERTH_DECL auto label_value_problems(std::string_view text) -> problems;

/// A key in the data of a ConfigMap or Secret.
[[nodiscard]] constexpr auto is_config_key(std::string_view text) -> bool {
    return !text.empty() && text.size() <= 253 && detail::all_are(text, detail::is_name_character) &&
           !detail::leaves_directory(text);
}
[[nodiscard]] BERTH_DECL auto config_key_problems(std::string_view text) -> problems;

/// The name of an environment variable.
[[nodiscard]] constexpr auto is_environment_name(std::string_view text) -> bool {
    return !text.empty() && (text.front() < '0' || text.front() > '9') &&
           detail::all_are(text, detail::is_name_character) && !detail::leaves_directory(text);
}
[[nodiscard]] BERTH_DECL auto environment_name_problems(std::string_view text) -> problems;

/// The name of an HTTP header in a probe.
[[nodiscard]] constexpr auto is_http_header_name(std::string_view text) -> bool {
    return !text.empty() &&
           detail::all_are(text, [](char c) { return detail::is_alphanumeric(c) || c == '-'; });
}
[[nodiscard]] BERTH_DECL auto http_header_name_problems(std::string_view text) -> problems;

/// What is wrong with the name of a port (RFC 6335, lower case only).
[[nodiscard]] BERTH_DECL auto port_name_problems(std::string_view text) -> problems;
[[nodiscard]] inline auto is_port_name(std::string_view text) -> bool {
    return port_name_problems(text).empty();
}

/// What is wrong with the number of a port.
[[nodiscard]] BERTH_DECL auto port_number_problems(long long port) -> problems;

/// What is wrong with a text as one segment of a path in the API.
[[nodiscard]] BERTH_DECL auto path_segment_problems(std::string_view text) -> problems;

/// A generated name's beginning with its trailing `-` made a letter: what of it must be valid.
[[nodiscard]] BERTH_DECL auto without_trailing_dash(std::string_view beginning) -> std::string;

/// The problems as one text, joined by `; `.
[[nodiscard]] BERTH_DECL auto joined(problems const& list, std::string_view between = "; ") -> std::string;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/names.ipp>
#endif
