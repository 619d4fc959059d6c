#pragma once

/// \file
/// The bodies of `berth/reconcile/transform.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/transform.hpp>

#include <algorithm>
#include <span>

namespace berth::reconcile::detail {

/// A way to a field, through records and what may be absent.
using field_way = std::vector<object::field_info const*>;

inline auto through_optionals(object::type_info const* type) -> object::type_info const* {
    while (type->form == object::shape::optional) type = type->contained;
    return type;
}

inline auto way_to(object::type_info const& type, std::string_view path) -> result<field_way> {
    auto out = field_way();
    auto const* at = &type;
    auto const whole = path;
    while (!path.empty()) {
        auto const dot = std::min(path.find('.'), path.size());
        auto const name = path.substr(0, dot);
        path.remove_prefix(std::min(dot + 1, path.size()));
        at = through_optionals(at);
        auto const* const field = at->form == object::shape::record ? at->field(name) : nullptr;
        if (field == nullptr)
            return fail(error_code::bad_request,
                        std::string(type.name) + " has no field \"" + std::string(whole) + '"');
        out.push_back(field);
        at = field->of;
    }
    if (out.empty()) return fail(error_code::bad_request, "the path of a field is empty");
    return out;
}

/// Copies what the way leads to, and makes on the way what is absent in `to`.
inline auto copy_along(object::type_info const& type, void* to, void const* from,
                       std::span<object::field_info const* const> way) -> void {
    if (way.empty()) return type.assign(to, from);
    if (type.form == object::shape::optional) {
        if (type.size(from) == 0) return;
        auto* const inner = type.size(to) == 0 ? type.add(to, {}) : type.reach(to, 0);
        return copy_along(type.element(), inner, type.at(from, 0), way);
    }
    auto const& field = *way.front();
    copy_along(field.type(), field.in(to), field.in(from), way.subspan(1));
}

inline auto with_metadata_of(object::any_object const& o) -> object::draft {
    auto out = object::draft(o.type());
    auto const& m = o.metadata();
    auto& kept = out.metadata();
    kept = m;
    kept.managed_fields = {};
    return out;
}

} // namespace berth::reconcile::detail

namespace berth::reconcile {

BERTH_DECL auto keep_metadata() -> transform {
    return [](object::any_object const& o) { return detail::with_metadata_of(o).finish(); };
}

BERTH_DECL auto keep_fields(object::type_info const& type, std::vector<std::string> paths)
    -> result<transform> {
    auto ways = std::vector<detail::field_way>();
    for (auto const& path : paths) {
        auto way = detail::way_to(type, path);
        if (!way) return std::unexpected(std::move(way).error());
        ways.push_back(*std::move(way));
    }
    return [&type, ways = std::move(ways)](object::any_object const& o) {
        if (&o.type() != &type) return o;
        auto out = detail::with_metadata_of(o);
        for (auto const& way : ways) detail::copy_along(type, out.data(), o.data(), way);
        return std::move(out).finish();
    };
}

} // namespace berth::reconcile
