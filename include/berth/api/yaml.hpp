#pragma once

/// \file
/// YAML manifests and bodies as JSON. Plain scalars mean what they mean to Kubernetes' tools, which follow
/// YAML 1.1 (sigs.k8s.io/yaml 1.6 over go-yaml v2): `yes` and `on` are true, `010` is eight, dates stay
/// texts.

#include <berth/core/error.hpp>
#include <berth/object/encode.hpp>

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

namespace detail {

inline auto one_of(std::string_view text, std::initializer_list<std::string_view> words) -> bool {
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// A whole number in Go's notation: decimal, `0x`, `0o`, `0b`, a leading zero for octal, `_` between digits.
inline auto yaml_integer(std::string_view plain) -> std::optional<std::int64_t> {
    auto digits = std::string(plain);
    std::erase(digits, '_');
    auto text = std::string_view(digits);
    auto const negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    auto base = 10;
    auto const prefix = [&](std::string_view lower, std::string_view upper, int b) {
        if (!text.starts_with(lower) && !text.starts_with(upper)) return;
        text.remove_prefix(2);
        base = b;
    };
    prefix("0x", "0X", 16);
    prefix("0o", "0O", 8);
    prefix("0b", "0B", 2);
    if (base == 10 && text.size() > 1 && text.front() == '0') base = 8;
    if (text.empty()) return std::nullopt;
    auto magnitude = std::uint64_t{0};
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    constexpr auto most = std::uint64_t{9223372036854775807U};
    if (magnitude > most + (negative ? 1U : 0U)) return std::nullopt;
    return negative ? static_cast<std::int64_t>(0U - magnitude) : static_cast<std::int64_t>(magnitude);
}

/// A number with a fraction or an exponent: `[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?`.
inline auto yaml_real(std::string_view text) -> std::optional<double> {
    auto const starts = !text.empty() && (text.front() == '+' || text.front() == '-') ? 1U : 0U;
    auto const digits = text.substr(starts);
    auto const allowed = digits.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
    auto const begins = !digits.empty() && ((digits[0] >= '0' && digits[0] <= '9') || digits[0] == '.');
    if (!allowed || !begins) return std::nullopt;
    if (text.front() == '+') text.remove_prefix(1);
    auto value = 0.0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// Writes YAML nodes as JSON text, within bounds: aliases can make a small text a huge document.
class yaml_writer {
public:
    explicit yaml_writer(std::string& out) : out_(out) {}

    auto write(YAML::Node const& node, int depth = 0) -> bool {
        constexpr auto deepest = 1000;
        constexpr std::size_t longest = 64U * 1024 * 1024;
        if (depth > deepest || out_.size() > longest) return false;
        switch (node.Type()) {
        case YAML::NodeType::Scalar: write_scalar(node); return true;
        case YAML::NodeType::Sequence: return write_sequence(node, depth);
        case YAML::NodeType::Map: return write_map(node, depth);
        default: out_ += "null"; return true;
        }
    }

private:
    auto write_sequence(YAML::Node const& node, int depth) -> bool {
        out_ += '[';
        auto first = true;
        for (auto const& item : node) {
            if (!std::exchange(first, false)) out_ += ',';
            if (!write(item, depth + 1)) return false;
        }
        out_ += ']';
        return true;
    }

    auto write_map(YAML::Node const& node, int depth) -> bool {
        out_ += '{';
        auto first = true;
        auto const ok = write_members(node, depth, first);
        out_ += '}';
        return ok;
    }

    auto write_members(YAML::Node const& node, int depth, bool& first) -> bool {
        for (auto const& member : node) {
            auto const is_merge =
                member.first.IsScalar() && member.first.Scalar() == "<<" && member.first.Tag() == "?";
            if (is_merge) {
                if (depth > 1000 || !merge(member.second, depth + 1, first)) return false;
                continue;
            }
            if (!std::exchange(first, false)) out_ += ',';
            write_key(member.first);
            out_ += ':';
            if (!write(member.second, depth + 1)) return false;
        }
        return true;
    }

    /// `<<: *other`: the members of another map.
    auto merge(YAML::Node const& from, int depth, bool& first) -> bool {
        if (from.IsMap()) return write_members(from, depth, first);
        if (!from.IsSequence()) return false;
        return std::all_of(from.begin(), from.end(), [&](auto const& item) {
            return item.IsMap() && write_members(item, depth, first);
        });
    }

    /// JSON keys are texts, whatever they are in YAML.
    auto write_key(YAML::Node const& key) -> void {
        auto text = std::string();
        auto inner = yaml_writer(text);
        if (key.IsScalar()) inner.write_scalar(key);
        else text = "null";
        if (text.starts_with('"')) out_ += text;
        else object::append_json_string(out_, text);
    }

    auto write_scalar(YAML::Node const& node) -> void {
        auto const& text = node.Scalar();
        auto const& tag = node.Tag();
        constexpr std::string_view standard = "tag:yaml.org,2002:";
        auto const explicit_type = std::string_view(tag).starts_with(standard);
        auto const plain = tag.empty() || tag == "?" ||
                           (explicit_type && std::string_view(tag).substr(standard.size()) != "str");
        plain ? write_plain(text) : object::append_json_string(out_, text);
    }

    auto write_plain(std::string const& text) -> void {
        if (one_of(text, {"", "~", "null", "Null", "NULL"})) {
            out_ += "null";
        } else if (one_of(text, {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})) {
            out_ += "true";
        } else if (one_of(text,
                          {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})) {
            out_ += "false";
        } else if (auto const whole = yaml_integer(text)) {
            object::append_json_number(out_, *whole);
        } else if (auto const real = yaml_real(text)) {
            object::append_json_number(out_, *real);
        } else {
            object::append_json_string(out_, text);
        }
    }

    std::string& out_;
};

inline auto yaml_failure(YAML::Exception const& e) -> std::unexpected<error> {
    auto message = std::string("yaml: ");
    if (!e.mark.is_null()) message += "line " + std::to_string(e.mark.line + 1) + ": ";
    return fail(error_code::bad_request, message + e.msg);
}

inline auto yaml_node_to_json(YAML::Node const& node) -> result<std::string> {
    auto out = std::string();
    if (!yaml_writer(out).write(node))
        return fail(error_code::bad_request,
                    "yaml: document contains excessive aliasing, or is nested too deeply");
    return out;
}

} // namespace detail

/// The documents of a YAML text, each as JSON text; empty documents are left out. JSON is YAML too.
/// Errors: `bad_request`, its message as `yaml: line 3: ...`.
[[nodiscard]] inline auto yaml_to_json(std::string const& text) -> result<std::vector<std::string>> {
    try {
        auto out = std::vector<std::string>();
        for (auto const& node : YAML::LoadAll(text)) {
            if (!node.IsDefined() || node.IsNull()) continue;
            auto json = detail::yaml_node_to_json(node);
            if (!json) return std::unexpected(std::move(json).error());
            out.push_back(*std::move(json));
        }
        return out;
    } catch (YAML::Exception const& e) {
        return detail::yaml_failure(e);
    }
}

/// The first document of a YAML text as JSON text, `null` if there is none: how the body of a request is
/// read. Errors: as `yaml_to_json`.
[[nodiscard]] inline auto yaml_body_to_json(std::string_view text) -> result<std::string> {
    try {
        return detail::yaml_node_to_json(YAML::Load(std::string(text)));
    } catch (YAML::Exception const& e) {
        return detail::yaml_failure(e);
    }
}

} // namespace berth::api
