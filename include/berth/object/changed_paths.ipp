#pragma once

/// \file
/// The bodies of `berth/object/changed_paths.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/changed_paths.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/json_diff.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/object.hpp>

#include <utility>

namespace berth::object::detail {

/// Appends where a merge patch changes something.
inline auto add_paths(boost::json::object const& patch, std::string const& above, std::size_t most,
                      std::vector<std::string>& to) -> void {
    for (auto const& [name, value] : patch) {
        if (to.size() >= most) return;
        auto path = above.empty() ? std::string(name) : above + '.' + std::string(name);
        if (value.is_object() && !value.get_object().empty()) add_paths(value.get_object(), path, most, to);
        else to.push_back(std::move(path));
    }
}

inline auto members_of(any_object const& o) -> boost::json::object {
    auto text = std::string();
    append_json(text, o.type(), o.data());
    auto read = parse_document(text);
    return read && read->value.is_object() ? std::move(read->value.get_object()) : boost::json::object();
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto changed_paths(any_object const& before, any_object const& after, std::size_t most)
    -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    detail::add_paths(merge_patch_between(detail::members_of(before), detail::members_of(after)), {}, most,
                      out);
    return out;
}

} // namespace berth::object
