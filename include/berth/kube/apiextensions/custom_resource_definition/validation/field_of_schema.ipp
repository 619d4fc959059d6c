#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/validation/field_of_schema.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/field_of_schema.hpp>
#include <berth/object/names.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace berth::kube::detail {

/// Takes `'name']` off the front of a path. Empty: it is none.
inline auto take_quoted(std::string_view& path) -> std::optional<std::string> {
    if (path.empty() || path.front() != '\'') return std::nullopt;
    auto out = std::string();
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (path[i] == '\\' && i + 1 < path.size()) out += path[++i];
        else if (path[i] == '\'') {
            if (path.substr(i + 1, 1) != "]") return std::nullopt;
            path.remove_prefix(i + 2);
            return out;
        } else out += path[i];
    }
    return std::nullopt;
}

inline auto take_identifier(std::string_view& path) -> std::string {
    auto const end = path.find_first_of(".[");
    auto out = std::string(path.substr(0, end));
    path.remove_prefix(std::min(end, path.size()));
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto find_field(json_schema const& s, std::string_view path, bool brackets) -> schema_field {
    auto out = schema_field{{}, s, {}};
    auto const wrong = [&](std::string why) {
        out.problem = std::move(why);
        return out;
    };
    while (!path.empty()) {
        auto const mark = path.front();
        path.remove_prefix(1);
        auto name = std::string();
        if (mark == '[') {
            if (!brackets) return wrong("array notation is not allowed");
            auto quoted = detail::take_quoted(path);
            if (!quoted) return wrong("expected a name in quotes and brackets");
            name = *std::move(quoted);
        } else if (mark == '.') {
            name = detail::take_identifier(path);
        } else {
            return wrong("expected [ or . but got: " + std::string(1, mark) + std::string(path));
        }
        auto next = out.schema->property(name);
        if (!next) next = out.schema->schema("additionalProperties");
        if (!next && out.names.empty() && name == "metadata") next = out.schema;
        if (!next) return wrong("does not refer to a valid field");
        out.names.push_back(std::move(name));
        out.schema = next;
    }
    if (out.names.empty()) return wrong("does not refer to a valid field");
    return out;
}

} // namespace berth::kube
