#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/subject.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/pem.hpp>
#include <berth/kube/certificates/certificate_signing_request/subject.hpp>

#include <cstdint>
#include <optional>

namespace berth::kube::detail {

/// Tags of DER.
enum class der_tag : std::uint8_t {
    integer = 0x02,
    bit_string = 0x03,
    oid = 0x06,
    sequence = 0x30,
    set = 0x31
};

struct der_value {
    std::uint8_t tag = 0;
    std::string_view content;
};

/// Takes the first value off some DER; nothing where it is cut off, or its length is not the shortest.
inline auto take_der(std::string_view& der) -> std::optional<der_value> {
    auto const byte = [&](std::size_t i) { return static_cast<std::uint8_t>(der[i]); };
    if (der.size() < 2) return std::nullopt;
    auto length = std::size_t{byte(1)};
    auto start = std::size_t{2};
    if (length >= 0x80) {
        auto const more = length - 0x80;
        if (more == 0 || more > 4 || der.size() < 2 + more || byte(2) == 0) return std::nullopt;
        length = 0;
        for (; start < 2 + more; ++start) length = length << 8 | byte(start);
        if (length < 0x80) return std::nullopt;
    }
    if (der.size() - start < length) return std::nullopt;
    auto const out = der_value{byte(0), der.substr(start, length)};
    der.remove_prefix(start + length);
    return out;
}

inline auto take_der(std::string_view& der, der_tag tag) -> std::optional<std::string_view> {
    auto const taken = take_der(der);
    if (!taken || taken->tag != static_cast<std::uint8_t>(tag)) return std::nullopt;
    return taken->content;
}

/// Adds the organizations of a name: a sequence of sets of pairs of an identifier and a text. Whether it is
/// one.
inline auto add_organizations(std::string_view name, std::vector<std::string>& out) -> bool {
    constexpr auto organization = std::string_view("\x55\x04\x0a");
    while (!name.empty()) {
        auto set = take_der(name, der_tag::set);
        if (!set) return false;
        while (!set->empty()) {
            auto pair = take_der(*set, der_tag::sequence);
            auto const id = pair ? take_der(*pair, der_tag::oid) : std::nullopt;
            auto const text = id ? take_der(*pair) : std::nullopt;
            if (!text) return false;
            if (*id == organization) out.emplace_back(text->content);
        }
    }
    return true;
}

inline auto cut_off() -> std::unexpected<error> {
    return fail(error_code::invalid, "asn1: syntax error: data truncated");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto request_bytes(std::string_view pem) -> result<std::string> {
    auto block = next_pem_block(pem);
    if (!block || block->type != "CERTIFICATE REQUEST")
        return fail(error_code::invalid, "PEM block type must be CERTIFICATE REQUEST");
    return std::move(block->bytes);
}

BERTH_DECL auto organizations_of(std::string_view der) -> result<std::vector<std::string>> {
    using detail::der_tag;
    auto request = detail::take_der(der, der_tag::sequence);
    if (!request) return detail::cut_off();
    if (!der.empty()) return fail(error_code::invalid, "asn1: syntax error: trailing data");
    auto info = detail::take_der(*request, der_tag::sequence);
    if (!info || !detail::take_der(*request, der_tag::sequence) ||
        !detail::take_der(*request, der_tag::bit_string) || !detail::take_der(*info, der_tag::integer))
        return detail::cut_off();
    auto const name = detail::take_der(*info, der_tag::sequence);
    auto out = std::vector<std::string>();
    if (!name || !detail::add_organizations(*name, out) || !detail::take_der(*info, der_tag::sequence))
        return detail::cut_off();
    return out;
}

} // namespace berth::kube
