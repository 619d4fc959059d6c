#pragma once

/// \file
/// The bodies of `berth/object/detail/schema_tables.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/schema_tables.hpp>

namespace berth::object::detail {

BERTH_DECL auto schema_tables::keep(std::string_view text) -> std::string_view {
    return text.empty() ? std::string_view() : std::string_view(texts.emplace_back(text));
}

BERTH_DECL auto schema_tables::keep(resource_name const& r) -> resource_name const* {
    return &resources.emplace_back(resource_name{keep(r.group), keep(r.version), keep(r.kind), keep(r.plural),
                                                 keep(r.singular), r.namespaced});
}

BERTH_DECL auto schema_tables::add(shape form, storage layout, std::size_t bytes) -> type_info& {
    auto& t = types.emplace_back();
    t.form = form;
    t.layout = layout;
    t.bytes = static_cast<std::uint32_t>(bytes);
    t.alignment = alignof(void*);
    return t;
}

} // namespace berth::object::detail
