#pragma once

/// \file
/// The bodies of `berth/api/key_space.hpp`.

#include <berth/api/key_space.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto key_prefix(object::resource_name const& r, std::string_view namespace_) -> std::string {
    auto out = std::string("/registry/");
    if (!r.group.empty()) (out += r.group) += '/';
    (out += r.plural) += '/';
    if (!namespace_.empty()) (out += namespace_) += '/';
    return out;
}

BERTH_DECL auto key_of(object::resource_name const& r, object::key const& k) -> std::string {
    return key_prefix(r, r.namespaced ? std::string_view(k.namespace_) : std::string_view()) += k.name;
}

} // namespace berth::api
