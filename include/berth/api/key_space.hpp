#pragma once

/// \file
/// Where objects are in the store: `/registry/[group/]plural/[namespace/]name`, as kube-apiserver lays them
/// out.

#include <berth/core/config.hpp>
#include <berth/object/meta.hpp>

#include <string>
#include <string_view>

namespace berth::api {

/// The prefix of all objects of a kind, or of those in one namespace. Ends in a slash.
[[nodiscard]] BERTH_DECL auto key_prefix(object::resource_name const& r, std::string_view namespace_ = {})
    -> std::string;

/// The key of one object.
[[nodiscard]] BERTH_DECL auto key_of(object::resource_name const& r, object::key const& k) -> std::string;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/key_space.ipp>
#endif
