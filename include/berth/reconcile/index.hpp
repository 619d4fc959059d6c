#pragma once

/// \file
/// A named way to find objects: a function from an object to the values under which it is found.

#include <berth/object/any_object.hpp>
#include <berth/reconcile/detail/sink.hpp>
#include <berth/reconcile/fwd.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::reconcile {

/// Where an index function puts the values it finds.
using value_sink = detail::sink<std::string_view>;

/// A named index over the objects of one kind. The function must depend on nothing but the object.
struct index {
    object::type_info const* type = nullptr;
    std::string name;
    std::function<void(object::any_object const&, value_sink const&)> values;
};

/// The index that every table has over namespaces.
inline constexpr std::string_view by_namespace = "namespace";
/// The index that every table has over the uids of controllers (the owner reference that says `controller`).
inline constexpr std::string_view by_controller = "controller";

namespace detail {

/// Hands over what an index function answered: a text, an optional or pointer to one, or a range of them.
template <class Values> auto give(Values const& values, value_sink const& sink) -> void {
    if constexpr (std::is_convertible_v<Values const&, std::string_view>) sink(values);
    else if constexpr (requires { values.has_value(); }) {
        if (values.has_value()) sink(*values);
    } else {
        for (auto const& v : values) sink(v);
    }
}

} // namespace detail

/// An index over objects of kind `T`. The function answers a text, an optional text, or a range of texts.
///
///     index_of<kube::pod>("node", [](kube::pod const& p) { return p.spec.node_name; })
template <object::kind_type T, class F> [[nodiscard]] auto index_of(std::string name, F f) -> index {
    static_assert(
        std::is_invocable_v<F const&, T const&>,
        "index_of<T>(name, f): f must take a `T const&` and answer the values under which it is found");
    return {&object::type_of<T>(), std::move(name),
            [f = std::move(f)](auto const& o, value_sink const& sink) {
                detail::give(f(o.template as<T>()), sink);
            }};
}

} // namespace berth::reconcile
