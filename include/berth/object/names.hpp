#pragma once

/// \file
/// The rules for names of things: which texts may be a label, a subdomain, a label key, a port's name and so
/// on (apimachinery 1.36, `util/validation` and `api/validate/content`).
///
/// For each rule there is a predicate, `is_...`, and a function, `..._problems`, that lists in the words of
/// Kubernetes what is wrong; the list is empty exactly if the predicate holds.

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

inline auto too_long(std::size_t most, char const* unit) -> std::string {
    return "must be no more than " + std::to_string(most) + " " + unit;
}

/// What is said of the names `.`, `..` and those that begin with `..`: they would leave a directory.
inline auto directory_problems(std::string_view text, problems& out) -> void {
    if (text == ".") out.emplace_back("must not be '.'");
    else if (text == "..") out.emplace_back("must not be '..'");
    else if (text.substr(0, 2) == "..") out.emplace_back("must not start with '..'");
}
[[nodiscard]] constexpr auto leaves_directory(std::string_view text) -> bool {
    return text == "." || text.substr(0, 2) == "..";
}

inline constexpr auto label_key_form =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
    "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
    "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
inline constexpr auto subdomain_form =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
    "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
    R"('[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'))";

} // namespace detail

/// A label of RFC 1123: lower case letters, digits and `-`, at most 63. Namespaces, containers.
[[nodiscard]] constexpr auto is_dns1123_label(std::string_view text) -> bool {
    return text.size() <= 63 && detail::has_dns_label_form(text);
}
[[nodiscard]] inline auto dns1123_label_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 63) out.push_back(detail::too_long(63, "characters"));
    if (detail::has_dns_label_form(text)) return out;
    if (detail::has_dns_subdomain_form(text)) out.emplace_back("must not contain dots");
    else
        out.emplace_back(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
            "and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', "
            "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
    return out;
}

/// A subdomain of RFC 1123: labels joined by points, at most 253 characters. The names of most objects.
[[nodiscard]] constexpr auto is_dns1123_subdomain(std::string_view text) -> bool {
    return text.size() <= 253 && detail::has_dns_subdomain_form(text);
}
[[nodiscard]] inline auto dns1123_subdomain_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 253) out.push_back(detail::too_long(253, "characters"));
    if (!detail::has_dns_subdomain_form(text)) out.emplace_back(detail::subdomain_form);
    return out;
}

/// A label of RFC 1035: as RFC 1123, but it begins with a letter. Services.
[[nodiscard]] constexpr auto is_dns1035_label(std::string_view text) -> bool {
    return is_dns1123_label(text) && detail::is_lower(text.front());
}
[[nodiscard]] inline auto dns1035_label_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 63) out.push_back(detail::too_long(63, "characters"));
    if (!detail::has_dns_label_form(text) || !detail::is_lower(text.front()))
        out.emplace_back(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with "
            "an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or "
            "'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
    return out;
}

/// `*.` and a subdomain. Hosts of an ingress.
[[nodiscard]] constexpr auto is_wildcard_subdomain(std::string_view text) -> bool {
    return text.size() <= 253 && text.substr(0, 2) == "*." && detail::has_dns_subdomain_form(text.substr(2));
}
[[nodiscard]] inline auto wildcard_subdomain_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 253) out.push_back(detail::too_long(253, "characters"));
    if (text.substr(0, 2) != "*." || !detail::has_dns_subdomain_form(text.substr(2)))
        out.emplace_back(
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, "
            "which must consist of lower case alphanumeric characters, '-' or '.' and end with an "
            "alphanumeric character (e.g. '*.example.com', regex used for validation is "
            R"('\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'))");
    return out;
}

/// A qualified name: `name` or `example.com/name`. Keys of labels, annotations, taints; resources.
[[nodiscard]] constexpr auto is_qualified_name(std::string_view text) -> bool {
    auto const slash = text.find('/');
    auto const name = slash == std::string_view::npos ? text : text.substr(slash + 1);
    if (slash != std::string_view::npos && !is_dns1123_subdomain(text.substr(0, slash))) return false;
    return name.size() <= 63 && detail::has_label_form(name);
}
[[nodiscard]] inline auto qualified_name_problems(std::string_view text) -> problems {
    auto out = problems();
    auto const slash = text.find('/');
    auto const name = slash == std::string_view::npos ? text : text.substr(slash + 1);
    if (name.find('/') != std::string_view::npos)
        return {std::string("a valid label key ") + detail::label_key_form +
                " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"};
    if (slash != std::string_view::npos) {
        auto const prefix = text.substr(0, slash);
        if (prefix.empty()) out.emplace_back("prefix part must be non-empty");
        if (prefix.size() > 253) out.push_back("prefix part " + detail::too_long(253, "bytes"));
        if (!prefix.empty() && !detail::has_dns_subdomain_form(prefix))
            out.push_back(std::string("prefix part ") + detail::subdomain_form);
    }
    if (name.empty()) out.emplace_back("name part must be non-empty");
    if (name.size() > 63) out.push_back("name part " + detail::too_long(63, "bytes"));
    if (!detail::has_label_form(name)) out.push_back(std::string("name part ") + detail::label_key_form);
    return out;
}

