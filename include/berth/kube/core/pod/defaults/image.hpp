#pragma once

/// \file
/// References to container images: `registry.example.com:5000/team/app:1.0@sha256:...` (the grammar of
/// distribution/reference, as Kubernetes 1.36 reads it to choose a pull policy).

#include <cstddef>
#include <string_view>

namespace berth::kube {

namespace detail {

[[nodiscard]] constexpr auto is_image_letter(char c) -> bool {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
[[nodiscard]] constexpr auto is_image_word(char c) -> bool {
    return is_image_letter(c) || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Lower case words, joined by one point, one or two underscores, or any number of hyphens.
[[nodiscard]] constexpr auto is_image_component(std::string_view text) -> bool {
    if (text.empty() || !is_image_letter(text.front()) || !is_image_letter(text.back())) return false;
    for (std::size_t i = 0; i < text.size();) {
        if (is_image_letter(text[i])) {
            ++i;
            continue;
        }
        auto end = i;
        while (end < text.size() && text[end] == text[i]) ++end;
        auto const most = text[i] == '.' ? std::size_t{1} : (text[i] == '_' ? std::size_t{2} : text.size());
        auto const joint = text[i] == '.' || text[i] == '_' || text[i] == '-';
        if (!joint || end - i > most || !is_image_letter(text[end])) return false;
        i = end;
    }
    return true;
}

/// Components joined by slashes.
[[nodiscard]] constexpr auto is_image_path(std::string_view text) -> bool {
    for (;;) {
        auto const slash = text.find('/');
        if (!is_image_component(text.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

/// A host name with an optional port.
[[nodiscard]] constexpr auto is_image_domain(std::string_view text) -> bool {
    auto const colon = text.rfind(':');
    if (colon != std::string_view::npos) {
        auto const port = text.substr(colon + 1);
        if (port.empty()) return false;
        for (auto const c : port)
            if (c < '0' || c > '9') return false;
        text = text.substr(0, colon);
    }
    auto last = '.';
    for (auto const c : text) {
        auto const inner = c == '-' || c == '.';
        if (!inner && (c == '_' || !is_image_word(c))) return false;
        if ((inner && last == '.') || (c == '.' && last == '-')) return false;
        last = c;
    }
    return last != '.' && last != '-';
}

[[nodiscard]] constexpr auto is_image_tag(std::string_view text) -> bool {
    if (text.empty() || text.size() > 128 || !is_image_word(text.front())) return false;
    for (auto const c : text)
        if (!is_image_word(c) && c != '.' && c != '-') return false;
    return true;
}

/// An algorithm, a colon, and at least 32 hexadecimal digits.
[[nodiscard]] constexpr auto is_image_digest(std::string_view text) -> bool {
    auto const colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || text.size() - colon - 1 < 32) return false;
    for (auto const c : text.substr(0, colon))
        if (!is_image_word(c) && c != '-' && c != '+' && c != '.') return false;
    for (auto const c : text.substr(colon + 1))
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) return false;
    return true;
}

/// Whether the part before the first slash names a registry.
[[nodiscard]] constexpr auto has_domain(std::string_view first) -> bool {
    if (first == "localhost" || first.find_first_of(".:") != std::string_view::npos) return true;
    for (auto const c : first)
        if (c >= 'A' && c <= 'Z') return true;
    return false;
}

} // namespace detail

/// The tag of an image; `latest` if the reference has neither a tag nor a digest; nothing if it has a digest
/// alone, or is not a reference at all.
[[nodiscard]] constexpr auto image_tag(std::string_view image) -> std::string_view {
    auto rest = image;
    auto const at = rest.find('@');
    if (at != std::string_view::npos) {
        if (!detail::is_image_digest(rest.substr(at + 1))) return {};
        rest = rest.substr(0, at);
    }
    auto const slash = rest.find('/');
    if (slash != std::string_view::npos && detail::has_domain(rest.substr(0, slash))) {
        if (!detail::is_image_domain(rest.substr(0, slash))) return {};
        rest.remove_prefix(slash + 1);
    }
    auto const colon = rest.find(':');
    auto const tag = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    if (colon != std::string_view::npos && !detail::is_image_tag(tag)) return {};
    if (!detail::is_image_path(rest.substr(0, colon))) return {};
    if (colon != std::string_view::npos) return tag;
    return at == std::string_view::npos ? std::string_view("latest") : std::string_view();
}

} // namespace berth::kube
