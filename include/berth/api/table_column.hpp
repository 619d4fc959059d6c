#pragma once

/// \file
/// The columns of the table that `kubectl get` shows of a kind: a header and a cell together.

#include <berth/api/detail/hook.hpp>
#include <berth/core/time.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace berth::api {

/// What the column of the names says of itself.
inline constexpr std::string_view name_description =
    "Name must be unique within a namespace. Is required when creating resources, although some resources "
    "may allow a client to request the generation of an appropriate name automatically. Name is primarily "
    "intended for creation idempotence and configuration definition. Cannot be updated.";

/// A cell of a table; null where an object has nothing to show.
using cell = std::variant<std::string, std::int64_t, bool, double, std::nullptr_t>;

/// What the row of an object that has run its course says of it; without a reason, nothing.
struct row_condition {
    std::string reason;
    std::string message;
};

/// A column over objects of type `T`, or of any type (`void`).
template <class T> struct column_of {
    using view = typename detail::self_of<T>::view;
    template <class S> using function = typename detail::self_of<T>::template function<S>;

    std::string_view name;
    function<cell(view, time_point now)> value{};
    std::string_view type = "string"; ///< `string`, `integer`, ...
    std::string_view format = "";     ///< `name` for the name
    int priority = 0;                 ///< 1: only with `-o wide`
    std::string_view description = "";
};

using column = column_of<void>;

} // namespace berth::api
