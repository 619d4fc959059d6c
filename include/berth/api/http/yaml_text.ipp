#pragma once

/// \file
/// The bodies of `berth/api/http/yaml_text.hpp`.

#include <berth/api/http/yaml_text.hpp>
#include <berth/core/config.hpp>
#include <berth/object/parse.hpp>

#include <algorithm>

namespace berth::api::http::detail {

BERTH_DECL auto is_plain(std::string_view text) -> bool {
    constexpr std::array<std::string_view, 14> words{"y",     "n",    "yes", "no",  "on",  "off", "true",
                                                     "false", "null", "~",   "nan", "inf", "<<",  "="};
    if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
    auto lower = std::string(text);
    for (auto& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (std::find(words.begin(), words.end(), lower) != words.end()) return false;
    auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '/'; };
    if (!letter(lower.front())) return false;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        auto const c = lower[i];
        if (letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ' ' || c == '(' || c == ')')
            continue;
        if (c == ':' && i + 1 < lower.size() && lower[i + 1] != ' ') continue;
        return false;
    }
    return true;
}

inline auto append_yaml_text(std::string& out, boost::json::string const& text) -> void {
    auto const view = std::string_view(text.data(), text.size());
    if (is_plain(view)) out += view;
    else out += boost::json::serialize(text);
}

inline auto append_yaml(std::string& out, boost::json::value const& value, std::size_t indent, bool in_list)
    -> void;

inline auto append_yaml_members(std::string& out, boost::json::object const& o, std::size_t indent,
                                bool in_list) -> void {
    auto members = std::vector<boost::json::key_value_pair const*>();
    for (auto const& m : o) members.push_back(&m);
    std::sort(members.begin(), members.end(),
              [](auto const* a, auto const* b) { return a->key() < b->key(); });
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i != 0 || !in_list) out.append(indent, ' ');
        append_yaml_text(out, boost::json::string(members[i]->key()));
        out += ':';
        append_yaml(out, members[i]->value(), indent, false);
    }
}

/// Appends a value behind `key:` or `-`, and a line end.
inline auto append_yaml(std::string& out, boost::json::value const& value, std::size_t indent, bool in_list)
    -> void {
    if (value.is_object() && !value.get_object().empty()) {
        out += in_list ? " " : "\n";
        append_yaml_members(out, value.get_object(), indent + 2, in_list);
        return;
    }
    if (value.is_array() && !value.get_array().empty()) {
        auto const at = in_list ? indent + 2 : indent;
        out += in_list ? " " : "\n";
        for (std::size_t i = 0; i < value.get_array().size(); ++i) {
            if (i != 0 || !in_list) out.append(at, ' ');
            out += '-';
            append_yaml(out, value.get_array()[i], at, true);
        }
        return;
    }
    out += ' ';
    if (value.is_string()) append_yaml_text(out, value.get_string());
    else if (value.is_double()) object::append_json_number(out, value.get_double());
    else out += boost::json::serialize(value);
    out += '\n';
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto yaml_from_json(std::string_view json) -> std::string {
    auto const read = object::parse_document(json);
    if (!read) return std::string(json);
    auto const& value = read->value;
    auto out = std::string();
    if (value.is_object() && !value.get_object().empty()) {
        detail::append_yaml_members(out, value.get_object(), 0, false);
        return out;
    }
    detail::append_yaml(out, value, 0, false);
    out.erase(0, 1);
    return out;
}

BERTH_DECL auto in_encoding(encoding in, std::string json) -> std::string {
    return in == encoding::yaml ? yaml_from_json(json) : std::move(json);
}

} // namespace berth::api::http
