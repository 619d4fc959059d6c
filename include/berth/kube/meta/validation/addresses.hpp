#pragma once

/// \file
/// IP addresses and ranges, read as leniently as Kubernetes 1.36 reads those in its older kinds: leading
/// zeros are allowed.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/labels.hpp>

#include <array>
#include <optional>

namespace berth::kube::detail {

/// An address as 16 bytes; those of IPv4 are mapped into IPv6.
struct ip_address {
    std::array<std::uint8_t, 16> bytes{};
    bool v4 = false;

    friend auto operator==(ip_address const&, ip_address const&) -> bool = default;
};

/// The address that a text denotes, or nothing.
BERTH_DECL auto parse_ip(std::string_view text) -> std::optional<ip_address>;

/// The address and the length of the prefix of a range such as `10.0.0.0/8`, or nothing.
struct ip_range {
    ip_address address;
    int bits = 0;
};
BERTH_DECL auto parse_cidr(std::string_view text) -> std::optional<ip_range>;

BERTH_DECL auto validate_ip(std::string_view text, field_path const& at, field_errors& errors) -> bool;

inline auto validate_cidr(std::string_view text, field_path const& at, field_errors& errors) -> void {
    if (!parse_cidr(text))
        errors.invalid(at, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
}

/// Whether exactly both families occur among valid addresses.
BERTH_DECL auto is_dual_stack(std::vector<std::string> const& addresses) -> bool;

/// Addresses that mean the machine itself or its link are no addresses of services.
BERTH_DECL auto validate_non_special_ip(std::string_view text, field_path const& at, field_errors& errors)
    -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/validation/addresses.ipp>
#endif
