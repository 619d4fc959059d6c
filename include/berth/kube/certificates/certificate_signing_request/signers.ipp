#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/signers.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/signers.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace berth::kube::detail {

using used_for = std::set<std::string_view>;

/// How the uses of a request are written into a certificate.
inline constexpr auto key_usages = std::array{
    std::pair<std::string_view, credentials::key_usage>{"signing", credentials::key_usage::digital_signature},
    std::pair<std::string_view, credentials::key_usage>{"digital signature",
                                                        credentials::key_usage::digital_signature},
    std::pair<std::string_view, credentials::key_usage>{"content commitment",
                                                        credentials::key_usage::content_commitment},
    std::pair<std::string_view, credentials::key_usage>{"key encipherment",
                                                        credentials::key_usage::key_encipherment},
    std::pair<std::string_view, credentials::key_usage>{"key agreement",
                                                        credentials::key_usage::key_agreement},
    std::pair<std::string_view, credentials::key_usage>{"data encipherment",
                                                        credentials::key_usage::data_encipherment},
    std::pair<std::string_view, credentials::key_usage>{"cert sign", credentials::key_usage::cert_sign},
    std::pair<std::string_view, credentials::key_usage>{"crl sign", credentials::key_usage::crl_sign},
    std::pair<std::string_view, credentials::key_usage>{"encipher only",
                                                        credentials::key_usage::encipher_only},
    std::pair<std::string_view, credentials::key_usage>{"decipher only",
                                                        credentials::key_usage::decipher_only}};
inline constexpr auto purposes =
    std::array{std::pair<std::string_view, std::string_view>{"any", "2.5.29.37.0"},
               std::pair<std::string_view, std::string_view>{"server auth", "1.3.6.1.5.5.7.3.1"},
               std::pair<std::string_view, std::string_view>{"client auth", "1.3.6.1.5.5.7.3.2"},
               std::pair<std::string_view, std::string_view>{"code signing", "1.3.6.1.5.5.7.3.3"},
               std::pair<std::string_view, std::string_view>{"email protection", "1.3.6.1.5.5.7.3.4"},
               std::pair<std::string_view, std::string_view>{"s/mime", "1.3.6.1.5.5.7.3.4"},
               std::pair<std::string_view, std::string_view>{"ipsec end system", "1.3.6.1.5.5.7.3.5"},
               std::pair<std::string_view, std::string_view>{"ipsec tunnel", "1.3.6.1.5.5.7.3.6"},
               std::pair<std::string_view, std::string_view>{"ipsec user", "1.3.6.1.5.5.7.3.7"},
               std::pair<std::string_view, std::string_view>{"timestamping", "1.3.6.1.5.5.7.3.8"},
               std::pair<std::string_view, std::string_view>{"ocsp signing", "1.3.6.1.5.5.7.3.9"},
               std::pair<std::string_view, std::string_view>{"microsoft sgc", "1.3.6.1.4.1.311.10.3.3"},
               std::pair<std::string_view, std::string_view>{"netscape sgc", "2.16.840.1.113730.4.1"}};

/// Adds what one use is written as; whether anybody knows it.
inline auto add_usage(std::string_view use, credentials::certificate_order& o) -> bool {
    for (auto const& [name, usage] : key_usages)
        if (name == use) {
            if (std::find(o.usages.begin(), o.usages.end(), usage) == o.usages.end())
                o.usages.push_back(usage);
            return true;
        }
    for (auto const& [name, purpose] : purposes)
        if (name == use) {
            if (std::find(o.purposes.begin(), o.purposes.end(), purpose) == o.purposes.end())
                o.purposes.emplace_back(purpose);
            return true;
        }
    return false;
}

