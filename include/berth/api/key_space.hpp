#pragma once

/// \file
/// Where objects are in the store: `/registry/[group/]plural/[namespace/]name`, as kube-apiserver lays them
/// out.

#include <berth/object/meta.hpp>

#include <string>
#include <string_view>

namespace berth::api {

/// The prefix of all objects of a kind, or of those in one namespace. Ends in a slash.
[[nodiscard]] inline auto key_prefix(object::resource_name const& r, std::string_view namespace_ = {})
    -> std::string {
    auto out = std::string("/registry/");
    if (!r.group.empty()) (out += r.group) += '/';
    (out += r.plural) += '/';
    if (!namespace_.empty()) (out += namespace_) += '/';
    return out;
}

/// The key of one object.
[[nodiscard]] inline auto key_of(object::resource_name const& r, object::key const& k) -> std::string {
    return key_prefix(r, r.namespaced ? std::string_view(k.namespace_) : std::string_view()) += k.name;
}

} // namespace berth::api
