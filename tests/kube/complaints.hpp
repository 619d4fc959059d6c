#pragma once

/// \file
/// What is refused, where and in which words: `field: message`, one line for each complaint.

#include <berth/api/validation.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/quantity.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace test {

using namespace berth;

using lines = std::vector<std::string>;

inline auto said(api::field_errors const& errors) -> lines {
    auto out = lines();
    for (auto const& c : errors.causes()) out.push_back(c.field + ": " + c.message);
    return out;
}

/// What `check(errors)` complains about.
template <class Check> auto said_by(Check&& check) -> lines {
    auto errors = api::field_errors();
    check(errors);
    return said(errors);
}

/// About an object that is to be created.
template <class T> auto complaints(T const& value) -> lines {
    return said_by([&](auto& errors) { validate(value, errors); });
}

/// About a change of an object.
template <class T> auto complaints(T const& now, T const& before) -> lines {
    return said_by([&](auto& errors) { validate_update(now, before, errors); });
}

/// About a change of an object's status.
template <class T> auto status_complaints(T const& now, T const& before) -> lines {
    return said_by([&](auto& errors) { validate_status(now, before, errors); });
}

/// The complaints, each once, sorted: where Kubernetes tells them twice.
inline auto once(lines all) -> lines {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

/// An object with a name, and a namespace if its kind has one.
template <object::kind_type T> auto named(std::string name = "a") -> T {
    auto out = T();
    out.metadata.name = std::move(name);
    if (T::resource.namespaced) out.metadata.namespace_ = "t";
    return out;
}

inline auto quantity(std::string_view text) -> object::quantity { return *object::quantity::parse(text); }

} // namespace test
