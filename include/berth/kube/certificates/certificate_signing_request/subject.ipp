#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/subject.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/pem.hpp>
#include <berth/kube/certificates/certificate_signing_request/subject.hpp>
#include <berth/object/time.hpp>

#include <cstdint>
#include <optional>

namespace berth::kube::detail {

/// Tags of DER.
enum class der_tag : std::uint8_t {
    boolean = 0x01,
    integer = 0x02,
    bit_string = 0x03,
    octet_string = 0x04,
    oid = 0x06,
    sequence = 0x30,
    set = 0x31,
    attributes = 0xa0 ///< of a request, and the version of a certificate
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

/// Adds what a name says to a subject: a sequence of sets of pairs of an identifier and a text. Whether it is
/// one.
inline auto add_name(std::string_view name, requested_subject& out) -> bool {
    constexpr auto common_name = std::string_view("\x55\x04\x03");
    constexpr auto organization = std::string_view("\x55\x04\x0a");
    while (!name.empty()) {
        auto set = take_der(name, der_tag::set);
        if (!set) return false;
        while (!set->empty()) {
            auto pair = take_der(*set, der_tag::sequence);
            auto const id = pair ? take_der(*pair, der_tag::oid) : std::nullopt;
            auto const text = id ? take_der(*pair) : std::nullopt;
            if (!text) return false;
            if (*id == common_name) out.common_name = text->content;
            if (*id == organization) out.organizations.emplace_back(text->content);
        }
    }
    return true;
}

/// Adds other names of a subject; whether they are such.
inline auto add_other_names(std::string_view names, requested_subject& out) -> bool {
    auto all = take_der(names, der_tag::sequence);
    while (all && !all->empty()) {
        auto const name = take_der(*all);
        if (!name) return false;
        switch (name->tag) {
        case 0x81: out.email_addresses.emplace_back(name->content); break;
        case 0x82: out.dns_names.emplace_back(name->content); break;
        case 0x86: out.uris.emplace_back(name->content); break;
        case 0x87: out.ip_addresses.emplace_back(name->content); break;
        default: break;
        }
    }
    return all.has_value();
}

/// Adds the other names among the extensions that a request asks for; whether they are extensions.
inline auto add_extensions(std::string_view extensions, requested_subject& out) -> bool {
    constexpr auto other_names = std::string_view("\x55\x1d\x11");
    while (!extensions.empty()) {
        auto one = take_der(extensions, der_tag::sequence);
        auto const id = one ? take_der(*one, der_tag::oid) : std::nullopt;
        if (!id) return false;
        auto value = take_der(*one);
        if (value && value->tag == static_cast<std::uint8_t>(der_tag::boolean)) value = take_der(*one);
        if (!value || value->tag != static_cast<std::uint8_t>(der_tag::octet_string)) return false;
        if (*id == other_names && !add_other_names(value->content, out)) return false;
    }
    return true;
}

/// Adds what the attributes of a request say; whether they are attributes.
inline auto add_attributes(std::string_view attributes, requested_subject& out) -> bool {
    constexpr auto extension_request = std::string_view("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0e");
    while (!attributes.empty()) {
        auto one = take_der(attributes, der_tag::sequence);
        auto const id = one ? take_der(*one, der_tag::oid) : std::nullopt;
        auto values = id ? take_der(*one, der_tag::set) : std::nullopt;
        if (!values) return false;
        if (*id != extension_request) continue;
        auto const extensions = take_der(*values, der_tag::sequence);
        if (!extensions || !add_extensions(*extensions, out)) return false;
    }
    return true;
}

/// A time of a certificate: two digits of the year (1950 to 2049) or four, and `MMDDHHMMSSZ` (RFC
/// 5280, 4.1.2.5).
inline auto read_der_time(der_value const& v) -> std::optional<time_point> {
    auto digits = std::string(v.content);
    if (v.tag == 0x17 && !digits.empty()) digits.insert(0, digits[0] < '5' ? "20" : "19");
    else if (v.tag != 0x18) return std::nullopt;
    if (digits.size() != 15) return std::nullopt;
    auto const text = digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2) + "T" +
                      digits.substr(8, 2) + ":" + digits.substr(10, 2) + ":" + digits.substr(12);
    auto const at = object::parse_time(text);
    return at ? std::optional(*at) : std::nullopt;
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

BERTH_DECL auto subject_of(std::string_view der) -> result<requested_subject> {
    using detail::der_tag;
    auto request = detail::take_der(der, der_tag::sequence);
    if (!request) return detail::cut_off();
    if (!der.empty()) return fail(error_code::invalid, "asn1: syntax error: trailing data");
    auto info = detail::take_der(*request, der_tag::sequence);
    if (!info || !detail::take_der(*request, der_tag::sequence) ||
        !detail::take_der(*request, der_tag::bit_string) || !detail::take_der(*info, der_tag::integer))
        return detail::cut_off();
    auto const name = detail::take_der(*info, der_tag::sequence);
    auto out = requested_subject{};
    if (!name || !detail::add_name(*name, out) || !detail::take_der(*info, der_tag::sequence))
        return detail::cut_off();
    auto const attributes = detail::take_der(*info, der_tag::attributes);
    if (attributes && !detail::add_attributes(*attributes, out)) return detail::cut_off();
    return out;
}

BERTH_DECL auto organizations_of(std::string_view der) -> result<std::vector<std::string>> {
    auto out = subject_of(der);
    if (!out) return std::unexpected(std::move(out).error());
    return std::move(out->organizations);
}

BERTH_DECL auto end_of_certificate(std::string_view pem) -> result<time_point> {
    using detail::der_tag;
    auto const block = next_pem_block(pem);
    if (!block || block->type != "CERTIFICATE")
        return fail(error_code::invalid, "PEM block type must be CERTIFICATE");
    auto der = std::string_view(block->bytes);
    auto whole = detail::take_der(der, der_tag::sequence);
    auto body = whole ? detail::take_der(*whole, der_tag::sequence) : std::nullopt;
    if (!body) return detail::cut_off();
    auto first =
        detail::take_der(*body); // the version, which is left out of the first one, or the serial number
    if (first && first->tag == static_cast<std::uint8_t>(der_tag::attributes))
        first = detail::take_der(*body);
    if (!first || !detail::take_der(*body, der_tag::sequence) || !detail::take_der(*body, der_tag::sequence))
        return detail::cut_off();
    auto validity = detail::take_der(*body, der_tag::sequence);
    auto const begin = validity ? detail::take_der(*validity) : std::nullopt;
    auto const end = begin ? detail::take_der(*validity) : std::nullopt;
    auto const at = end ? detail::read_der_time(*end) : std::nullopt;
    if (!at) return detail::cut_off();
    return *at;
}

} // namespace berth::kube
