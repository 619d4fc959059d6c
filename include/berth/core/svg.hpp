#pragma once

/// \file
/// The few pieces of SVG that our pictures are made of, as text. Lengths are in pixels.

#include <string>
#include <string_view>

namespace berth::svg {

/// A text as XML may have it, in an element or in an attribute; characters that XML forbids become `?`.
[[nodiscard]] inline auto escaped(std::string_view text) -> std::string {
    auto out = std::string{};
    out.reserve(text.size());
    for (auto const c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
        }
    }
    return out;
}

/// Words of a class of the style sheet.
[[nodiscard]] inline auto text(int x, int y, std::string_view kind, std::string_view words) -> std::string {
    return "<text class=\"" + std::string(kind) + "\" x=\"" + std::to_string(x) + "\" y=\"" +
           std::to_string(y) + "\">" + escaped(words) + "</text>\n";
}

/// A filled rectangle; `more` are further attributes.
[[nodiscard]] inline auto box(int x, int y, int w, int h, std::string_view color, std::string_view more = {})
    -> std::string {
    return "<rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
           std::to_string(w) + "\" height=\"" + std::to_string(h) + "\" fill=\"" + std::string(color) + "\"" +
           (more.empty() ? "" : " ") + std::string(more) + "/>";
}

/// A whole picture on white ground, with a style sheet.
[[nodiscard]] inline auto document(int width, int height, std::string_view style, std::string_view body)
    -> std::string {
    auto const w = std::to_string(width);
    auto const h = std::to_string(height);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + w + "\" height=\"" + h +
           "\" viewBox=\"0 0 " + w + " " + h + "\" shape-rendering=\"crispEdges\">\n<style>" +
           std::string(style) + "</style>\n" + box(0, 0, width, height, "#ffffff") + "\n" +
           std::string(body) + "</svg>\n";
}

} // namespace berth::svg
