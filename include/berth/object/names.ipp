#pragma once

/// \file
/// The bodies of `berth/object/names.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/names.hpp>

namespace berth::object::detail {

BERTH_DECL auto too_long(std::size_t most, char const* unit) -> std::string {
    return "must be no more than " + std::to_string(most) + " " + unit;
}

/// What is said of the names `.`, `..` and those that begin with `..`: they would leave a directory.
inline auto directory_problems(std::string_view text, problems& out) -> void {
    if (text == ".") out.emplace_back("must not be '.'");
    else if (text == "..") out.emplace_back("must not be '..'");
    else if (text.substr(0, 2) == "..") out.emplace_back("must not start with '..'");
}

inline constexpr auto label_key_form =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
    "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
    "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

inline constexpr auto subdomain_form =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
    "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
    R"('[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'))";

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto dns1123_label_problems(std::string_view text) -> problems {
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

BERTH_DECL auto dns1123_subdomain_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 253) out.push_back(detail::too_long(253, "characters"));
    if (!detail::has_dns_subdomain_form(text)) out.emplace_back(detail::subdomain_form);
    return out;
}

BERTH_DECL auto dns1035_label_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 63) out.push_back(detail::too_long(63, "characters"));
    if (!detail::has_dns_label_form(text) || !detail::is_lower(text.front()))
        out.emplace_back(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with "
            "an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or "
            "'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
    return out;
}

BERTH_DECL auto wildcard_subdomain_problems(std::string_view text) -> problems {
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

BERTH_DECL auto qualified_name_problems(std::string_view text) -> problems {
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

BERTH_DECL auto label_value_problems(std::string_view text) -> problems {
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

BERTH_DECL auto config_key_problems(std::string_view text) -> problems {
    auto out = problems();
    if (text.size() > 253) out.push_back(detail::too_long(253, "characters"));
    if (text.empty() || !detail::all_are(text, detail::is_name_character))
        out.emplace_back("a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. "
                         "'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is "
                         "'[-._a-zA-Z0-9]+')");
    detail::directory_problems(text, out);
    return out;
}

BERTH_DECL auto environment_name_problems(std::string_view text) -> problems {
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

BERTH_DECL auto http_header_name_problems(std::string_view text) -> problems {
    if (is_http_header_name(text)) return {};
    return {"a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', "
            "regex used for validation is '[-A-Za-z0-9]+')"};
}

BERTH_DECL auto port_name_problems(std::string_view text) -> problems {
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

BERTH_DECL auto port_number_problems(long long port) -> problems {
    if (port >= 1 && port <= 65535) return {};
    return {"must be between 1 and 65535, inclusive"};
}

BERTH_DECL auto path_segment_problems(std::string_view text) -> problems {
    if (text == ".") return {"may not be '.'"};
    if (text == "..") return {"may not be '..'"};
    auto out = problems();
    if (text.find('/') != std::string_view::npos) out.emplace_back("may not contain '/'");
    if (text.find('%') != std::string_view::npos) out.emplace_back("may not contain '%'");
    return out;
}

BERTH_DECL auto without_trailing_dash(std::string_view beginning) -> std::string {
    auto out = std::string(beginning);
    if (out.size() > 1 && out.back() == '-') out.back() = 'a';
    return out;
}

BERTH_DECL auto joined(problems const& list, std::string_view between) -> std::string {
    auto out = std::string();
    for (auto const& problem : list) {
        if (!out.empty()) out += between;
        out += problem;
    }
    return out;
}

} // namespace berth::object