/// Whether a request of a kubelet is for these uses, with or without that which only keys of RSA have.
inline auto usages_problem(std::vector<std::string> const& usages, std::string_view purpose) -> std::string {
    auto const asked = used_for(usages.begin(), usages.end());
    auto wanted = used_for{"digital signature", purpose};
    if (asked == wanted) return {};
    wanted.insert("key encipherment");
    if (asked == wanted) return {};
    auto out = std::string("usages did not match [");
    for (auto const w : wanted) (out += out.back() == '[' ? "" : " ") += w;
    return out + "]";
}

inline auto kubelet_client_problem(requested_subject const& who, std::vector<std::string> const& usages)
    -> std::string {
    if (who.organizations != std::vector<std::string>{"system:nodes"})
        return "subject organization is not system:nodes";
    if (!who.dns_names.empty()) return "DNS subjectAltNames are not allowed";
    if (!who.email_addresses.empty()) return "Email subjectAltNames are not allowed";
    if (!who.ip_addresses.empty()) return "IP subjectAltNames are not allowed";
    if (!who.uris.empty()) return "URI subjectAltNames are not allowed";
    if (!who.common_name.starts_with("system:node:"))
        return "subject common name does not begin with system:node:";
    return usages_problem(usages, "client auth");
}

inline auto kubelet_serving_problem(requested_subject const& who, std::vector<std::string> const& usages)
    -> std::string {
    if (who.organizations != std::vector<std::string>{"system:nodes"})
        return "subject organization is not system:nodes";
    if (who.dns_names.empty() && who.ip_addresses.empty()) return "DNS or IP subjectAltName is required";
    if (!who.email_addresses.empty()) return "Email subjectAltNames are not allowed";
    if (!who.uris.empty()) return "URI subjectAltNames are not allowed";
    if (auto why = usages_problem(usages, "server auth"); !why.empty()) return why;
    if (!who.common_name.starts_with("system:node:"))
        return "subject common name does not begin with system:node:";
    return {};
}

inline auto client_problem(std::vector<std::string> const& usages) -> std::string {
    auto for_clients = false;
    for (auto const& u : usages) {
        if (u == "client auth") for_clients = true;
        else if (u != "digital signature" && u != "key encipherment")
            return "invalid usage for client certificate: " + u;
    }
    return for_clients ? "" : "missing required usage for client certificate: client auth";
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_stock_signer(std::string_view name) -> bool {
    return name == client_signer || name == kubelet_client_signer || name == kubelet_serving_signer ||
           name == legacy_signer;
}

BERTH_DECL auto signer_problem(std::string_view signer, requested_subject const& who,
                               std::vector<std::string> const& usages) -> std::string {
    if (signer == client_signer) return detail::client_problem(usages);
    if (signer == kubelet_client_signer) return detail::kubelet_client_problem(who, usages);
    if (signer == kubelet_serving_signer) return detail::kubelet_serving_problem(who, usages);
    return {};
}

BERTH_DECL auto order_of(certificate_signing_request const& r, duration longest, time_point now)
    -> result<credentials::certificate_order> {
    constexpr auto least = minutes(10);
    constexpr auto before = minutes(5); // for clocks that are late
    constexpr auto brief = minutes(8 * 60);
    auto request = request_bytes(r.spec.request.data);
    if (!request) return std::unexpected(std::move(request).error());
    auto out = credentials::certificate_order{};
    out.request = *std::move(request);
    for (auto const& use : r.spec.usages)
        if (!detail::add_usage(use, out))
            return fail(error_code::invalid, "unrecognized usage values: [\"" + use + "\"]");
    auto const asked = r.spec.expiration_seconds ? seconds(*r.spec.expiration_seconds) : longest;
    auto const lasts = asked > longest ? longest : std::max(asked, least);
    out.not_before = now - before;
    out.not_after = lasts < brief ? now + lasts : now + lasts - before;
    return out;
}

BERTH_DECL auto has_decision(certificate_signing_request const& r, std::string_view type) -> bool {
    return std::any_of(r.status.conditions.begin(), r.status.conditions.end(),
                       [&](auto const& c) { return c.type == type && c.status == "True"; });
}

} // namespace berth::kube
