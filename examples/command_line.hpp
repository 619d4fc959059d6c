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

    /// `INT` of `INT:INT in [1 - 9]`.
    static auto type_of(CLI::Option const* o) -> std::string {
        auto const type = o->get_type_name();
        return type.substr(0, type.find(':'));
    }
    /// `1 to 9` of the same.
    static auto range_of(CLI::Option const* o) -> std::string {
        auto const type = o->get_type_name();
        auto const range = type.find(" in [");
        if (range == std::string::npos) return {};
        auto bounds = type.substr(range + 5);
        if (auto const dash = bounds.find(" - "); dash != std::string::npos) bounds.replace(dash, 3, " to ");
        return bounds.substr(0, bounds.find(']'));
    }
    /// Puts more into the brackets at the end of a sentence.
    static auto add(std::string& sentence, std::string const& more) -> void {
        if (sentence.ends_with(')')) sentence.insert(sentence.size() - 1, "; " + more);
        else sentence += " (" + more + ")";
    }
    auto make_option_name(CLI::Option const* o, bool positional) const -> std::string override {
        auto name = CLI::Formatter::make_option_name(o, positional);
        constexpr auto how_to_deny = std::string_view("{false}");
        if (auto const at = name.find(how_to_deny); at != std::string::npos)
            name.erase(at, how_to_deny.size());
        return name;
    }
    auto make_option_opts(CLI::Option const* o) const -> std::string override {
        auto const type = type_of(o);
        if (o->get_type_size() == 0 || type.empty()) return {};
        auto const given = o->get_default_str();
        return " " + type + (given.empty() ? "" : "=" + given) + (o->get_required() ? ", needed" : "");
    }
    auto make_option_desc(CLI::Option const* o) const -> std::string override {
        auto text = o->get_description();
        if (auto const range = range_of(o); !range.empty()) add(text, range);
        if (!o->get_envname().empty()) add(text, "or in the environment: " + o->get_envname());
        for (auto const* const other : o->get_needs()) add(text, "with " + other->get_name());
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