/// The value of a label: empty, or at most 63 letters, digits, `-`, `_`, `.` between letters or digits.
[[nodiscard]] constexpr auto is_label_value(std::string_view text) -> bool {
    return text.size() <= 63 && (text.empty() || detail::has_label_form(text));
}
[[nodiscard]] inline auto label_value_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 63) out.push_back(detail::too_long(63, "bytes"));
    if (!text.empty() && !detail::has_label_form(text))
        out.emplace_back(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or "
            "'.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or "
            "'my_value',  or '12345', regex used for validation is "
            "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
    return out;
}

/// A key in the data of a ConfigMap or Secret.
[[nodiscard]] constexpr auto is_config_key(std::string_view text) -> bool {
    return !text.empty() && text.size() <= 253 && detail::all_are(text, detail::is_name_character) &&
           !detail::leaves_directory(text);
}
[[nodiscard]] inline auto config_key_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 253) out.push_back(detail::too_long(253, "characters"));
    if (text.empty() || !detail::all_are(text, detail::is_name_character))
        out.emplace_back("a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. "
                         "'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is "
                         "'[-._a-zA-Z0-9]+')");
    detail::directory_problems(text, out);
    return out;
}

/// The name of an environment variable.
[[nodiscard]] constexpr auto is_environment_name(std::string_view text) -> bool {
    return !text.empty() && (text.front() < '0' || text.front() > '9') &&
           detail::all_are(text, detail::is_name_character) && !detail::leaves_directory(text);
}
[[nodiscard]] inline auto environment_name_problems(std::string_view text) -> problems {
    auto out = problems();
    auto const starts_well = !text.empty() && (text.front() < '0' || text.front() > '9');
    if (!starts_well || !detail::all_are(text, detail::is_name_character))
        out.emplace_back(
            "a valid environment variable name must consist of alphabetic characters, digits, '_', "
            "'-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or "
            "'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')");
    detail::directory_problems(text, out);
    return out;
}

/// The name of an HTTP header in a probe.
[[nodiscard]] constexpr auto is_http_header_name(std::string_view text) -> bool {
    return !text.empty() &&
           detail::all_are(text, [](char c) { return detail::is_alphanumeric(c) || c == '-'; });
}
[[nodiscard]] inline auto http_header_name_problems(std::string_view text) -> problems {
    if (is_http_header_name(text)) return {};
    return {"a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', "
            "regex used for validation is '[-A-Za-z0-9]+')"};
}

/// What is wrong with the name of a port (RFC 6335, lower case only).
[[nodiscard]] inline auto port_name_problems(std::string_view text) -> problems {
    auto out = problems();
    auto const allowed = [](char c) { return detail::is_lower_or_number(c) || c == '-'; };
    if (text.size() > 15) out.push_back(detail::too_long(15, "characters"));
    if (text.empty() || !detail::all_are(text, allowed))
        out.emplace_back("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    if (detail::all_are(text, [](char c) { return !detail::is_lower(c); }))
        out.emplace_back("must contain at least one letter (a-z)");
    if (text.find("--") != std::string_view::npos) out.emplace_back("must not contain consecutive hyphens");
    if (!text.empty() && (text.front() == '-' || text.back() == '-'))
        out.emplace_back("must not begin or end with a hyphen");
    return out;
}
[[nodiscard]] inline auto is_port_name(std::string_view text) -> bool {
    return port_name_problems(text).empty();
}

/// What is wrong with the number of a port.
[[nodiscard]] inline auto port_number_problems(long long port) -> problems {
    if (port >= 1 && port <= 65535) return {};
    return {"must be between 1 and 65535, inclusive"};
}

/// What is wrong with a text as one segment of a path in the API.
[[nodiscard]] inline auto path_segment_problems(std::string_view text) -> problems {
    if (text == ".") return {"may not be '.'"};
    if (text == "..") return {"may not be '..'"};
    auto out = problems();
    if (text.find('/') != std::string_view::npos) out.emplace_back("may not contain '/'");
    if (text.find('%') != std::string_view::npos) out.emplace_back("may not contain '%'");
    return out;
}

/// A generated name's beginning with its trailing `-` made a letter: what of it must be valid.
[[nodiscard]] inline auto without_trailing_dash(std::string_view beginning) -> std::string {
    auto out = std::string(beginning);
    if (out.size() > 1 && out.back() == '-') out.back() = 'a';
    return out;
}

/// The problems as one text, joined by `; `.
[[nodiscard]] inline auto joined(problems const& list, std::string_view between = "; ") -> std::string {
    auto out = std::string();
    for (auto const& problem : list) {
        if (!out.empty()) out += between;
        out += problem;
    }
    return out;
}

} // namespace berth::object
