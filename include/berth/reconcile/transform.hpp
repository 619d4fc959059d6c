#pragma once

/// \file
/// What a cache keeps of the objects that it follows, where it needs only parts of them
/// (`reflector_options::transform`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/any_object.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// From an object to what is kept of it: the object itself, one of its kind, name and uid with less in it, or
/// nothing (empty), as if the API did not have it.
///
/// In the process of the API server an object that is kept as it is is shared with the server and costs
/// nothing; what a transform makes is the cache's own. It pays where objects come over a network, or are
/// large and mostly not looked at.
using transform = std::function<object::any_object(object::any_object const&)>;

/// Keeps the metadata alone, without the managed fields: what garbage collection, owners and selectors need.
/// Everything else of the object is zero.
[[nodiscard]] BERTH_DECL auto keep_metadata() -> transform;

/// Keeps the metadata (without the managed fields) and the fields at these paths, such as `spec.nodeName`.
/// Lists and maps are kept as a whole, whatever leads to them may be optional. The type must outlive it.
/// Errors: `bad_request`, for a path that the type does not have.
///
///     keep_fields(object::type_of<kube::pod>(), {"spec.nodeName", "status.phase"})
[[nodiscard]] BERTH_DECL auto keep_fields(object::type_info const& type, std::vector<std::string> paths)
    -> result<transform>;

/// Keeps what a function makes of an object of kind `T`: a `T`, or a `std::optional<T>` that may be nothing.
/// Objects of other kinds are kept as they are.
template <object::kind_type T, class F> [[nodiscard]] auto transform_of(F f) -> transform {
    static_assert(std::is_invocable_v<F const&, T const&>,
                  "transform_of<T>(f): f must take a `T const&` and answer a `T` or a `std::optional<T>`");
    return [f = std::move(f)](object::any_object const& o) -> object::any_object {
        auto const* const known = o.get_if<T>();
        if (known == nullptr) return o;
        if constexpr (std::is_same_v<std::invoke_result_t<F const&, T const&>, T>) {
            return f(*known);
        } else {
            auto left = f(*known);
            return left ? object::any_object(*std::move(left)) : object::any_object();
        }
    };
}

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/transform.ipp>
#endif
