#pragma once

/// \file
/// What the command lines of the larger examples share: help whose lines are not too long to be read, and the
/// exit status 2 for arguments that are wrong.

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace command_line {

/// The text in lines of `width` columns at most, broken at blanks.
inline auto wrapped(std::string_view text, std::size_t width) -> std::string {
    auto out = std::string();
    while (!text.empty()) {
        auto end = std::min(text.find('\n'), text.size());
        if (end > width) {
            auto const blank = text.rfind(' ', width);
            end = blank != std::string_view::npos && blank > 0 ? blank : std::min(text.find(' '), end);
        }
        out += (out.empty() ? "" : "\n") + std::string(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

/// Help in 110 columns. What CLI11 says of a check behind the type of an option stands at the end of its
/// sentence.
class formatter : public CLI::Formatter {
    static constexpr std::size_t page = 110;

    /// `INT` and `INT in [1 - 9]` of `INT:INT in [1 - 9]`.
    static auto type_of(CLI::Option const* o) -> std::string {
        auto const type = o->get_type_name();
        return type.substr(0, std::min(type.find(':'), type.size()));
    }
    static auto check_of(CLI::Option const* o) -> std::string {
        auto const type = o->get_type_name();
        auto const range = type.find(" in [");
        if (range == std::string::npos) return {};
        auto bounds = type.substr(range + 5);
        if (auto const dash = bounds.find(" - "); dash != std::string::npos) bounds.replace(dash, 3, " to ");
        return " (" + bounds.substr(0, bounds.find(']')) + ")";
    }
    auto make_option_opts(CLI::Option const* o) const -> std::string override {
        if (o->get_type_size() == 0) return {};
        auto const given = o->get_default_str();
        return " " + type_of(o) + (given.empty() ? "" : "=" + given) + (o->get_required() ? ", needed" : "");
    }
    auto make_option_desc(CLI::Option const* o) const -> std::string override {
        auto text = o->get_description() + check_of(o);
        if (!o->get_envname().empty()) text += " (or in the environment: " + o->get_envname() + ")";
        for (auto const* const other : o->get_needs()) text += " (with " + other->get_name() + ")";
        return wrapped(text, page - get_column_width());
    }
};

/// Reads the arguments. Something is returned where there is nothing to go on with: the exit status, 0 after
/// `--help`, 2 after a complaint.
inline auto parse(CLI::App& app, int argc, char** argv) -> std::optional<int> {
    app.formatter(std::make_shared<formatter>());
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    return std::nullopt;
}

} // namespace command_line
