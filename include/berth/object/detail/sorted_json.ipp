#pragma once

/// \file
/// The bodies of `berth/object/detail/sorted_json.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/sorted_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <map>
#include <string_view>

namespace berth::object::detail {

BERTH_DECL auto append_sorted(std::string& out, boost::json::value const& json) -> void {
    if (json.is_array()) {
        out += '[';
        for (auto const& e : json.get_array()) {
            if (out.back() != '[') out += ',';
            append_sorted(out, e);
        }
        out += ']';
        return;
    }
    if (json.is_string()) {
        out += go_json(json.get_string());
        return;
    }
    if (!json.is_object()) {
        out += boost::json::serialize(json);
        return;
    }
    auto members = std::map<std::string_view, boost::json::value const*>();
    for (auto const& m : json.get_object()) members.emplace(m.key(), &m.value());
    out += '{';
    for (auto const& [name, value] : members) {
        if (out.back() != '{') out += ',';
        (out += go_json(name)) += ':';
        append_sorted(out, *value);
    }
    out += '}';
}

} // namespace berth::object::detail
