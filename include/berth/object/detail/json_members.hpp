#pragma once

/// \file
/// Taking many members or elements out of a JSON value at once: one by one would cost the square of their
/// number, as the rest moves up each time.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace berth::object::detail {

/// Takes out the members of whose values and keys `goes` says so; it is asked once for each, in order, and
/// may change the value. The others keep their order. Linear.
template <class Goes> auto erase_members_if(boost::json::object& object, Goes goes) -> void {
    auto gone = std::vector<bool>();
    gone.reserve(object.size());
    for (auto& member : object) gone.push_back(goes(member));
    auto const leaving = std::count(gone.begin(), gone.end(), true);
    if (leaving == 0) return;
    auto kept = boost::json::object(object.storage());
    kept.reserve(object.size() - static_cast<std::size_t>(leaving));
    auto leaves = gone.begin();
    for (auto& member : object)
        if (!*leaves++) kept.emplace(member.key(), std::move(member.value()));
    object = std::move(kept);
}

/// Takes out the elements of which `goes` says so; it is asked once for each, in order, and may change it.
/// Linear.
template <class Goes> auto erase_elements_if(boost::json::array& array, Goes goes) -> void {
    auto kept = std::size_t{0};
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (goes(array[i])) continue;
        if (kept != i) array[kept] = std::move(array[i]);
        ++kept;
    }
    array.resize(kept);
}

} // namespace berth::object::detail
