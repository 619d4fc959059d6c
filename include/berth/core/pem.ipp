#pragma once

/// \file
/// The bodies of `berth/core/pem.hpp`.

#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
#include <berth/core/pem.hpp>

namespace berth::detail {

/// Takes the first line off a text; blanks at its end are not part of it.
inline auto take_line(std::string_view& text) -> std::string_view {
    auto const end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

/// What a line of a block's frame names; nothing if it is no such line.
inline auto framed_name(std::string_view line, std::string_view start) -> std::optional<std::string_view> {
    constexpr auto dashes = std::string_view("-----");
    if (!line.starts_with(start) || !line.ends_with(dashes)) return std::nullopt;
    line.remove_prefix(start.size());
    if (line.size() < dashes.size()) return std::nullopt;
    return line.substr(0, line.size() - dashes.size());
}

} // namespace berth::detail

namespace berth {

BERTH_DECL auto next_pem_block(std::string_view text) -> std::optional<pem_block> {
    auto block = std::optional<pem_block>();
    auto body = std::string();
    while (!text.empty()) {
        auto const line = detail::take_line(text);
        if (auto const begun = detail::framed_name(line, "-----BEGIN ")) {
            block = pem_block{.type = std::string(*begun), .bytes = {}, .has_headers = false};
            body.clear();
        } else if (auto const ended = detail::framed_name(line, "-----END "); block && ended) {
            auto bytes = base64_decode(body);
            if (*ended == block->type && bytes) {
                block->bytes = *std::move(bytes);
                block->rest = text;
                return block;
            }
            block.reset();
        } else if (block && body.empty() && line.find(':') != std::string_view::npos) {
            block->has_headers = true;
        } else if (block) {
            body += line;
        }
    }
    return std::nullopt;
}

} // namespace berth
