#pragma once

/// \file
/// Patches that make one document of another, for tests.

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace patches {

namespace json = boost::json;

/// A name as a part of a JSON pointer.
inline auto escaped(std::string_view name) -> std::string {
    auto out = std::string();
    for (auto const c : name) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
    return out;
}

inline auto operation(std::string_view op, std::string const& path, json::value const* value = nullptr)
    -> json::value {
    auto out = json::object{{"op", json::string_view(op.data(), op.size())}, {"path", path}};
    if (value != nullptr) out["value"] = *value;
    return out;
}

/// Appends the operations of a JSON patch that makes `to` of `from`; elements of lists are changed in place.
inline auto append_json_patch(json::array& out, std::string const& path, json::value const& from,
                              json::value const& to) -> void {
    if (from == to) return;
    if (from.is_object() && to.is_object()) {
        for (auto const& m : from.get_object())
            if (!to.get_object().contains(m.key()))
                out.push_back(operation("remove", path + "/" + escaped({m.key().data(), m.key().size()})));
        for (auto const& m : to.get_object()) {
            auto const inner = path + "/" + escaped({m.key().data(), m.key().size()});
            auto const* const old = from.get_object().if_contains(m.key());
            if (old == nullptr) out.push_back(operation("add", inner, &m.value()));
            else append_json_patch(out, inner, *old, m.value());
        }
    } else if (from.is_array() && to.is_array()) {
        auto const& a = from.get_array();
        auto const& b = to.get_array();
        for (auto i = a.size(); i > b.size(); --i)
            out.push_back(operation("remove", path + "/" + std::to_string(i - 1)));
        for (std::size_t i = 0; i < b.size(); ++i) {
            if (i < a.size()) append_json_patch(out, path + "/" + std::to_string(i), a[i], b[i]);
            else out.push_back(operation("add", path + "/-", &b[i]));
        }
    } else {
        out.push_back(operation("replace", path, &to));
    }
}

[[nodiscard]] inline auto json_patch_between(json::value const& from, json::value const& to) -> json::value {
    auto out = json::array();
    append_json_patch(out, "", from, to);
    return out;
}

} // namespace patches
