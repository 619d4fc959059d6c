#pragma once

/// \file
/// The bodies of `berth/core/exposition.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/exposition.hpp>

namespace berth {

namespace detail {

inline auto append_label_value(std::string& to, std::string_view text) -> void {
    for (auto const c : text) {
        if (c == '\n') {
            to += "\\n";
            continue;
        }
        if (c == '"' || c == '\\') to += '\\';
        to += c;
    }
}

} // namespace detail

BERTH_DECL auto seconds_text(duration d) -> std::string {
    constexpr auto second = std::int64_t{1'000'000'000};
    auto out = std::string{d.nanoseconds < 0 ? "-" : ""};
    auto const whole = d.nanoseconds < 0 ? -d.nanoseconds : d.nanoseconds;
    out += std::to_string(whole / second);
    if (whole % second == 0) return out;
    auto const digits = std::to_string(second + whole % second);
    out.append(".").append(digits, 1);
    out.resize(out.find_last_not_of('0') + 1);
    return out;
}

BERTH_DECL auto exposition::family(std::string_view name, std::string_view type, std::string_view help)
    -> void {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

BERTH_DECL auto exposition::sample(std::string_view name, std::initializer_list<label> labels,
                                   std::string_view value) -> void {
    sample(name, std::span<label const>(labels.begin(), labels.size()), value);
}

BERTH_DECL auto exposition::sample(std::string_view name, std::span<label const> labels,
                                   std::string_view value) -> void {
    text_ += name;
    auto before = '{';
    for (auto const& [key, text] : labels) {
        text_.append(1, before).append(key).append("=\"");
        detail::append_label_value(text_, text);
        text_ += '"';
        before = ',';
    }
    if (!labels.empty()) text_ += '}';
    text_.append(" ").append(value).append("\n");
}

BERTH_DECL auto exposition::sample(std::string_view name, std::initializer_list<label> labels,
                                   std::uint64_t value) -> void {
    sample(name, labels, std::string_view{std::to_string(value)});
}

} // namespace berth
