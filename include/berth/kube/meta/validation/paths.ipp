#pragma once

/// \file
/// The bodies of `berth/kube/meta/validation/paths.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/paths.hpp>

namespace berth::kube::detail {

BERTH_DECL auto has_backstep(std::string_view path) -> bool {
    for (;;) {
        auto const slash = path.find('/');
        if (path.substr(0, slash) == "..") return true;
        if (slash == std::string_view::npos) return false;
        path.remove_prefix(slash + 1);
    }
}

BERTH_DECL auto validate_unreserved_path(std::string_view path, field_path const& at, field_errors& errors)
    -> void {
    validate_descending_path(path, at, errors);
    if (path.substr(0, 2) == ".." && path.substr(0, 3) != "../")
        errors.invalid(at, path, "must not start with '..'");
}

BERTH_DECL auto validate_domain_prefixed_path(std::string_view text, field_path const& at,
                                              field_errors& errors) -> void {
    constexpr auto characters =
        std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                         "/-._~%!$&'()*+,;=:");
    if (text.empty()) return errors.required(at);
    auto const slash = text.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size())
        return errors.invalid(at, text, R"(must be a domain-prefixed path (such as "acme.io/foo"))");
    auto const host = text.substr(0, slash);
    auto const path = text.substr(slash + 1);
    if (!object::is_dns1123_subdomain(host))
        errors.invalid_all(at, host, object::dns1123_subdomain_problems(host));
    if (path.find_first_not_of(characters) != std::string_view::npos)
        errors.invalid(at, path,
                       R"(Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+'))");
}

BERTH_DECL auto require_path_segment(std::string_view text, std::string_view why, field_path const& at,
                                     field_errors& errors) -> void {
    if (text.empty()) errors.required(at, why);
    else errors.invalid_all(at, text, object::path_segment_problems(text));
}

} // namespace berth::kube::detail
