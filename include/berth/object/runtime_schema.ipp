#pragma once

/// \file
/// The bodies of `berth/object/runtime_schema.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/runtime_schema.hpp>

namespace berth::object {

BERTH_DECL auto runtime_schema::find(std::string_view name) const -> type_info const* {
    auto const found = tables_->named.find(name);
    return found == tables_->named.end() ? nullptr : found->second;
}

BERTH_DECL auto runtime_schema::finish(result<tables> made) -> result<runtime_schema> {
    if (!made) return std::unexpected(std::move(made).error());
    return runtime_schema(*std::move(made));
}

} // namespace berth::object
