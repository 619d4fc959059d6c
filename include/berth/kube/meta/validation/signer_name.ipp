#pragma once

/// \file
/// The bodies of `berth/kube/meta/validation/signer_name.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/signer_name.hpp>

#include <algorithm>
#include <string>

namespace berth::kube::detail {

/// Checks what is between the dots of a part of a name. The first mistake is enough.
inline auto validate_dotted(std::string_view part, api::name_rule rule, field_path const& at,
                            field_errors& errors) -> void {
    for (auto rest = part;;) {
        auto const dot = rest.find('.');
        auto const label = rest.substr(0, dot);
        auto const problems = api::name_problems(rule, label);
        for (auto const& why : problems)
            errors.invalid(at, part, "validating label \"" + std::string(label) + "\": " + why);
        if (!problems.empty() || dot == std::string_view::npos) return;
        rest.remove_prefix(dot + 1);
    }
}

BERTH_DECL auto validate_signer_name(std::string_view name, field_path const& at, field_errors& errors)
    -> void {
    if (name.empty()) return errors.required(at);
    auto const slash = name.find('/');
    if (slash == std::string_view::npos || name.find('/', slash + 1) != std::string_view::npos)
        return errors.invalid(
            at, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
    constexpr auto longest_domain = std::size_t{253};
    constexpr auto longest_path = longest_domain + 63 + 1;
    auto const domain = name.substr(0, slash);
    if (domain.size() > longest_domain) errors.too_long(at, longest_domain);
    validate_dotted(domain, api::name_rule::dns1123_label, at, errors);
    if (domain.find('.') == std::string_view::npos)
        errors.invalid(at, domain, "should be a domain with at least two segments separated by dots");
    validate_dotted(name.substr(slash + 1), api::name_rule::dns1123_subdomain, at, errors);
    if (name.size() > longest_domain + longest_path + 1)
        errors.too_long(at, longest_domain + longest_path + 1);
}

} // namespace berth::kube::detail
